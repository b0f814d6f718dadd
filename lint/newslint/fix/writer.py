"""New bytes for a file: the old or the new file stands there, whole, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import os
import stat

from newslint.atomic import beside, flush, replacing


class NotWrittenError(Exception):
    """A file that stays as it was; the message says why, and completes "... is not written: ..."."""


class WriteFailedError(NotWrittenError):
    """A file that stays as it was because the system refused to write: a full disk, a missing permission."""


def write_file(path: str, before: bytes, after: bytes) -> None:
    """Put new bytes in a file's place, in one step.

    The new file is written beside the target, to which symbolic links lead, and renamed over it, with the old one's
    mode and, where that is allowed, its owner; another hard link to the old file keeps its bytes. ``before`` are the
    bytes that were read: a file that holds others now is somebody else's work. Raises NotWrittenError for that, and for
    what is no regular file or is protected against writing, and WriteFailedError for what the system says. Nothing is
    left behind then, and neither is where it is interrupted.
    """
    target = os.path.realpath(path)
    try:
        _replace(target, before, after)
    except OSError as error:
        raise WriteFailedError(error.strerror or str(error)) from error


def _replace(target: str, before: bytes, after: bytes) -> None:
    old = os.stat(target)
    if not stat.S_ISREG(old.st_mode):
        raise NotWrittenError("it is no regular file")
    if not os.access(target, os.W_OK):
        raise NotWrittenError("it is protected against writing")
    temporary = beside(target)
    # Nobody else reads the new file before it has the old one's mode.
    with replacing(target, temporary, 0o600) as stream:
        stream.write(after)
        stream.flush()
        _keep_owner_and_mode(stream.fileno(), temporary, old)
        flush(stream)
        if _read(target, len(before) + 1) != before:
            raise NotWrittenError("it has changed since it was read")
    _sync_folder(os.path.dirname(target))


def _keep_owner_and_mode(descriptor: int, temporary: str, old: os.stat_result) -> None:
    new = os.fstat(descriptor)
    if hasattr(os, "fchown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        # Only root may give a file away; anybody else gets a file of their own, as every editor does it.
        with contextlib.suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    # The owner comes first: giving a file away takes some bits of its mode away.
    os.chmod(temporary, stat.S_IMODE(old.st_mode))


def _read(target: str, limit: int) -> bytes:
    """Return a file's bytes, at most ``limit`` of them; a FIFO that has taken its place is not waited for."""
    descriptor = os.open(target, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(limit)


def _sync_folder(folder: str) -> None:
    """Make the renaming itself last; not every system can do that with a folder (Windows cannot)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
