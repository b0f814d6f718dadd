"""Facts of more files than memory is for: parted by their keys into files without a name, and read a part at a time.

All facts of one key are in one part, so each part can be judged by itself. Of a part its numbers are in memory, and the
facts that can be at odds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from newslint.engine.archive import CodedFact
from newslint.rules.rule import FiledFact
from newslint.settings import LostError

PARTS = 64
"""Parts: of 10 million articles each has some 600,000 facts, fewer than are compared in memory without any."""

_BUFFER = 65_536
"""Bytes of each part that wait in memory to be written."""


Glance = tuple[int, int | None]
"""What the first look at a fact is at: the hash of its key, and that of its value where equal ones are at peace."""


class Parts:
    """Takes facts with what is looked at first, and gives them back part by part, in order.

    Raises LostError where there is no place for temporary files, or it is full: nobody would know then which articles
    are at odds.
    """

    def __init__(self) -> None:
        # Imported here because few runs are so large.
        from tempfile import TemporaryFile

        self._files: list[Any] = []
        try:
            for _ in range(PARTS):
                self._files.append(TemporaryFile(prefix="newslint-", buffering=_BUFFER))  # noqa: SIM115 - they live on
        except OSError as error:
            raise _lost(error) from error

    def __del__(self) -> None:
        for file in self._files:
            file.close()

    def add(self, path: str, facts: tuple[CodedFact, ...], glances: list[Glance]) -> None:
        """Take the facts of one file."""
        try:
            for (code, fact), (mark, side) in zip(facts, glances, strict=False):
                # JSON in ASCII, so that a name that is no UTF-8 gets through, and each fact is one line.
                row = json.dumps([code, path, fact.key, fact.pointer, fact.value, fact.number])
                self._files[mark % PARTS].write(f"{mark} {'' if side is None else side} {row}\n".encode("ascii"))
        except OSError as error:
            raise _lost(error) from error

    def read(self) -> Iterator[Part]:
        """Yield each part; it is to be read before the next one."""
        for file in self._files:
            yield Part(file)
            file.close()


class Part:
    """The facts whose keys have one remainder."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def glances(self) -> Iterator[Glance]:
        """Yield what is looked at first, of each fact."""
        for mark, side, _ in self._rows():
            yield int(mark), int(side) if side else None

    def facts(self, marks: set[int]) -> Iterator[CodedFact]:
        """Yield the facts of some keys."""
        for mark, _, row in self._rows():
            if int(mark) in marks:
                code, path, key, pointer, value, number = json.loads(row)
                yield code, FiledFact(path, key, tuple(pointer), value, number)

    def _rows(self) -> Iterator[list[bytes]]:
        try:
            self._file.seek(0)
            for line in self._file:
                yield line.split(b" ", 2)
        except OSError as error:
            raise _lost(error) from error


def _lost(error: OSError) -> LostError:
    return LostError(f"the facts of so many files need temporary files: {error.strerror or error}")
