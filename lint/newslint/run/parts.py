"""Facts of more files than memory is for: on disk as they came, and what the first look is at parted by their keys.

The numbers of one key are all in one part, so each part can be looked at by itself. In memory are the numbers of one
part, and of the facts those that can be at odds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from struct import Struct

from newslint.run.open_files import RAISE_IT, none_left
from newslint.run.scratch import Scratch
from newslint.settings import LostError

PARTS = 64
"""Parts: of 10 million articles each has some 600,000 facts, as many as are looked at in 60 MB."""

_HELD = 1_536
"""Numbers of each part that wait in memory to be written."""

_BLOCK = 65_536
"""Bytes of texts that wait in memory to be written."""

_SIZES = Struct("<LL")

Placed = tuple[int, int, int]
"""What the first look at a fact is at, the numbers of its key and its value, and where its file's facts are."""


class Parts:
    """Takes the facts of files as texts, with what is looked at first, and gives those back part by part.

    Raises LostError where there is no place for temporary files, or it is full: nobody would know then which articles
    are at odds.
    """

    def __init__(self) -> None:
        self._texts = Scratch()
        self._waiting: list[bytes] = []
        self._size = 0
        self._parts = [_Part() for _ in range(PARTS)]

    def add(self, path: str, text: str, marks: Iterable[int], sides: Iterable[int]) -> None:
        """Take the facts of one file, and the numbers of the key and the value of each."""
        name, facts = path.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass")
        place = self._texts.size + self._size
        self._waiting += (_SIZES.pack(len(name), len(facts)), name, facts)
        self._size += _SIZES.size + len(name) + len(facts)
        try:
            for mark, side in zip(marks, sides, strict=True):
                self._parts[mark % PARTS].add(mark, side, place)
            if self._size >= _BLOCK:
                self._put_away()
        except OSError as error:
            raise _lost(error) from error

    def _put_away(self) -> None:
        self._texts.append(b"".join(self._waiting))
        self._waiting, self._size = [], 0

    def read(self) -> Iterator[Iterable[Placed]]:
        """Yield each part, which can be gone through more than once, until the next one is asked for."""
        try:
            self._put_away()
        except OSError as error:
            raise _lost(error) from error
        for part in self._parts:
            yield part
            part.close()

    def text(self, place: int) -> tuple[str, str]:
        """Return the path of a file and the text of its facts."""
        try:
            sizes = _SIZES.unpack(self._texts.read(place, _SIZES.size))
            both = self._texts.read(place + _SIZES.size, sum(sizes))
        except OSError as error:
            raise _lost(error) from error
        name, facts = both[: sizes[0]], both[sizes[0] :]
        return name.decode("utf-8", "surrogatepass"), facts.decode("utf-8", "surrogatepass")


class _Part(Iterable[Placed]):
    """What is looked at first, of the facts whose keys have one remainder."""

    def __init__(self) -> None:
        self._held = array("q")
        self._scratch = Scratch()

    def add(self, *numbers: int) -> None:
        """Take a mark, a side and a place; raises OSError."""
        self._held.extend(numbers)
        if len(self._held) >= _HELD:
            self._scratch.append(self._held.tobytes())
            self._held = array("q")

    def close(self) -> None:
        self._held = array("q")
        self._scratch.close()

    def __iter__(self) -> Iterator[Placed]:
        for numbers in self._numbers():
            yield from zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)

    def _numbers(self) -> Iterator[array[int]]:
        size = _HELD * self._held.itemsize
        for start in range(0, self._scratch.size, size):
            numbers = array("q")
            try:
                numbers.frombytes(self._scratch.read(start, size))
            except OSError as error:
                raise _lost(error) from error
            yield numbers
        yield self._held


def _lost(error: OSError) -> LostError:
    hint = f"; {RAISE_IT}" if none_left(error) else ""
    return LostError(f"the facts of so many files need temporary files: {error.strerror or error}{hint}")
