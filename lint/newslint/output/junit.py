"""JUnit's XML for the test reports of a CI: a case for each finding, and a passing one for each clean file."""

from __future__ import annotations

from collections import Counter

from newslint.finding import Finding
from newslint.output.escape import terminal
from newslint.output.totals import cuts, totals
from newslint.output.words import paragraphs, place
from newslint.output.xml import DECLARATION, attributes, content
from newslint.report import Report

_NOT_CHECKED = frozenset({"NL001", "NL999"})
"""The file could not be read, or a rule failed on it: an ``error`` in JUnit's words; all others are a ``failure``."""


def render(report: Report) -> str:
    """Return one suite (no standard says how; github.com/testmoapp/junitxml is what readers agree on).

    A finding that does not fail the run is a passing case that tells it in its output. Case names stay the same when
    lines move, for GitLab compares them between branches; the position is in the text, which is all that some show.
    """
    names: Counter[tuple[str, str]] = Counter()
    cases = [_case(finding, _name(finding, names), report) for finding in report.findings]
    found = {finding.path for finding in report.findings}
    cases += [f"    <testcase{_values(path, 'newslint')}/>" for path in sorted(set(report.checked) - found)]
    skipped = 0
    if not cases:
        # A suite without a case is a fault for some readers.
        skipped = 0 if report.files else 1
        skip = f"<skipped{attributes(message=totals(report))}/>" if skipped else ""
        cases.append(f"    <testcase{attributes(classname='newslint', name='newslint', time=0)}>{skip}</testcase>")
    errors = sum(finding.code in _NOT_CHECKED for finding in report.findings)
    failures = sum(_fails(finding, report) and finding.code not in _NOT_CHECKED for finding in report.findings)
    counts = attributes(tests=len(cases), failures=failures, errors=errors, skipped=skipped, time=0)
    notes = [f"    <system-out>{content(chr(10).join(cuts(report)))}</system-out>"] if report.truncated else []
    lines = [
        DECLARATION,
        f'<testsuites name="newslint"{counts}>',
        f'  <testsuite name="newslint"{counts}>',
        *cases,
        *notes,
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _fails(finding: Finding, report: Report) -> bool:
    return finding.severity.rank >= report.fail_on.rank


def _name(finding: Finding, names: Counter[tuple[str, str]]) -> str:
    """Return a name that no other case of the file has."""
    name = f"{finding.code} {finding.name} {terminal(finding.readable_field)}".rstrip()
    names[finding.path, name] += 1
    count = names[finding.path, name]
    return name if count == 1 else f"{name} ({count})"


def _values(path: str, name: str, line: int | None = None) -> str:
    return attributes(classname=path, name=name, file=path, line=line, time=0)


def _case(finding: Finding, name: str, report: Report) -> str:
    first, *others = paragraphs(finding)
    text = content("\n".join([f"{place(finding)}: {finding.severity.value}: {first}", *others]))
    if finding.code in _NOT_CHECKED or _fails(finding, report):
        element = "error" if finding.code in _NOT_CHECKED else "failure"
        told = f"<{element}{attributes(message=first, type=finding.severity.value)}>{text}</{element}>"
    else:
        told = f"<system-out>{text}</system-out>"
    return f"    <testcase{_values(finding.path, name, finding.line)}>{told}</testcase>"
