"""Many chunks of work over several processes: in order, a bounded window in flight, and no chunk is ever lost.

Each worker has a pipe of its own. So one that dies, in the middle of a message even, is known by the end of its pipe
and costs the others nothing, and a worker knows the end of its parent in the same way. The workers of the standard
library's pools share one pipe: where one dies while another writes, all wait for each other.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from types import FrameType
from typing import Any, Generic, NamedTuple, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_WINDOW = 2
"""Chunks in flight for each worker: one that it works on and one that waits."""

_PIPE_ROOM = 32_768
"""Bytes that a pipe takes before anybody reads: a worker that is at work and its parent may not wait for each other."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_at_work = False
_stopping = False
_parent = 0


def stopping() -> bool:
    """Tell, in a worker, whether it is to stop after the file that it is at: it was asked to, or its parent is gone."""
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


class _Task(NamedTuple):
    """A chunk, its place in the order, and what is sent of it."""

    number: int
    chunk: Sequence[Any]
    message: bytes


class _Worker:
    """One process, the parent's end of its pipe, and the tasks that it was given, in order."""

    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.tasks: deque[_Task] = deque()

    def takes(self, task: _Task) -> bool:
        """Tell whether a task can be sent without waiting for a worker that may itself wait for the parent."""
        return not self.tasks or (len(self.tasks) < _WINDOW and len(task.message) <= _PIPE_ROOM)

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


class Workers(Generic[_Item, _Result]):
    """Runs ``function`` over chunks of items in ``jobs`` processes.

    ``function`` takes a list of items and returns as many results (what it returns after it was told to stop counts for
    nothing); it is a module's, as its pickle is its name. ``lost`` gives the result of an item that no worker survives.
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
        self._forks = "fork" in get_all_start_methods()
        self._context = get_context("fork" if self._forks else None)
        self._workers: list[_Worker] = []

    def run(self, chunks: Iterable[Sequence[_Item]]) -> Iterator[list[_Result]]:
        """Yield the results of each chunk, in order.

        The chunk at which a worker dies is run again alone, and where that kills a worker, too, in halves. Raises what
        the function raises. After that and after an interrupt no worker is left.
        """
        source = (_Task(number, chunk, _message(chunk)) for number, chunk in enumerate(chunks))
        waiting: deque[_Task] = deque()
        done: dict[int, list[_Result]] = {}
        following = 0
        try:
            for _ in range(self._jobs):
                self._start()
            while True:
                self._hand_out(source, waiting, len(done))
                if following in done:
                    yield done.pop(following)
                    following += 1
                elif busy := {worker.pipe: worker for worker in self._workers if worker.tasks}:
                    for pipe in wait(list(busy)):
                        self._take(busy[pipe], waiting, done)  # type: ignore[index]
                else:
                    return
        finally:
            self._end(self._workers)

    def _hand_out(self, source: Iterator[_Task], waiting: deque[_Task], done: int) -> None:
        """Give the workers what they can take, while the results of not too many tasks wait for an earlier one."""
        for worker in sorted(self._workers * _WINDOW, key=lambda worker: len(worker.tasks)):
            if not waiting and (task := next(source, None)) is not None:
                waiting.append(task)
            in_hand = sum(len(other.tasks) for other in self._workers)
            if not waiting or (in_hand and in_hand + done >= 2 * _WINDOW * self._jobs):
                return
            if worker.takes(waiting[0]):
                worker.send(waiting.popleft())

    def _take(self, worker: _Worker, waiting: deque[_Task], done: dict[int, list[_Result]]) -> None:
        """Take the results of a worker that has some, or do over what one that has died was at."""
        try:
            results = worker.answer()
        except EOFError:
            self._end([worker])
            task, *others = worker.tasks
            waiting.extendleft(reversed(others))
            done[task.number] = self._alone(task.chunk)
            self._start()
        else:
            done[worker.tasks.popleft().number] = results

    def _alone(self, chunk: Sequence[_Item]) -> list[_Result]:
        """Return the results of one chunk in a process of its own, halved as long as it breaks."""
        worker = self._start()
        try:
            worker.send(_Task(0, chunk, _message(chunk)))
            results: list[_Result] = worker.answer()
            return results
        except EOFError:
            if len(chunk) == 1:
                return [self._lost(chunk[0])]
        finally:
            self._end([worker])
        middle = len(chunk) // 2
        return [*self._alone(chunk[:middle]), *self._alone(chunk[middle:])]

    def _start(self) -> _Worker:
        """Start a worker."""
        ours, theirs = self._context.Pipe()
        inherited = [ours, *(worker.pipe for worker in self._workers)] if self._forks else []
        process = self._context.Process(target=_serve, args=(theirs, self._function, inherited), daemon=True)
        worker = _Worker(process, ours)
        with _held():
            process.start()
            self._workers.append(worker)
        theirs.close()
        return worker

    def _end(self, workers: Sequence[_Worker]) -> None:
        """End some workers: those that are at work stop after the file that they are at."""
        for worker in workers:
            worker.process.terminate()
            worker.pipe.close()
        for worker in list(workers):
            worker.process.join()
            self._workers.remove(worker)


def _message(chunk: Sequence[Any]) -> bytes:
    return bytes(ForkingPickler.dumps(chunk))
