"""Markdown shows the findings as text and nothing but text, within the room that there is."""

from __future__ import annotations

import html
import re

import pytest

from newslint.finding import Finding, Related, Severity
from newslint.output import markdown
from newslint.output.escape import line_start, terminal
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report

_HEAD = "| severity | place | rule | finding |\n| --- | --- | --- | --- |\n"


def _rows(text: str) -> list[list[str]]:
    """Read the table's cells by the rules of GitHub Flavored Markdown: a pipe parts them where no backslash is before."""
    assert text.endswith("\n")
    table = text.partition(_HEAD)[2].partition("\n\n")[0]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.rstrip("\n").split("\n") if line]


def _text(cell: str) -> str:
    """Take the escapes of a cell's text away; what means something to Markdown may stand behind a backslash only."""
    assert re.findall(r"(?<!\\)[`*_\[\]|~$]", re.sub(r"\\\\", "", cell)) == []
    cell = cell.strip().replace("<br>", "\n").replace("<!-- -->", "")
    assert re.findall("[<>]", cell) == []
    return html.unescape(re.sub(r"\\([\\`*_\[\]|~$])", r"\1", cell))


def _code(cell: str) -> str:
    """Read a code span (CommonMark 6.1), in a cell where the pipe is escaped."""
    matched = re.fullmatch(r" (`+)(.*?)(?<!`)\1 ", cell)
    assert matched, cell
    inner = matched[2].replace(r"\|", "|")
    assert matched[1] not in re.findall("`+", inner)
    return inner[1:-1] if inner.startswith(" ") and inner.endswith(" ") and inner.strip() else inner


def test_a_report_in_full() -> None:
    full = made(
        related=(Related("b.md", 12, 3, "/title", "the same title"),), message="<b> & a_b|c #1 @x www.a.b http://c"
    )
    assert markdown.render(report(full, made(severity=Severity.ERROR, hint=None), truncated={"c_d.md": 2})) == (
        "### newslint\n"
        "\n"
        "1 file checked, 2 findings in 1 file (1 error, 1 warning)\n"
        "\n"
        f"{_HEAD}"
        "| error | `_news/a.md:3:8` | NL602 edge-whitespace | title: white space at the start |\n"
        "| warning | `_news/a.md:3:8` | NL602 edge-whitespace | title: &lt;b&gt; &amp; a\\_b\\|c #<!-- -->1 @<!-- -->x"
        " www<!-- -->.a.b http:<!-- -->//c<br>b.md:12:3: the same title<br>help: Delete it |\n"
        "\n"
        "c\\_d.md: more than 2 findings, the rest is not shown\n"
    )


def test_no_findings_are_no_table() -> None:
    assert markdown.render(report()) == "### newslint\n\n1 file checked, no findings\n"


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_all_findings_are_rows_errors_first(count: int) -> None:
    rows = _rows(markdown.render(report(*many(count))))
    assert len(rows) == count
    order = [["error", "warning", "info"].index(row[0].strip()) for row in rows]
    assert order == sorted(order)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    ((severity, place, rule, said),) = _rows(markdown.render(report(hostile(text))))
    shown, start = terminal(text), line_start(text)
    assert (severity, rule) == (" warning ", " NL602 edge-whitespace ")
    assert _code(place) == f"{shown}.md:3:1"
    assert _text(said) == f'["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}'.strip()


def test_hostile_values_all_at_once_are_one_row() -> None:
    rows = _rows(markdown.render(report(HOSTILE_FINDING)))
    assert [len(row) for row in rows] == [4]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        (" a", "`  a `"),
        ("a|b``", r"``` a\|b`` ```"),
        (r"a\|b", r"`a\\|b`"),
    ],
)
def test_code_spans(text: str, span: str) -> None:
    assert markdown.code(text) == span


def _wide() -> list[Finding]:
    return [finding._replace(message="\u65e5\u672c" * 20) for finding in many(50)]


@pytest.mark.parametrize("room", [0, 150, 250, 300, 400, 1000, 5000, 9000, 20_000])
def test_what_does_not_fit_is_counted(room: int) -> None:
    shown = markdown.render(report(*_wide(), truncated={"b.md": 1000}), room=room)
    assert len(shown.encode("utf-8")) <= room
    hidden = re.search(r"\n([\d,]+) more findings? did not fit here\.\n", shown)
    if not shown:
        assert room < 200
    elif hidden:
        assert len(_rows(shown)) + int(hidden[1]) == 50
    else:
        assert len(_rows(shown)) == 50
        assert shown.endswith("b.md: more than 1,000 findings, the rest is not shown\n")


def test_one_that_does_not_fit_is_one() -> None:
    full = markdown.render(report(FINDING))
    assert "\n1 more finding did not fit here.\n" in markdown.render(report(FINDING), room=len(full))
    assert markdown.render(report(FINDING), room=len(full) + 100) == full
