"""How many findings there are of each rule, severity, folder and so on: one line a group, then the totals."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.output.escape import terminal
from newslint.output.escape import width as cells
from newslint.output.json_report import summary
from newslint.output.style import Style
from newslint.output.totals import totals
from newslint.report import Report

NONE = "(none)"
"""What a finding is counted under whose file has no such thing."""

_FIXES = {"safe": "with --fix", "unsafe": "with --fix --unsafe-fixes"}
_DATED = compiled_late(r"(\d{4}-\d{2})-\d{2}-", re.ASCII)


def render(report: Report, style: Style | None = None, by: str = "rule") -> str:
    """Return the numbers of findings by group, and of those that ``--fix`` would mend, ending in the line of totals.

    ``by`` is rule, severity, folder, month, provider or kind; for the last two the report tells what each file is.
    """
    style = style or Style(False)
    groups = _grouped(report, by)
    names = {name: f"{name}  {found[0].name}" if by == "rule" else terminal(name) for name, found in groups.items()}
    width = max(map(cells, names.values()), default=0)
    lines = []
    for name, found in groups.items():
        severity = found[0].severity.value
        level = f"  {style.severity(severity, f'{severity:<7}')}" if by == "rule" else ""
        fixes = _fixes(found)
        notes = ", ".join(f"{fixes[kind]:,} {word}" for kind, word in _FIXES.items() if fixes[kind])
        blanks = " " * (width - cells(names[name]))
        lines.append(f"{len(found):>7,}  {names[name]}{blanks}{level}  {notes}".rstrip())
    return "\n".join([*lines, totals(report)]) + "\n"


def render_json(report: Report, by: str = "rule") -> str:
    """Return the same as one JSON object: ``group_by``, ``summary`` as in the report, and one object a group."""
    groups: list[dict[str, Any]] = []
    for name, found in _grouped(report, by).items():
        fixes = _fixes(found)
        files = len({finding.path for finding in found})
        numbers = {
            "findings": len(found),
            "files": files,
            "fixable": fixes["safe"],
            "unsafely_fixable": fixes["unsafe"],
        }
        groups.append({by: name, **numbers})
    # ASCII, as a name may hold what no UTF-8 stream can carry.
    return json.dumps({"version": 1, "group_by": by, "summary": summary(report), "groups": groups}, indent=2) + "\n"


def _grouped(report: Report, by: str) -> dict[str, list[Finding]]:
    """Return the findings of each group, the group with the most findings first; rules are called by their codes."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(_group(finding, report, by), []).append(finding)
    return dict(sorted(found.items(), key=lambda group: (-len(group[1]), group[0])))


def _group(finding: Finding, report: Report, by: str) -> str:
    if by == "rule":
        return finding.code
    if by == "severity":
        return finding.severity.value
    if by == "folder":
        return folder_of(finding.path)
    if by == "month":
        return month_of(finding.path)
    return report.groups.get(finding.path, NONE)


def folder_of(path: str) -> str:
    """Return the folder that a file is counted under."""
    return path.rpartition("/")[0] or "."


def month_of(path: str) -> str:
    """Return the month that a file is counted under: Jekyll dates it by its name (jekyllrb.com/docs/posts)."""
    dated = _DATED.match(path.rpartition("/")[2])
    return dated.group(1) if dated else NONE


def _fixes(found: list[Finding]) -> Counter[str]:
    return Counter(finding.fix.applicability for finding in found if finding.fix is not None)
