"""The archive: files are compared with each other and with the corpus, and only what was asked for is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.components import components
from newslint.engine.archive import judge
from newslint.rules.rule import FiledFact
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import CORPUS, NOW, Command, needs_corpus, with_fields


def _article(number: int, title: str, url: str) -> str:
    secured = f"{chr(65 + number)}AAAAAAAAAAAAAAAAAAAAA=="
    fields = f'title: "{title}"\noriginalUrl: "{url}"\nwebUrl: "{url}"\nsecured: "{secured};AAAAAAAAAAAAAAAAAAAAAA=="\n'
    return with_fields(fields)


URL = "https://news.met.police.uk/news/one-1"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder with an archive of two articles, of which one stands in ``new/`` once more."""
    for folder in ("_news", "new"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_news" / "a.md").write_text(_article(1, "One", URL))
    (tmp_path / "_news" / "b.md").write_text(_article(2, "Two", "https://news.met.police.uk/news/two-2"))
    (tmp_path / "new" / "c.md").write_text(_article(3, "Three", URL))
    return tmp_path


def test_files_of_one_run_are_compared(archive: Path, newslint: Command) -> None:
    result = newslint("check", "--output-format", "concise", "_news", "new", cwd=archive)
    assert result.stdout.decode().splitlines() == [
        f'_news/a.md:7:9: error NL901 duplicate-url: webUrl: "{URL}" is the address of another article, too',
        f'new/c.md:7:9: error NL901 duplicate-url: webUrl: "{URL}" is the address of another article, too',
        "3 files checked, 2 findings in 2 files (2 errors)",
    ]


@pytest.mark.parametrize("way", ["option", "configuration"])
def test_a_corpus_is_compared_with_but_not_reported(archive: Path, newslint: Command, way: str) -> None:
    options = ["--corpus", "_news"] if way == "option" else []
    if way == "configuration":
        (archive / "newslint.toml").write_text('corpus = ["_news"]\n')
    result = newslint("check", *options, "new/c.md", cwd=archive)
    assert result.returncode == 1
    assert result.stdout.decode() == (
        "new/c.md:7:9: error NL901 duplicate-url webUrl\n"
        f'    "{URL}" is the address of another article, too\n'
        f'  7 | webUrl: "{URL}"\n'
        "    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    = _news/a.md:7:9: the same address\n"
        "    = help: Delete the file that is the repetition, or correct the address\n"
        "\n"
        "1 file checked, 1 finding in 1 file (1 error)\n"
    )


def test_a_file_of_the_corpus_is_no_partner_of_itself(archive: Path, newslint: Command) -> None:
    result = newslint("check", "--corpus", "_news", "_news/a.md", cwd=archive)
    assert result.stdout.decode() == "1 file checked, no findings\n"


def test_standard_input_takes_the_place_of_its_file(archive: Path, newslint: Command) -> None:
    text = _article(1, "Mended", "https://news.met.police.uk/news/two-2")
    options = ["--corpus", "_news", "--output-format", "concise", "--stdin-filename", "_news/a.md"]
    result = newslint("check", *options, "-", stdin=text.encode(), cwd=archive)
    assert result.stdout.decode().splitlines()[0].startswith("_news/a.md:7:9: error NL901")
    alone = _article(1, "Mended", "https://news.met.police.uk/news/three-3")
    assert newslint("check", *options, "-", stdin=alone.encode(), cwd=archive).returncode == 0


def test_a_partner_counts_although_its_own_finding_is_ignored(archive: Path, newslint: Command) -> None:
    (archive / "newslint.toml").write_text('[per-file-ignores]\n"_news/*" = ["NL9"]\n')
    result = newslint("check", "--output-format", "concise", "_news", "new", cwd=archive)
    assert [line.split(": ")[0] for line in result.stdout.decode().splitlines()[:-1]] == ["new/c.md:7:9"]


def _excuse(path: Path, comment: str) -> None:
    path.write_text(path.read_text().replace("webUrl:", f"{comment}\nwebUrl:"))


def test_a_comment_excuses_a_finding_about_the_archive(archive: Path, newslint: Command) -> None:
    _excuse(archive / "new" / "c.md", "# newslint: ignore[NL901] the second edition")
    result = newslint("check", "--output-format", "concise", "_news", "new", cwd=archive)
    assert result.stdout.decode().splitlines() == [
        f'_news/a.md:7:9: error NL901 duplicate-url: webUrl: "{URL}" is the address of another article, too',
        "3 files checked, 1 finding in 1 file (1 error), 1 suppressed",
    ]


def test_a_comment_that_excuses_nothing_in_the_whole_archive_is_told(archive: Path, newslint: Command) -> None:
    _excuse(archive / "_news" / "b.md", "# newslint: ignore[NL901]")
    whole = newslint("check", "--output-format", "concise", ".", cwd=archive).stdout.decode()
    assert "_news/b.md:7:20: warning NL998 unused-suppression" in whole
    # The fixer makes no such fix, so none is offered.
    assert "--fix" not in whole
    # One file alone cannot tell: its partner may be among the others.
    alone = newslint("check", "_news/b.md", cwd=archive).stdout.decode()
    assert alone == "1 file checked, no findings\n"


def test_a_corpus_that_is_not_there_is_wrong_use(archive: Path, newslint: Command) -> None:
    result = newslint("check", "--corpus", "none", "new", cwd=archive)
    assert (result.returncode, result.stderr.decode()) == (2, 'newslint: "none" is not there\n')


@needs_corpus
def test_the_real_archive_has_the_duplicates_that_were_counted() -> None:
    choices = Choices(selection=Layer(select=("NL9",)), now=NOW)
    report = Runner(Settings(CORPUS), choices).run([str(CORPUS / "_news")])
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    assert counts == {"NL901": 8, "NL902": 9}


@pytest.mark.parametrize(
    ("code", "expected"),
    [("NL901", 6_000), ("NL902", 6_000), ("NL903", 6_000), ("NL904", 6_000)],
)
def test_judging_many_facts_of_one_key_ends(code: str, expected: int) -> None:
    # A judge that compares each with each would be at it for the rest of the day.
    plan = Runner(Settings(Path()), Choices(now=NOW)).plan
    facts = [(code, FiledFact(f"{at:07}.md", "key", ("title",), str(at))) for at in range(6_000)]
    found = judge([facts], plan, {fact.path for _, fact in facts}, lambda *_: {})
    assert len(found) == expected
    assert max(len(finding.related) for finding in found) == 5


def test_things_that_share_keys_in_a_chain_are_one_component() -> None:
    assert components([["a"], ["b"], ["a", "c"], ["d"], ["c", "b"], []]) == [0, 0, 0, 3, 0, 5]
