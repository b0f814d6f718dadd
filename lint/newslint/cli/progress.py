"""A progress bar on standard error for a long run at a terminal; it leaves nothing behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import click

_AFTER = 1.0
"""Seconds after which a run is a long one."""

_EVERY = 0.1
"""Seconds between two drawings."""

_CLEAN = "\r\x1b[2K\x1b[?25h"
"""Take the line away and show the cursor, which click's bar hides (ECMA-48: EL; DECTCEM)."""

Progress = Callable[[int, int | None], None]
"""Is told how many files of how many are done; None where nobody knows how many there are."""


@contextmanager
def progress(wanted: bool | None) -> Iterator[Progress | None]:
    """Give a function to tell the progress, or None where nobody would see it; ``wanted`` None asks the terminal."""
    stream = sys.stderr
    if wanted is False or stream is None or (wanted is None and not stream.isatty()):
        yield None
        return
    bar = _Bar(stream)
    try:
        yield bar.tell
    finally:
        bar.clear()


class _Bar:
    """Draws click's bar at most ten times a second, and not at all in a short run."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._begun = time.monotonic()
        self._next = self._begun + _AFTER
        self._bar: Any = None

    def tell(self, done: int, total: int | None) -> None:
        """Draw the bar where it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY
        if self._bar is None:
            # How many are done is shown beside the bar, the time left by click.
            self._bar = click.progressbar(count(), length=total, file=self._stream, label="newslint", show_pos=True)
            self._bar.item_show_func = str
        self._bar.length = total
        self._bar.update(done - self._bar.pos, f"{done / (now - self._begun):,.0f} files/s")

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._stream.write(_CLEAN)
            self._stream.flush()
