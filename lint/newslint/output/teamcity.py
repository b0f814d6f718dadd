"""Service messages for TeamCity: its tab of inspections."""

from __future__ import annotations

import re

from newslint.finding import Finding, Severity
from newslint.late import compiled_late
from newslint.output.escape import portable
from newslint.output.words import cut_note, paragraphs
from newslint.report import Report

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}

_MAX_NAME = 255
_MAX_TEXT = 4000
"""Characters of an inspection's name and of its texts (TeamCity: service messages, "Reporting Inspections")."""

_NAMED = {"\n": "|n", "\r": "|r"}
# All but printable ASCII goes as |0xNNNN, so that the encoding of the build's log does not matter.
_SPECIAL = compiled_late(r"['|\[\]]|[^ -~]")


def render(report: Report) -> str:
    """Return an ``inspectionType`` for each rule that speaks, then an ``inspection`` for each finding."""
    titles = {rule.code: rule.title for rule in report.rules}
    names = {finding.code: finding.name for finding in report.findings}
    lines = [
        _message(
            "inspectionType",
            id=code,
            name=f"{code} {name}"[:_MAX_NAME],
            category="newslint",
            description=titles.get(code, name)[:_MAX_TEXT],
        )
        for code, name in sorted(names.items())
    ]
    lines += [_inspection(finding) for finding in report.findings]
    lines += [_message("message", text=f"newslint: {note}", status="WARNING") for note in cut_note(report)]
    return "".join(f"{line}\n" for line in lines)


def annotate(report: Report) -> str:
    """Return what follows a text report: the same, since TeamCity shows all messages, however many there are."""
    return render(report)


def _inspection(finding: Finding) -> str:
    return _message(
        "inspection",
        typeId=finding.code,
        message="\n".join(paragraphs(finding))[:_MAX_TEXT],
        file=portable(finding.path),
        line=str(finding.line),
        SEVERITY=_SEVERITIES[finding.severity],
    )


def _message(message: str, /, **values: str) -> str:
    """Return a service message; the values are escaped (TeamCity: service messages, "Escaped Values")."""
    listed = "".join(f" {name}='{_SPECIAL.sub(_escape, value)}'" for name, value in values.items())
    return f"##teamcity[{message}{listed}]"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in "'|[]":
        return f"|{character}"
    if character in _NAMED:
        return _NAMED[character]
    # TeamCity counts in UTF-16, as Java does: a character beyond U+FFFF is two.
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"|0x{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
