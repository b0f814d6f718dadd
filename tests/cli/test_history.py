"""``newslint history`` and ``check --history``: an entry a run, and a run that fails for what got worse alone."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Inside
from tests.conftest import BASE, Command, with_fields
from tests.repository import Repository

NOW = ("--now", "2024-06-01T00:00:00Z")
NAME = ".newslint-history.jsonl"
FAULTY = with_fields('title: "Q&amp;A about facial recognition in Croydon"\n')
WORSE = with_fields(
    'title: "Q&amp;A about facial recognition in Croydon"\nexcerpt: "A &amp; B were seen in Croydon."\n'
)
SEE = "(see newslint check --help)"


def _entries(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_run_is_one_line_with_date_revision_files_and_totals(tmp_path: Path, newslint: Command) -> None:
    site = Repository(tmp_path).begin()
    site.commit({"_news/a.md": FAULTY, "_news/b.md": BASE})
    added = newslint("history", "add", "_news", *NOW)
    assert (added.returncode, added.stdout) == (0, b"")
    assert added.stderr.decode() == f"newslint: {tmp_path}/{NAME}: entry 1 with 3 findings in 2 files written\n"
    again = newslint("history", "add", "_news", "--now", "2024-06-02T00:00:00Z", "--revision", "v2", "--quiet")
    assert (again.returncode, again.stderr) == (0, b"")
    first, second = _entries(tmp_path / NAME)
    assert (first["date"], first["revision"], first["files"]) == ("2024-06-01T00:00:00Z", site.revision()[:12], 2)
    assert (second["date"], second["revision"]) == ("2024-06-02T00:00:00Z", "v2")
    report = json.loads(newslint("check", "_news", "--output-format", "json", *NOW).stdout)
    told = [finding["code"] for finding in report["findings"]]
    findings = first["findings"]
    assert isinstance(findings, dict)
    assert {code: count for code, count in findings.items() if count} == {code: told.count(code) for code in told}
    # A rule that ran and found nothing is told from one that did not run.
    assert findings["NL503"] == 0
    assert "NL803" not in findings
    assert first["findings"] == second["findings"]


def test_a_baseline_hides_nothing_from_the_history(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "newslint.toml").write_text('baseline = "known.json"\n')
    (tmp_path / "a.md").write_text(FAULTY)
    newslint("baseline", ".", "--baseline", "known.json", *NOW)
    newslint("history", "add", ".", *NOW)
    (entry,) = _entries(tmp_path / NAME)
    assert entry["findings"]["NL604"] == 1  # type: ignore[index]
    assert entry["revision"] is None
    # Nor from the comparison: the run that hides all of it fails for what came.
    (tmp_path / "a.md").write_text(WORSE)
    newslint("baseline", ".", "--baseline", "known.json", *NOW)
    done = newslint("check", "a.md", "--history", NAME, "--fail-on-regression", *NOW)
    assert done.stdout == b"1 file checked, no findings, 2 in the baseline\n"
    assert done.stderr == b"newslint: NL604: 2 findings, 1 in the entry of 2024-06-01\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        (FAULTY, [], 0, ""),
        (BASE, [], 0, ""),
        (WORSE, [], 1, "newslint: NL604: 2 findings, 1 in the entry of 2024-06-01 (v1)\n"),
        (WORSE, ["--exit-zero"], 0, "newslint: NL604: 2 findings, 1 in the entry of 2024-06-01 (v1)\n"),
        (WORSE, ["--ignore", "NL604"], 0, ""),
        (FAULTY, ["--fail-on", "warning"], 1, ""),
        (FAULTY, ["--fail-on", "error"], 0, ""),
    ],
)
def test_a_run_fails_for_what_got_worse(
    text: str, options: list[str], code: int, said: str, tmp_path: Path, inside: Inside
) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    inside("history", "add", "a.md", "--revision", "v1", *NOW)
    (tmp_path / "a.md").write_text(text)
    done = inside("check", "a.md", "--history", NAME, "--fail-on-regression", *options, *NOW)
    assert (done.code, done.err) == (code, said)


def test_a_history_alone_changes_no_exit_code(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    inside("history", "add", "a.md", *NOW)
    assert inside("check", "a.md", "--history", NAME, *NOW).code == 1


def test_an_empty_history_says_that_there_is_nothing_to_compare_with(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    (tmp_path / NAME).write_text("")
    done = inside("check", "a.md", "--history", NAME, "--fail-on-regression", *NOW)
    assert (done.code, done.err) == (
        0,
        "newslint: the history has no entry yet, so nothing can have got worse\n",
    )
    assert inside("history", "show").out == "no run is recorded yet\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--fail-on-regression", "a.md"],
            f"--fail-on-regression goes with --history, whose last entry it compares with {SEE}",
        ),
        (
            ["--history", "h", "--fail-on-regression", "--diff", "a.md"],
            f'--fail-on-regression is about all files: not with --diff-base, --diff or "-" {SEE}',
        ),
        (
            ["--history", "missing", "--fix", "a.md"],
            "the history missing cannot be used: the file cannot be read: No such file or directory; "
            '"newslint history add" writes one',
        ),
        (["--history", "a.md", "--fix", "a.md"], "a.md:1: this line is no JSON"),
        (
            ["--html-link", "example.com/{path}", "a.md"],
            f"Invalid value for '--html-link': \"example.com/{{path}}\" is no address that begins with https:// or http:// {SEE}",
        ),
        (
            ["--html-link", "https://example.com/", "a.md"],
            f"Invalid value for '--html-link': \"https://example.com/\" has no {{path}}, so that all links would be the same {SEE}",
        ),
        (
            ["--html-link", "javascript:alert({path})", "a.md"],
            f"Invalid value for '--html-link': \"javascript:alert({{path}})\" is no address that begins with https:// or http:// {SEE}",
        ),
    ],
)
def test_wrong_use_is_told_before_anything_is_done(
    arguments: list[str], said: str, tmp_path: Path, inside: Inside
) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    done = inside("check", *arguments)
    assert (done.code, done.out, done.err) == (2, "", f"newslint: {said}\n")
    assert (tmp_path / "a.md").read_text() == FAULTY


def test_what_is_no_history_stays_as_it_is(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(BASE)
    done = inside("history", "add", "a.md", "--history", "a.md")
    assert (done.code, done.err) == (2, "newslint: a.md:1: this line is no JSON\n")
    assert (tmp_path / "a.md").read_text() == BASE
    assert inside("history", "add", "-").code == 2
    said = "newslint: --revision is longer than 100 characters (see newslint history add --help)\n"
    assert inside("history", "add", "--revision", "x" * 101).err == said
    assert inside("history", "add", "missing.md").err == 'newslint: "missing.md" is not there\n'
    assert not (tmp_path / NAME).exists()


def test_a_line_that_was_not_ended_and_the_mode_are_kept(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(BASE)
    inside("history", "add", "a.md", *NOW)
    path = tmp_path / NAME
    path.write_text(path.read_text().rstrip("\n"))
    path.chmod(0o640)
    inside("history", "add", "a.md", *NOW)
    assert len(_entries(path)) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_history_that_cannot_be_written_is_told(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(BASE)
    done = inside("history", "add", "a.md", "--history", "missing/h")
    assert (done.code, done.err) == (
        3,
        "newslint: the output cannot be written: missing/h: No such file or directory\n",
    )


def test_the_course_of_each_rule_is_shown(tmp_path: Path, inside: Inside) -> None:
    for day, text in enumerate((WORSE, FAULTY, FAULTY.replace("2024-01-24T", "2024-01-24t")), 1):
        (tmp_path / "a.md").write_text(text)
        inside(
            "history",
            "add",
            "a.md",
            "--select",
            "NL2,NL604",
            "--revision",
            f"v{day}",
            "--now",
            f"2024-06-0{day}T00:00:00Z",
        )
    shown = inside("history", "show")
    assert shown.out == (
        "3 entries, the last of 2024-06-03 (v3)\n"
        "  all         2       +0  █▄█\n"
        "  NL203       1       +1  ··█\n"
        "  NL604       1       -1  █▄▄\n"
        "  the change is since 2024-06-01 (v1)\n"
    )


def test_a_history_has_commands(inside: Inside) -> None:
    assert inside("history").code == 2
    assert (
        inside("history", "ad").err
        == 'newslint: "ad" is no command of newslint history (did you mean "add"?) (see newslint history --help)\n'
    )
