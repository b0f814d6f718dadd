"""Texts that wait for the end of a run: in memory while they are few, in a file without a name once they are many."""

from __future__ import annotations

from newslint.limits import MAX_WAITING
from newslint.run.scratch import Scratch

Waiting = str | int
"""A text, or where it stands in the file: its offset and, in the lower 32 bits, its length."""

_LENGTH_BITS = 32


class Spool:
    """Keeps ASCII texts; the file is gone with the process, however that ends.

    A place for temporary files that is full or missing is no error: what does not get there whole stays in memory.
    """

    def __init__(self) -> None:
        self._size = 0
        self._scratch = Scratch()

    def keep(self, text: str) -> Waiting:
        """Return what :meth:`text` makes the text of again."""
        self._size += len(text)
        if self._size <= MAX_WAITING:
            return text
        data = text.encode("ascii")
        try:
            return self._scratch.append(data) << _LENGTH_BITS | len(data)
        except OSError:
            return text

    def text(self, waiting: Waiting) -> str:
        """Return a text that was kept; raises OSError where the disk does not give it back."""
        if isinstance(waiting, str):
            return waiting
        return self._scratch.read(waiting >> _LENGTH_BITS, waiting & ((1 << _LENGTH_BITS) - 1)).decode("ascii")
