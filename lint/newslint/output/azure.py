"""Logging commands for Azure Pipelines: errors and warnings on the page of a run."""

from __future__ import annotations

from newslint.finding import Finding, Severity
from newslint.output.escape import portable
from newslint.output.words import cut_note, gravest_first, levels, paragraphs, place
from newslint.report import Report

# The agent knows errors and warnings alone; an info is a warning there, so that it is not lost.
_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "warning"}

SHOWN = 10
"""Issues of one type that Azure shows of a step; the log has the others (azure-pipelines-agent, ``_maxIssueCount``)."""


def render(report: Report) -> str:
    """Return one ``task.logissue`` a finding, errors first, and a line that tells of those that Azure will not show."""
    return _lines(report, gravest_first(report.findings))


def annotate(report: Report) -> str:
    """Return the commands that Azure shows, to follow a text that has all findings: no more than ten of a type."""
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    others = [finding for finding in gravest_first(report.findings) if finding.severity is not Severity.ERROR]
    return _lines(report, [*errors[:SHOWN], *others[:SHOWN]])


def _lines(report: Report, findings: list[Finding]) -> str:
    errors = report.number(Severity.ERROR)
    notes = cut_note(report)
    if max(errors, len(report.findings) - errors) > SHOWN:
        notes.append(f"{levels(report)}: Azure shows no more than {SHOWN} errors and {SHOWN} warnings of a step")
    return "".join(f"{line}\n" for line in (*map(_command, findings), *(f"newslint: {note}" for note in notes)))


def _command(finding: Finding) -> str:
    properties = {
        "type": _TYPES[finding.severity],
        "sourcepath": finding.path,
        "linenumber": str(finding.line),
        "columnnumber": str(finding.column),
        "code": finding.code,
    }
    listed = "".join(f"{name}={_property(value)};" for name, value in properties.items())
    first, *others = paragraphs(finding)
    return f"##vso[task.logissue {listed}]{_data(chr(10).join([f'{place(finding)}: {first}', *others]))}"


def _data(text: str) -> str:
    """Return a text escaped for a command's message; the sign for ``%`` is Azure's own (docs: percentEncoding)."""
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text escaped for the value of a command's property (azure-pipelines-task-lib, ``taskcommand``)."""
    return _data(portable(text)).replace("]", "%5D").replace(";", "%3B")
