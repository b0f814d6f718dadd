"""A file without a name for what is too much for memory: it is gone with the process, however that ends."""

from __future__ import annotations

import os
from io import FileIO
from typing import Any, Final

_PREADS: Final = hasattr(os, "pread")
"""Whether the system reads at a place without moving the one at which it writes."""


class _Unnamed(FileIO):
    """A file that is closed with the last reference to it, by C code alone.

    An interrupt that comes while Python code finalizes an object is printed as a traceback and lost.
    """

    __del__ = FileIO.close


class Scratch:
    """Bytes that are put one behind the other, and read again at any place.

    The file is made when the first bytes come. Once the system has refused some, no more are taken: a part of what
    belongs together is of no use.
    """

    def __init__(self) -> None:
        self._file: Any = None
        self._usable = True
        self.size = 0

    def close(self) -> None:
        """Give the room on the disk back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def append(self, data: bytes) -> int:
        """Return the offset at which the bytes are now; raises OSError where they are not, or not all of them."""
        if not self._usable:
            raise OSError("no room for temporary files")
        self._usable = False
        if self._file is None:
            # Imported here because few runs are so large.
            from tempfile import TemporaryFile

            # Without a buffer: what a full disk refuses is known at once, and not when it is too late.
            with TemporaryFile(prefix="newslint-", buffering=0) as file:
                self._file = _Unnamed(os.dup(file.fileno()), "r+b")
        if not _PREADS:
            self._file.seek(self.size)
        written: int = self._file.write(data)
        if written != len(data):
            raise OSError("no room for temporary files")
        self._usable = True
        start = self.size
        self.size += written
        return start

    def read(self, start: int, length: int) -> bytes:
        """Return so many bytes from an offset on; raises OSError where the disk does not give them back."""
        if not length:
            return b""
        if _PREADS:
            data = os.pread(self._file.fileno(), length, start)
        else:
            self._file.seek(start)
            data = self._file.read(length)
        if len(data) != length:
            raise OSError("a temporary file has lost what was written to it")
        return data
