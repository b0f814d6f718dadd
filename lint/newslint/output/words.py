"""What the formats for other programs say of a finding, in plain text that is safe to show."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.finding import Finding
from newslint.output.escape import line_start, terminal
from newslint.output.totals import counted, cuts
from newslint.report import Report


def sentence(finding: Finding) -> str:
    """Return ``title: white space at the start``, or the message alone where it is about no field, escaped."""
    field = f"{terminal(finding.readable_field)}: " if finding.readable_field else ""
    return f"{field}{terminal(finding.message)}"


def place(finding: Finding) -> str:
    """Return ``_news/a.md:3:8``, escaped."""
    return f"{terminal(finding.path)}:{finding.line}:{finding.column}"


def related(finding: Finding) -> list[str]:
    """Return ``_news/b.md:12:3: the same title`` for each other place that explains a finding, escaped."""
    return [
        f"{line_start(other.path)}:{other.line}:{other.column}: {terminal(other.message)}" for other in finding.related
    ]


def paragraphs(finding: Finding) -> list[str]:
    """Return what is wrong, the other places and what to do, each on a line of its own, escaped."""
    hint = [f"help: {terminal(finding.hint)}"] if finding.hint else []
    return [sentence(finding), *related(finding), *hint]


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by severity, errors first, and else in their order: for readers that show the first few."""
    return sorted(findings, key=lambda finding: -finding.severity.rank)


def levels(report: Report) -> str:
    """Return ``2 errors, 1 warning``; an empty text where there are no findings."""
    return ", ".join(counted(number, level.value) for level, number in report.tally.severities.items() if number)


def cut_note(report: Report) -> list[str]:
    """Return one line that tells of the files of which not all findings are told, or none where there are none."""
    lines = cuts(report)
    return [*lines[:1]] if len(lines) < 2 else [f"{lines[0]}; so it is of {counted(len(lines) - 1, 'other file')}"]
