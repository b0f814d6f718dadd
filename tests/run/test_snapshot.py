"""Runs that are kept as a whole: told once more where nothing has changed, and nowhere else, whatever stands there."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.digest import digest
from newslint.limits import MAX_ARCHIVES
from newslint.output import FORMATS, render
from newslint.report import Report
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.ledger import Ledger
from newslint.run.outcomes import Means
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW
from tests.run.caching import FILES, FOUND, KEPT, SECOND, Archive, article, kept, names, opened, put_no_file

ALL = names(range(FILES))


def _age(archive: Archive, seconds: float = 60) -> None:
    """Let the runs be kept so much later than now, and nothing but them."""
    for path in archive.cache.glob("*/*"):
        if path.suffix == ".run":
            os.utime(path, ns=(time.time_ns(), time.time_ns() + int(seconds * SECOND)))
        else:
            path.unlink()


def _mark(archive: Archive, seconds: float = 60) -> None:
    """Let what a run is kept of be told from what is found, and be kept so much later than now."""
    for run in archive.runs:
        run.write_text(run.read_text("ascii").replace(FOUND, KEPT))
    _age(archive, seconds)


def _run(archive: Archive) -> Path:
    """The only run that is kept."""
    (run,) = archive.runs
    return run


@pytest.fixture
def whole(archive: Archive) -> Archive:
    """An archive that a run has been over, of which nothing is kept but that run, and that is marked."""
    archive.run()
    _mark(archive)
    return archive


def test_an_unchanged_archive_is_told_without_a_look_at_any_article(archive: Archive) -> None:
    (archive.news / "note.md").write_text("no article\n")
    (archive.news / ALL[-1]).write_text(article(0))
    (archive.news / "excused.md").write_text(article(99).replace("title:", "# newslint: ignore[NL602]\ntitle:"))
    found = archive.run()
    assert (found.files, found.skipped, found.suppressed) == (FILES + 1, 1, 1)
    assert {"NL602", "NL901", "NL902"} <= {finding.code for finding in found.findings}
    _age(archive)
    before = _run(archive).stat()
    with opened() as read:
        again = archive.run()
    assert read == []
    assert _run(archive).stat() == before
    assert again == found == archive.plain()
    assert again.checked == found.checked
    assert tuple(again.checked) == (*(f"_news/{name}" for name in ALL), "_news/excused.md")
    assert len(again.checked) == FILES + 1
    assert "_news/excused.md" in again.checked
    assert "_news/note.md" not in again.checked
    assert again.checked != tuple(found.checked)[1:]
    assert [render(name, again) for name in FORMATS] == [render(name, found) for name in FORMATS]


def test_what_is_marked_is_what_is_kept(whole: Archive) -> None:
    """The measure of the tests below."""
    assert kept(whole.run()) == ALL
    assert list(whole.cache.glob("*/*.shard")) == []
    assert kept(whole.plain()) == []


def _touch(news: Path) -> None:
    os.utime(news / ALL[3], ns=(5, 5))


def _rewrite(news: Path) -> None:
    path = news / ALL[3]
    before = path.stat()
    path.write_text(article(3).replace("five days", "nine days"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _swap(news: Path) -> None:
    (news / ALL[3]).rename(news / "swap.md")
    (news / ALL[4]).rename(news / ALL[3])
    (news / "swap.md").rename(news / ALL[4])


def _move(news: Path) -> None:
    (news / "old").mkdir()
    (news / ALL[3]).rename(news / "old" / ALL[3])


def _ignore(news: Path) -> None:
    (news.parent / ".git").mkdir()
    (news / ".gitignore").write_text(ALL[3])


CHANGES: dict[str, Callable[[Path], object]] = {
    "other times": _touch,
    "other content of the same size and time": _rewrite,
    "one file more": lambda news: (news / "new.md").write_text(article(77)),
    "one that is no article more": lambda news: (news / "note.md").write_text("no article\n"),
    "one file less": lambda news: (news / ALL[3]).unlink(),
    "another name": lambda news: (news / ALL[3]).rename(news / "0003a.md"),
    "another folder": _move,
    "two files in each other's place": _swap,
    "a file that is ignored": _ignore,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_makes_another_run(whole: Archive, change: Callable[[Path], object]) -> None:
    change(whole.news)
    assert whole.run() == whole.plain()


@pytest.mark.parametrize(
    "given",
    [
        {"selection": Layer(select=["NL6"])},
        {"exact": True},
        {"config": "max-findings = 7\n"},
        {"config": '[per-file-ignores]\n"other" = ["NL602"]\n'},
        {"config": 'corpus = ["_news"]\n'},
        {"corpus": ("_news",)},
        {"now": NOW.replace(year=2023)},
        {"fix": True},
        {"diff": True},
        {"only": frozenset()},
    ],
    ids=str,
)
def test_a_run_of_another_kind_is_another_run(whole: Archive, given: dict[str, object]) -> None:
    report = whole.run(**given)  # type: ignore[arg-type]
    assert kept(report) == []
    assert report.unchanged == (FILES if "only" in given else 0)


def test_who_names_the_files_does_not_get_what_was_found_in_their_folder(whole: Archive) -> None:
    """Files that are named are checked whatever they hold, and others of the archive may be missing."""
    files = [whole.news / name for name in ALL]
    assert kept(whole.run(*files)) == []
    assert len(whole.runs) == 2
    assert kept(whole.run()) == ALL


def test_what_is_named_is_checked_whatever_it_holds(archive: Archive) -> None:
    (archive.news / "note.md").write_text("no article\n")
    files = [archive.news / name for name in (*ALL, "note.md")]
    for as_found, skipped in ((True, 1), (False, 0), (True, 1)):
        report = archive.run(*files, as_found=as_found)
        _age(archive)
        assert (report.skipped, report.files) == (skipped, FILES + 1 - skipped)
        assert report == archive.plain(*files, as_found=as_found)


def test_a_comment_about_the_archive_is_told_where_all_of_it_is_there(archive: Archive) -> None:
    (archive.news / ALL[3]).write_text(article(3).replace("webUrl:", "# newslint: ignore[NL901]\nwebUrl:"))
    files = [archive.news / name for name in ALL]
    for paths, found in (([archive.news], 1), (files, 0), ([archive.news], 1)):
        report = archive.run(*paths, as_found=True)
        _age(archive)
        assert [finding.code for finding in report.findings].count("NL998") == found


def test_patterns_are_about_the_folder_of_the_configuration(archive: Archive) -> None:
    text = '[per-file-ignores]\n"_news/*.md" = ["NL602"]\n'
    for folder, found in ((archive.root, 0), (archive.news, FILES), (archive.root, 0)):
        (folder / "newslint.toml").write_text(text)
        settings = load_settings(folder / "newslint.toml", folder)
        runner = Runner(settings, Choices(now=NOW), Means(1, str(archive.cache)))
        assert len(runner.run([str(archive.news)]).findings) == found
        _age(archive)


def test_findings_are_named_from_where_the_run_is(whole: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(whole.news)
    report = whole.run()
    assert (kept(report), report.findings[0].path) == ([], ALL[0])
    _mark(whole)
    assert kept(whole.run()) == ALL


def test_severities_are_those_of_this_run(whole: Archive) -> None:
    report = whole.run(severity=(("NL602", "info"),))
    assert kept(report) == ALL
    assert {finding.severity.value for finding in report.findings} == {"info"}


@pytest.mark.parametrize(("later", "missed"), [(0, True), (2 * SECOND, True), (2 * SECOND + 1, False)])
def test_a_run_counts_only_if_it_is_younger_than_its_files(whole: Archive, later: int, missed: bool) -> None:
    newest = max(path.stat().st_ctime_ns for path in whole.news.iterdir())
    os.utime(_run(whole), ns=(newest + later,) * 2)
    assert kept(whole.run()) == ([] if missed else ALL)


def test_a_run_that_is_as_young_as_its_files_is_kept_anew(archive: Archive) -> None:
    archive.run()
    before = _run(archive).stat()
    archive.run()
    after = _run(archive).stat()
    assert (after.st_ino, after.st_size) != (before.st_ino, 0)
    assert list(archive.cache.glob("*/*.tmp")) == []


def test_a_file_that_changes_while_it_is_checked_is_kept_as_it_was_read(archive: Archive) -> None:
    """The state that a run is looked up by is of before: the one that it is kept under is of what was read."""
    archive.run()
    archive.age()
    changed = False

    def change(done: int, total: int | None) -> None:
        nonlocal changed
        if not changed:
            changed = True
            (archive.news / ALL[-1]).write_text(article(0))

    means = Means(1, str(archive.cache))
    settings, choices = Settings(archive.root), Choices(now=NOW)
    (archive.news / ALL[0]).write_text(article(0, clean=True))
    Runner(settings, choices, means).run([str(archive.news)], change)
    _age(archive)
    assert archive.run() == archive.plain()


@pytest.mark.parametrize(
    ("name", "text", "config"),
    [
        ("future.md", article(99, "publishedDateTime: 2024-06-10T15:00:00Z\n", clean=True), ""),
        ("many.md", article(99, "topics: [" + ", ".join(["x"] * 9) + "]\n"), "max-findings = 2\n"),
    ],
    ids=["what is about the present", "what was cut off"],
)
def test_what_does_not_last_is_not_kept(archive: Archive, name: str, text: str, config: str) -> None:
    (archive.news / name).write_text(text)
    for _ in range(2):
        archive.run(config=config)
        assert archive.runs == []
    (archive.news / name).unlink()
    archive.run(config=config)
    assert len(archive.runs) == 1


def test_an_entry_that_no_run_has_written_makes_nothing_last(archive: Archive) -> None:
    """It says that something is kept of a file whose finding is about the present."""
    future = archive.news / "future.md"
    future.write_text(article(99, "publishedDateTime: 2024-06-10T15:00:00Z\n", clean=True))
    archive.run()
    status = future.stat()
    head, *lines = archive.shard.read_text("ascii").splitlines()
    head = head.replace(f"\t{FILES}\t", f"\t{FILES + 1}\t")
    stamp = f"{status.st_mtime_ns}\t{status.st_ctime_ns}\t{status.st_size}"
    lines.append(f'"future.md"\t{stamp}\t{digest(future.read_bytes())}\t0\t[[],0,1]')
    archive.shard.write_text("\n".join((head, *lines, "")))
    archive.age()
    assert "NL204" in {finding.code for finding in archive.run().findings}
    assert archive.runs == []


def test_a_run_with_a_file_that_cannot_be_read_is_not_kept(archive: Archive) -> None:
    (archive.news / "away.md").symlink_to(archive.root / "absent.md")
    files = [archive.news / name for name in (*ALL, "away.md")]
    for _ in range(2):
        assert "NL001" in {finding.code for finding in archive.run(*files).findings}
    assert archive.runs == []


def test_each_choice_of_paths_is_a_run_of_its_own_and_the_last_few_are_kept(archive: Archive) -> None:
    for number in range(FILES, FILES + MAX_ARCHIVES + 1):
        (archive.news / f"{number:04}.md").write_text(article(number))
        archive.run()
    assert len(archive.runs) == MAX_ARCHIVES
    assert len(list(archive.cache.glob("*/*.archive"))) == MAX_ARCHIVES


def test_very_many_findings_wait_on_disk(whole: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = whole.run()
    monkeypatch.setattr("newslint.run.gathering.MAX_KEPT_FINDINGS", 7)
    monkeypatch.setattr("newslint.run.ledger.MAX_HELD_FINDINGS", 5)
    monkeypatch.setattr("newslint.run.snapshot._TOGETHER", 3)
    report = whole.run()
    assert isinstance(report.findings, Ledger)
    assert render("json", report) == render("json", plain)


def _head(text: str, column: int, value: str) -> str:
    head, rest = text.split("\n", 1)
    columns = head.split("\t")
    columns[column] = value
    return "\t".join(columns) + "\n" + rest


def _numbers(text: str, numbers: str) -> str:
    head, _, rest = text.split("\n", 2)
    return f"{head}\n{numbers}\n{rest}"


def _row(pattern: str, by: str) -> Callable[[str], str]:
    """Return what changes the first finding, which begins ``[[0,[],["NL602",3,9,``."""
    return lambda text: re.sub(pattern, by, text, count=1)


DAMAGE: dict[str, Callable[[str], str | bytes]] = {
    "empty": lambda text: text[:0],
    "one byte": lambda text: text[:1],
    "the first line": lambda text: text[: text.index("\n") + 1],
    "no lines": lambda text: text.replace("\n", " "),
    "half of it": lambda text: text[: len(text) // 2],
    "without the last line": lambda text: text[: text.rindex("\n", 0, -1) + 1],
    "without the last line end": lambda text: text[:-1],
    "a line twice": lambda text: text + text.split("\n")[-2] + "\n",
    "a line more": lambda text: text + "\n",
    "zeros": lambda text: b"\0" * len(text),
    "noise": lambda text: bytes(range(256)) * (len(text) // 256),
    "a byte that is no ASCII": lambda text: text.encode().replace(b"kept", b"k\xe9pt"),
    "another version": lambda text: _head(text, 0, "newslint-run-0"),
    "another key": lambda text: _head(text, 1, "0" * 32),
    "later": lambda text: _head(text, 2, repr(NOW.timestamp() + 1)),
    "never": lambda text: _head(text, 2, "nan"),
    "no time": lambda text: _head(text, 2, "today"),
    "an endless time": lambda text: _head(text, 2, "1" * 5000),
    "a column more": lambda text: text.replace("\n", "\t\n", 1),
    "one finding less": lambda text: _numbers(text, "[15,0,[]]"),
    "one finding more": lambda text: _numbers(text, "[17,0,[]]"),
    "an excused one more": lambda text: _numbers(text, "[16,1,[]]"),
    "all of them excused": lambda text: _numbers(text, "[0,15,[]]"),
    "fewer than none": lambda text: _numbers(text, "[16,-1,[]]"),
    "a number of findings that is a flag": lambda text: _numbers(text, "[16,false,[]]"),
    "a number of findings that is none": lambda text: _numbers(text, '[16,"0",[]]'),
    "numbers that are none": lambda text: _numbers(text, "16"),
    "half of the numbers": lambda text: _numbers(text, "[16,0,[]"),
    "deep numbers": lambda text: _numbers(text, "[" * 100_000),
    "an article that is none before the first": lambda text: _numbers(text, "[16,0,[-1]]"),
    "an article that is none behind the last": lambda text: _numbers(text, "[16,0,[16]]"),
    "an article that is none twice": lambda text: _numbers(text, "[16,0,[3,3]]"),
    "articles that are none out of order": lambda text: _numbers(text, "[16,0,[4,3]]"),
    "an article that is none by a text": lambda text: _numbers(text, '[16,0,["3"]]'),
    "an article with a finding that is none": lambda text: _numbers(text, "[16,0,[3]]"),
    "articles that are none by a mapping": lambda text: _numbers(text, '[16,0,{"a":3}]'),
    "a finding before the first file": _row(r"\[\[0,", "[[-1,"),
    "a finding behind the last file": _row(r"\[\[0,", "[[16,"),
    "a finding in a path": _row(r"\[\[0,", '[["_news/0000.md",'),
    "a finding in a list": _row(r"\[\[0,", "[[[],"),
    "a finding in no file": _row(r"\[\[0,", "[[null,"),
    "a partner too many": _row(r"\[\],", "[1],"),
    "partners that are none": _row(r"\[\],", "7,"),
    "a rule that is none": _row("NL602", "NL1000"),
    "a rule that is a list": _row('"NL602"', "[]"),
    "a line before the first": _row('"NL602",', '"NL602",-'),
    "a line beyond every file": _row('"NL602",', '"NL602",99999999'),
    "a column that is no whole number": _row(r'("NL602",\d+,\d+)', r"\1.5"),
    "a flag for a line": _row(r'("NL602",)\d+', r"\1true"),
    "a message that is none": _row('"this was kept"', "null"),
    "a hint that is a number": _row(r'("this was kept",)"[^"]*"', r"\g<1>7"),
    "a fix that is a text": _row(r'\["safe","[^"]*",\[.*?\]\]\]', '"safe"'),
    "a fix of another kind": _row('"safe"', '"sure"'),
    "an edit that is short": _row(r'("safe","[^"]*",\[\[)\d+,', r"\1"),
    "an edit before the first line": _row(r'("safe","[^"]*",\[\[)', r"\1-"),
    "an edit by no text": _row(r'(,)""(\]\]\])', r"\1null\2"),
    "a row that is a mapping": _row(r'\["NL602"', '[{},"NL602"'),
    "deep findings": lambda text: text.rsplit("\n", 2)[0] + "\n" + "[" * 100_000 + "\n",
    "findings that are a number": lambda text: text.rsplit("\n", 2)[0] + "\n7\n",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_run_that_no_run_has_written_is_none_and_is_kept_anew(
    whole: Archive, damage: Callable[[str], str | bytes]
) -> None:
    run = _run(whole)
    text = run.read_text("ascii")
    damaged = damage(text)
    assert damaged not in (text, text.encode())
    run.write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode("ascii"))
    _age(whole)
    assert whole.run() == whole.plain()
    assert _run(whole).read_text("ascii") == text.replace(KEPT, FOUND)


def test_a_partner_is_one_of_the_files(archive: Archive) -> None:
    (archive.news / ALL[-1]).write_text(article(0))
    found = archive.run()
    text = _run(archive).read_text("ascii")
    assert found.findings[0].related[0].path == "_news/0015.md"
    assert text.count("[15],") == 2
    for partner in ("16", "-1", '"../secret.md"', "null", "[0]"):
        _run(archive).write_text(text.replace("[15],", f"[{partner}],"))
        _age(archive)
        assert archive.run() == found


def test_a_run_that_is_too_large_is_not_read(whole: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    size = _run(whole).stat().st_size
    for limit, told in ((size, ALL), (size - 1, [])):
        monkeypatch.setattr("newslint.run.cache.MAX_SHARD_SIZE", limit)
        assert kept(whole.run()) == told


def test_a_run_that_would_be_too_large_is_not_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newslint.run.snapshot.MAX_SHARD_SIZE", 1000)
    assert archive.run() == archive.plain()
    assert archive.runs == []
    assert list(archive.cache.glob("*/*.tmp")) == []


@pytest.mark.parametrize("way", ["fifo", "link", "dangling link", "folder"])
def test_what_is_no_file_in_the_place_of_a_run(whole: Archive, way: str) -> None:
    run, moved = _run(whole), whole.root / "moved"
    run.rename(moved)
    before = moved.read_bytes()
    put_no_file(run, way, moved, whole.root / "absent")
    assert kept(whole.run()) == (ALL if way == "link" else [])
    assert moved.read_bytes() == before
    assert not (whole.root / "absent").exists()
    assert run.is_dir() == (way == "folder")


def test_a_link_in_the_place_of_the_key_is_not_followed(whole: Archive) -> None:
    key, elsewhere = _run(whole).parent, whole.root / "elsewhere"
    key.rename(elsewhere)
    key.symlink_to(elsewhere)
    before = sorted(path.name for path in elsewhere.iterdir())
    assert kept(whole.run()) == []
    assert sorted(path.name for path in elsewhere.iterdir()) == before


def test_the_file_is_read_by_eye(archive: Archive) -> None:
    (archive.news / "note.md").write_text("no article\n")
    archive.run()
    head, numbers, findings = _run(archive).read_text("ascii").splitlines()
    version, key, made = head.split("\t")
    assert (version, key, float(made)) == ("newslint-run-1", _run(archive).parent.name, NOW.timestamp())
    assert json.loads(numbers) == [FILES, 0, [FILES]]
    first = json.loads(findings)[0]
    assert (first[:2], first[2][:4], first[2][7]) == ([0, []], ["NL602", 3, 9, 3], FOUND)


def test_a_report_of_no_findings_is_kept_as_well(archive: Archive) -> None:
    for number, name in enumerate(ALL):
        (archive.news / name).write_text(article(number, clean=True))
    found: Report = archive.run()
    assert found.findings == ()
    _age(archive)
    with opened() as read:
        assert archive.run() == found
    assert read == []
