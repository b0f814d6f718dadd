"""What the files of a run came to, put together: counted, compared with each other, and made one report."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from newslint.engine.archive import Draft, FactPlace, drafts, first_ones, placed, places_in
from newslint.engine.linter import NOTHING, Linted, read_bytes
from newslint.finding import Finding, Pointer
from newslint.limits import MAX_HELD_DRAFTS, MAX_HELD_FINDINGS, MAX_HELD_NAMES, MAX_KEPT_FINDINGS
from newslint.report import Report, RuleSummary
from newslint.rules import RULES
from newslint.run.checker import Checker
from newslint.run.facts import FactStore
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file
from newslint.settings import is_url, name_outside

if TYPE_CHECKING:
    from newslint.run.checked import Checked
    from newslint.run.discovery import Candidate
    from newslint.run.ledger import Ledger
    from newslint.run.outcomes import Outcomes
    from newslint.run.roll import Roll
    from newslint.run.seal import Seal
    from newslint.run.snapshot import Names, Snapshot
    from newslint.run.sources import Source


class Gathered:
    """What the files of a run came to so far.

    ``partial`` tells that files were named, so that others of the archive may be missing; ``waiting`` are files with
    comments that could excuse findings about the archive. ``texts`` holds what was checked and is in no file,
    ``sources`` are where the files are that are none of this machine's.
    """

    def __init__(self, checker: Checker, *, partial: bool) -> None:
        self.partial = partial
        self.texts: dict[str, bytes] = {}
        self.sources: Sequence[Source] = ()
        self._checker = checker
        self.findings: list[Finding] | Ledger = []
        self.skipped = 0
        self.paths: set[str] | Roll = set()
        self.facts = FactStore()
        self.suppressed: list[Finding] | Ledger = []
        self.waiting: dict[str, Linted] = {}
        self.truncated: dict[str, int] = {}
        self.fixed = 0
        self.unchanged = 0
        self._has_partners = False
        self._unread: list[Candidate] = []
        self._judged: list[Finding] | None = None
        self._seal: Seal | None = None
        self._restored: Names | None = None
        self.incomplete = False

    def keep_seal(self) -> None:
        """Let what the archive comes to be kept for as long as none of its files changes."""
        # Imported here because without a cache nobody keeps anything.
        from newslint.run.seal import Seal

        self._seal = Seal()

    def add(self, checked: Checked, linted: Linted) -> None:
        """Add what a file came to, which is ``linted``, and its facts."""
        path = checked.shown
        self.paths.add(path)
        if isinstance(self.paths, set) and len(self.paths) >= MAX_HELD_NAMES:
            # Imported here because few runs are so large.
            from newslint.run.roll import Roll

            self.paths = Roll(self.paths)
        self._add_facts(checked, reported=True)
        if linted is NOTHING:
            return
        self.findings = _with(self.findings, linted.findings)
        self.suppressed = _with(self.suppressed, linted.suppressed)
        if linted.suppressions.entries:
            self.waiting[path] = linted._replace(findings=(), facts=(), suppressed=())
        if linted.truncated:
            self.truncated[path] = len(linted.findings)

    def add_partner(self, checked: Checked) -> None:
        """Add the facts of a file that is not reported itself."""
        self._has_partners = True
        self._add_facts(checked, reported=False)

    def _add_facts(self, checked: Checked, *, reported: bool) -> None:
        """Add the facts of a file, as they are, as JSON, or as what the cache has of them."""
        if checked.unread is not None:
            self._unread.append(checked.unread)
        elif checked.sketch is not None:
            self.facts.add_sketch(checked.shown, checked.sketch)
        else:
            self.facts.add(checked.shown, checked.facts)
        if self._seal is not None:
            self._seal.take_in(checked.shown, checked.mark, reported=reported)

    def restore(self, snapshot: Snapshot) -> bool:
        """Take what an earlier run over the same files came to; False, and nothing taken, where no run wrote that."""
        findings: list[Finding] | Ledger = []
        suppressed: list[Finding] | Ledger = []
        try:
            for told, excused in snapshot.pages():
                findings = _with(findings, told, MAX_KEPT_FINDINGS)
                suppressed = _with(suppressed, excused, MAX_KEPT_FINDINGS)
        except LookupError:
            return False
        self.findings, self.suppressed = findings, suppressed
        self._restored = snapshot.names
        self.skipped += snapshot.passed
        return True

    @property
    def is_restored(self) -> bool:
        """Whether all is there, and nothing is left to be worked out."""
        return self._restored is not None

    def recall(self, outcomes: Outcomes) -> None:
        """Recall what these files came to as an archive in an earlier run, or else all facts that the cache has."""
        if self._seal is not None and (seal := self._seal.text()) is not None:
            # The names of partners are not kept.
            known = _Every() if self._has_partners else self.paths
            self._judged = outcomes.judged(seal, self.paths, known)
        unread, self._unread = self._unread, []
        if self._judged is None and unread:
            for candidate, sketch in zip(unread, outcomes.sketches(unread), strict=True):
                if sketch is not None:
                    self.facts.add_sketch(self._checker.shown(candidate.path), sketch)

    def judge_archive(self, outcomes: Outcomes, *, whole: bool) -> None:
        """Add what the archive's rules say of these files; ``whole`` tells that all its facts are there."""
        left = set(self.waiting)
        for path, found in groupby(self._about_archive(outcomes), attrgetter("path")):
            codes = self._checker.plan_for(path).codes
            self._add_about(path, [finding for finding in found if finding.code in codes], whole=whole)
            left.discard(path)
        for path in sorted(left):
            self._add_about(path, [], whole=whole)

    def _add_about(self, path: str, found: Sequence[Finding], *, whole: bool) -> None:
        """Add what the archive's rules say of one file, or what its comments excuse of that."""
        linted = self.waiting.get(path)
        if linted is None:
            self.findings = _with(self.findings, found)
            return
        applied = linted.suppressions.apply(found)
        self.findings = _with(self.findings, applied.kept)
        self.suppressed = _with(self.suppressed, applied.suppressed)
        # Without the whole archive nobody knows what a comment about it would have excused.
        if whole and linted.unused:
            numbers = applied.suppressions.unused(self._checker.plan_for(path).codes)
            # The fixer is through with this file: a fix that it will not make is not offered.
            self.findings = _with(self.findings, [linted.unused[number]._replace(fix=None) for number in numbers])

    def _about_archive(self, outcomes: Outcomes) -> Iterable[Finding]:
        """Return what the archive's rules say, file by file."""
        if self._judged is not None:
            return sorted(self._judged, key=attrgetter("path"))
        if self._seal is None:
            return self._judge()
        judged = list(self._judge())
        if (seal := self._seal.text()) is not None:
            outcomes.keep_judged(seal, judged)
        return judged

    def _judge(self) -> Iterator[Finding]:
        reported = self.paths if self._has_partners else _Every()
        every = drafts(self.facts.shared(), reported)
        found = list(islice(every, MAX_HELD_DRAFTS))
        plan = self._checker.plan
        if len(found) < MAX_HELD_DRAFTS:
            found.sort(key=Draft.sort_key)
            yield from placed(list(first_ones(found)), plan, self._locate)
            return
        # Imported here because few archives have so much to tell.
        from newslint.run.drafts import Drafts

        for findings in Drafts(chain(found, every)).placed(plan, self._locate):
            yield from findings

    def _locate(self, wanted: Mapping[str, Collection[Pointer]]) -> dict[str, dict[Pointer, FactPlace]]:
        """Return where values stand in files that were read before, and may have gone since."""
        found: dict[str, dict[Pointer, FactPlace]] = {}
        gone = set(wanted)
        for path, data in self.read_again(wanted):
            gone.discard(path)
            if self._seal is not None:
                self._seal.take_again(path, data)
            document = read_bytes(path.rpartition("/")[2], data, self._checker.plan_for(path))
            if document is not None:
                found[path] = places_in(document, wanted[path])
        if self._seal is not None and gone:
            self._seal.void()
        return found

    def read_again(self, paths: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what files hold now, by how findings name them; those that cannot be read any more are left out."""
        limit = self._checker.settings.max_file_size
        elsewhere: dict[str, str] = {}
        for path in paths:
            if path in self.texts:
                yield path, self.texts[path]
            elif self.sources and name_outside(path) is not None:
                name = file_of(path)
                elsewhere[name if is_url(name) else os.path.join(self._checker.here, name)] = path
            else:
                with suppress(UnreadableError):
                    yield path, read_file(file_of(path), limit)
        # Each place once, as it may have to be read from its beginning.
        for source in self.sources if elsewhere else ():
            for name, data in source.again(elsewhere, limit):
                yield elsewhere[name], data

    def report(self) -> Report:
        """Return the report."""
        plan = self._checker.plan
        # A rule that is off for articles may be on for another kind.
        codes = plan.codes.union(*(kind.plan.codes for kind in self._checker.kinds.all))
        names = self.paths if self._restored is None else self._restored
        return Report(
            findings=_in_order(self.findings),
            files=len(names),
            skipped=self.skipped,
            suppressed=len(self.suppressed),
            suppressed_findings=_in_order(self.suppressed),
            checked=tuple(sorted(names)) if isinstance(names, set) else names,
            fixed=self.fixed,
            unchanged=self.unchanged,
            truncated=self.truncated,
            incomplete=self.incomplete,
            rules=tuple(
                RuleSummary(rule.code, rule.name, plan.severities[rule.code], rule.title, rule.documentation)
                for rule in RULES
                if rule.code in codes
            ),
        )


class _Every(Container[str]):
    """All paths there are: where all files are reported, nobody need look for one."""

    def __contains__(self, path: object) -> bool:
        return True


def _with(findings: list[Finding] | Ledger, more: Sequence[Finding], most: int | None = None) -> list[Finding] | Ledger:
    """Return findings with more of them, from ``most`` (MAX_HELD_FINDINGS) on in a ledger."""
    findings.extend(more)
    if isinstance(findings, list) and len(findings) >= (MAX_HELD_FINDINGS if most is None else most):
        # Imported here because few runs are so large.
        from newslint.run.ledger import Ledger

        return Ledger(findings)
    return findings


def _in_order(findings: list[Finding] | Ledger) -> Sequence[Finding]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key)) if isinstance(findings, list) else findings
