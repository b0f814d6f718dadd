"""Checkstyle's XML, which Jenkins and many older tools read: a list of errors for each file."""

from __future__ import annotations

from newslint.finding import Finding
from newslint.output.words import paragraphs
from newslint.output.xml import DECLARATION, attributes
from newslint.report import Report


def render(report: Report) -> str:
    """Return one ``file`` with its ``error`` elements for each file with findings; an end and fixes have no place."""
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    lines = [DECLARATION, '<checkstyle version="4.3">']
    for path, findings in by_path.items():
        lines += [f"  <file{attributes(name=path)}>", *map(_error, findings), "  </file>"]
    return "\n".join([*lines, "</checkstyle>"]) + "\n"


def _error(finding: Finding) -> str:
    listed = attributes(
        line=finding.line,
        column=finding.column,
        severity=finding.severity.value,
        message="\n".join(paragraphs(finding)),
        source=f"newslint.{finding.code}.{finding.name}",
    )
    return f"    <error{listed}/>"
