"""What the readers of archives have in common: a member as it comes out of one, and one that cannot be read on."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from newslint.record import Record


class Member(Record):
    """A file in an archive: its name there, and its bytes.

    ``data`` has at most one byte more than the limit; it is None where nobody asked for it, or ``reason`` says why it
    cannot be had.
    """

    name: str
    data: bytes | None = None
    reason: str | None = None


class ArchiveError(Exception):
    """An archive that cannot be read on; the message completes "the archive cannot be read: "."""


Wanted = Callable[[str], bool]
"""Tells by the name of a member whether its bytes are asked for."""

Open = Callable[[], BinaryIO]
"""Opens an archive anew, for reading in any place."""
