"""Text for people: each finding with its source line underlined and a hint, then one line of totals."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.finding import Finding
from newslint.output.escape import line_start, terminal, width
from newslint.output.style import Style
from newslint.output.totals import cuts, totals
from newslint.report import Report

_ROOM = 100
"""Cells of a source line that are shown where no terminal is narrower: more is hard to read."""

_LEAST_ROOM = 40
"""Cells that are shown in however narrow a terminal."""


def pieces(report: Report, style: Style | None = None) -> Iterator[str]:
    """Yield the report as text, finding by finding, and then a line of totals."""
    style = style or Style(False)
    for finding in report.findings:
        yield f"{_finding(finding, style)}\n"
    for line in (*cuts(report), totals(report)):
        yield f"{line}\n"


def _finding(finding: Finding, style: Style) -> str:
    severity = finding.severity.value
    place = f"{line_start(finding.path)}:{finding.line}:{finding.column}"
    field = f" {style.bold(terminal(finding.readable_field))}" if finding.readable_field else ""
    head = f"{style.bold(place)}: {style.severity(severity, severity)} {finding.code} {finding.name}{field}"
    lines = [head, f"    {line_start(finding.message)}", *_source(finding, style)]
    margin = " " * len(str(finding.line))
    lines += [
        f"  {margin} = {terminal(other.path)}:{other.line}:{other.column}: {terminal(other.message)}"
        for other in finding.related
    ]
    if finding.hint:
        lines.append(f"  {margin} = {style.hint('help')}: {terminal(finding.hint)}")
    return "\n".join(lines) + "\n"


def _source(finding: Finding, style: Style) -> list[str]:
    """Return the source line and the marks under the range, or nothing where there is no line to show."""
    if not finding.source_line.strip():
        return []
    start = finding.column - 1 - finding.source_offset
    end = finding.end_column - 1 - finding.source_offset if finding.end_line == finding.line else None
    before, marked = finding.source_line[:start], finding.source_line[start:end]
    after = finding.source_line[start + len(marked) :]
    cut_front = finding.source_offset > 0
    number = str(finding.line)
    whole = _room(style, number)
    kept = whole * 2 // 5
    if width(finding.source_line) > whole and width(before) > kept:
        # Keep the end of what stands before: the reader finds the place by the words next to it.
        # The … in front takes a cell of the room, too.
        before, cut_front = _last_cells(before, max(kept, whole - 1 - width(marked) - width(after))), True
    before = f"…{before}" if cut_front else before
    room = max(whole - width(before), 20)
    shown_marked = _first_cells(marked, room)
    shown_after = _first_cells(after, room - width(shown_marked)) if shown_marked == marked else ""
    shown = f"{before}{shown_marked}{shown_after}"
    cut_back = "…" if (shown_marked, shown_after) != (marked, after) else ""
    # A mark that fills no cell of its own stands on the character before it.
    blanks = width(before) - (1 if marked and not width(marked) and before else 0)
    carets = "^" * max(width(shown_marked), 1)
    return [
        f"  {style.margin(f'{number} |')} {terminal(shown)}{cut_back}",
        f"  {style.margin(' ' * len(number) + ' |')} {' ' * blanks}{style.severity(finding.severity.value, carets)}",
    ]


def _room(style: Style, number: str) -> int:
    """Return how many cells of a source line are shown: what the margin and a … at the end leave of the terminal."""
    if style.columns is None:
        return _ROOM
    return max(min(_ROOM, style.columns - len(f"  {number} | …")), _LEAST_ROOM)


def _first_cells(text: str, cells: int) -> str:
    """Return the longest beginning of a text that fits into some cells."""
    if text.isascii() and text.isprintable():
        return text[:cells]
    used = 0
    for index, character in enumerate(text):
        used += width(character)
        if used > cells:
            return text[:index]
    return text


def _last_cells(text: str, cells: int) -> str:
    """Return the longest end of a text that fits into some cells and does not start with a mark on what is cut off."""
    end = _first_cells(text[::-1], cells)[::-1]
    if len(end) < len(text):
        while end and not width(end[0]):
            end = end[1:]
    return end
