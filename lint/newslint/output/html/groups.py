"""What the findings of a page are counted and filtered by: severity, rule, fix, folder, provider, topic and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from newslint.finding import Finding, Severity
from newslint.output.statistics import NONE, folder_of, month_of
from newslint.record import Record
from newslint.report import Labels, Report

NAMES: Final = {
    "severity": "Severity",
    "rule": "Rule",
    "fix": "Fix",
    "kind": "Kind of document",
    "folder": "Folder",
    "provider": "Provider",
    "topic": "Topic",
    "month": "Month of the file name",
}
"""The groups in the order in which the page shows them, by the name that they have in its address."""

FIXES: Final = {"safe": "by --fix", "unsafe": "by --unsafe-fixes", "": "by hand"}
_NO_LABELS = Labels("")


class Group(Record):
    """One way to count: its name, and its values in the order of the page, each with its number of findings."""

    name: str
    values: tuple[tuple[str, int], ...]


def count_groups(report: Report) -> dict[str, Group]:
    """Return the counts of all groups; months are in order, the last first, all others begin with the greatest."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for finding in report.findings:
        counted["severity"][finding.severity.value] += 1
        counted["rule"][finding.code] += 1
        counted["fix"][fix_of(finding)] += 1
    for path, number in Counter(finding.path for finding in report.findings).items():
        for name, values in of_path(path, report).items():
            for value in values:
                counted[name][value] += number
    return {name: Group(name, tuple(_ordered(name, counts))) for name, counts in counted.items()}


def fix_of(finding: Finding) -> str:
    """Return how a finding can be mended: ``safe``, ``unsafe``, or an empty text where it is by hand."""
    return finding.fix.applicability if finding.fix is not None else ""


def of_path(path: str, report: Report) -> dict[str, tuple[str, ...]]:
    """Return what a file is counted under; of topics it has several."""
    labels = (report.page.labels if report.page is not None else {}).get(path, _NO_LABELS)
    return {
        "kind": (labels.kind or NONE,),
        "folder": (folder_of(path),),
        "provider": (labels.provider or NONE,),
        "topic": labels.topics or (NONE,),
        "month": (month_of(path),),
    }


def _ordered(name: str, counts: Counter[str]) -> Iterator[tuple[str, int]]:
    if name == "severity":
        return ((level.value, counts[level.value]) for level in Severity if counts[level.value])
    if name == "fix":
        return ((fix, counts[fix]) for fix in FIXES if counts[fix])
    if name == "month":
        return iter(sorted(counts.items(), key=lambda pair: (pair[0] != NONE, pair[0]), reverse=True))
    return iter(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def is_telling(group: Group) -> bool:
    """Tell whether a group parts the findings at all: one where all are in one is not worth its room."""
    return len(group.values) > 1 or group.name in ("severity", "rule")
