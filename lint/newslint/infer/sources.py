"""The files that a schema is inferred from or tried on: those with front matter, each read within the limits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Final

from newslint.document.document import Document
from newslint.document.read import read
from newslint.document.source import Fences, decode, find_fences
from newslint.engine.locate import span_of
from newslint.finding import readable_pointer
from newslint.record import Record
from newslint.run.discovery import Selection, discover
from newslint.run.names import shown_path
from newslint.run.reading import UnreadableError, read_file

_HARMLESS: Final = frozenset({"NL010", "NL011", "NL012"})
"""What may be said of a text whose data is nevertheless what its author wrote."""


class BrokenFileError(Exception):
    """A file whose data cannot be had, or is not what its author meant; the message says why."""


class NoFrontMatterError(Exception):
    """A file that has no front matter."""


class Loaded(Record):
    """One file: its path as it is shown, its bytes, and the document in it."""

    path: str
    data: bytes
    document: Document


class Sources:
    """The files under some paths, in the order of their paths.

    While it is walked, ``broken`` collects the files that could not be used with the reason, and ``passed_over`` counts
    those found in folders that have no front matter. Raises MissingPathError for a path that is not there.
    """

    def __init__(self, paths: Sequence[str], selection: Selection, limit: int) -> None:
        self._limit = limit
        self._candidates = sorted(
            (candidate for candidate in discover(paths, selection) if candidate.skipped is None),
            key=lambda candidate: candidate.path,
        )
        self.broken: list[tuple[str, str]] = []
        self.passed_over = 0

    def __iter__(self) -> Iterator[Loaded]:
        """Yield the files that hold a document; begins anew each time."""
        self.broken, self.passed_over = [], 0
        for candidate in self._candidates:
            shown = shown_path(candidate.path)
            try:
                if candidate.unreadable is not None:
                    raise BrokenFileError(candidate.unreadable)
                yield load(candidate.path, shown, self._limit)
            except NoFrontMatterError as error:
                if candidate.named:
                    self.broken.append((shown, str(error)))
                else:
                    self.passed_over += 1
            except BrokenFileError as error:
                self.broken.append((shown, str(error)))


def load(path: str, shown: str, limit: int) -> Loaded:
    """Return what a file holds, of at most ``limit`` bytes; raises BrokenFileError and NoFrontMatterError."""
    try:
        data = read_file(path, limit)
    except UnreadableError as error:
        raise BrokenFileError(error.reason) from error
    if len(data) > limit:
        raise BrokenFileError(f"the file is larger than {limit:,} bytes")
    source, undecodable = decode(os.path.basename(shown), data)
    fences = find_fences(source)
    if not isinstance(fences, Fences):
        code, violation = fences
        if code == "NL003":
            raise NoFrontMatterError(violation.message)
        raise BrokenFileError(violation.message)
    if undecodable is not None:
        raise BrokenFileError(undecodable[1].message)
    reading = read(source, fences.yaml)
    # Without the fields by kind, so that the schema alone is asked what is wrong with it.
    document = Document(source.name, reading, source, fences)
    fault = next((violation for code, violation in reading.violations if code not in _HARMLESS), None)
    if fault is not None:
        line, _ = source.position(span_of(fault, fences, document if reading.data is not None else None).start)
        raise BrokenFileError(f"line {line}: {fault.message}")
    for pointer, reason in reading.refused.items():
        raise BrokenFileError(f"{readable_pointer(pointer)}: this number {reason}")
    return Loaded(shown, data, document)
