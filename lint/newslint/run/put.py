"""A file that newslint makes itself: a report, a baseline; whole, or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable

from newslint.atomic import beside, flush, replacing


def put(path: str, data: bytes | Iterable[bytes]) -> None:
    """Write a file in one step, through a symbolic link to its target; an old one keeps its mode.

    ``data`` are its bytes, whole or in parts.
    What is there and is no regular file (a terminal, a pipe) is written to as it is. So is what standard output or
    error go to (``/dev/stdout``): it may be a file to which more is written. Raises OSError, and leaves nothing behind
    then; so it does where a link below the working directory leads out of it, since a merge request can bring one.
    """
    parts = (data,) if isinstance(data, bytes) else data
    target = os.path.realpath(path)
    here = os.getcwd()
    if _is_below(os.path.abspath(path), here) and not _is_below(target, os.path.realpath(here)):
        raise OSError(errno.ELOOP, "a link on the way leads out of this folder")
    mode = None
    with contextlib.suppress(FileNotFoundError):
        # The path that was given: /dev/stdout leads to something that has no name.
        status = os.stat(path)
        number = _stream(status)
        if number is not None:
            for part in parts:
                _write_all(number, part)
            return
        if not stat.S_ISREG(status.st_mode):
            with open(path, "wb", buffering=0) as stream:
                for part in parts:
                    stream.write(part)
            return
        mode = stat.S_IMODE(status.st_mode)
    temporary = beside(target)
    with replacing(target, temporary) as stream:
        stream.writelines(parts)
        flush(stream)
        if mode is not None:
            os.chmod(temporary, mode)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _stream(status: os.stat_result) -> int | None:
    """Return the number of standard output or error where it goes to what has this status."""
    for stream in (sys.stdout, sys.stderr):
        # A stream may be closed, or be none of the system's.
        with contextlib.suppress(AttributeError, OSError, ValueError):
            number = stream.fileno()
            if os.path.samestat(status, os.fstat(number)):
                stream.flush()
                return number
    return None


def _write_all(number: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(number, view) :]
