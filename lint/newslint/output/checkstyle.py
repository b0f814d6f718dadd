"""Checkstyle's XML, which Jenkins and many older tools read: a list of errors for each file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from newslint.finding import Finding
from newslint.output.words import paragraphs
from newslint.output.xml import DECLARATION, attributes
from newslint.report import Report


def pieces(report: Report) -> Iterator[str]:
    """Yield one ``file`` with its ``error`` elements for each file with findings; an end and fixes have no place."""
    yield f'{DECLARATION}\n<checkstyle version="4.3">\n'
    for path, findings in groupby(report.findings, lambda finding: finding.path):
        yield f"  <file{attributes(name=path)}>\n"
        for finding in findings:
            yield f"{_error(finding)}\n"
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(finding: Finding) -> str:
    listed = attributes(
        line=finding.line,
        column=finding.column,
        severity=finding.severity.value,
        message="\n".join(paragraphs(finding)),
        source=f"newslint.{finding.code}.{finding.name}",
    )
    return f"    <error{listed}/>"
