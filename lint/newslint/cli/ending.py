"""The order to end, which comes as SIGTERM: what is being written is taken away again, workers end, and then we do."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from newslint.cli.exits import TERMINATED


class TerminatedError(BaseException):
    """The order to end; no other guard takes it for a fault."""


_process = 0
"""The process whose command this is: what an executor has forked from it ends at once, as it would without us."""

_told = False
"""Whether the order has come."""


def heed() -> None:
    """Raise TerminatedError in this thread as soon as the order comes, unless somebody else has said what it does."""
    global _process  # noqa: PLW0603 - the handler of a signal is told nothing else
    _process = os.getpid()
    _replace_handler(signal.SIG_DFL, _terminate)


def heed_no_more() -> None:
    """Let the system end this process when the order comes."""
    _replace_handler(_terminate, signal.SIG_DFL)


def raise_if_told() -> None:
    """Raise TerminatedError where the order has come: a library may have taken it for an interrupt."""
    if _told:
        raise TerminatedError


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    global _told  # noqa: PLW0603 - the handler of a signal is told nothing else
    if os.getpid() != _process:
        os._exit(TERMINATED)
    # A second order must not come between.
    signal.signal(number, signal.SIG_IGN)
    _told = True
    raise TerminatedError


def _replace_handler(old: Any, new: Any) -> None:
    # In another thread than the first nobody is told of signals.
    with suppress(ValueError):
        # Who has started a run with the order ignored wants it to outlive that.
        if signal.getsignal(signal.SIGTERM) is old:
            signal.signal(signal.SIGTERM, new)
