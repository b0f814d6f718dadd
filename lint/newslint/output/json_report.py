"""JSON for programs, as ``schemas/report.schema.json`` describes it; fields are only ever added within a version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.output.dump import dump, dump_array
from newslint.report import Report
from newslint.version import __version__

REPORT_VERSION = 1


def pieces(report: Report) -> Iterator[str]:
    """Yield the report as one JSON object, indented, in UTF-8 but for lone surrogates, which stay escapes."""
    content: dict[str, Any] = {
        "version": REPORT_VERSION,
        "tool": {"name": "newslint", "version": __version__},
        "summary": summary(report),
        "findings": None,
    }
    if report.incomplete:
        content["incomplete"] = True
    if report.truncated:
        content["truncated"] = [{"path": path, "limit": limit} for path, limit in sorted(report.truncated.items())]
    # What stands before it is our own, so that it is the first.
    before, _, after = dump(content).partition("null")
    yield before
    yield from dump_array(map(finding_object, report.findings), 1)
    yield f"{after}\n"


def summary(report: Report) -> dict[str, int]:
    """Return the members of the report's summary."""
    tally = report.tally
    return {
        "files": report.files,
        "skipped": report.skipped,
        "errors": tally.severities[Severity.ERROR],
        "warnings": tally.severities[Severity.WARNING],
        "infos": tally.severities[Severity.INFO],
        "suppressed": report.suppressed,
        "baselined": report.baselined,
        "fixable": tally.fixes["safe"],
        "fixed": report.fixed,
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return one finding as the members of its JSON object."""
    fix = finding.fix
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "field": finding.field,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "fingerprint": finding.fingerprint,
        "related": [_related(other) for other in finding.related],
        "fix": None if fix is None else _fix(fix),
    }


def _related(other: Related) -> dict[str, Any]:
    return {
        "path": other.path,
        "line": other.line,
        "column": other.column,
        "field": other.field,
        "message": other.message,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"applicability": fix.applicability, "title": fix.title, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "line": edit.line,
        "column": edit.column,
        "end_line": edit.end_line,
        "end_column": edit.end_column,
        "text": edit.text,
    }
