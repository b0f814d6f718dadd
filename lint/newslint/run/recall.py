"""What earlier runs have come to, as outcomes of this one; and what this one comes to, for later ones."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from newslint.engine.linter import NOTHING, Linted
from newslint.finding import Finding
from newslint.report import Report
from newslint.run.cache import Cache, Entry, Kept
from newslint.run.checked import Checked, found_in
from newslint.run.checker import Checker
from newslint.run.discovery import Candidate
from newslint.run.reading import Stamp
from newslint.run.rows import CLEAN, NO_ARTICLE, RowError, Sketch, archive_text, read_archive, sketch_facts
from newslint.run.snapshot import Snapshot, State, lines_of

if TYPE_CHECKING:
    from newslint.run.packing import Packed


class Recall:
    """The cache in terms of a run; ``kept`` counts the files that were found in it.

    ``anew`` gives what a file comes to whose entry no run can have written.
    """

    def __init__(self, cache: Cache, checker: Checker, anew: Callable[[Candidate], Checked]) -> None:
        self._cache = cache
        self._checker = checker
        self._work = anew
        self._state: State | None = None
        self._watched: Sequence[Candidate] = ()
        self._stamps: Iterator[Stamp] | None = None
        self.kept = 0

    def snapshot(self, candidates: Sequence[Candidate], *, partial: bool) -> Snapshot | None:
        """Return what a run over these files alone came to as a whole, or None where that is not known.

        From here on this run is watched, so that it can be kept as well.
        """
        about = (self._checker.here, str(self._checker.settings.root), str(partial))
        self._watched, self._state = candidates, State(*about)
        if not self._cache.has_runs:
            return None
        before = State(*about)
        before.look_at(candidates)
        state = before.text()
        if state is None:
            return None
        self._stamps = before.stamps
        try:
            return Snapshot(self._cache.run(state, before.newest), candidates, self._checker)
        except LookupError:
            return None

    def watch(self, candidate: Candidate, entry: Kept | None, checked: Checked) -> None:
        """Take note of what a file of a run that may be kept came to, whether it was found here (``entry``) or not."""
        if self._state is not None:
            # An entry that no run has written has no say.
            packed = checked.packed
            stamp = packed.stamp if packed is not None else entry.stamp if entry is not None else None
            self._state.take_in(candidate, stamp, passed=checked.linted is None)

    def keep_run(self, report: Report) -> None:
        """Keep what the run came to that was watched, if that lasts."""
        if self._state is None or (state := self._state.text()) is None:
            return
        numbers = {self._checker.shown(one.path): number for number, one in enumerate(self._watched)}
        self._cache.keep_run(state, lines_of(report, self._state.passed, numbers))

    def entries(self, candidates: Sequence[Candidate], *, mend: bool) -> list[Kept | None]:
        """Return what is kept of each of some files of this machine, or None for one that is to be worked on."""
        cache = self._cache
        cache.prepare(Counter(candidate.path.rpartition(os.sep)[0] for candidate in candidates))
        stamps: Iterator[Stamp | None] = self._stamps or repeat(None, len(candidates))
        self._stamps = None
        entries = [
            cache.find(candidate.path, stamp, named=candidate.named)
            for candidate, stamp in zip(candidates, stamps, strict=True)
        ]
        if mend:
            # What was kept says what is wrong and not how to mend it.
            entries = [None if entry and entry.found not in (CLEAN, NO_ARTICLE) else entry for entry in entries]
        self.kept += len(entries) - entries.count(None)
        return entries

    def elsewhere(self, candidate: Candidate) -> Checked | None:
        """Return what a file of an archive or of another file system came to, or None where that is not kept."""
        entry = self._cache.find_elsewhere(candidate)
        if entry is None:
            return None
        self.kept += 1
        return self.checked(candidate, entry)

    def checked(self, candidate: Candidate, entry: Kept) -> Checked:
        """Return what a file came to; where no run can have written that, what it comes to now."""
        shown = self._checker.shown(candidate.path)
        linted: Linted | None = NOTHING
        if entry.found is not CLEAN:
            try:
                linted = found_in(self._checker, candidate, shown, entry.found)
                if linted is not None and linted.truncated:
                    raise RowError("what was cut off, which is not kept")
            except RowError:
                return self._anew(candidate)
        # The bytes of a file out of an archive are not held until the end.
        unread = candidate if candidate.held is None else candidate._replace(held=None)
        return Checked(shown, linted, (), None, None, entry.mark, unread)

    def _anew(self, candidate: Candidate) -> Checked:
        self._cache.drop(candidate.path)
        self.kept -= 1
        return self._work(candidate)

    def sketches(self, unread: Iterable[Candidate]) -> Iterator[Sketch | None]:
        """Yield the facts of files that were left in the cache, None for one that has none any more."""
        for candidate in unread:
            try:
                yield sketch_facts(self._cache.facts(candidate.path))
            except (LookupError, RowError):
                yield self._anew(candidate).sketch

    def keep(self, candidate: Candidate, packed: Packed) -> None:
        """Keep what a file has come to, if that lasts."""
        if packed.stamp is None:
            self._cache.drop(candidate.path)
        else:
            entry = Entry(packed.stamp, packed.digest, candidate.named, packed.found, packed.facts)
            self._cache.put(candidate.path, entry)

    def finish(self, candidates: Sequence[Candidate], *, whole: bool) -> None:
        """Write what was kept; ``whole`` tells that the candidates are all files of their folders."""
        self._cache.write(partial(_by_folder, candidates) if whole else None)

    def judged(self, seal: str, reported: Container[str], known: Container[str]) -> list[Finding] | None:
        """Return what the archive with a seal came to in an earlier run, or None where that is not known."""
        text = self._cache.judged(seal)
        try:
            return None if text is None else read_archive(text, self._checker.plan, reported, known)
        except RowError:
            return None

    def keep_judged(self, seal: str, findings: Sequence[Finding]) -> None:
        """Keep what the archive with a seal has come to."""
        self._cache.keep_judged(seal, archive_text(findings))


def _by_folder(candidates: Iterable[Candidate]) -> dict[str, set[str]]:
    """Return the names of some files by their folder."""
    names: dict[str, set[str]] = {}
    for candidate in candidates:
        folder, _, name = candidate.path.rpartition(os.sep)
        names.setdefault(folder, set()).add(name)
    return names
