"""One run over many files: find them, have each checked, and put what they came to into one report."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from newslint.engine.linter import Linted
from newslint.engine.plan import Plan
from newslint.limits import FILES_FOR_CACHE
from newslint.report import Report
from newslint.run.checked import Checked
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate, MissingPathError, Selection, discover
from newslint.run.gathering import Gathered
from newslint.run.names import is_source, shown_path
from newslint.run.outcomes import Means, Outcomes
from newslint.run.reading import UnreadableError, read_stream
from newslint.settings import Settings, is_url

if TYPE_CHECKING:
    from newslint.run.sources import Source
    from newslint.run.verdicts import Verdict

Progress = Callable[[int, int | None], None]
"""Is told how many files of how many are done; of some archives nobody knows before their end."""

STDIN = "<stdin>"
"""The name of what is read from standard input and is given no other."""


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
        self._gathered = Gathered(self.checker, partial=True)

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

    def candidates(self, paths: Sequence[str]) -> Iterator[Candidate]:
        """Return the files that a run comes across; raises MissingPathError before the first one, and WrongUseError.

        Without paths these are the configuration's ``include``, or else the working directory. Raises ConfigError for
        an ``include`` that is not there.
        """
        files, sources = self._parted(paths)
        return chain(self._files(files, sources), self._elsewhere(sources, self._selection))

    def _parted(self, paths: Sequence[str], *, as_found: bool | None = None) -> tuple[list[str], list[Source]]:
        """Return the paths that are files and folders of this machine, and what the others stand for.

        Where named files are tested like those found in folders, an archive is a file that is no article.
        """
        if as_found is None:
            as_found = self.choices.as_found
        elsewhere = [path for path in paths if is_source(path) and (is_url(path) or not as_found)]
        if not elsewhere:
            return list(paths), []
        # Imported here because most runs are about files of this machine.
        from newslint.run.opening import open_sources

        return [path for path in paths if path not in elsewhere], open_sources(elsewhere)

    def _files(self, files: Sequence[str], sources: Sequence[Source]) -> Iterable[Candidate]:
        """Return the files of this machine that a run comes across, which are none where only others are named."""
        if files or sources:
            return discover(files, self._selection)
        if not self.settings.include:
            return discover(["."], self._selection)
        return self._discover_configured("include", self.settings.include, self._selection)

    def _elsewhere(self, sources: Iterable[Source], selection: Selection) -> Iterator[Candidate]:
        limit = self.settings.max_file_size
        return chain.from_iterable(source.candidates(selection, limit) for source in sources)

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
        # Imported here because few runs ask for it.
        from newslint.run.verdicts import verdicts

        return verdicts(self.checker, self.candidates(paths))

    def run(self, paths: Sequence[str], progress: Progress | None = None) -> Report:
        """Return the report over files, folders, archives and URLs; raises MissingPathError where one is not there.

        ``progress`` is told how many files of how many are done. Raises WrongUseError for what cannot be used,
        LostError where what the run needs is gone; after KeyboardInterrupt :meth:`so_far` has what is done.
        """
        outcomes = self._gather_all(paths, progress or _silent)
        return self._conclude(self._gathered, outcomes)

    def read_again(self, paths: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what files of the run hold now, wherever they are, by how findings name them, in any order.

        Those that cannot be read any more are left out.
        """
        return self._gathered.read_again(paths)

    def so_far(self) -> Report | None:
        """Return the incomplete report of a run that was interrupted, or None where no file was done."""
        if not self._gathered.paths:
            return None
        self._gathered.incomplete = True
        self.whole = False
        return self._gathered.report()

    def _gather_all(self, paths: Sequence[str], progress: Progress) -> Outcomes:
        """Gather what the files come to; the lists of them are gone then, as what follows needs room, too."""
        files, sources = self._parted(paths)
        partial = any(not os.path.isdir(path) for path in files) or not all(source.whole for source in sources)
        self._gathered = gathered = Gathered(self.checker, partial=partial)
        gathered.sources = sources
        found = list(self._files(files, sources))
        candidates = [candidate for candidate in found if candidate.skipped is None]
        gathered.skipped = len(found) - len(candidates)
        if len(candidates) == 1 and not sources and not self._has_corpus:
            self.checker.leave_out_facts()
        keeps = self._means.cache is not None and (sources or len(candidates) >= FILES_FOR_CACHE)
        if keeps and self._has_archive_rules:
            gathered.keep_seal()
        only = self.choices.only
        reported = candidates if only is None else [one for one in candidates if _real(one.path) in only]
        outcomes = Outcomes(self.checker, self._means)
        try:
            if only is None and not sources and not self._has_corpus and self.checker.mender is None:
                snapshot = outcomes.snapshot(candidates, partial=partial)
                if snapshot is not None and gathered.restore(snapshot):
                    progress(len(candidates), len(candidates))
                    return outcomes
            done = 0
            for checked in outcomes.of(reported, mend=True):
                self._gather(gathered, checked)
                done += 1
                progress(done, len(reported) if not sources else None)
            if sources:
                self._gather_elsewhere(sources, gathered, outcomes, progress, done)
            others = [] if only is None else [one for one in candidates if _real(one.path) not in only]
            gathered.unchanged = len(others)
            self._add_partners(others, gathered, outcomes)
            self._add_corpus(gathered, outcomes)
            if self._has_archive_rules:
                gathered.recall(outcomes)
        finally:
            # What was worked out before an interruption need not be worked out again.
            outcomes.finish(found, whole=not gathered.partial)
            self.kept = len(candidates) if gathered.is_restored else outcomes.kept
            self.cache = self._means.cache if outcomes.uses_cache else None
        return outcomes

    def _gather_elsewhere(
        self, sources: Sequence[Source], gathered: Gathered, outcomes: Outcomes, progress: Progress, done: int
    ) -> None:
        """Gather what the files of archives and other file systems come to, which are never all in memory."""
        counts = [source.count() for source in sources]
        total = done + sum(filter(None, counts)) if None not in counts else None
        for checked in outcomes.of_stream(self._unskipped(self._elsewhere(sources, self._selection), gathered)):
            self._gather(gathered, checked)
            done += 1
            progress(done, total)

    @staticmethod
    def _unskipped(candidates: Iterable[Candidate], gathered: Gathered) -> Iterator[Candidate]:
        for candidate in candidates:
            if candidate.skipped is None:
                yield candidate
            else:
                gathered.skipped += 1

    def run_stream(self, stream: BinaryIO, name: str | None) -> Report:
        """Return the report over one stream of bytes; with a ``name`` it is treated as the file of that name.

        Raises UnreadableError where the stream cannot be read.
        """
        self._gathered = gathered = Gathered(self.checker, partial=True)
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
        try:
            self._add_corpus(gathered, outcomes)
            if self._has_archive_rules:
                gathered.recall(outcomes)
        finally:
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
        sources: list[Source] = []
        if self.choices.corpus:
            files, sources = self._parted(self.choices.corpus, as_found=False)
            found = discover(files, selection)
        else:
            found = self._discover_configured("corpus", settings.corpus, selection)
        others = [
            candidate
            for candidate in found
            if candidate.skipped is None and candidate.unreadable is None
            if self.checker.shown(candidate.path) not in gathered.paths
        ]
        self._add_partners(others, gathered, outcomes)
        if not sources:
            return
        gathered.sources = [*gathered.sources, *sources]
        elsewhere = (
            candidate
            for candidate in self._elsewhere(sources, selection)
            if candidate.skipped is None and candidate.unreadable is None
            if self.checker.shown(candidate.path) not in gathered.paths
        )
        for checked in outcomes.of_stream(elsewhere):
            gathered.add_partner(checked)

    def _add_partners(self, others: Sequence[Candidate], gathered: Gathered, outcomes: Outcomes) -> None:
        """Add the facts of files that are not reported."""
        if not self._has_archive_rules:
            return
        for checked in outcomes.of(others, mend=False):
            gathered.add_partner(checked)

    def _conclude(self, gathered: Gathered, outcomes: Outcomes) -> Report:
        self.whole = self._has_corpus or not gathered.partial
        if gathered.is_restored:
            return gathered.report()
        if self._has_archive_rules:
            gathered.judge_archive(outcomes, whole=self.whole)
        report = gathered.report()
        outcomes.keep_run(report)
        return report


def _silent(done: int, total: int | None) -> None:
    """Tell nobody of the progress."""


def _real(path: str) -> str:
    """Return a path by its real folder: a linked file is what it is called here."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)
