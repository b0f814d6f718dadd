"""One run over many files: find them, have each checked, and put what they came to into one report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import BinaryIO, NamedTuple

from newslint.engine.linter import Linted
from newslint.engine.plan import Plan
from newslint.limits import FILES_FOR_CACHE
from newslint.report import Report
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate, MissingPathError, Selection, discover
from newslint.run.gathering import Gathered
from newslint.run.names import shown_path
from newslint.run.outcomes import Checked, Means, Outcomes
from newslint.run.reading import UnreadableError, read_file, read_stream
from newslint.settings import Settings

STDIN = "<stdin>"
"""The name of what is read from standard input and is given no other."""

NO_ARTICLE = "it does not look like an article: fewer than half of the required fields begin lines at its top"


NO_KIND = "no kind of the configuration claims it"


class Verdict(NamedTuple):
    """What becomes of a file: the kind of document that it is checked as, or None where it is passed over, and why."""

    path: str
    kind: str | None
    reason: str


class Runner:
    """One run over files, with what the caller says and the means that it may use.

    After the run ``patches`` holds what ``--diff`` shows, ``notes`` lines about what was not mended, ``failed`` tells
    that the system refused to write a file, ``whole`` that the archive's rules have seen all of it, and ``kept``
    how many files were found in the ``cache``, where it was used. Raises
    ``newslint.rules.selection.UnknownRuleError`` where the choices name no rule.
    """

    def __init__(self, settings: Settings, choices: Choices | None = None, means: Means | None = None) -> None:
        self.settings = settings
        self.choices = choices if choices is not None else Choices()
        self.checker = Checker(settings, self.choices)
        self._means = means if means is not None else Means()
        self.patches: list[bytes] = []
        self.notes: list[str] = []
        self.failed = False
        self.whole = False
        self.kept = 0
        self.cache: str | None = None

    @property
    def _has_corpus(self) -> bool:
        return bool(self.choices.corpus or self.settings.corpus)

    @property
    def _has_archive_rules(self) -> bool:
        return any(kind.plan.archive for kind in self.checker.kinds.all)

    @property
    def plan(self) -> Plan:
        """The plan of the files for which no rule is ignored."""
        return self.checker.plan

    def candidates(self, paths: Sequence[str]) -> Iterable[Candidate]:
        """Yield the files that a run comes across; raises MissingPathError before the first one.

        Without paths these are the configuration's ``include``, or else the working directory. Raises ConfigError for
        an ``include`` that is not there.
        """
        if paths or not self.settings.include:
            return discover(list(paths) or ["."], self._selection)
        return self._discover_configured("include", self.settings.include, self._selection)

    def _discover_configured(self, key: str, entries: Sequence[str], selection: Selection) -> Iterator[Candidate]:
        """Discover the paths that the configuration names; raises ConfigError for one that is not there."""
        paths = [os.path.relpath(self.settings.root / entry) for entry in entries]
        try:
            return discover(paths, selection)
        except MissingPathError as error:
            # Imported here because only a configuration that is wrong needs it.
            from newslint.config import key_error

            raise key_error(self.settings, (key, paths.index(error.path)), str(error)) from error

    @cached_property
    def _selection(self) -> Selection:
        exclude = () if self.choices.no_exclude else self.settings.exclude
        return Selection(self.settings.root, self.settings.extensions, exclude, self.choices.as_found)

    def verdicts(self, paths: Sequence[str]) -> Iterator[Verdict]:
        """Yield what would be checked and what would be passed over, and why, without checking anything."""
        for candidate in self.candidates(paths):
            path = candidate.path
            if candidate.skipped is not None:
                yield Verdict(path, None, candidate.skipped)
            elif candidate.unreadable is not None:
                yield Verdict(path, self._kind_name(path), candidate.unreadable)
            elif candidate.named:
                yield Verdict(path, self._kind_name(path), "named")
            else:
                yield self._found_verdict(path)

    def _found_verdict(self, path: str) -> Verdict:
        try:
            data = read_file(path, self.settings.max_file_size)
        except UnreadableError as error:
            return Verdict(path, self._kind_name(path), error.reason)
        kind = self.checker.recognised(path, data)
        if kind is None:
            return Verdict(path, None, NO_ARTICLE if self.checker.kinds.of(path) else NO_KIND)
        why = "looks like an article" if kind.patterns is None else "its kind's files name it"
        return Verdict(path, kind.name, why)

    def _kind_name(self, path: str) -> str:
        return (self.checker.kinds.of(path) or self.checker.kinds.article).name

    def run(self, paths: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Report:
        """Return the report over files and folders; raises MissingPathError for a path that is not there.

        ``progress`` is told how many files of how many are done.
        """
        outcomes = Outcomes(self.checker, self._means)
        return self._conclude(self._gathered(paths, progress, outcomes), outcomes)

    def _gathered(
        self, paths: Sequence[str], progress: Callable[[int, int], None] | None, outcomes: Outcomes
    ) -> Gathered:
        """Return what the files come to; the lists of them are gone then, as what follows needs room, too."""
        gathered = Gathered(self.checker, partial=any(not os.path.isdir(path) for path in paths))
        found = list(self.candidates(paths))
        candidates = [candidate for candidate in found if candidate.skipped is None]
        gathered.skipped = len(found) - len(candidates)
        if len(candidates) == 1 and not self._has_corpus:
            self.checker.leave_out_facts()
        if self._means.cache is not None and len(candidates) >= FILES_FOR_CACHE:
            gathered.keep_seal()
        only = self.choices.only
        reported = candidates if only is None else [one for one in candidates if _real(one.path) in only]
        try:
            for number, checked in enumerate(outcomes.of(reported, mend=True), 1):
                self._gather(gathered, checked)
                if progress is not None:
                    progress(number, len(reported))
            others = [] if only is None else [one for one in candidates if _real(one.path) not in only]
            gathered.unchanged = len(others)
            self._add_partners(others, gathered, outcomes)
            self._add_corpus(gathered, outcomes)
            if self._has_archive_rules:
                gathered.recall(outcomes)
        finally:
            # What was worked out before an interruption need not be worked out again.
            outcomes.finish(found, whole=not gathered.partial)
            self.kept = outcomes.kept
            self.cache = self._means.cache if outcomes.uses_cache else None
        return gathered

    def run_stream(self, stream: BinaryIO, name: str | None) -> Report:
        """Return the report over one stream of bytes; with a ``name`` it is treated as the file of that name.

        Raises UnreadableError where the stream cannot be read.
        """
        gathered = Gathered(self.checker, partial=True)
        try:
            data = read_stream(stream, self.settings.max_file_size)
        except OSError as error:
            raise UnreadableError(f"standard input cannot be read: {error.strerror or error}") from error
        if name is not None and not self._takes(os.path.abspath(name), data):
            gathered.skipped += 1
        else:
            shown = shown_path(name) if name is not None else STDIN
            linted = self.checker.lint_data(data, shown)
            gathered.texts[shown] = data
            gathered.add(Checked(shown, linted, linted.facts), linted)
        outcomes = Outcomes(self.checker, self._means)
        self._add_corpus(gathered, outcomes)
        if self._has_archive_rules:
            gathered.recall(outcomes)
        outcomes.finish((), whole=False)
        return self._conclude(gathered, outcomes)

    def _takes(self, path: str, data: bytes) -> bool:
        """Tell whether a stream that is named like a file is checked."""
        if self._selection.excludes(path):
            return False
        if not self.choices.as_found:
            return True
        return self._selection.has_extension(path) and self.checker.recognised(path, data) is not None

    def lint_file(self, path: str) -> Linted:
        """Return the findings of one file; never raises because of what the file is or holds."""
        linted = self.checker.check(Candidate(os.path.abspath(path), named=True), mend=False).linted
        return linted if linted is not None else Linted(())

    def lint_data(self, data: bytes, name: str) -> Linted:
        """Return the findings of what a file called ``name`` holds, or would hold."""
        return self.checker.lint_data(data, name)

    def _gather(self, gathered: Gathered, checked: Checked) -> None:
        if checked.linted is None:
            gathered.skipped += 1
            return
        gathered.add(checked, checked.linted)
        packed = checked.packed
        if packed is not None:
            gathered.fixed += packed.fixed
            self.notes.extend(packed.notes)
            self.failed = self.failed or packed.failed
            if packed.patch:
                self.patches.append(packed.patch)

    def _add_corpus(self, gathered: Gathered, outcomes: Outcomes) -> None:
        """Add the facts of the files of the corpus that are not checked themselves."""
        if not self._has_archive_rules:
            return
        settings = self.settings
        selection = Selection(settings.root, settings.extensions, settings.exclude, as_found=True)
        if self.choices.corpus:
            found = discover(self.choices.corpus, selection)
        else:
            found = self._discover_configured("corpus", settings.corpus, selection)
        others = [
            candidate
            for candidate in found
            if candidate.skipped is None and candidate.unreadable is None
            if self.checker.shown(candidate.path) not in gathered.paths
        ]
        self._add_partners(others, gathered, outcomes)

    def _add_partners(self, others: Sequence[Candidate], gathered: Gathered, outcomes: Outcomes) -> None:
        """Add the facts of files that are not reported."""
        if not self._has_archive_rules:
            return
        for checked in outcomes.of(others, mend=False):
            gathered.add_facts(checked)

    def _conclude(self, gathered: Gathered, outcomes: Outcomes) -> Report:
        self.whole = self._has_corpus or not gathered.partial
        if self._has_archive_rules:
            gathered.judge_archive(outcomes, whole=self.whole)
        return gathered.report()


def _real(path: str) -> str:
    """Return a path by its real folder: a linked file is what it is called here."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)
