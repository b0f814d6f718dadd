"""The bytes of a file: looked at before it is opened, never waited for, and never more than the limit."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from newslint.record import Record


class UnreadableError(Exception):
    """A file that cannot be read; ``reason`` and ``hint`` are for its NL001."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


class Stamp(Record):
    """What a file's times and size were before it was read: nanoseconds since 1970, bytes."""

    mtime: int
    ctime: int
    size: int


class Contents(Record):
    """A file's bytes, and its stamp."""

    data: bytes
    stamp: Stamp


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp in what the system says of a file."""
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def read_file(path: str, limit: int) -> bytes:
    """Return a file's bytes as :func:`read_contents` does."""
    return read_contents(path, limit).data


def open_file(path: str) -> BinaryIO:
    """Return a regular file, open for reading; raises UnreadableError for what is none, and OSError."""
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("this is no regular file", "Name a file")
    return os.fdopen(descriptor, "rb")


def read_contents(path: str, limit: int) -> Contents:
    """Return a file's bytes, at most ``limit`` plus one (so that the caller sees that it is too large), and its stamp.

    Raises UnreadableError for what is no regular file, cannot be opened or cannot be read. A FIFO or a device is never
    opened.
    """
    try:
        before = os.stat(path)
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableError(f"this is no regular file but {_kind(before.st_mode)}", "Name a file")
        # Without blocking, in case a FIFO has taken the file's place since the look at it.
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("this is no regular file", "Name a file")
            return Contents(_read(descriptor, status.st_size, limit), stamp_of(status))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror or error}", _hint(error)) from error
    except ValueError as error:
        raise UnreadableError(f"the file cannot be read: {error}") from error


_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _read(descriptor: int, size: int, limit: int) -> bytes:
    """Return what an open file holds, at most ``limit`` plus one bytes; ``size`` is how much that probably is."""
    data = os.read(descriptor, min(size, limit) + 1)
    # A regular file gives less than it is asked for only at its end; this one may have grown.
    while size < len(data) <= limit and (more := os.read(descriptor, limit + 1 - len(data))):
        data += more
    return data


def read_stream(stream: BinaryIO, limit: int) -> bytes:
    """Return what a stream holds, at most ``limit`` plus one bytes."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _hint(error: OSError) -> str | None:
    if isinstance(error, PermissionError):
        return "Give yourself the right to read it"
    if isinstance(error, FileNotFoundError):
        return "The link leads nowhere, or the file has just been deleted"
    # Imported here because hardly any run opens so many.
    from newslint.run.open_files import RAISE_IT, none_left

    return RAISE_IT.capitalize() if none_left(error) is not None else None


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"))
    return next((name for test, name in kinds if test(mode)), "a device")
