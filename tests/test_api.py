"""The library: findings and reports without printing, the same as the command's, and clear errors."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import frontmatter
import pytest

import newslint
from newslint.finding import Finding
from tests.conftest import BASE, NOW, with_fields

BAD = with_fields('publishedDateTime: "2024-01-24T15:00:00Z"\npublished: true\n')


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.md").write_text(BAD)
    Path("good.md").write_text(BASE)


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_what_is_public() -> None:
    assert sorted(newslint.__all__) == [
        "ConfigError",
        "Finding",
        "FrontMatterError",
        "Report",
        "Severity",
        "StrictYAMLHandler",
        "__version__",
        "lint_path",
        "lint_paths",
        "lint_post",
        "lint_text",
    ]
    for name in newslint.__all__:
        assert getattr(newslint, name) is not None
    with pytest.raises(AttributeError, match=r"^module 'newslint' has no attribute 'lint'$"):
        newslint.lint  # noqa: B018


def test_lint_path_takes_all_kinds_of_paths() -> None:
    for path in ("bad.md", Path("bad.md"), os.path.abspath("bad.md")):
        findings = newslint.lint_path(path, now=NOW)
        assert _codes(findings) == ["NL203", "NL503"]
        assert {finding.path for finding in findings} == {"bad.md"}
    assert _codes(newslint.lint_path(b"bad.md", now=NOW)) == ["NL203", "NL503"]  # type: ignore[arg-type]
    assert newslint.lint_path("good.md", now=NOW) == ()


def test_what_cannot_be_read_is_a_finding() -> None:
    for path, message in (
        (".", "this is no regular file but a folder"),
        ("absent.md", "the file cannot be read: No such file or directory"),
        ("a\0b", "the file cannot be read: embedded null byte"),
    ):
        (finding,) = newslint.lint_path(path)
        assert (finding.code, finding.message) == ("NL001", message)


def test_lint_text_is_lint_path_of_that_text() -> None:
    assert newslint.lint_text(BAD, "bad.md", now=NOW) == newslint.lint_path("bad.md", now=NOW)
    assert _codes(newslint.lint_text(BASE, "2020-01-01-a.md", now=NOW)) == ["NL206"]
    assert _codes(newslint.lint_text("")) == ["NL003"]
    assert _codes(newslint.lint_text("---\na: \ud800\n---\n")) == ["NL002"]


def test_lint_paths_is_the_command() -> None:
    Path("page.md").write_text("# About\n")
    report = newslint.lint_paths(["."], now=NOW)
    assert (report.files, report.skipped) == (2, 1)
    assert [finding.code for finding in report.findings if finding.code < "NL9"] == ["NL203", "NL503"]
    assert report.number(newslint.Severity.ERROR) >= 1
    assert newslint.lint_paths([Path("good.md")], now=NOW).findings == ()
    assert newslint.lint_paths([], now=NOW).files == 2


def test_a_configuration_is_taken_only_where_it_is_named() -> None:
    Path("newslint.toml").write_text('ignore = ["NL5"]\n[per-file-ignores]\n"old" = ["NL2"]\n')
    assert _codes(newslint.lint_path("bad.md", now=NOW)) == ["NL203", "NL503"]
    assert _codes(newslint.lint_path("bad.md", config="newslint.toml", now=NOW)) == ["NL203"]
    assert _codes(newslint.lint_text(BAD, config=Path("newslint.toml"), now=NOW)) == ["NL203"]
    assert _codes(newslint.lint_text(BAD, "old/a.md", config="newslint.toml", now=NOW)) == []


def test_now_is_an_aware_datetime_in_any_zone() -> None:
    moment = datetime(2024, 1, 22, tzinfo=UTC)
    assert _codes(newslint.lint_path("good.md", now=moment)) == ["NL204"]
    assert _codes(newslint.lint_path("good.md", now=moment.astimezone(timezone(timedelta(hours=9))))) == ["NL204"]
    with pytest.raises(ValueError, match=r"^now must be an aware datetime"):
        newslint.lint_path("good.md", now=datetime(2024, 6, 1))


def test_errors_are_exceptions_with_one_line() -> None:
    Path("newslint.toml").write_text("selekt = []\n")
    with pytest.raises(newslint.ConfigError, match=r'^newslint\.toml:1: selekt: "selekt" is no setting'):
        newslint.lint_path("bad.md", config="newslint.toml")
    with pytest.raises(FileNotFoundError, match=r'^"absent\.md" is not there$'):
        newslint.lint_paths(["bad.md", "absent.md"])
    with pytest.raises(TypeError, match=r"^paths must be a list of paths, not one path: \['bad\.md'\]$"):
        newslint.lint_paths("bad.md")


def test_lint_post_names_fields_and_no_places() -> None:
    post = frontmatter.loads(BAD)
    findings = newslint.lint_post(post, now=NOW)
    assert _codes(findings) == ["NL503"], "a datetime has no quotes that could be wrong"
    (finding,) = findings
    assert (finding.path, finding.field, finding.source_line) == ("", "/published", "")
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (0, 0, 0, 0)
    assert newslint.lint_post(frontmatter.loads(BASE), now=NOW) == ()


def test_nothing_is_printed_and_nothing_remembered() -> None:
    program = (
        "import newslint, sys\n"
        "for _ in range(2):\n"
        "    for name in ('bad.md', 'absent.md', 'good.md'):\n"
        "        newslint.lint_path(name)\n"
        "newslint.lint_paths(['.'], config='newslint.toml')\n"
    )
    Path("newslint.toml").write_text("")
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_types_are_published() -> None:
    assert (Path(newslint.__file__).parent / "py.typed").is_file()
