"""The part of the cache that one folder has: a line for each file, and the facts in a file beside it, in this order.

The facts are most of it, and nobody reads them while no file of the archive has changed. Both files begin with the same
``mark``: facts that another run has put beside these lines meanwhile are not theirs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import chain

from newslint.atomic import replacing
from newslint.limits import MAX_SHARD_SIZE, SHARD_BYTES_PER_FILE
from newslint.record import Record
from newslint.run.reading import UnreadableError, open_file
from newslint.run.spool import Spool, Waiting

VERSION = "newslint-cache-2"
SEPARATOR = "\t"
"""JSON has no tabs but those between its tokens, which are not written."""

_ERRORS = (OSError, UnreadableError, ValueError, LookupError, TypeError, RecursionError, StopIteration)


class Added(Record):
    """What this run has worked out about a file: the line with its name, and the facts."""

    line: Waiting
    facts: Waiting


class Shard:
    """The entries of one folder by file name, as both are written; ``written`` is when, in nanoseconds since 1970.

    ``added`` are those of this run: nobody looks them up again. A shard that is not ``wanted`` is neither read nor
    written. ``held`` counts the entries that files were found to have.
    """

    def __init__(self, path: str, *, wanted: bool = True) -> None:
        self.path = path
        self.lines: dict[str, str] = {}
        self.added: list[Added] = []
        self.written = 0
        self.wanted = wanted
        self.changed = False
        self.held = 0
        self._mark = ""
        self._names: tuple[str, ...] = ()
        self._facts: dict[str, str] | None = None

    def read(self, key: str, now: float, count: int) -> None:
        """Read the lines, if the shard is of this key, of no later time, whole, and not too large for ``count`` files.

        Any doubt leaves it empty.
        """
        try:
            status = os.stat(self.path)
            if status.st_size > MAX_SHARD_SIZE:
                return
            if status.st_size > SHARD_BYTES_PER_FILE * count:
                # To read it would take longer than to lint these few files.
                self.wanted = False
                return
            with open_file(self.path) as stream:
                head, *rest = _lines(stream.read(MAX_SHARD_SIZE))
            version, of, made, number, mark = head.split(SEPARATOR)
            if (version, of) != (VERSION, key) or not float(made) <= now or _mark_of(self._beside, key) != mark:
                # "nan" is neither earlier nor later.
                return
            lines = dict(line.split(SEPARATOR, 1) for line in rest)
            # A shard that was cut off has another number of lines.
            if int(number) == len(rest) == len(lines):
                self.lines, self.written, self._mark, self._names = lines, status.st_mtime_ns, mark, tuple(lines)
        except _ERRORS:
            return

    @property
    def _beside(self) -> str:
        """Where the facts are."""
        return f"{os.path.splitext(self.path)[0]}.facts"

    def facts(self, key: str) -> dict[str, str]:
        """Return the facts of the entries that were read, by name; none where they are not what stood there."""
        if self._facts is None:
            self._facts = self._read_facts(key) if self._names else {}
        return self._facts

    def _read_facts(self, key: str) -> dict[str, str]:
        try:
            with open_file(self._beside) as stream:
                head, *rest = _lines(stream.read(MAX_SHARD_SIZE))
            if head != SEPARATOR.join((VERSION, key, self._mark)):
                return {}
            return dict(zip(self._names, rest, strict=True))
        except _ERRORS:
            return {}

    def forget_facts(self) -> None:
        """Let go of what :meth:`facts` has read."""
        self._facts = None

    def write(self, key: str, now: float, spool: Spool) -> None:
        """Write the entries, and the facts beside them first; raises OSError."""
        facts = self.facts(key)
        kept = [name for name in self.lines if name in facts]
        mark = os.urandom(16).hex()
        _put(
            self._beside,
            SEPARATOR.join((VERSION, key, mark)),
            chain((facts[name] for name in kept), (spool.text(one.facts) for one in self.added)),
        )
        self.forget_facts()
        _put(
            self.path,
            SEPARATOR.join((VERSION, key, repr(now), str(len(kept) + len(self.added)), mark)),
            chain(
                (f"{name}{SEPARATOR}{self.lines[name]}" for name in kept),
                (spool.text(one.line) for one in self.added),
            ),
        )


def written_name(name: str) -> str:
    """Return a file's name as it stands in a shard: as JSON, so that any name stands on one line."""
    if name.isascii() and name.isprintable() and not ('"' in name or "\\" in name):
        return f'"{name}"'
    return json.dumps(name)


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file of the cache; raises ValueError where it is not ASCII or was cut off."""
    text = data.decode("ascii")
    if not text.endswith("\n"):
        raise ValueError("the last line is cut off")
    return text[:-1].split("\n")


def _mark_of(path: str, key: str) -> str:
    """Return the mark of a file of facts; raises ValueError for what is none of this key, OSError, UnreadableError."""
    with open_file(path) as stream:
        version, of, mark = stream.readline(200).decode("ascii").removesuffix("\n").split(SEPARATOR)
    if (version, of) != (VERSION, key):
        raise ValueError("the facts of another key")
    return mark


def _put(path: str, head: str, lines: Iterator[str]) -> None:
    # In a container each run may have the same number, so that is no name for what a killed one leaves behind.
    with replacing(path, f"{path}.{os.urandom(8).hex()}.tmp") as stream:
        stream.write(f"{head}\n".encode("ascii"))
        for line in lines:
            stream.write(f"{line}\n".encode("ascii"))
