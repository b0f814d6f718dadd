"""What the files of a run came to, put together: counted, compared with each other, and made one report."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from newslint.engine.archive import CodedFact, FactPlace, judge, places_in
from newslint.engine.linter import Linted, read_bytes
from newslint.finding import Finding, Pointer
from newslint.report import Report, RuleSummary
from newslint.rules import RULES
from newslint.run.checker import Checker
from newslint.run.facts import FactStore
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file

if TYPE_CHECKING:
    from newslint.run.rows import Sketch


class Gathered:
    """What the files of a run came to so far.

    ``partial`` tells that files were named, so that others of the archive may be missing; ``waiting`` are files with
    comments that could excuse findings about the archive. ``texts`` holds what was checked and is in no file.
    """

    def __init__(self, checker: Checker, *, partial: bool) -> None:
        self.partial = partial
        self.texts: dict[str, bytes] = {}
        self._checker = checker
        self.findings: list[Finding] = []
        self.skipped = 0
        self.paths: set[str] = set()
        self.facts = FactStore()
        self.suppressed: list[Finding] = []
        self.waiting: dict[str, Linted] = {}
        self.truncated: dict[str, int] = {}
        self.fixed = 0
        self.unchanged = 0

    def add(self, path: str, linted: Linted, facts: tuple[CodedFact, ...], sketch: Sketch | None = None) -> None:
        """Add what a file came to, and its facts as they are or as JSON; ``path`` is how its findings name it."""
        self.add_facts(path, facts, sketch)
        self.paths.add(path)
        self.findings.extend(linted.findings)
        self.suppressed.extend(linted.suppressed)
        if linted.suppressions.entries:
            self.waiting[path] = linted
        if linted.truncated:
            self.truncated[path] = len(linted.findings)

    def add_facts(self, path: str, facts: tuple[CodedFact, ...], sketch: Sketch | None = None) -> None:
        """Add the facts of a file."""
        if sketch is None:
            self.facts.add(path, facts)
        else:
            self.facts.add_sketch(path, sketch)

    def judge_archive(self, *, whole: bool) -> None:
        """Add what the archive's rules say of these files; ``whole`` tells that all its facts are there."""
        checker = self._checker
        plan = checker.plan
        by_path: dict[str, list[Finding]] = {path: [] for path in self.waiting}
        for finding in judge(self.facts.shared(), plan, self.paths, self._locate):
            if finding.code in checker.plan_for(finding.path).codes:
                by_path.setdefault(finding.path, []).append(finding)
        # Without the whole archive nobody knows what a comment about it would have excused.
        for path, found in by_path.items():
            linted = self.waiting.get(path)
            if linted is None:
                self.findings.extend(found)
                continue
            applied = linted.suppressions.apply(found)
            self.findings.extend(applied.kept)
            self.suppressed.extend(applied.suppressed)
            if whole and linted.unused:
                numbers = applied.suppressions.unused(checker.plan_for(path).codes)
                # The fixer is through with this file: a fix that it will not make is not offered.
                self.findings.extend(linted.unused[number]._replace(fix=None) for number in numbers)

    def _locate(self, path: str, pointers: Collection[Pointer]) -> dict[Pointer, FactPlace]:
        """Return where values stand in a file that was read before, and may have gone since."""
        plan = self._checker.plan_for(path)
        try:
            data = self.texts[path] if path in self.texts else read_file(file_of(path), plan.max_file_size)
        except UnreadableError:
            return {}
        document = read_bytes(path.rpartition("/")[2], data, plan)
        return {} if document is None else places_in(document, pointers)

    def report(self) -> Report:
        """Return the report."""
        plan = self._checker.plan
        # A rule that is off for articles may be on for another kind.
        codes = plan.codes.union(*(kind.plan.codes for kind in self._checker.kinds.all))
        self.findings.sort(key=lambda finding: finding.sort_key)
        return Report(
            findings=tuple(self.findings),
            files=len(self.paths),
            skipped=self.skipped,
            suppressed=len(self.suppressed),
            suppressed_findings=tuple(sorted(self.suppressed, key=lambda finding: finding.sort_key)),
            checked=tuple(sorted(self.paths)),
            fixed=self.fixed,
            unchanged=self.unchanged,
            truncated=self.truncated,
            rules=tuple(
                RuleSummary(rule.code, rule.name, plan.severities[rule.code], rule.title, rule.documentation)
                for rule in RULES
                if rule.code in codes
            ),
        )
