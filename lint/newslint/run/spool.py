"""Texts that wait for the end of a run: in memory while they are few, in a file without a name once they are many."""

from __future__ import annotations

import os
from typing import Any

from newslint.limits import MAX_WAITING

Waiting = str | int
"""A text, or where it stands in the file: its offset and, in the lower 32 bits, its length."""

_LENGTH_BITS = 32


class Spool:
    """Keeps ASCII texts; the file is gone with the process, however that ends.

    A place for temporary files that is full or missing is no error: what does not get there whole stays in memory.
    """

    def __init__(self) -> None:
        self._size = 0
        self._end = 0
        self._file: Any = None
        self._usable = True

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def keep(self, text: str) -> Waiting:
        """Return what :meth:`text` makes the text of again."""
        self._size += len(text)
        if self._size <= MAX_WAITING or not self._usable:
            return text
        data = text.encode("ascii")
        try:
            if self._file is None:
                # Imported here because few runs are so large.
                from tempfile import TemporaryFile

                # Without a buffer: what a full disk refuses is known at once, and not when it is too late.
                self._file = TemporaryFile(prefix="newslint-", buffering=0)  # noqa: SIM115 - it lives with the run
            written = self._file.write(data)
        except OSError:
            written = 0
        if written != len(data):
            self._usable = False
            return text
        start = self._end
        self._end += len(data)
        return start << _LENGTH_BITS | len(data)

    def text(self, waiting: Waiting) -> str:
        """Return a text that was kept; raises OSError where the disk does not give it back."""
        if isinstance(waiting, str):
            return waiting
        start, length = waiting >> _LENGTH_BITS, waiting & ((1 << _LENGTH_BITS) - 1)
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), length, start).decode("ascii")
        self._file.seek(start)
        data: bytes = self._file.read(length)
        self._file.seek(self._end)
        return data.decode("ascii")
