"""``newslint baseline`` and ``check --baseline``: an old archive is quiet, a new fault is told alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import BASE, CORPUS, Command, needs_corpus, with_fields

NOW = ("--now", "2024-06-01T00:00:00Z")
FAULTY = with_fields('title: "Q&amp;A about facial recognition"\nexcerpt: "Eight  people were arrested in Croydon."\n')
NAME = ".newslint-baseline.json"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "_news").mkdir()
    (tmp_path / "_news" / "a.md").write_text(FAULTY)
    return tmp_path


def test_a_baseline_makes_the_run_pass_and_a_new_fault_is_told_alone(archive: Path, newslint: Command) -> None:
    result = newslint("baseline", "_news", *NOW)
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode() == f"newslint: {archive}/{NAME}: 2 findings written\n"
    entries = json.loads((archive / NAME).read_text())["findings"]
    assert [(entry["path"], entry["code"], entry["field"]) for entry in entries] == [
        ("_news/a.md", "NL603", "/excerpt"),
        ("_news/a.md", "NL604", "/title"),
    ]
    quiet = newslint("check", "_news", "--baseline", NAME, *NOW)
    assert (quiet.returncode, quiet.stderr) == (0, b"")
    assert quiet.stdout == b"1 file checked, no findings, 2 in the baseline\n"
    # A line above the finding is touched, the folder is renamed, a fault is new.
    (archive / "_news").rename(archive / "news")
    text = FAULTY.replace("---\n", "---\n# an old article\n", 1).replace("type: article", "type: artcle")
    (archive / "news" / "a.md").write_text(text)
    told = newslint("check", "news", "--baseline", NAME, "--output-format", "concise", *NOW)
    assert told.returncode == 1
    assert [line.split(": ")[1] for line in told.stdout.decode().splitlines()[:-1]] == ["error NL103 value-not-allowed"]
    assert ", 2 in the baseline, " in told.stdout.decode().splitlines()[-1]


def test_what_was_mended_is_told_and_pruned(archive: Path, newslint: Command) -> None:
    newslint("baseline", "_news", *NOW)
    (archive / "_news" / "a.md").write_text(FAULTY.replace("&amp;", "&"))
    result = newslint("check", "_news", "--baseline", NAME, *NOW)
    assert result.returncode == 0
    assert result.stderr.decode() == (
        'newslint: 1 known finding has been mended: "newslint baseline --prune" drops them from .newslint-baseline.json\n'
    )
    assert newslint("check", "_news", "--baseline", NAME, "--quiet", *NOW).stderr == b""
    pruned = newslint("baseline", "--prune", "_news", *NOW)
    assert pruned.stderr.decode() == f"newslint: {archive}/{NAME}: 1 mended finding dropped, 1 left\n"
    assert [entry["code"] for entry in json.loads((archive / NAME).read_text())["findings"]] == ["NL603"]
    # A new fault does not get into it.
    (archive / "_news" / "b.md").write_text(with_fields("type: artcle\n"))
    newslint("baseline", "--prune", "_news", *NOW)
    assert [entry["code"] for entry in json.loads((archive / NAME).read_text())["findings"]] == ["NL603"]


def test_the_configuration_names_a_baseline(archive: Path, newslint: Command) -> None:
    (archive / "newslint.toml").write_text('baseline = "known/list.json"\ninclude = ["_news"]\n')
    missing = newslint("check", *NOW)
    assert missing.returncode == 2
    assert missing.stderr.decode() == (
        f"newslint: the baseline {archive}/known/list.json cannot be used: the file cannot be read: "
        'No such file or directory; "newslint baseline" writes one\n'
    )
    nowhere = newslint("baseline", *NOW)
    assert nowhere.returncode == 3
    assert nowhere.stderr.decode() == (
        f"newslint: the output cannot be written: {archive}/known/list.json: No such file or directory\n"
    )
    (archive / "known").mkdir()
    assert newslint("baseline", *NOW).returncode == 0
    assert newslint("check", *NOW).returncode == 0
    assert newslint("check", "--isolated", "_news", "--fail-on", "info", *NOW).returncode == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no valid JSON"),
        ('{"version": 2, "findings": []}', "version"),
        ("<<<<<<< HEAD\n", "conflict"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_wrong_use(
    archive: Path, newslint: Command, content: str, message: str
) -> None:
    (archive / NAME).write_text(content)
    for command in (("check", "--baseline", NAME, "_news"), ("baseline", "_news")):
        result = newslint(*command, *NOW)
        assert result.returncode == 2
        assert result.stderr.decode().count("\n") == 1
        assert NAME in result.stderr.decode()
        assert message in result.stderr.decode()
    assert (archive / NAME).read_text() == content


def test_standard_input_has_no_baseline(newslint: Command) -> None:
    result = newslint("baseline", "-")
    assert (result.returncode, result.stderr) == (
        2,
        b'newslint: a baseline is about files, and "-" is none (see newslint baseline --help)\n',
    )


def test_a_file_that_cannot_be_read_is_in_no_baseline(archive: Path, newslint: Command) -> None:
    (archive / "_news" / "b.md").write_text(BASE.replace("title: ", "title: [", 1))
    result = newslint("baseline", "_news", *NOW)
    assert result.stderr.decode() == (
        f"newslint: {archive}/{NAME}: 2 findings written, 1 more cannot be hidden: they keep a file from being checked\n"
    )
    assert newslint("check", "_news", "--baseline", NAME, *NOW).returncode == 1


def test_findings_about_the_archive_are_hidden_too(archive: Path, newslint: Command) -> None:
    for name in ("a.md", "b.md"):
        (archive / "_news" / name).write_text(BASE)
    newslint("baseline", "_news", *NOW)
    codes = {entry["code"] for entry in json.loads((archive / NAME).read_text())["findings"]}
    assert codes >= {"NL901", "NL902"}
    assert newslint("check", "_news", "--baseline", NAME, *NOW).returncode == 0
    # One file alone tells nothing of the archive's rules, so nothing of them is called mended.
    alone = newslint("check", "_news/a.md", "--baseline", NAME, *NOW)
    assert (alone.returncode, alone.stderr) == (0, b"")


@needs_corpus
def test_a_baseline_of_the_real_articles(tmp_path: Path, newslint: Command) -> None:
    result = newslint("baseline", str(CORPUS / "_news"), "--isolated", "--no-cache", "--baseline", "known.json", *NOW)
    assert result.stderr.endswith(b"known.json: 326 findings written\n")
    quiet = newslint("check", str(CORPUS / "_news"), "--isolated", "--no-cache", "--baseline", "known.json", *NOW)
    assert quiet.returncode == 0
    assert quiet.stdout.decode() == "674 files checked, no findings, 326 in the baseline\n"
