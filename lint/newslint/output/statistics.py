"""How often each rule spoke: one line a rule, the most frequent first, then the totals."""

from __future__ import annotations

from collections import Counter

from newslint.finding import Finding
from newslint.output.style import Style
from newslint.output.totals import totals
from newslint.report import Report


def render(report: Report, style: Style | None = None) -> str:
    """Return the numbers of findings by rule, and of those that ``--fix`` would mend, ending in the line of totals."""
    style = style or Style(False)
    by_code: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_code.setdefault(finding.code, []).append(finding)
    width = max((len(found[0].name) for found in by_code.values()), default=0)
    lines = []
    for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        severity = found[0].severity.value
        level = style.severity(severity, f"{severity:<7}")
        fixes = Counter(finding.fix.applicability for finding in found if finding.fix is not None)
        notes = [f"{fixes[kind]:,} {word}" for kind, word in _FIXES.items() if fixes[kind]]
        line = f"{len(found):>7,}  {code}  {found[0].name:<{width}}  {level}  {', '.join(notes)}"
        lines.append(line.rstrip())
    return "\n".join([*lines, totals(report)]) + "\n"


_FIXES = {"safe": "with --fix", "unsafe": "with --fix --unsafe-fixes"}
