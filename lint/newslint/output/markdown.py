"""Markdown for people who read a report on a page: a job's summary, a comment on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.output.escape import terminal
from newslint.output.totals import counted, cuts, totals
from newslint.output.words import gravest_first, paragraphs, place
from newslint.report import Report

_TABLE = "| severity | place | rule | finding |\n| --- | --- | --- | --- |\n"

# What means something in GitHub Flavored Markdown, or to GitHub or GitLab, which make links of mentions (@name),
# issues (#1) and addresses wherever they stand in a text; a comment of HTML breaks those in two.
_SPECIAL = compiled_late(r"[\\`*_\[\]|~$]|[&<>]|[@#]|://|www\.")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BROKEN = {"@": "@<!-- -->", "#": "#<!-- -->", "://": ":<!-- -->//", "www.": "www<!-- -->."}
_BACKTICKS = compiled_late("`+")


def render(report: Report, room: int | None = None) -> str:
    """Return the totals and a table of the findings, errors first.

    ``room`` bounds the bytes of UTF-8 that it may have: what does not fit is told as a number, and where not even the
    totals fit the text is empty.
    """
    head = f"### newslint\n\n{escaped(totals(report))}\n"
    # Kept free for what is said of the rows that do not fit.
    left = (room if room is not None else float("inf")) - _size(head) - 100
    if left < 0:
        return ""
    rows, left = _fitting(map(_row, gravest_first(report.findings)), left - _size(f"\n{_TABLE}"))
    hidden = len(report.findings) - len(rows)
    notes, _ = _fitting((f"\n{escaped(cut)}\n" for cut in cuts(report)), left)
    if hidden:
        notes.insert(0, f"\n{counted(hidden, 'more finding')} did not fit here.\n")
    return head + (f"\n{_TABLE}" if rows else "") + "".join([*rows, *notes])


def _fitting(parts: Iterator[str] | Iterable[str], left: float) -> tuple[list[str], float]:
    """Return the first parts that fit into some bytes, and how many are left."""
    fitting: list[str] = []
    for part in parts:
        if _size(part) > left:
            break
        left -= _size(part)
        fitting.append(part)
    return fitting, left


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _row(finding: Finding) -> str:
    said = "<br>".join(escaped(line) for line in paragraphs(finding))
    return f"| {finding.severity.value} | {code(place(finding))} | {finding.code} {finding.name} | {said} |\n"


def escaped(text: str) -> str:
    """Return a text that reads as it is and is nothing but text, within a line or a table's cell."""
    return _SPECIAL.sub(_escape, terminal(text))


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    return _ENTITIES.get(found) or _BROKEN.get(found) or f"\\{found}"


def code(text: str) -> str:
    """Return a text as a code span within a table's cell (CommonMark 6.1; GFM, "Tables": ``|`` is escaped in it)."""
    text = terminal(text)
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", r"\|")
