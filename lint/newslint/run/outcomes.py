"""What each file of a run comes to: kept from an earlier run, or worked out here or by workers."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from newslint.finding import Finding
from newslint.limits import (
    CHUNK,
    CHUNK_BYTES,
    FILES_FOR_CACHE,
    FILES_FOR_WORKERS,
    MAX_JOBS,
    MAX_WAITING,
    REMOTE_CHUNK,
    REMOTE_CHUNK_BYTES,
)
from newslint.record import Record
from newslint.run.checked import Checked, found_in
from newslint.run.checker import Checker
from newslint.run.chunks import Chunk, held_bytes, in_chunks, loaded
from newslint.run.discovery import Candidate

if TYPE_CHECKING:
    from newslint.report import Report
    from newslint.run.executors import Engine
    from newslint.run.packing import Job, Packed
    from newslint.run.recall import Recall
    from newslint.run.rows import Sketch
    from newslint.run.snapshot import Snapshot
    from newslint.run.workers import Pool


class Means(Record):
    """What a run may use: so many processes (None: as many as pay), and a folder for the cache (None: no cache).

    ``cache_given`` tells that the user named the folder; ``executor`` says who does the work, as
    :func:`newslint.run.executors.open_engine` reads it (None: processes of our own).
    """

    jobs: int | None = 1
    cache: str | None = None
    cache_given: bool = False
    executor: str | None = None


class Outcomes:
    """Gives what files come to, with the means that a run may use; ``kept`` counts those found in the cache.

    Raises WrongUseError for an executor that cannot be had.
    """

    def __init__(self, checker: Checker, means: Means) -> None:
        self._checker = checker
        self._means = means
        self._recall: Recall | None = None
        self._engine: Engine | None = None
        if means.executor is not None:
            # Imported here because most runs need no other than processes of their own.
            from newslint.run.executors import open_engine

            self._engine = open_engine(means.executor, means.jobs)

    def of(self, candidates: Sequence[Candidate], *, mend: bool) -> Iterator[Checked]:
        """Yield what each of some files of this machine that are not passed over comes to, in their order.

        ``mend`` lets the fixer at them, where the choices ask for it. Raises LostError where the workers are gone.
        """
        mend = mend and self._checker.mender is not None
        recall = None if len(candidates) < FILES_FOR_CACHE else self._open()
        if recall is None:
            yield from self._work(candidates, None, mend=mend)
            return
        entries = recall.entries(candidates, mend=mend)
        left = [candidate for candidate, entry in zip(candidates, entries, strict=True) if entry is None]
        # What the fixer leaves behind is known by its stamp to be another file.
        worked = self._work(left, None if mend else recall, mend=mend)
        for candidate, entry in zip(candidates, entries, strict=True):
            checked = next(worked) if entry is None else recall.checked(candidate, entry)
            recall.watch(candidate, entry, checked)
            yield checked

    def snapshot(self, candidates: Sequence[Candidate], *, partial: bool) -> Snapshot | None:
        """Return what a run over no other than these files came to, as long as none of them has changed, or None.

        Where it is asked for and is None, :meth:`of` has to be called with these files next.
        """
        recall = None if len(candidates) < FILES_FOR_CACHE else self._open()
        return None if recall is None else recall.snapshot(candidates, partial=partial)

    def keep_run(self, report: Report) -> None:
        """Keep what a run came to for which :meth:`snapshot` was asked."""
        if self._recall is not None:
            self._recall.keep_run(report)

    def of_stream(self, candidates: Iterable[Candidate]) -> Iterator[Checked]:
        """Yield what files that lie in archives and other file systems come to; no more are held than are worked on.

        Raises LostError where the workers are gone.
        """
        # Looked at first, to see whether workers pay.
        stream = iter(candidates)
        first: list[Candidate] = []
        size = 0
        while len(first) < FILES_FOR_WORKERS and size < MAX_WAITING and (one := next(stream, None)) is not None:
            first.append(one)
            size += held_bytes(one)
        jobs = self._jobs(len(first) if size < MAX_WAITING else FILES_FOR_WORKERS)
        recall = self._open() if len(first) >= FILES_FOR_CACHE else None
        chunks = self._chunks(chain(first, stream), recall)
        if self._engine is not None or jobs > 1:
            yield from self._by_workers(chunks, recall, jobs, mend=False)
            return
        for chunk in chunks:
            yield from chunk.kept
            yield from self._here(chunk.left, recall, mend=False)

    def _chunks(self, candidates: Iterable[Candidate], recall: Recall | None) -> Iterator[Chunk[Checked]]:
        """Yield files in chunks, as they come."""
        engine, limit = self._engine, self._checker.settings.max_file_size

        def known(candidate: Candidate) -> Checked | None:
            return recall.elsewhere(candidate) if recall is not None else None

        most, room = (CHUNK, CHUNK_BYTES) if engine is None else (REMOTE_CHUNK, REMOTE_CHUNK_BYTES)
        if engine is not None and engine.sends:
            candidates = (loaded(candidate, limit) for candidate in candidates)
        return in_chunks(candidates, known, most, room)

    def sketches(self, unread: Sequence[Candidate]) -> Iterator[Sketch | None]:
        """Yield the facts of files that were left in the cache, None for one that has none any more."""
        if self._recall is not None:
            yield from self._recall.sketches(unread)

    def judged(self, seal: str, reported: Container[str], known: Container[str]) -> list[Finding] | None:
        """Return what the archive with a seal came to in an earlier run, or None where that is not known."""
        return None if self._recall is None else self._recall.judged(seal, reported, known)

    def keep_judged(self, seal: str, findings: Sequence[Finding]) -> None:
        """Keep what the archive with a seal has come to."""
        if self._recall is not None:
            self._recall.keep_judged(seal, findings)

    @property
    def kept(self) -> int:
        """How many files were found in the cache."""
        return 0 if self._recall is None else self._recall.kept

    @property
    def uses_cache(self) -> bool:
        """Whether the cache was asked: for a few files it is not."""
        return self._recall is not None

    def finish(self, candidates: Sequence[Candidate], *, whole: bool) -> None:
        """Let the workers go, and keep what was worked out.

        ``whole`` tells that the candidates are all files of their folders.
        """
        if self._engine is not None:
            self._engine.close()
        if self._recall is None or self._checker.mender is not None:
            # The fixer's run learns nothing that lasts.
            return
        self._recall.finish(candidates, whole=whole)

    def _open(self) -> Recall | None:
        """Return the cache of this run, or None where it does without."""
        if self._recall is None and self._means.cache is not None:
            # Imported here because to lint a few files takes less time.
            from newslint.run.cache import Cache
            from newslint.run.key import cache_key
            from newslint.run.recall import Recall

            settings, checker = self._checker.settings, self._checker
            root, limit, given = str(settings.root), settings.max_file_size, self._means.cache_given
            cache = Cache(self._means.cache, root, cache_key(checker), checker.now, limit, given=given)
            self._recall = Recall(cache, checker, self._anew)
        return self._recall

    def _anew(self, candidate: Candidate) -> Checked:
        return next(self._here([candidate], self._recall, mend=False))

    def _work(self, candidates: Sequence[Candidate], recall: Recall | None, *, mend: bool) -> Iterator[Checked]:
        jobs = self._jobs(len(candidates))
        if self._engine is not None:
            yield from self._by_workers(self._chunks(candidates, None), recall, jobs, mend=mend)
        elif jobs > 1:
            size = max(1, min(CHUNK, -(-len(candidates) // jobs)))
            starts = range(0, len(candidates), size)
            # Made when they are handed out: a large archive has many.
            chunks: Iterable[Chunk[Checked]] = (Chunk(candidates[start : start + size]) for start in starts)
            yield from self._by_workers(chunks, recall, jobs, mend=mend)
        elif recall is None and not mend and len(candidates) < FILES_FOR_WORKERS:
            for outcome in self._checker.check_all(candidates, mend=False):
                yield Checked(outcome.shown, outcome.linted, outcome.linted.facts if outcome.linted else ())
        else:
            yield from self._here(candidates, recall, mend=mend)

    def _here(self, candidates: Sequence[Candidate], recall: Recall | None, *, mend: bool) -> Iterator[Checked]:
        """Work in this process, with all that is kept packed."""
        # Imported here because only the cache, the fixer and many files (whose facts wait on disk) need it packed.
        from newslint.run.packing import fetched, mark_of, pack
        from newslint.run.rows import facts_text, sketch_of

        candidates = fetched(candidates, self._checker.settings.max_file_size)
        for candidate, outcome in zip(candidates, self._checker.check_all(candidates, mend=mend), strict=True):
            shown, linted, *_ = outcome
            if linted is None or recall is not None or mend:
                packed = pack(outcome, self._checker.plan.max_findings)
                mark = ""
                if recall is not None:
                    recall.keep(candidate, packed)
                    mark = mark_of(packed)
                sketch = sketch_of(packed.facts, linted.facts if linted is not None else ())
                yield Checked(shown, linted, (), sketch, packed, mark)
            else:
                yield Checked(shown, linted, (), sketch_of(facts_text(linted), linted.facts))

    def _by_workers(
        self, chunks: Iterable[Chunk[Checked]], recall: Recall | None, jobs: int, *, mend: bool
    ) -> Iterator[Checked]:
        # Imported here because it takes longer to import than a small run takes in all.
        from newslint.run.packing import lost, make_job, mark_of
        from newslint.run.rows import sketch_facts
        from newslint.run.workers import Workers

        job = make_job(self._checker, mend=mend)
        given: deque[Chunk[Checked]] = deque()

        def hand_out() -> Iterator[Sequence[Candidate]]:
            for chunk in chunks:
                given.append(chunk)
                yield chunk.left

        workers = Workers(self._pool(job, jobs), partial(lost, job))
        for results in workers.run(hand_out()):
            chunk = given.popleft()
            yield from chunk.kept
            for candidate, packed in zip(chunk.left, results, strict=True):
                if recall is not None:
                    recall.keep(candidate, packed)
                shown = self._checker.shown(candidate.path)
                linted = found_in(self._checker, candidate, shown, packed.found)
                mark = "" if recall is None else mark_of(packed)
                yield Checked(shown, linted, (), sketch_facts(packed.facts), packed, mark)

    def _pool(self, job: Job, jobs: int) -> Pool[Candidate, Packed]:
        """Return who does the work of a job."""
        if self._engine is not None:
            return self._engine.pool(job)
        from newslint.run.packing import check_chunk
        from newslint.run.processes import Processes

        # fsspec has a thread of its own, and a process that has threads is not safe to fork.
        return Processes(partial(check_chunk, job), jobs, fork="fsspec" not in sys.modules)

    def _jobs(self, files: int) -> int:
        """Return how many processes of our own work on so many files: those asked for, or else as many as pay."""
        if self._means.jobs is not None:
            return min(self._means.jobs, max(files, 1))
        if files < FILES_FOR_WORKERS:
            return 1
        available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(available, MAX_JOBS)
