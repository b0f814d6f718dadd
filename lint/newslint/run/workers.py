"""Many chunks of work over several processes: in order, a bounded window in flight, and no chunk is ever lost."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from types import FrameType
from typing import Any, Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_WINDOW = 2
"""Chunks in flight for each worker: one that it works on and one that waits."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_stopping = False


def stopping() -> bool:
    """Tell, in a worker, whether it was asked to stop after the file that it is at."""
    return _stopping


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
    global _stopping  # noqa: PLW0603 - a signal has no other way to the loop that it is meant for
    _stopping = True


def _start_worker() -> None:
    # An interrupt from the keyboard goes to all processes of the terminal; the parent passes it on in its own way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent that is killed leaves no word, and its workers would wait for work for ever.
    if (parent := parent_process()) is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _held() -> Iterator[None]:
    """Hold signals back meanwhile: a worker that is being made would take them as its parent does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Workers(Generic[_Item, _Result]):
    """Runs ``function`` over chunks of items in ``jobs`` processes.

    ``function`` takes a list of items and returns as many results, or fewer where it was told to stop; it is a
    module's, as its pickle is its name. ``lost`` gives the result of an item that no worker survives.
    """

    def __init__(
        self,
        function: Callable[[Sequence[_Item]], list[_Result]],
        lost: Callable[[_Item], _Result],
        jobs: int,
    ) -> None:
        self._function = function
        self._lost = lost
        self._jobs = jobs
        # A worker that is forked has the schema and the rules already; elsewhere it loads them once.
        self._context = get_context("fork" if "fork" in get_all_start_methods() else None)

    def run(self, chunks: Iterable[Sequence[_Item]]) -> Iterator[list[_Result]]:
        """Yield the results of each chunk, in order.

        A worker that dies takes the chunks in flight with it: they are run again, one at a time, and the one that does
        it again in halves; so is what a worker leaves that somebody else told to stop. Raises what the function raises.
        After that and after an interrupt no worker is left.
        """
        source = iter(chunks)
        waiting: deque[Sequence[_Item]] = deque()
        flight: deque[tuple[Sequence[_Item], Future[list[_Result]]]] = deque()
        pool = self._pool(self._jobs)
        done = False
        try:
            while True:
                try:
                    while len(flight) < _WINDOW * self._jobs:
                        # A chunk that waits is one that could not be handed on.
                        if not waiting and (following := next(source, None)) is not None:
                            waiting.append(following)
                        if not waiting:
                            break
                        flight.append((waiting[0], self._submit(pool, waiting[0])))
                        waiting.popleft()
                    if not flight:
                        break
                    chunk, future = flight[0]
                    results = future.result()
                except BrokenProcessPool:
                    pool.shutdown(wait=True, cancel_futures=True)
                    owed = list(flight)
                    flight.clear()
                    for chunk, future in owed:
                        # What was done is not done again: the fixer would find nothing to mend, and say so.
                        has_broken = future.cancelled() or future.exception() is not None
                        yield self._alone(chunk) if has_broken else self._whole(chunk, future.result())
                    pool = self._pool(self._jobs)
                    continue
                flight.popleft()
                yield self._whole(chunk, results)
            done = True
        finally:
            _end(pool, at_once=not done)

    def _alone(self, chunk: Sequence[_Item]) -> list[_Result]:
        """Return the results of one chunk in a process of its own, halved as long as it breaks."""
        pool = self._pool(1)
        try:
            return self._whole(chunk, self._submit(pool, chunk).result())
        except BrokenProcessPool:
            if len(chunk) == 1:
                return [self._lost(chunk[0])]
        finally:
            _end(pool, at_once=True)
        middle = len(chunk) // 2
        return [*self._alone(chunk[:middle]), *self._alone(chunk[middle:])]

    def _whole(self, chunk: Sequence[_Item], results: list[_Result]) -> list[_Result]:
        """Return the results of a chunk, with those that a worker which was told to stop has left."""
        left = chunk[len(results) :]
        return [*results, *self._alone(left)] if left else results

    def _submit(self, pool: ProcessPoolExecutor, chunk: Sequence[_Item]) -> Future[list[_Result]]:
        with _held():
            return pool.submit(self._function, chunk)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=self._context, initializer=_start_worker)


def _end(pool: Executor, *, at_once: bool) -> None:
    """End the workers: what has not begun is cancelled; ``at_once`` they stop after the file that they are at."""
    processes: dict[int, Any] = getattr(pool, "_processes", None) or {}
    for process in list(processes.values()) if at_once else ():
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
