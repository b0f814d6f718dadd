"""A file put in place in one step: the old or the new one stands there, whole, whatever happens meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def replacing(target: str, temporary: str, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a new file to write to, and rename it over ``target`` when the block ends well.

    ``temporary`` is its path until then, in the same folder, ``mode`` that of a new file before the umask. Where the
    block, or the system, raises, the new file is taken away and the old one stays.
    """
    try:
        with os.fdopen(os.open(temporary, _FLAGS, mode), "wb") as stream:
            yield stream
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def beside(target: str) -> str:
    """Return a path for a temporary file in the folder of a file.

    It is known before the file is there, so that an interruption at any place finds what to take away.
    """
    return os.path.join(os.path.dirname(target), f".newslint-{os.urandom(8).hex()}.tmp")


def flush(stream: BinaryIO) -> None:
    """Bring what was written to the disk, so that no crash of the system makes a renamed file an empty one."""
    stream.flush()
    os.fsync(stream.fileno())
