"""GitLab's Code Quality report: findings in the widget and the changes of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from newslint.finding import Finding, Severity
from newslint.output.dump import dump_array
from newslint.output.escape import portable
from newslint.output.words import sentence
from newslint.report import Report

# Of GitLab's five (info, minor, major, critical, blocker): nothing that a linter of texts finds is more than major.
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def pieces(report: Report) -> Iterator[str]:
    """Yield an array with one object a finding, empty where there are none (GitLab: "Code Quality report format")."""
    yield from dump_array(_issues(report.findings))
    yield "\n"


def _issues(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    for _, of_file in groupby(findings, lambda finding: finding.path):
        seen: Counter[str] = Counter()
        for finding in of_file:
            yield _issue(finding, seen[finding.fingerprint])
            seen[finding.fingerprint] += 1


def _issue(finding: Finding, count: int) -> dict[str, Any]:
    return {
        "description": f"{finding.code} {finding.name}: {sentence(finding)}",
        "check_name": finding.code,
        "fingerprint": _fingerprint(finding, count),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": portable(finding.path), "lines": {"begin": finding.line, "end": finding.end_line}},
    }


def _fingerprint(finding: Finding, count: int) -> str:
    """Return 32 hexadecimal digits that no other finding of the report has: GitLab shows equal ones as one finding.

    A finding's own fingerprint leaves out the folder, so that files of one name in two folders can have equal ones.
    """
    identity = f"{finding.path}\0{finding.fingerprint}\0{count}"
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
