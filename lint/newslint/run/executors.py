"""Workers that are anything: a ``concurrent.futures.Executor``, which Dask and others have, as a pool of ours.

What travels is of Python's own types: the settings and paths or bytes to a worker, tuples of texts back. A worker says
which newslint it has before it looks at anything else.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, cast

from newslint.limits import MAX_JOBS
from newslint.near import did_you_mean
from newslint.run.crew import Crew, ExecutorError
from newslint.run.deferral import signals_deferred
from newslint.run.discovery import Candidate
from newslint.run.packing import Job, Packed, check_chunk, fetched
from newslint.run.reading import Stamp
from newslint.run.workers import Answer
from newslint.settings import LostError
from newslint.version import __version__

_EACH = 2
"""Chunks in flight for each worker: one that it works on and one that waits."""

_PATIENCE = 5.0
"""Seconds without an answer after which a pool is asked whether anybody is there."""

DASK = "dask"


class Engine:
    """Who does the work of a run, for as long as it lasts."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._executor: Executor | None = None
        self._losses = crew.losses
        self._broken = False
        self.sends = crew.sends

    def pool(self, job: Job) -> ExecutorPool:
        """Return a pool for a job; its workers outlive it."""
        return ExecutorPool(self, job)

    @property
    def window(self) -> int:
        """How many chunks keep all workers busy."""
        return _EACH * self._crew.workers

    def submit(self, *arguments: Any) -> Future[Any]:
        """Give a worker something to do; a broken executor is made anew. Raises LostError where that one is, too."""
        for _ in range(2):
            if self._executor is None:
                self._executor = self._crew.make()
            try:
                return self._executor.submit(check_remotely, *arguments)
            except BrokenExecutor:
                self._broken = True
                self._let_go()
        raise LostError("the executor is broken as soon as it is made")

    def results(self, future: Future[Any]) -> Any:
        """Return what a worker has answered, or None where it is lost; raises LostError, and what it has raised."""
        try:
            return future.result()
        except CancelledError:
            raise LostError("the workers are gone") from None
        except BrokenExecutor:
            self._broken = True
            return None
        except self._losses:
            return None

    def look(self) -> None:
        """Raise LostError where nobody is there any more."""
        self._crew.look()

    def close(self) -> None:
        """Let the workers go."""
        self._let_go()
        self._crew.close()

    def _let_go(self) -> None:
        if self._executor is not None:
            # The thread that puts a broken pool away closes what Python writes to at its exit: it has to be through.
            self._executor.shutdown(wait=self._broken)
            self._executor, self._broken = None, False


class ExecutorPool:
    """A pool (:class:`newslint.run.workers.Pool`) over an engine, for one job.

    An interrupt is heard while nothing is done but to wait. At any other moment it could come while a lock of a future
    is held (``concurrent.futures.wait`` holds those of all), for which the executor's own threads would wait for ever.
    """

    def __init__(self, engine: Engine, job: Job) -> None:
        self._engine = engine
        self._job = pickle.dumps(job)
        self._numbers: dict[Future[Any], int] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()

    @property
    def window(self) -> int:
        """How many chunks keep all workers busy."""
        return self._engine.window

    def give(self, number: int, chunk: Sequence[Candidate]) -> bool:
        """Hand out a chunk and return True, or False where enough are in flight; raises LostError."""
        if len(self._numbers) >= self.window:
            return False
        with signals_deferred():
            future = self._engine.submit(__version__, self._job, pickle.dumps(chunk))
            self._numbers[future] = number
            future.add_done_callback(self._done.put)
        return True

    def take(self) -> list[Answer[Packed]]:
        """Wait for answers and return those that are there; raises ExecutorError and LostError."""
        while True:
            try:
                done = [self._done.get(timeout=_PATIENCE)]
                break
            except Empty:
                self._engine.look()
        with signals_deferred():
            while not self._done.empty():
                done.append(self._done.get())
            return [Answer(self._numbers.pop(future), self._results(future)) for future in done]

    def close(self) -> None:
        """Cancel what has not begun."""
        with signals_deferred():
            for future in self._numbers:
                future.cancel()

    def _results(self, future: Future[Any]) -> list[Packed] | None:
        try:
            answer = self._engine.results(future)
        except ImportError as error:
            raise ExecutorError(f"a worker has no newslint {__version__}, or not all of it: {error}") from error
        if answer is None:
            return None
        version, rows = answer
        if version != __version__:
            raise ExecutorError(f"a worker has newslint {version}, and this is {__version__}: install that there")
        return [Packed(*row)._replace(stamp=None if row[2] is None else Stamp(*row[2])) for row in rows]


_at_work = Lock()
"""A worker may have several threads; only reading gains by them, and what this process knows of a run is for one."""


def check_remotely(version: str, job: bytes, chunk: bytes) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the version of newslint here and, if it is the same, what becomes of a chunk of files, in plain types."""
    if version != __version__:
        return __version__, []
    # Pickles of the process that began the run, whom whoever started the worker lets do anything anyway.
    candidates: list[Candidate] = pickle.loads(chunk)  # noqa: S301
    given: Job = pickle.loads(job)  # noqa: S301
    read = fetched(candidates, given.settings.max_file_size)
    with _at_work:
        packed = check_chunk(given, read)
    return __version__, [(*row[:2], row.stamp and tuple(row.stamp), *row[3:]) for row in packed]


def open_engine(spec: str, jobs: int | None) -> Engine:
    """Return the engine that a text names: ``dask``, ``dask=ADDRESS`` or ``MODULE:FACTORY``.

    ``jobs`` is the number of workers, where it is for us to say (None: one for each core). Raises ExecutorError for
    what cannot be used, and LostError where nobody answers.
    """
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = jobs or min(available, MAX_JOBS)
    name, _, address = spec.partition("=")
    if name == DASK:
        # Imported here because the package is an extra.
        from newslint.run.dask_crew import dask_crew

        return Engine(dask_crew(address or None, workers))
    return Engine(Crew(_factory(spec), workers))


def _factory(spec: str) -> Callable[[], Executor]:
    """Return what makes the executors of ``MODULE:FACTORY``; raises ExecutorError."""
    module, separator, name = spec.partition(":")
    if not separator or not module or not name:
        near = did_you_mean(spec, ("process", DASK))
        raise ExecutorError(f'"{spec}" is no executor{near or ": it is process, dask, dask=ADDRESS or MODULE:FACTORY"}')
    try:
        factory: Any = import_module(module)
        for part in name.split("."):
            factory = getattr(factory, part)
    except (ImportError, AttributeError, ValueError) as error:
        raise ExecutorError(f'the executor "{spec}" cannot be had: {error}') from error

    def make() -> Executor:
        try:
            made = factory()
        except Exception as error:
            raise ExecutorError(f'the executor "{spec}" cannot be made: {type(error).__name__}: {error}') from error
        if not callable(getattr(made, "submit", None)) or not callable(getattr(made, "shutdown", None)):
            raise ExecutorError(f'"{spec}" makes {type(made).__name__}, which is no concurrent.futures.Executor')
        return cast("Executor", made)

    return make
