"""Workflow commands for GitHub Actions: annotations beside the lines of a pull request."""

from __future__ import annotations

import re

from newslint.finding import Finding, Severity
from newslint.late import compiled_late
from newslint.output.escape import terminal
from newslint.output.markdown import render as markdown
from newslint.output.words import cut_note, gravest_first, levels, paragraphs, place
from newslint.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

SHOWN = 10
"""Annotations of one kind that GitHub shows of a step; it drops the others (GitHub: actions/runner, IssueCount)."""

SUMMARY_BYTES = 1024 * 1024
"""Bytes that the summary of one step may have; GitHub refuses a larger one as a whole (docs: adding a job summary)."""


def render(report: Report) -> str:
    """Return one workflow command a finding, errors first, and where GitHub will not show all of them one that says so.

    The message repeats the place, because the log of a step shows nothing but the message.
    """
    return _lines(report, gravest_first(report.findings))


def annotate(report: Report) -> str:
    """Return the commands that GitHub shows, to follow a text that has all findings: no more than ten of a kind."""
    shown: list[Finding] = []
    for severity in Severity:
        most = SHOWN - len(_notes(report)) if severity is Severity.INFO else SHOWN
        shown += [finding for finding in report.findings if finding.severity is severity][:most]
    return _lines(report, shown)


def summary(report: Report, taken: int = 0) -> str:
    """Return the Markdown to append to the file that GITHUB_STEP_SUMMARY names, which holds ``taken`` bytes already.

    What does not fit is told as a number; the text is empty where nothing fits.
    """
    return markdown(report, room=SUMMARY_BYTES - taken)


def _lines(report: Report, findings: list[Finding]) -> str:
    """Return the commands, the notes before the first notice: GitHub would drop them behind ten others."""
    graver = [_command(finding) for finding in findings if finding.severity is not Severity.INFO]
    notes = [f"::notice title=newslint::{_data(note)}" for note in _notes(report)]
    notices = [_command(finding) for finding in findings if finding.severity is Severity.INFO]
    return "".join(f"{command}\n" for command in (*graver, *notes, *notices))


def _notes(report: Report) -> list[str]:
    notes = cut_note(report)
    if any(number > SHOWN for number in report.tally.severities.values()):
        notes.append(f"{levels(report)}: GitHub shows no more than {SHOWN} of each kind here, the log has all of them")
    return notes


def _command(finding: Finding) -> str:
    properties = {"file": _NAME.sub(_escaped, finding.path), "line": finding.line, "col": finding.column}
    if finding.end_line == finding.line:
        # GitHub takes a column of the end for a range within one line only (its API, "annotations" of a check run).
        properties |= {"endLine": finding.end_line, "endColumn": finding.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    first, *others = paragraphs(finding)
    message = "\n".join([f"{place(finding)}: {first}", *others])
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


# A command can carry the line ends of a file's name, so that GitHub finds the file; all other controls are escaped.
_NAME = compiled_late(r"[^\r\n]+")


def _escaped(match: re.Match[str]) -> str:
    return terminal(match.group())


def _data(text: str) -> str:
    """Return a text escaped for a command's message (actions/toolkit, ``escapeData``)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return a text escaped for the value of a command's property (actions/toolkit, ``escapeProperty``)."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
