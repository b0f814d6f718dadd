"""More items than memory is for, in order: sorted by the stretch, put on disk, and merged as they are read.

What comes in its order already, as the files of most archives do, is one stretch, however long.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from heapq import merge
from itertools import chain, pairwise
from struct import Struct
from typing import Any, Generic, NamedTuple, TypeVar

from newslint.record import Record
from newslint.run.scratch import Scratch
from newslint.settings import LostError

_Item = TypeVar("_Item")

_PAGE = 32
"""Items that are written and read as one: of each of the stretches, which may be hundreds, one page is in memory."""

_LENGTH = Struct("<L")


class Form(NamedTuple, Generic[_Item]):
    """What items are ordered by, and what stands for each on disk: ``plain`` and ``item`` undo each other.

    What is plain is made of Python's own types, for which pickle takes a tenth of the time of JSON.
    """

    key: Callable[[_Item], Any]
    plain: Callable[[_Item], Any]
    item: Callable[[Any], _Item]


class _Stretch(Record):
    """Where pages of items in order stand in the file, and the keys of the first and the last item."""

    start: int
    end: int
    first: Any
    last: Any

    def goes_on(self, other: _Stretch) -> bool:
        """Tell whether another stretch is the rest of this one, in order and in place."""
        return self.end == other.start and bool(self.last <= other.first)


class Sorter(Generic[_Item]):
    """Takes items one by one, holds ``most`` of them in memory, and gives all in order; equal ones as they came.

    A place for temporary files that is full or missing is no error: what does not get there stays in memory. Going
    through the items, which can be done as often as one likes, raises LostError where the disk does not give them back.
    """

    def __init__(self, form: Form[_Item], most: int) -> None:
        self._form = form
        self._most = most
        self._fresh: list[_Item] = []
        self._older: list[_Stretch | list[_Item]] = []
        self._scratch = Scratch()
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def add(self, item: _Item) -> None:
        """Take an item."""
        self._number += 1
        self._fresh.append(item)
        if len(self._fresh) >= self._most:
            self._put_away()

    def _put_away(self) -> None:
        fresh = sorted(self._fresh, key=self._form.key)
        last = self._written(fresh)
        older = self._older[:]
        before = older[-1] if older else None
        if isinstance(before, _Stretch) and isinstance(last, _Stretch) and before.goes_on(last):
            older[-1] = before._replace(end=last.end, last=last.last)
        else:
            older.append(last)
        # At last and at once: who is interrupted before has everything still in memory.
        self._older, self._fresh = older, []

    def _written(self, fresh: list[_Item]) -> _Stretch | list[_Item]:
        """Put items in order on disk, or leave them where they are."""
        key, plain, _ = self._form
        pages: list[bytes] = []
        for start in range(0, len(fresh), _PAGE):
            page = pickle.dumps([plain(item) for item in fresh[start : start + _PAGE]], pickle.HIGHEST_PROTOCOL)
            pages += (_LENGTH.pack(len(page)), page)
        data = b"".join(pages)
        try:
            start = self._scratch.append(data)
        except OSError:
            return fresh
        return _Stretch(start, start + len(data), key(fresh[0]), key(fresh[-1]))

    def __iter__(self) -> Iterator[_Item]:
        key = self._form.key
        older, fresh = self._older, sorted(self._fresh, key=key)
        streams = [self._read(one) if isinstance(one, _Stretch) else iter(one) for one in older]
        bounds = [(one.first, one.last) if isinstance(one, _Stretch) else (key(one[0]), key(one[-1])) for one in older]
        if fresh:
            streams.append(iter(fresh))
            bounds.append((key(fresh[0]), key(fresh[-1])))
        if all(before[1] <= after[0] for before, after in pairwise(bounds)):
            return chain.from_iterable(streams)
        return merge(*streams, key=key)

    def _read(self, stretch: _Stretch) -> Iterator[_Item]:
        read, item, place = self._scratch.read, self._form.item, stretch.start
        while place < stretch.end:
            try:
                (length,) = _LENGTH.unpack(read(place, _LENGTH.size))
                page = read(place + _LENGTH.size, length)
            except OSError as error:
                raise LostError(f"a temporary file cannot be read: {error.strerror or error}") from error
            place += _LENGTH.size + length
            # It comes from this process: no other can name the file.
            yield from map(item, pickle.loads(page))  # noqa: S301
