"""``--add-suppressions``: comments that excuse what is found today, written into the files."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import BASE, CORPUS, Command, needs_corpus, with_fields

NOW = ("--now", "2024-06-01T00:00:00Z")
TITLE = 'title: "Q&amp;A about facial recognition in Croydon"'
FAULTY = with_fields(f"{TITLE}\n")


def test_a_comment_with_a_reason_is_written_and_holds(tmp_path: Path, newslint: Command) -> None:
    article = tmp_path / "a.md"
    article.write_bytes(b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode())
    result = newslint("check", "--add-suppressions=old archive", "a.md", "--ignore", "NL010", *NOW)
    assert (result.returncode, result.stderr) == (0, b"newslint: 1 finding in 1 file excused by comments\n")
    assert result.stdout == b"1 file checked, no findings, 1 suppressed\n"
    written = FAULTY.replace(TITLE, f"{TITLE} # newslint: ignore[NL604] old archive")
    assert article.read_bytes() == b"\xef\xbb\xbf" + written.replace("\n", "\r\n").encode()
    again = newslint("check", "--add-suppressions", "a.md", "--ignore", "NL010", *NOW)
    assert again.stderr == b"newslint: 0 findings in 0 files excused by comments\n"
    assert article.read_bytes() == b"\xef\xbb\xbf" + written.replace("\n", "\r\n").encode()


def test_the_next_argument_is_never_the_reason(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    assert newslint("check", "--add-suppressions", "a.md", *NOW).returncode == 0
    assert (tmp_path / "a.md").read_text() == FAULTY.replace(TITLE, f"{TITLE} # newslint: ignore[NL604]")
    (tmp_path / "--add-suppressions").write_text(FAULTY)
    named = newslint("check", *NOW, "--output-format", "concise", "--", "--add-suppressions")
    assert named.returncode == 1
    assert named.stdout.startswith(b"--add-suppressions:")


def test_what_no_comment_can_excuse_is_left_and_told(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(BASE.replace("title: ", "title: [", 1))
    result = newslint("check", "--add-suppressions", "a.md", *NOW)
    assert result.returncode == 1
    told = result.stderr.decode().splitlines()
    assert told[0].startswith("newslint: a.md:")
    assert "NL005 yaml-syntax: no comment: " in told[0]
    assert told[-1] == "newslint: 0 findings in 0 files excused by comments"
    assert b"NL005" in result.stdout


def test_findings_about_the_archive_and_known_ones(tmp_path: Path, newslint: Command) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(FAULTY)
    newslint("baseline", "--select", "NL604", *NOW)
    result = newslint("check", "--add-suppressions", "--baseline", ".newslint-baseline.json", *NOW)
    assert result.returncode == 0
    text = (tmp_path / "a.md").read_text()
    assert "NL604" not in text, "what the baseline hides needs no comment"
    assert "newslint: ignore[NL901]" in text
    assert "newslint: ignore[NL902]" in text
    assert newslint("check", "--select", "NL9", *NOW).returncode == 0


def test_fixes_come_first(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(with_fields(f"{TITLE}\npublished: true\n"))
    assert newslint("check", "--fix", "--add-suppressions", "a.md", *NOW).returncode == 0
    text = (tmp_path / "a.md").read_text()
    assert TITLE.replace("&amp;", "&") in text
    assert "published: true # newslint: ignore[NL503]" in text


def test_options_that_make_no_sense_together(newslint: Command) -> None:
    for arguments in (("-",), ("--diff", ".")):
        result = newslint("check", "--add-suppressions", *arguments)
        assert result.returncode == 2
        assert b'--add-suppressions writes files: it goes neither with "-" nor with --diff' in result.stderr


@needs_corpus
def test_the_real_articles_are_excused(tmp_path: Path, newslint: Command) -> None:
    shutil.copytree(CORPUS / "_news", tmp_path / "_news")
    result = newslint("check", "--add-suppressions=as it came", "--isolated", *NOW)
    assert result.returncode == 0
    assert result.stderr == b"newslint: 326 findings in 278 files excused by comments\n"
    after = newslint("check", "--isolated", *NOW)
    assert (after.returncode, after.stdout) == (0, b"674 files checked, no findings, 326 suppressed\n")
