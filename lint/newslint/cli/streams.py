"""Standard output and error, which may be closed, full, unread or not UTF-8: written to here alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from newslint.output.escape import terminal

_BLOCK: Final = 1_048_576
"""Characters that are written at a time: nobody has to hold a report of gigabytes."""


class OutputError(Exception):
    """Standard output that cannot be written; the message is the system's reason."""


def prepare() -> None:
    """Let no character raise: a stream that is not UTF-8 shows an escape for what it cannot."""
    for stream in (sys.stdout, sys.stderr):
        # Whoever runs the command inside a program may have put something else there.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def write(text: str | bytes, *, utf8: bool = False) -> None:
    """Write to standard output; with ``utf8`` in UTF-8 whatever the locale, as formats for programs are; bytes as such.

    Does nothing where standard output is closed. Raises OutputError where it cannot be written, and BrokenPipeError
    where nobody reads on.
    """
    if sys.stdout is None:
        return
    try:
        if isinstance(text, bytes) or (utf8 and hasattr(sys.stdout, "buffer")):
            sys.stdout.flush()
            sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode("utf-8"))
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def in_blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a text that comes in many small pieces in few large ones; of nothing that is one empty piece."""
    block: list[str] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def say(message: str) -> None:
    """Write one line to standard error, if that is possible."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"newslint: {terminal(message)}\n")
            sys.stderr.flush()
        except OSError:
            silence(sys.stderr)


def silence(stream: TextIO | None) -> None:
    """Send what a stream still holds, and what comes, to nowhere, so that Python does not complain at its end."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
