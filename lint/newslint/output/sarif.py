"""SARIF 2.1.0, the format of code scanning: rules, results and how they can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newslint.finding import Edit, Finding, Related
from newslint.output.dump import dump
from newslint.output.escape import is_portable, portable, terminal
from newslint.output.sarif_rules import LEVELS, rule_object
from newslint.output.sarif_text import message_text
from newslint.output.totals import counted, cuts
from newslint.output.uri import uri
from newslint.output.words import gravest_first, sentence
from newslint.report import Report
from newslint.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MAX_RESULTS = 25_000
"""Results of one run: GitHub refuses a file with more (docs: "SARIF support for code scanning", limits)."""

MAX_RELATED = 1_000
"""Locations of one result that GitHub takes (the same page)."""

_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """Return a log of one run (OASIS, SARIF 2.1.0 with errata 01).

    Every rule that was chosen is listed, whether it spoke or not, so that the list changes with the settings only. The
    report's ``suppressed_findings`` are results with ``suppressions``; GitHub shows such results as if they had none.
    """
    told, left_out = _within_limit(report)
    indexes = {rule.code: index for index, rule in enumerate(report.rules)}
    results = [_result(finding, indexes) for finding in told]
    room = MAX_RESULTS - len(results)
    results += [
        {**_result(finding, indexes), "suppressions": [{"kind": "inSource"}]}
        for finding in report.suppressed_findings[:room]
    ]
    driver = {
        "name": "newslint",
        "version": __version__,
        "rules": [rule_object(rule) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, left_out)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The working directory of the run"}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    # On one line: the longest reports are read by programs, which limit their size.
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indented=False) + "\n"


def _within_limit(report: Report) -> tuple[Sequence[Finding], int]:
    """Return the findings that are told, in their order, and how many are not: none gives way to a less severe one."""
    excess = len(report.findings) - MAX_RESULTS
    if excess <= 0:
        return report.findings, 0
    kept = gravest_first(report.findings)[:MAX_RESULTS]
    return tuple(sorted(kept, key=lambda finding: finding.sort_key)), excess


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    notes = cuts(report)
    if left_out:
        notes.append(f"{counted(left_out, 'finding')} left out: no more than {MAX_RESULTS:,} results are read")
    return {
        # A rule that failed (NL999) may have missed something, as has who was interrupted.
        "executionSuccessful": not report.incomplete and all(finding.code != "NL999" for finding in report.findings),
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": note}} for note in notes],
    }


def _result(finding: Finding, indexes: dict[str, int]) -> dict[str, Any]:
    related = finding.related[: MAX_RELATED - 1]
    content: dict[str, Any] = {
        "ruleId": finding.code,
        **({"ruleIndex": indexes[finding.code]} if finding.code in indexes else {}),
        "level": LEVELS[finding.severity],
        "message": {"text": _text(finding, related)},
        "locations": [_location(finding.path, _region(finding), finding.field, finding.readable_field)],
        "partialFingerprints": {"newslint/v1": finding.fingerprint},
    }
    if related:
        content["relatedLocations"] = [_related(number, other) for number, other in enumerate(related, 1)]
    changes = _changes(finding)
    if finding.fix is not None and changes:
        content["fixes"] = [
            {
                "description": {"text": terminal(finding.fix.title)},
                "artifactChanges": [{"artifactLocation": _artifact(finding.path), "replacements": changes}],
                "properties": {"applicability": finding.fix.applicability},
            }
        ]
    return content


def _text(finding: Finding, related: tuple[Related, ...]) -> str:
    """Return the message, with a link to each related location: GitHub shows those only that a message links to."""
    lines = [message_text(sentence(finding))]
    for number, other in enumerate(related, 1):
        path, message = message_text(terminal(other.path)), message_text(terminal(other.message))
        lines.append(f"{path} [{other.line}:{other.column}]({number}): {message}")
    if finding.hint:
        lines.append(message_text(f"help: {terminal(finding.hint)}"))
    return "\n".join(lines)


def _location(path: str, region: dict[str, int], field: str, readable_field: str = "") -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}
    if field:
        logical = {"fullyQualifiedName": portable(field), "kind": "property"}
        if readable_field:
            logical["name"] = portable(readable_field)
        location["logicalLocations"] = [logical]
    return location


def _related(number: int, other: Related) -> dict[str, Any]:
    region = {"startLine": other.line, "startColumn": other.column}
    message = {"text": message_text(terminal(other.message))}
    return {"id": number, **_location(other.path, region, other.field), "message": message}


def _artifact(path: str) -> dict[str, str]:
    reference = uri(path)
    return {"uri": reference} if reference.startswith("file:") else {"uri": reference, "uriBaseId": _ROOT}


def _region(finding: Finding) -> dict[str, int]:
    """Return the range within its first line: GitHub shows a result in a diff where the diff has all of its lines.

    Without an end a region goes to the end of its line (SARIF 3.30.7).
    """
    start = {"startLine": finding.line, "startColumn": finding.column}
    return {**start, "endColumn": finding.end_column} if finding.end_line == finding.line else start


def _changes(finding: Finding) -> list[dict[str, Any]]:
    """Return a fix as replacements, or none where a text of it cannot stand here or it only takes a mark away."""
    edits = finding.fix.edits if finding.fix is not None else ()
    if not all(map(_can_stand, edits)):
        return []
    return [_replacement(edit) for edit in edits]


def _can_stand(edit: Edit) -> bool:
    empty = (edit.line, edit.column) == (edit.end_line, edit.end_column) and not edit.text
    return is_portable(edit.text) and not empty


def _replacement(edit: Edit) -> dict[str, Any]:
    region = {
        "startLine": edit.line,
        "startColumn": edit.column,
        "endLine": edit.end_line,
        "endColumn": edit.end_column,
    }
    return {"deletedRegion": region, **({"insertedContent": {"text": edit.text}} if edit.text else {})}
