"""The text format: what each line says, and that the marks stand under exactly the characters at fault."""

from __future__ import annotations

import re

import pytest

from newslint.finding import Edit, Fix, Related, Severity
from newslint.output import render
from newslint.output.escape import terminal, width
from newslint.output.style import Style
from newslint.report import Report
from tests.output.making import FINDING, HOSTILE_FINDING, made, report, under


def _lines(finding: object) -> tuple[str, str]:
    """Return the source line and the line of marks, both without the margin."""
    shown = render("text", report(finding)).split("\n")  # type: ignore[arg-type]
    source, marks = shown[2], shown[3]
    assert re.match(r"  \d+ \| ", source)
    margin = source.index("| ") + 2
    assert marks[:margin].strip() == "|"
    return source[margin:], marks[margin:]


def test_a_finding_and_the_totals() -> None:
    other = Related("_news/b.md", 12, 3, "/title", "the same title")
    assert render("text", report(made(related=(other,)), skipped=2)) == (
        "_news/a.md:3:8: warning NL602 edge-whitespace title\n"
        "    white space at the start\n"
        '  3 | title: "A title of an article"\n'
        "    |        ^^^^^\n"
        "    = _news/b.md:12:3: the same title\n"
        "    = help: Delete it\n"
        "\n"
        "1 file checked, 1 finding in 1 file (1 warning), 2 skipped\n"
    )


def test_a_finding_without_field_line_and_hint() -> None:
    finding = made(field="", readable_field="", source_line="  \t", hint=None, line=12)
    assert render("text", report(finding)) == (
        "_news/a.md:12:8: warning NL602 edge-whitespace\n"
        "    white space at the start\n"
        "\n"
        "1 file checked, 1 finding in 1 file (1 warning)\n"
    )


def test_the_margin_is_as_wide_as_the_number() -> None:
    shown = render("text", report(made(line=1234, end_line=1234))).split("\n")
    assert shown[2:5] == [
        '  1234 | title: "A title of an article"',
        "       |        ^^^^^",
        "       = help: Delete it",
    ]


@pytest.mark.parametrize(
    ("line", "start", "end", "marks"),
    [
        ("title: abc", 7, 10, "       ^^^"),
        ("title: abc", 7, 7, "       ^"),
        ("title: abc", 10, 10, "          ^"),
        ("title: abc", 0, 5, "^^^^^"),
        ("\u65e5\u672c: \u8a9e\u8a9e.", 4, 6, "      ^^^^"),
        ("caf\u00e9: x", 6, 7, "      ^"),
        ("cafe\u0301: x", 7, 8, "      ^"),
        ("cafe\u0301: x", 4, 5, "   ^"),
        ("\U0001f600\U0001f600 x", 3, 4, "     ^"),
        ("a\tb", 2, 3, "   ^"),
        ("a\tb", 1, 2, " ^^"),
        ("a\u202eb", 1, 2, " ^^^^^^"),
        ("a\u200bb", 2, 3, "       ^"),
        ("\u1112\u1161\u11ab x", 4, 5, "   ^"),
    ],
)
def test_the_marks_stand_under_the_range(line: str, start: int, end: int, marks: str) -> None:
    assert _lines(under(line, start, end))[1] == marks


def test_a_range_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert _lines(under("title: abc", 7, 3, end_line=5))[1] == "       ^^^"


@pytest.mark.parametrize("filler", ["x", "\u8a9e", "\u00e9", "e\u0301", "\U0001f600", "x\t", "\u202e"])
@pytest.mark.parametrize("start", [0, 1, 39, 60, 99, 100, 101, 250, 399])
@pytest.mark.parametrize("length", [0, 1, 7, 150])
def test_a_long_line_is_cut_around_the_place(filler: str, start: int, length: int) -> None:
    before = filler * start
    line = f"{before}{'M' * length}{filler * 400}"
    source, marks = _lines(under(line, len(before), len(before) + length))
    assert width(source) <= 101
    assert ("\u2026" in source) == (source != terminal(line))
    place = len(marks) - len(marks.lstrip(" "))
    assert "".join(_cells(source))[place : place + len(marks.strip())] == "M" * len(marks.strip()) or not length
    assert len(marks.strip()) == max(1, min(length, 100 - place))


def _cells(line: str) -> list[str]:
    """Return a line cell by cell; the second cell of a wide character is blank, a combining one is left out."""
    return [char + " " * (width(char) - 1) for char in line if width(char)]


def test_a_line_cut_from_the_file_says_so_at_both_ends() -> None:
    line = "x" * 250 + "HERE" + "y" * 246
    source, marks = _lines(made(source_line=line, source_offset=1000, column=1251, end_column=1255))
    assert source == "\u2026" + "x" * 40 + "HERE" + "y" * 55 + "\u2026"
    assert marks == " " * 41 + "^^^^"


def test_a_cut_line_does_not_begin_with_the_accent_of_a_letter_that_is_gone() -> None:
    line = "e\u0301" * 150 + "HERE"
    source, _ = _lines(under(line, 300, 304))
    assert source[:2] == "\u2026e"


def test_a_long_marked_range_shows_its_beginning() -> None:
    source, marks = _lines(under("title: " + "x" * 300, 7, 307))
    assert source == "title: " + "x" * 93 + "\u2026"
    assert marks == " " * 7 + "^" * 93


def test_hostile_names_keys_and_values_are_harmless() -> None:
    shown = render("text", report(HOSTILE_FINDING, truncated={HOSTILE_FINDING.path: 1}))
    assert [char for char in shown if ord(char) < 32 and char != "\n"] == []
    assert not set(shown) & set("\x7f\x9b\u202e\u2028\ud800\udc80")
    assert len(shown.split("\n")) == 10
    assert shown.startswith("a\\x1b[31m\\n\\r\\t\\x00\\x7f\\x9b\\u202e\\u2028\\ud800 \\x80%::]'|<&>\"{}`")


def test_colours_only_paint() -> None:
    painted = render("text", report(FINDING), Style(True))
    assert painted.startswith(
        "\x1b[1m_news/a.md:3:8\x1b[0m: \x1b[1;33mwarning\x1b[0m NL602 edge-whitespace \x1b[1mtitle\x1b[0m\n"
    )
    assert "\n  \x1b[34m3 |\x1b[0m title: " in painted
    assert "\x1b[1;33m^^^^^\x1b[0m\n" in painted
    assert "    = \x1b[1;32mhelp\x1b[0m: Delete it\n" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == render("text", report(FINDING))


SAFE = Fix("safe", "Delete it", (Edit(3, 9, 3, 10, ""),))
UNSAFE = Fix("unsafe", "Delete it", (Edit(3, 9, 3, 10, ""),))


@pytest.mark.parametrize(
    ("given", "totals"),
    [
        (Report((), 0), "0 files checked: nothing was linted"),
        (Report((), 0, skipped=3), "0 files checked, 3 skipped: nothing was linted (--show-files tells why)"),
        (Report((), 1), "1 file checked, no findings"),
        (Report((), 1234, skipped=1), "1,234 files checked, no findings, 1 skipped"),
        (
            Report((made(severity=Severity.ERROR), FINDING, FINDING, made(severity=Severity.INFO, path="b.md")), 3),
            "3 files checked, 4 findings in 2 files (1 error, 2 warnings, 1 info)",
        ),
        (
            Report((made(fix=SAFE), made(fix=UNSAFE)), 1, suppressed=2, baselined=3, skipped=1),
            "1 file checked, 2 findings in 1 file (2 warnings), 1 skipped, 2 suppressed, 3 in the baseline,"
            " 1 can be mended with --fix, 1 more can be mended with --fix --unsafe-fixes",
        ),
    ],
)
def test_the_line_of_totals(given: Report, totals: str) -> None:
    assert render("text", given).split("\n")[-2] == totals


def test_a_cut_is_told_before_the_totals() -> None:
    shown = render("text", report(FINDING, truncated={"b.md": 1000, "a.md": 5}))
    assert shown.split("\n")[-4:] == [
        "a.md: more than 5 findings, the rest is not shown",
        "b.md: more than 1,000 findings, the rest is not shown",
        "1 file checked, 1 finding in 1 file (1 warning)",
        "",
    ]


def test_a_path_that_looks_like_a_workflow_command_is_none() -> None:
    shown = render("text", report(made(path="::error::x.md"), truncated={"::warning::y.md": 1}))
    assert [line for line in shown.splitlines() if line.startswith("::")] == []
    assert shown.startswith(r"\x3a:error::x.md:3:8: ")
    assert "\n\\x3a:warning::y.md: more than 1 finding, the rest is not shown\n" in shown
