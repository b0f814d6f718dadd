"""Many chunks of work by many workers: in order, a bounded window in flight, and no chunk is ever lost.

Who the workers are is a pool's business: processes of our own (:mod:`newslint.run.processes`) or anything that is a
``concurrent.futures.Executor`` (:mod:`newslint.run.executors`). What happens to the chunks is the same for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from newslint.settings import LostError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Item_contra = TypeVar("_Item_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)

_AGAIN = 3
"""Times that a chunk is run again beside others, when workers were lost and nobody knows at which of the chunks."""


class Answer(NamedTuple, Generic[_Result_co]):
    """What came of a chunk: its results, or None where the worker that had it is gone."""

    number: int
    results: Sequence[_Result_co] | None


class Pool(Protocol[_Item_contra, _Result_co]):
    """Workers that are given chunks and give answers; a pool that loses workers has others in their place."""

    @property
    def window(self) -> int:
        """How many chunks keep all workers busy: one that each works on, and one that waits."""

    def give(self, number: int, chunk: Sequence[_Item_contra]) -> bool:
        """Hand out a chunk and return True, or False where it has to wait; never False where none is in flight."""

    def take(self) -> Sequence[Answer[_Result_co]]:
        """Wait for answers and return those that are there; raises what the function raises, and LostError."""

    def close(self) -> None:
        """Cancel what has not begun, and let go of the workers."""


class _Task(NamedTuple, Generic[_Item]):
    """A chunk, its place in the order, and at how many losses of a worker it was in flight."""

    number: int
    chunk: Sequence[_Item]
    losses: int = 0


class Workers(Generic[_Item, _Result]):
    """Runs chunks of items in a pool; ``lost`` gives the result of an item that no worker survives."""

    def __init__(self, pool: Pool[_Item, _Result], lost: Callable[[_Item], _Result]) -> None:
        self._pool = pool
        self._lost = lost
        self._waiting: deque[_Task[_Item]] = deque()
        self._flying: dict[int, _Task[_Item]] = {}
        self._done: dict[int, Sequence[_Result]] = {}

    def run(self, chunks: Iterable[Sequence[_Item]]) -> Iterator[Sequence[_Result]]:
        """Yield the results of each chunk, in order; a chunk is made when there is room for it.

        Where workers are lost, the chunks in flight are run again, and one that may be the cause is run alone; if that
        breaks again, in halves, down to the item. Raises what the function raises, and LostError where no worker does
        any work. After that and after an interrupt the pool is closed.
        """
        source = (_Task(number, chunk) for number, chunk in enumerate(chunks))
        following = 0
        try:
            while True:
                self._hand_out(source)
                if following in self._done:
                    yield self._done.pop(following)
                    following += 1
                elif self._flying:
                    self._take()
                else:
                    return
        finally:
            self._pool.close()

    def _hand_out(self, source: Iterator[_Task[_Item]]) -> None:
        """Give the pool what it takes, while the results of not too many chunks wait for an earlier one."""
        while not self._flying or len(self._flying) + len(self._done) < 2 * self._pool.window:
            if not self._waiting:
                task = next(source, None)
                if task is None:
                    return
                self._waiting.append(task)
            task = self._waiting[0]
            if not self._pool.give(task.number, task.chunk):
                return
            self._flying[task.number] = self._waiting.popleft()

    def _take(self) -> None:
        """Take what answers there are, and do over what was lost."""
        broken = self._collect()
        if not broken:
            return
        if len(broken) == 1 or self._suspects(broken):
            # Who is suspected runs alone: nothing else may be in flight.
            while self._flying:
                broken += self._collect()
            for task in self._suspects(broken):
                broken.remove(task)
                self._done[task.number] = self._alone(task.chunk)
        self._waiting.extendleft(sorted(broken, key=lambda task: -task.number))

    def _collect(self) -> list[_Task[_Item]]:
        """Take what answers there are, and return the tasks that have none."""
        broken: list[_Task[_Item]] = []
        for number, results in self._pool.take():
            task = self._flying.pop(number)
            if results is None:
                broken.append(task._replace(losses=task.losses + 1))
            else:
                self._done[number] = results
        return broken

    @staticmethod
    def _suspects(broken: list[_Task[_Item]]) -> list[_Task[_Item]]:
        return broken[:] if len(broken) == 1 else [task for task in broken if task.losses > _AGAIN]

    def _alone(self, chunk: Sequence[_Item]) -> Sequence[_Result]:
        """Return the results of a chunk that has the pool to itself, halved as long as it breaks."""
        results = self._try(chunk)
        if results is not None:
            return results
        if len(chunk) <= 1:
            # An item is to blame only where the pool does at least nothing at all.
            if self._try([]) is None:
                raise LostError("no worker stays alive")
            return [self._lost(item) for item in chunk]
        middle = len(chunk) // 2
        return [*self._alone(chunk[:middle]), *self._alone(chunk[middle:])]

    def _try(self, chunk: Sequence[_Item]) -> Sequence[_Result] | None:
        self._pool.give(0, chunk)
        (answer,) = self._pool.take()
        return answer.results
