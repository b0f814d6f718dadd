"""Files are read and linted a few at a time: in order, in bounded memory, and one by one where they are mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newslint.limits import LINTED_TOGETHER, LINTED_TOGETHER_BYTES
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.settings import Settings
from tests.conftest import BASE, NOW, with_fields


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _checker(archive: Path, *, fix: bool = False) -> Checker:
    return Checker(Settings(archive), Choices(now=NOW, fix=fix))


class _Counted:
    """Candidates, and how many of them were taken."""

    def __init__(self, paths: list[Path]) -> None:
        self.taken = 0
        self._paths = paths

    def __iter__(self) -> Iterator[Candidate]:
        for path in self._paths:
            self.taken += 1
            yield Candidate(str(path), named=path.name.startswith("named"))


def test_every_file_has_its_outcome_in_its_place(archive: Path) -> None:
    contents = {
        "bad.md": with_fields("heat: 2000\n"),
        "page.md": "# About\n",
        "gone.md": None,
        "named-page.md": "# About\n",
        "good.md": BASE,
    }
    paths = [archive / name for name in contents] * LINTED_TOGETHER
    for path in paths:
        if (text := contents[path.name]) is not None:
            path.write_text(text)
    told = [
        (outcome.shown, None if outcome.linted is None else [finding.code for finding in outcome.linted.findings])
        for outcome in _checker(archive).check_all(_Counted(paths))
    ]
    once = [
        ("bad.md", ["NL502"]),
        ("page.md", None),
        ("gone.md", ["NL001"]),
        ("named-page.md", ["NL003"]),
        ("good.md", []),
    ]
    assert told == once * LINTED_TOGETHER


@pytest.mark.parametrize(
    ("size", "most"),
    [(0, LINTED_TOGETHER), (LINTED_TOGETHER_BYTES // 4, 4), (2 * LINTED_TOGETHER_BYTES, 1)],
    ids=["small files", "larger ones", "very large ones"],
)
def test_no_more_is_read_than_a_few_files_that_are_not_too_large(archive: Path, size: int, most: int) -> None:
    path = archive / "a.md"
    path.write_text(BASE + "x" * size)
    candidates = _Counted([path] * 100)
    ahead = []
    for number, _ in enumerate(_checker(archive).check_all(candidates)):
        ahead.append(candidates.taken - number)
    assert (len(ahead), max(ahead)) == (100, most)


def test_found_files_that_are_no_articles_are_not_held_either(archive: Path) -> None:
    note = archive / "note.md"
    note.write_text("# Note\n" + "x" * LINTED_TOGETHER_BYTES)
    candidates = _Counted([note] * 10)
    ahead = [candidates.taken - number for number, _ in enumerate(_checker(archive).check_all(candidates))]
    assert ahead == [1] * 10


def test_a_file_is_mended_before_the_next_one_is_read(archive: Path) -> None:
    file, link = archive / "a.md", archive / "b.md"
    file.write_text(with_fields("publishedDateTime: '2024-01-24T15:00:00Z'\n"))
    link.symlink_to("a.md")
    outcomes = list(_checker(archive, fix=True).check_all(_Counted([file, link])))
    told = [(outcome.mended.fixed, outcome.mended.notes) for outcome in outcomes if outcome.mended is not None]
    assert told == [(1, ()), (0, ())]
    assert file.read_text() == BASE
