"""More items than memory is for, in order: sorted by the stretch, put on disk, and merged as they are read.

What comes in its order already, as the files of most archives do, is one stretch, however long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge
from operator import methodcaller
from typing import Any, Generic, NamedTuple, TypeVar

from newslint.record import Record
from newslint.run.scratch import Scratch
from newslint.settings import LostError

_Item = TypeVar("_Item")

_BLOCK = 16_384
"""Bytes of a stretch that are read at a time: there may be hundreds."""


_ascii = methodcaller("decode", "ascii")


class Form(NamedTuple, Generic[_Item]):
    """What items are ordered by, and how each is one line of ASCII; ``read`` makes an item of the line."""

    key: Callable[[_Item], Any]
    write: Callable[[_Item], str]
    read: Callable[[str], _Item]


class _Stretch(Record):
    """Where lines in order stand in the file, and the key of the last one."""

    start: int
    end: int
    last: Any

    def goes_on(self, other: _Stretch, first: Any) -> bool:
        """Tell whether another stretch, whose first key is given, is the rest of this one, in order and in place."""
        return self.end == other.start and bool(self.last <= first)


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
        key, write, _ = self._form
        fresh = sorted(self._fresh, key=key)
        last = self._written(fresh, "".join(f"{write(item)}\n" for item in fresh).encode("ascii"))
        older = self._older[:]
        before = older[-1] if older else None
        if isinstance(before, _Stretch) and isinstance(last, _Stretch) and before.goes_on(last, key(fresh[0])):
            older[-1] = last._replace(start=before.start)
        else:
            older.append(last)
        # At last and at once: who is interrupted before has everything still in memory.
        self._older, self._fresh = older, []

    def _written(self, fresh: list[_Item], lines: bytes) -> _Stretch | list[_Item]:
        """Put items in order, given as lines, too, on disk, or leave them where they are."""
        try:
            start = self._scratch.append(lines)
        except OSError:
            return fresh
        return _Stretch(start, start + len(lines), self._form.key(fresh[-1]))

    def __iter__(self) -> Iterator[_Item]:
        key = self._form.key
        streams = [self._read(one) if isinstance(one, _Stretch) else iter(one) for one in self._older]
        if self._fresh or not streams:
            streams.append(iter(sorted(self._fresh, key=key)))
        return merge(*streams, key=key) if len(streams) > 1 else streams[0]

    def _read(self, stretch: _Stretch) -> Iterator[_Item]:
        read, place, rest = self._form.read, stretch.start, b""
        while place < stretch.end:
            length = min(_BLOCK, stretch.end - place)
            try:
                block = self._scratch.read(place, length)
            except OSError as error:
                raise LostError(f"a temporary file cannot be read: {error.strerror or error}") from error
            place += length
            *lines, rest = (rest + block).split(b"\n")
            # JSON in bytes would be searched for its encoding.
            yield from map(read, map(_ascii, lines))
