"""The way in: an interrupt is answered by the exit code alone while the command is loaded, and when it has ended."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

from newslint.cli.exits import INTERRUPTED


def main() -> None:
    """Run the command on ``sys.argv`` and exit."""
    # Whoever has said that the run is to outlive an interrupt is obeyed (nohup, a shell's background jobs).
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, _leave)
    # Imported here because it takes time, in which somebody may change their mind.
    from newslint.cli.main import main as command

    try:
        if heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        command()
    except KeyboardInterrupt:
        _leave()
    finally:
        if heeded:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave(number: int = 0, frame: FrameType | None = None) -> NoReturn:
    # Nothing has been begun yet that would have to be ended.
    os._exit(INTERRUPTED)
