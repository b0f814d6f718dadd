"""What the files of a run came to, put together: counted, compared with each other, and made one report."""

from __future__ import annotations

from collections.abc import Collection

from newslint.document.source import decode
from newslint.engine.archive import CodedFact, judge
from newslint.engine.linter import Linted
from newslint.engine.locate import excerpt
from newslint.finding import Finding
from newslint.report import Report, RuleSummary
from newslint.rules import RULES
from newslint.run.checker import Checker
from newslint.run.facts import FactStore
from newslint.run.reading import UnreadableError, read_file


class Gathered:
    """What the files of a run came to so far.

    ``partial`` tells that files were named, so that others of the archive may be missing; ``waiting`` are files with
    comments that could excuse findings about the archive.
    """

    def __init__(self, *, partial: bool) -> None:
        self.partial = partial
        self.findings: list[Finding] = []
        self.skipped = 0
        self.paths: set[str] = set()
        self.facts = FactStore()
        self.suppressed: list[Finding] = []
        self.waiting: dict[str, Linted] = {}
        self.truncated: dict[str, int] = {}
        self.fixed = 0

    def add(self, path: str, linted: Linted, facts: tuple[CodedFact, ...], facts_text: str | None = None) -> None:
        """Add what a file came to, and its facts; ``path`` is how its findings name it."""
        self.facts.add(path, facts, facts_text)
        self.paths.add(path)
        self.findings.extend(linted.findings)
        self.suppressed.extend(linted.suppressed)
        if linted.suppressions.entries:
            self.waiting[path] = linted
        if linted.truncated:
            self.truncated[path] = len(linted.findings)

    def judge_archive(self, checker: Checker, *, has_corpus: bool) -> None:
        """Add what the archive's rules say of these files, by all facts that there are."""
        plan = checker.plan
        by_path: dict[str, list[Finding]] = {path: [] for path in self.waiting}
        for finding in judge(self.facts.shared(), plan, self.paths):
            if finding.code in checker.plan_for(finding.path).codes:
                by_path.setdefault(finding.path, []).append(finding)
        # Without the whole archive nobody knows what a comment about it would have excused.
        whole = has_corpus or not self.partial
        limit = checker.settings.max_file_size
        for path, found in by_path.items():
            shown = _with_source_lines(path, found, limit)
            linted = self.waiting.get(path)
            if linted is None:
                self.findings.extend(shown)
                continue
            applied = linted.suppressions.apply(shown)
            self.findings.extend(applied.kept)
            self.suppressed.extend(applied.suppressed)
            if whole and linted.unused:
                numbers = applied.suppressions.unused(checker.plan_for(path).codes)
                # The fixer is through with this file: a fix that it will not make is not offered.
                self.findings.extend(linted.unused[number]._replace(fix=None) for number in numbers)

    def report(self, checker: Checker) -> Report:
        """Return the report."""
        plan = checker.plan
        self.findings.sort(key=lambda finding: finding.sort_key)
        return Report(
            findings=tuple(self.findings),
            files=len(self.paths),
            skipped=self.skipped,
            suppressed=len(self.suppressed),
            fixed=self.fixed,
            truncated=self.truncated,
            rules=tuple(
                RuleSummary(rule.code, rule.name, plan.severities[rule.code], rule.title, rule.page)
                for rule in RULES
                if rule.code in plan.codes
            ),
        )


def _with_source_lines(path: str, findings: Collection[Finding], limit: int) -> list[Finding]:
    """Return findings about the archive with the lines at which they stand; facts do not carry their lines about."""
    if not findings:
        return []
    try:
        data = read_file(path, limit)
    except UnreadableError:
        return list(findings)
    source, _ = decode(path, data)
    shown: list[Finding] = []
    for finding in findings:
        if finding.line <= len(source.line_starts):
            line, offset = excerpt(source.line(finding.line), finding.column)
            shown.append(finding._replace(source_line=line, source_offset=offset))
        else:
            shown.append(finding)
    return shown
