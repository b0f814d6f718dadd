"""JSON Lines for programs that read a stream: one finding a line, with the members of the JSON report."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.output.dump import dump
from newslint.output.json_report import finding_object
from newslint.report import Report


def pieces(report: Report) -> Iterator[str]:
    """Yield one object a finding, each on a line of its own (jsonlines.org); no findings are no lines."""
    for finding in report.findings:
        yield f"{dump(finding_object(finding), indented=False)}\n"
