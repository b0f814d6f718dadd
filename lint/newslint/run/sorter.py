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
        fresh, self._fresh = self._fresh, []
        fresh.sort(key=key)
        lines = "".join(f"{write(item)}\n" for item in fresh).encode("ascii")
        try:
            start = self._scratch.append(lines)
        except OSError:
            self._older.append(fresh)
            return
        stretch = _Stretch(start, start + len(lines), key(fresh[-1]))
        before = self._older[-1] if self._older else None
        if isinstance(before, _Stretch) and before.last <= key(fresh[0]):
            self._older[-1] = stretch._replace(start=before.start)
        else:
            self._older.append(stretch)

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
