"""What each file of a run comes to: kept from an earlier run, or worked out here or by workers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from newslint.engine.archive import CodedFact
from newslint.engine.linter import NOTHING, Linted
from newslint.finding import Finding
from newslint.limits import CHUNK, FILES_FOR_CACHE, FILES_FOR_WORKERS, MAX_JOBS
from newslint.run.checker import Checker
from newslint.run.discovery import Candidate

if TYPE_CHECKING:
    from newslint.run.cache import Cache
    from newslint.run.packing import Packed
    from newslint.run.rows import Sketch


class Means(NamedTuple):
    """What a run may use: so many processes (None: as many as pay), and a folder for the cache (None: no cache).

    ``cache_given`` tells that the user named the folder.
    """

    jobs: int | None = 1
    cache: str | None = None
    cache_given: bool = False


class Checked(NamedTuple):
    """What a file came to (None: no article), its facts as they are or as JSON, and the fixer's account.

    ``shown`` is how findings name the file. ``mark`` stands for what the facts follow from, where there is a cache, and
    ``kept`` is a file whose facts are in it and have not been read.
    """

    shown: str
    linted: Linted | None
    facts: tuple[CodedFact, ...] = ()
    sketch: Sketch | None = None
    packed: Packed | None = None
    mark: str = ""
    kept: Candidate | None = None


class Outcomes:
    """Gives what files come to, with the means that a run may use; ``kept`` counts those found in the cache."""

    def __init__(self, checker: Checker, means: Means) -> None:
        self._checker = checker
        self._means = means
        self._cache: Cache | None = None
        self.kept = 0

    def of(self, candidates: Sequence[Candidate], *, mend: bool) -> Iterator[Checked]:
        """Yield what each of some files that are not passed over comes to, in their order.

        ``mend`` lets the fixer at them, where the choices ask for it.
        """
        mend = mend and self._checker.mender is not None
        cache = None if len(candidates) < FILES_FOR_CACHE else self._open()
        if cache is None:
            yield from self._work(candidates, None, mend=mend)
            return
        cache.prepare(Counter(candidate.path.rpartition(os.sep)[0] for candidate in candidates))
        entries = [cache.find(candidate.path, named=candidate.named) for candidate in candidates]
        # Imported here because without a cache nobody needs them.
        from newslint.run.rows import CLEAN, NO_ARTICLE, RowError

        if mend:
            # What was kept says what is wrong and not how to mend it.
            entries = [None if entry and entry.found not in (CLEAN, NO_ARTICLE) else entry for entry in entries]
        left = [candidate for candidate, entry in zip(candidates, entries, strict=True) if entry is None]
        self.kept += len(entries) - len(left)
        # What the fixer leaves behind is known by its stamp to be another file.
        worked = self._work(left, None if mend else cache, mend=mend)
        shown = self._checker.shown
        for candidate, entry in zip(candidates, entries, strict=True):
            if entry is None:
                yield next(worked)
            elif entry.found is CLEAN:
                yield Checked(shown(candidate.path), NOTHING, (), None, None, entry.mark, candidate)
            else:
                try:
                    yield Checked(*self._read(candidate, entry.found), (), None, None, entry.mark, candidate)
                except RowError:
                    yield self._anew(candidate, cache)

    def _anew(self, candidate: Candidate, cache: Cache) -> Checked:
        """Return what a file comes to whose entry no run can have written."""
        cache.drop(candidate.path)
        self.kept -= 1
        return next(self._work([candidate], cache, mend=False))

    def sketches(self, kept: Iterable[Candidate]) -> Iterator[Sketch | None]:
        """Yield the facts of files that :meth:`of` has left in the cache, None for one that has none any more."""
        if self._cache is None:
            return
        from newslint.run.rows import RowError, sketch_facts

        for candidate in kept:
            try:
                yield sketch_facts(self._cache.facts(candidate.path))
            except (LookupError, RowError):
                yield self._anew(candidate, self._cache).sketch

    def judged(self, seal: str, reported: Collection[str]) -> list[Finding] | None:
        """Return what the archive with a seal came to in an earlier run, or None where that is not known."""
        if self._cache is None:
            return None
        from newslint.run.rows import RowError, read_archive

        text = self._cache.judged(seal)
        try:
            return None if text is None else read_archive(text, self._checker.plan, reported)
        except RowError:
            return None

    def keep_judged(self, seal: str, findings: Sequence[Finding]) -> None:
        """Keep what the archive with a seal has come to."""
        if self._cache is None:
            return
        from newslint.run.rows import archive_text

        self._cache.keep_judged(seal, archive_text(findings))

    @property
    def uses_cache(self) -> bool:
        """Whether the cache was asked: for a few files it is not."""
        return self._cache is not None

    def finish(self, candidates: Sequence[Candidate], *, whole: bool) -> None:
        """Keep what was worked out; ``whole`` tells that the candidates are all files of their folders."""
        if self._cache is None or self._checker.mender is not None:
            # The fixer's run learns nothing that lasts.
            return
        self._cache.write(partial(_by_folder, candidates) if whole else None)

    def _open(self) -> Cache | None:
        """Return the cache of this run, or None where it does without."""
        if self._cache is None and self._means.cache is not None:
            # Imported here because to lint a few files takes less time.
            from newslint.run.cache import Cache
            from newslint.run.key import cache_key

            settings, checker = self._checker.settings, self._checker
            root, limit, given = str(settings.root), settings.max_file_size, self._means.cache_given
            self._cache = Cache(self._means.cache, root, cache_key(checker), checker.now, limit, given=given)
        return self._cache

    def _read(self, candidate: Candidate, found: str) -> tuple[str, Linted | None]:
        """Return how findings name a file, and what it came to from its JSON; raises RowError."""
        # Imported here because without a cache and workers there is no JSON.
        from newslint.run.rows import NO_ARTICLE, read_found

        shown = self._checker.shown(candidate.path)
        if found == NO_ARTICLE:
            return shown, None
        return shown, read_found(shown, found, self._checker.plan_for(candidate.path))

    def _work(self, candidates: Sequence[Candidate], cache: Cache | None, *, mend: bool) -> Iterator[Checked]:
        jobs = self._jobs(len(candidates))
        if jobs > 1:
            yield from self._by_workers(candidates, cache, jobs, mend=mend)
            return
        if cache is None and not mend and len(candidates) < FILES_FOR_WORKERS:
            for candidate in candidates:
                outcome = self._checker.check(candidate, mend=False)
                yield Checked(outcome.shown, outcome.linted, outcome.linted.facts if outcome.linted else ())
            return
        # Imported here because only the cache, the fixer and many files (whose facts wait on disk) need it packed.
        from newslint.run.packing import mark_of, pack
        from newslint.run.rows import facts_text, sketch_of

        for candidate in candidates:
            shown, linted, *_ = outcome = self._checker.check(candidate, mend=mend)
            if linted is None or cache is not None or mend:
                packed = pack(outcome, self._checker.plan.max_findings)
                self._keep(cache, candidate, packed)
                mark = "" if cache is None else mark_of(packed)
                sketch = sketch_of(packed.facts, linted.facts if linted is not None else ())
                yield Checked(shown, linted, (), sketch, packed, mark)
            else:
                yield Checked(shown, linted, (), sketch_of(facts_text(linted), linted.facts))

    def _by_workers(
        self, candidates: Sequence[Candidate], cache: Cache | None, jobs: int, *, mend: bool
    ) -> Iterator[Checked]:
        # Imported here because it takes longer to import than a small run takes in all.
        from newslint.run.packing import Item, Job, check_chunk, know, lost, mark_of
        from newslint.run.rows import sketch_facts
        from newslint.run.workers import Workers

        job = Job(id(self), self._checker.settings, self._checker.choices._replace(now=self._checker.now), mend)
        know(job, self._checker)
        size = max(1, min(CHUNK, -(-len(candidates) // jobs)))
        starts = range(0, len(candidates), size)
        # Made when they are handed out: a large archive has many.
        chunks = ([Item(job, candidate) for candidate in candidates[start : start + size]] for start in starts)
        workers = Workers(check_chunk, lost, jobs)
        for start, results in zip(starts, workers.run(chunks), strict=True):
            for candidate, packed in zip(candidates[start : start + size], results, strict=True):
                self._keep(cache, candidate, packed)
                shown, linted = self._read(candidate, packed.found)
                mark = "" if cache is None else mark_of(packed)
                yield Checked(shown, linted, (), sketch_facts(packed.facts), packed, mark)

    def _jobs(self, files: int) -> int:
        """Return how many processes work on so many files: those asked for, or else as many as pay."""
        if self._means.jobs is not None:
            return min(self._means.jobs, max(files, 1))
        if files < FILES_FOR_WORKERS:
            return 1
        available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(available, MAX_JOBS)

    @staticmethod
    def _keep(cache: Cache | None, candidate: Candidate, packed: Packed) -> None:
        if cache is None:
            return
        from newslint.run.cache import Entry

        if packed.stamp is None:
            cache.drop(candidate.path)
        else:
            entry = Entry(packed.stamp, packed.digest, candidate.named, packed.found, packed.facts)
            cache.put(candidate.path, entry)


def _by_folder(candidates: Iterable[Candidate]) -> dict[str, set[str]]:
    """Return the names of some files by their folder."""
    names: dict[str, set[str]] = {}
    for candidate in candidates:
        folder, _, name = candidate.path.rpartition(os.sep)
        names.setdefault(folder, set()).add(name)
    return names
