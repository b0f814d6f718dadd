"""One line a finding: for editors that jump to ``path:line:column``, for grep, and for long lists."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.finding import Finding
from newslint.output.escape import line_start, terminal
from newslint.output.style import Style
from newslint.output.totals import cuts, totals
from newslint.report import Report


def pieces(report: Report, style: Style | None = None) -> Iterator[str]:
    """Yield the report as one line a finding and one of totals."""
    style = style or Style(False)
    for finding in report.findings:
        yield f"{_finding(finding, style)}\n"
    for line in (*cuts(report), totals(report)):
        yield f"{line}\n"


def _finding(finding: Finding, style: Style) -> str:
    severity = finding.severity.value
    place = style.bold(f"{line_start(finding.path)}:{finding.line}:{finding.column}:")
    field = f"{terminal(finding.readable_field)}: " if finding.readable_field else ""
    rule = f"{style.severity(severity, severity)} {finding.code} {finding.name}"
    return f"{place} {rule}: {field}{terminal(finding.message)}"
