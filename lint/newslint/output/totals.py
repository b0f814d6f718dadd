"""The last line of the formats for people: what was checked, what was found, what was passed over."""

from __future__ import annotations

from newslint.output.escape import line_start
from newslint.report import Report


def counted(number: int, what: str) -> str:
    """Return ``1 error``, ``2 errors``, ``1,000 files``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def totals(report: Report) -> str:
    """Return the line of totals; where nothing was checked it says so, for no findings are no good news then."""
    if not report.files and report.unchanged:
        return f"0 files checked: {counted(report.unchanged, 'file')} unchanged, no other found"
    if not report.files:
        skipped = f", {report.skipped:,} skipped" if report.skipped else ""
        return f"0 files checked{skipped}: nothing was linted" + (" (--show-files tells why)" if skipped else "")
    tally = report.tally
    parts = [f"{counted(report.files, 'file')} checked{' before the interruption' if report.incomplete else ''}"]
    if report.findings:
        levels = [counted(number, level.value) for level, number in tally.severities.items() if number]
        files = counted(tally.files, "file")
        parts.append(f"{counted(len(report.findings), 'finding')} in {files} ({', '.join(levels)})")
    else:
        parts.append("no findings")
    beside = (
        (report.unchanged, "unchanged"),
        (report.skipped, "skipped"),
        (report.suppressed, "suppressed"),
        (report.baselined, "in the baseline"),
    )
    for number, what in beside:
        if number:
            parts.append(f"{number:,} {what}")
    if report.fixed:
        parts.append(f"{report.fixed:,} fixed")
    safe, unsafe = tally.fixes["safe"], tally.fixes["unsafe"]
    if safe:
        parts.append(f"{safe:,} can be mended with --fix")
    if unsafe:
        more = "more " if safe else ""
        parts.append(f"{unsafe:,} {more}can be mended with --fix --unsafe-fixes")
    return ", ".join(parts)


def cuts(report: Report) -> list[str]:
    """Return one line for each file of which not all findings are told, escaped for a terminal."""
    return [
        f"{line_start(path)}: more than {counted(limit, 'finding')}, the rest is not shown"
        for path, limit in sorted(report.truncated.items())
    ]
