"""Texts that wait for the end of a run: in memory while they are few, in a file without a name once they are many."""

from __future__ import annotations

from typing import BinaryIO

from newslint.limits import MAX_WAITING

Waiting = str | int
"""A text, or where it stands in the file."""


class Spool:
    """Keeps ASCII texts of one line each; the file is gone with the process, however that ends.

    A place for temporary files that is full or missing is no error: the texts stay in memory then.
    """

    def __init__(self) -> None:
        self._size = 0
        self._end = 0
        self._file: BinaryIO | None = None
        self._usable = True

    def keep(self, text: str) -> Waiting:
        """Return what :meth:`text` makes the text of again."""
        self._size += len(text)
        if self._size <= MAX_WAITING or not self._usable:
            return text
        try:
            if self._file is None:
                # Imported here because few runs are so large.
                from tempfile import TemporaryFile

                self._file = TemporaryFile(prefix="newslint-")  # noqa: SIM115 - it lives as long as the run
            self._file.seek(self._end)
            self._file.write(text.encode("ascii") + b"\n")
        except OSError:
            self._usable = False
            return text
        start = self._end
        self._end += len(text) + 1
        return start

    def text(self, waiting: Waiting) -> str:
        """Return a text that was kept; raises OSError where the file cannot be read any more."""
        if isinstance(waiting, str):
            return waiting
        if self._file is None:
            raise OSError("there is no file")
        self._file.seek(waiting)
        return self._file.readline().decode("ascii").rstrip("\n")
