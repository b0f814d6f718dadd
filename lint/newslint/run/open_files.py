"""How many files this process may still open (RLIMIT_NOFILE, ``ulimit -n``), and what to say where it may no more."""

from __future__ import annotations

import errno
import os

RAISE_IT = 'raise the limit with "ulimit -n"'
"""What to do, as the end of a sentence."""


def none_left(error: BaseException) -> str | None:
    """Return the system's words where an error means that no more files can be opened, by this process or at all."""
    scarce = isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)
    return os.strerror(error.errno) if scarce else None  # type: ignore[attr-defined]


def spare_files(wanted: int) -> int:
    """Return how many files of those wanted the process may still open; where no system has a limit, all."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
    except ImportError:
        return wanted
    limit, _ = getrlimit(RLIMIT_NOFILE)
    return wanted if limit == RLIM_INFINITY else max(0, min(wanted, limit - _open_files()))


def _open_files() -> int:
    """Return how many files this process has open, those included that it was given."""
    try:
        return len(os.listdir("/dev/fd"))
    except OSError:
        return 3
