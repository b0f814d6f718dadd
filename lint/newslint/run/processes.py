"""Worker processes of our own: one pipe each, none of which is shared.

So one that dies, in the middle of a message even, is known by the end of its pipe and costs the others nothing, and a
worker knows the end of its parent in the same way. The workers of the standard library's pools share one pipe: where
one dies while another writes, all wait for each other. Nor is there any thread here, as there is behind every
``concurrent.futures.Executor``: a process that has threads is not safe to fork.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from types import FrameType
from typing import Any, Generic, TypeVar

from newslint.record import Record
from newslint.run.open_files import spare_files
from newslint.run.parts import PARTS
from newslint.run.workers import Answer
from newslint.settings import LostError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_EACH = 2
"""Chunks in flight for each worker: one that it works on and one that waits."""

_PIPE_ROOM = 32_768
"""Bytes that a pipe takes before anybody reads: a worker that is at work and its parent may not wait for each other."""

_FILES_EACH = 2
"""Files that a worker keeps open here: its pipe, and what tells its end."""

_FILES_KEPT = PARTS + 18
"""Files that this process may want to open while it has workers: modules, the cache, reports, an archive, and for very
many articles the parts of their facts and a few more temporary ones."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_at_work = False
_stopping = False
_parent = 0


def stopping() -> bool:
    """Tell, in a worker, whether it is to read no more files: it was asked to, or its parent is gone."""
    return _stopping or (_parent != 0 and os.getppid() != _parent)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
    global _stopping  # noqa: PLW0603 - a signal has no other way to the loop that it is meant for
    _stopping = True
    if not _at_work:
        os._exit(0)


def _serve(pipe: Connection, function: Callable[[Any], Any], inherited: Sequence[Connection]) -> None:
    """Do what comes through a pipe until it ends; ``inherited`` are the parent's ends that a fork has copied."""
    global _at_work, _parent  # noqa: PLW0603 - the handler of the signal and the function that works must know them
    _parent = os.getppid()
    # An interrupt from the keyboard goes to all processes of the terminal; the parent passes it on in its own way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    for other in inherited:
        other.close()
    # The parent has ended, or wants no more.
    with suppress(EOFError, OSError):
        while True:
            chunk = pipe.recv()
            _at_work = True
            answer = _answer(function, chunk)
            _at_work = False
            if stopping():
                return
            pipe.send(answer)


def _answer(function: Callable[[Any], Any], chunk: Any) -> tuple[Any, Exception | None]:
    try:
        return function(chunk), None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return None, error


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


class _Task(Record):
    """What is sent of a chunk, and its number."""

    number: int
    message: bytes


class _Worker:
    """One process, the parent's end of its pipe, and the tasks that it was given, in order."""

    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.tasks: deque[_Task] = deque()

    def takes(self, message: bytes) -> bool:
        """Tell whether a task can be sent without waiting for a worker that may itself wait for the parent."""
        return not self.tasks or (len(self.tasks) < _EACH and len(message) <= _PIPE_ROOM)

    def send(self, task: _Task) -> None:
        """Send a task; that the worker has died is seen where its answer is awaited."""
        self.tasks.append(task)
        with suppress(OSError):
            self.pipe.send_bytes(task.message)

    def answer(self) -> Any:
        """Return what the function does; raises what it raises, and EOFError where the worker has died."""
        try:
            results, error = self.pipe.recv()
        except OSError as broken:
            raise EOFError from broken
        if error is not None:
            raise error
        return results


class Processes(Generic[_Item, _Result]):
    """A pool (:class:`newslint.run.workers.Pool`) of ``jobs`` processes that run ``function``.

    ``function`` takes a list of items, which may be empty, and returns as many results (what it returns after it was
    told to stop counts for nothing); it is a module's, as its pickle is its name. Without ``fork`` each worker is a new
    Python, as it must be where this process has threads.

    Where the system does not give as many workers (their number, memory or open files have a limit), those that there
    are do the work, or this process where there are none. Raises LostError where none can take the place of a lost one:
    what it was at may have ended it, and is not run here.
    """

    def __init__(self, function: Callable[[Sequence[_Item]], list[_Result]], jobs: int, *, fork: bool = True) -> None:
        self._function = function
        room = spare_files(_FILES_EACH * jobs + _FILES_KEPT) - _FILES_KEPT
        self._jobs = max(0, room // _FILES_EACH)
        # A worker that is forked has the schema and the rules already; elsewhere it loads them once.
        self._forks = fork and "fork" in get_all_start_methods()
        self._context: Any = get_context("fork" if self._forks else "spawn")
        self._workers: list[_Worker] = []
        self._refused: tuple[Sequence[_Item], bytes] = ((), b"")
        self._done_here: list[Answer[_Result]] = []
        self._has_lost = False

    @property
    def window(self) -> int:
        """How many chunks keep all workers busy."""
        return _EACH * max(1, self._jobs)

    def give(self, number: int, chunk: Sequence[_Item]) -> bool:
        """Hand out a chunk and return True, or False where it has to wait for a worker."""
        if len(self._workers) < self._jobs:
            self._start_if_possible()
        if not self._workers:
            return self._do_here(number, chunk)
        worker = min(self._workers, key=lambda worker: len(worker.tasks))
        if len(worker.tasks) >= _EACH:
            return False
        message = self._refused[1] if self._refused[0] is chunk else bytes(ForkingPickler.dumps(chunk))
        if not worker.takes(message):
            self._refused = (chunk, message)
            return False
        self._refused = ((), b"")
        worker.send(_Task(number, message))
        return True

    def take(self) -> list[Answer[_Result]]:
        """Wait for answers and return those that are there; raises what the function raises."""
        if self._done_here:
            done, self._done_here = self._done_here, []
            return done
        busy = {worker.pipe: worker for worker in self._workers if worker.tasks}
        return [answer for pipe in wait(list(busy)) for answer in self._answers(busy[pipe])]  # type: ignore[index]

    def close(self) -> None:
        """End all workers: those that are at work stop after the files that they have read."""
        self._end(self._workers)

    def _answers(self, worker: _Worker) -> list[Answer[_Result]]:
        """Return the answer of a worker; one that has died is replaced, and what it had not begun passed on."""
        try:
            results = worker.answer()
        except EOFError:
            self._has_lost = True
            self._end([worker])
            following = self._start_if_possible()
            if following is None:
                return [Answer(task.number, None) for task in worker.tasks]
            task, *others = worker.tasks
            for other in others:
                following.send(other)
            return [Answer(task.number, None)]
        return [Answer(worker.tasks.popleft().number, results)]

    def _do_here(self, number: int, chunk: Sequence[_Item]) -> bool:
        """Do a chunk in this process, one at a time."""
        if self._done_here:
            return False
        self._done_here.append(Answer(number, self._function(chunk)))
        return True

    def _start_if_possible(self) -> _Worker | None:
        """Start a worker; where the system gives no more, those that there are have to do."""
        try:
            return self._start()
        except OSError as error:
            self._jobs = len(self._workers)
            if not self._workers and self._has_lost:
                raise LostError(f"no worker can be started any more: {error.strerror or error}") from error
            return None

    def _start(self) -> _Worker:
        """Start a worker; raises OSError where the system gives none."""
        ours, theirs = self._context.Pipe()
        inherited = [ours, *(worker.pipe for worker in self._workers)] if self._forks else []
        process = self._context.Process(target=_serve, args=(theirs, self._function, inherited), daemon=True)
        worker = _Worker(process, ours)
        try:
            with _held():
                process.start()
                self._workers.append(worker)
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return worker

    def _end(self, workers: Sequence[_Worker]) -> None:
        """End some workers: those that are at work stop after the files that they have read."""
        for worker in workers:
            worker.process.terminate()
            worker.pipe.close()
        for worker in list(workers):
            worker.process.join()
            self._workers.remove(worker)
