"""A file that newslint makes itself: a report, a baseline; whole, or not there."""

from __future__ import annotations

import contextlib
import os
import stat


def put(path: str, data: bytes) -> None:
    """Write a file in one step, through a symbolic link to its target; an old one keeps its mode.

    What is there and is no regular file (a terminal, a pipe, ``/dev/stdout``) is written to as it is. Raises OSError,
    and leaves nothing behind then.
    """
    target = os.path.realpath(path)
    mode = None
    with contextlib.suppress(FileNotFoundError):
        # The path that was given: /dev/stdout leads to something that has no name.
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            with open(path, "wb", buffering=0) as stream:
                stream.write(data)
            return
        mode = stat.S_IMODE(status.st_mode)
    temporary = os.path.join(os.path.dirname(target), f".newslint-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
