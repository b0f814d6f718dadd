"""The Reviewdog Diagnostic Format, whole (``rdjson``) or a line a finding (``rdjsonl``): comments in a code review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.finding import Edit, Finding, Fix, Severity
from newslint.output.dump import dump, dump_array
from newslint.output.escape import is_portable, portable
from newslint.output.words import paragraphs
from newslint.report import Report, whole_line

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
_SOURCE = {"name": "newslint"}


def pieces(report: Report) -> Iterator[str]:
    """Yield a ``DiagnosticResult`` (reviewdog, ``proto/rdf/reviewdog.proto``)."""
    before, _, after = dump({"source": _SOURCE, "diagnostics": None}).partition("null")
    yield before
    yield from dump_array(map(_diagnostic, report.findings), 1)
    yield f"{after}\n"


def line_pieces(report: Report) -> Iterator[str]:
    """Yield one ``Diagnostic`` a line; no findings are no lines."""
    for finding in report.findings:
        yield f"{dump({**_diagnostic(finding), 'source': _SOURCE}, indented=False)}\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    content: dict[str, Any] = {
        "message": "\n".join(paragraphs(finding)),
        "location": {"path": portable(finding.path), "range": _range(finding)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    suggestion = _suggestion(finding, finding.fix) if finding.fix is not None else None
    if suggestion is not None:
        content["suggestions"] = [suggestion]
    return content


def _range(finding: Finding) -> dict[str, Any]:
    """Return the range within its first line; the whole line where what stands before it was cut off.

    Columns are UTF-8 bytes, which only the line's text tells. A range of several lines is its start: the text of its
    last line is not known.
    """
    start = _byte_column(finding, finding.column)
    if start is None:
        return {"start": {"line": finding.line}, "end": {"line": finding.line}}
    end = _byte_column(finding, finding.end_column) if finding.end_line == finding.line else None
    place = {"start": {"line": finding.line, "column": start}}
    return place if end is None else {**place, "end": {"line": finding.line, "column": end}}


def _byte_column(finding: Finding, column: int) -> int | None:
    """Return a column of the finding's line in UTF-8 bytes, from 1, or None where the text before it is not known."""
    if column == 1:
        return 1
    if finding.source_offset or column - 1 > len(finding.source_line):
        return None
    return len(finding.source_line[: column - 1].encode("utf-8", "surrogatepass")) + 1


def _suggestion(finding: Finding, fix: Fix) -> dict[str, Any] | None:
    """Return what a fix makes of whole lines, or None where their text is not known.

    Lines, because some of reviewdog's reporters take no notice of columns (reviewdog#1282).
    """
    edits = sorted(fix.edits)
    if len(edits) == 1 and edits[0].column == edits[0].end_column == 1:
        return _replaced_lines(edits[0])
    line = whole_line(finding)
    if line is None or any(not edit.line == edit.end_line == finding.line for edit in edits):
        return None
    text = line
    for edit in reversed(edits):
        text = text[: edit.column - 1] + edit.text + text[edit.end_column - 1 :]
    if text == line or not is_portable(text):
        return None
    return {"range": {"start": {"line": finding.line}, "end": {"line": finding.line}}, "text": text}


def _replaced_lines(edit: Edit) -> dict[str, Any] | None:
    """Return an edit of whole lines with their line ends; a column of 1 is 1 in bytes, too."""
    if not is_portable(edit.text) or (edit.line == edit.end_line and not edit.text):
        # The latter takes a byte order mark away, which has no place in this format.
        return None
    start, end = {"line": edit.line, "column": 1}, {"line": edit.end_line, "column": 1}
    return {"range": {"start": start, "end": end}, "text": edit.text}
