"""Lets signals wait while something is made or put away that nobody could put away when half of it is there.

They wait in Python: a mask, as :mod:`newslint.run.processes` has one around a fork, would be inherited by the threads
and processes that a library starts meanwhile.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def signals_deferred() -> Iterator[None]:
    """Have what SIGINT and SIGTERM do happen at the end; in another thread than the first nobody is told of them."""
    came: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        came.append(number)

    handlers = {number: handler for number in _SIGNALS if callable(handler := signal.getsignal(number))}
    try:
        # In another thread than the first this is a ValueError.
        with suppress(ValueError):
            for number in handlers:
                signal.signal(number, remember)
        yield
    finally:
        with suppress(ValueError):
            for number, handler in handlers.items():
                signal.signal(number, handler)
        for signum in came:
            signal.raise_signal(signum)
