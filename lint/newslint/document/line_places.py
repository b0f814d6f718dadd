"""The places of a front matter that was read line by line: numbers of lines, from which columns are made on demand."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from newslint.document.line_grammar import STYLES
from newslint.document.reading import Place
from newslint.document.source import Source
from newslint.finding import Pointer

Row = tuple[str, str, str]
"""What is written on a line: lead (indentation and dash), key, and the value with its quotes, which ends the line."""

Lines = dict[str | int, int] | list[int]
"""The number of the line of each key of a mapping, or of each item of a list."""


class LinePlaces:
    """Places worked out from what is written on each line, for a text in which nothing stands behind a value.

    The reader fills in ``root``, the lines of the fields, ``below``, the lines of the collection that follows a line
    with a key and no value, and ``items``, the lines of the mapping that begins on the line of a list's item. Lines are
    counted from 0, which is the one behind the line feed at ``start``.
    """

    def __init__(self, source: Source, start: int, rows: list[Row]) -> None:
        self.root: dict[str | int, int] = {}
        self.below: dict[int, Lines] = {}
        self.items: dict[int, Lines] = {}
        self._source = source
        self._start = start
        self._rows = rows

    def value(self, pointer: Pointer) -> Place | None:
        """Return the place of a value."""
        found = self._find(pointer)
        if found is None:
            return None
        number, lines = found
        if lines is None:
            return self._written(number)
        start = self._first(lines)
        while lines is not None:
            number, lines = self._last(lines)
        return Place(start, self._written(number).end, "block")

    def style(self, pointer: Pointer) -> str | None:
        """Return how a value is written."""
        found = self._find(pointer)
        if found is None or found[1] is not None:
            return None if found is None else "block"
        return STYLES.get(self._rows[found[0]][2][:1], "plain")

    def key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that a value stands under."""
        parent = self._find(pointer[:-1]) if pointer else None
        lines = parent[1] if parent is not None else None
        number = lines.get(pointer[-1]) if isinstance(lines, dict) else None
        return None if number is None else self._key(number)

    def first_key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that is written first in a mapping."""
        found = self._find(pointer)
        lines = found[1] if found is not None else None
        return self._key(next(iter(lines.values()))) if isinstance(lines, dict) else None

    @cached_property
    def _starts(self) -> list[int]:
        """The offsets at which the lines begin, and the one behind them."""
        starts = self._source.line_starts
        first = bisect_right(starts, self._start)
        return starts[first : first + len(self._rows) + 1]

    def _find(self, pointer: Pointer) -> tuple[int, Lines | None] | None:
        """Return the line at which a value begins, and the lines of what is in it where it is a block collection."""
        number = 0
        lines: Lines | None = self.root
        for step in pointer:
            if isinstance(lines, dict):
                found = lines.get(step)
                if found is None:
                    return None
                number, lines = found, self.below.get(found)
            elif lines is not None and isinstance(step, int) and 0 <= step < len(lines):
                number = lines[step]
                lines = self.items.get(number)
            else:
                return None
        return number, lines

    def _first(self, lines: Lines) -> int:
        """Return the offset at which a block collection begins: its first key or its first dash."""
        if isinstance(lines, dict):
            return self._key(next(iter(lines.values()))).start
        return self._starts[lines[0]] + self._rows[lines[0]][0].index("-")

    def _last(self, lines: Lines) -> tuple[int, Lines | None]:
        """Return the line of the last child of a block collection, and the lines of what is in it."""
        if isinstance(lines, dict):
            number = next(reversed(lines.values()))
            return number, self.below.get(number)
        return lines[-1], self.items.get(lines[-1])

    def _key(self, number: int) -> Place:
        lead, key, _ = self._rows[number]
        start = self._starts[number] + len(lead)
        return Place(start, start + len(key), "plain")

    def _written(self, number: int) -> Place:
        """Return the place of the value that stands on a line; one that is not written is empty, behind the colon."""
        lead, key, written = self._rows[number]
        if not written:
            start = self._starts[number] + len(lead) + len(key) + 1
            return Place(start, start, "plain")
        end = self._starts[number + 1] - 1
        if self._source.text[end - 1] == "\r":
            end -= 1
        return Place(end - len(written), end, STYLES.get(written[0], "plain"))
