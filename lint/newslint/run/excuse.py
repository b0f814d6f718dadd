"""Comments for the findings of a run, written into their files: ``--add-suppressions``."""

from __future__ import annotations

from collections import Counter

from newslint.document.source import BOM, decode
from newslint.engine.add_suppressions import add_suppressions
from newslint.engine.linter import lint_bytes
from newslint.finding import Finding
from newslint.fix.writer import NotWrittenError, WriteFailedError, write_file
from newslint.record import Record
from newslint.report import Report
from newslint.run.checker import Checker
from newslint.run.mending import refuse_outside
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file


class Excused(Record):
    """What came of it: how many findings are excused now, in how many files, and those that are left, with reasons.

    ``failed`` tells that the system refused to write a file.
    """

    findings: int
    files: int
    left: tuple[tuple[Finding, str], ...]
    failed: bool


def excuse(report: Report, checker: Checker, reason: str) -> Excused:
    """Write a comment for each finding of a report into its file; never raises because of what a file is or holds."""
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    count = files = 0
    left: list[tuple[Finding, str]] = []
    failed = False
    for path, findings in by_path.items():
        try:
            remaining = _excuse_file(path, findings, checker, reason)
        except (NotWrittenError, UnreadableError) as error:
            failed = failed or isinstance(error, WriteFailedError)
            remaining = [(finding, str(error)) for finding in findings]
        left += remaining
        if len(remaining) < len(findings):
            count += len(findings) - len(remaining)
            files += 1
    return Excused(count, files, tuple(left), failed)


def _excuse_file(path: str, findings: list[Finding], checker: Checker, reason: str) -> list[tuple[Finding, str]]:
    """Write the comments of one file and return the findings that have none."""
    file = file_of(path)
    before = read_file(file, checker.settings.max_file_size)
    plan = checker.plan_for(file)
    # The file may have changed since it was checked, or been checked by a run before: places are those of its bytes.
    archive = {rule.code for rule, _ in plan.archive}
    wanted = Counter(finding.fingerprint for finding in findings if finding.code not in archive)
    today = [finding for finding in findings if finding.code in archive]
    for finding in lint_bytes(path, before, plan).findings:
        if wanted[finding.fingerprint] > 0:
            wanted[finding.fingerprint] -= 1
            today.append(finding)
    source, undecodable = decode(path.rpartition("/")[2], before)
    if undecodable is not None:
        return [(finding, "the file is not UTF-8") for finding in findings]
    added = add_suppressions(source, today, reason)
    after = (BOM if source.bom else b"") + added.text.encode("utf-8")
    if after != before:
        refuse_outside(file)
        write_file(file, before, after)
    return list(added.left)
