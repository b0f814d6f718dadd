"""What each file of a run comes to: kept from an earlier run, or worked out here or by workers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.engine.archive import CodedFact
from newslint.engine.linter import Linted
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

    ``shown`` is how findings name the file.
    """

    shown: str
    linted: Linted | None
    facts: tuple[CodedFact, ...] = ()
    sketch: Sketch | None = None
    packed: Packed | None = None


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
        # What was kept says what is wrong and not how to mend it.
        cache = None if mend or len(candidates) < FILES_FOR_CACHE else self._open()
        if cache is None:
            yield from self._work(candidates, None, mend=mend)
            return
        cache.prepare(Counter(os.path.dirname(candidate.path) for candidate in candidates))
        kept = [cache.holds(candidate.path, named=candidate.named) for candidate in candidates]
        self.kept += sum(kept)
        left = [candidate for candidate, is_kept in zip(candidates, kept, strict=True) if not is_kept]
        worked = self._work(left, cache, mend=mend)
        for candidate, is_kept in zip(candidates, kept, strict=True):
            yield self._kept(candidate, cache) if is_kept else next(worked)

    def _kept(self, candidate: Candidate, cache: Cache) -> Checked:
        """Return what a file came to in an earlier run; where that cannot be read, what it comes to now."""
        from newslint.run.rows import RowError

        try:
            return self._read(candidate, *cache.get(candidate.path))
        except RowError:
            cache.drop(candidate.path)
            self.kept -= 1
            return next(self._work([candidate], cache, mend=False))

    @property
    def uses_cache(self) -> bool:
        """Whether the cache was asked: for a few files it is not."""
        return self._cache is not None

    def finish(self, candidates: Sequence[Candidate], *, whole: bool) -> None:
        """Keep what was worked out; ``whole`` tells that the candidates are all files of their folders."""
        if self._cache is None:
            return
        present: dict[str, set[str]] = {}
        for candidate in candidates if whole else ():
            folder, name = os.path.split(candidate.path)
            present.setdefault(folder, set()).add(name)
        self._cache.write(present)

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

    def _read(self, candidate: Candidate, found: str, facts: str, packed: Packed | None = None) -> Checked:
        """Return what a file came to from its JSON; raises RowError."""
        from newslint.run.rows import NO_ARTICLE, read_found, sketch_facts

        if found == NO_ARTICLE:
            return Checked(self._checker.shown(candidate.path), None)
        shown = self._checker.shown(candidate.path)
        linted = read_found(shown, found, self._checker.plan_for(candidate.path))
        return Checked(shown, linted, (), sketch_facts(facts), packed)

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
        from newslint.run.packing import pack
        from newslint.run.rows import sketch_facts

        for candidate in candidates:
            outcome = self._checker.check(candidate, mend=mend)
            packed = pack(outcome, self._checker.plan.max_findings)
            self._keep(cache, candidate, packed)
            yield Checked(outcome.shown, outcome.linted, (), sketch_facts(packed.facts), packed)

    def _by_workers(
        self, candidates: Sequence[Candidate], cache: Cache | None, jobs: int, *, mend: bool
    ) -> Iterator[Checked]:
        # Imported here because it takes longer to import than a small run takes in all.
        from newslint.run.packing import Item, Job, check_chunk, know, lost
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
                yield self._read(candidate, packed.found, packed.facts, packed)

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
