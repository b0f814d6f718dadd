"""The accelerator in front of libyaml: reads the lines that generated articles are made of, and passes on all others.

It may only say "this is certainly the data"; it never reports a fault and has no opinion. What is outside its grammar
(:mod:`~newslint.document.line_grammar`), wrong or merely unusual, is for :mod:`~newslint.document.events`, which
defines what is right. Where the two disagree, the cure is to pass on.
"""

from __future__ import annotations

from typing import Any, Final

from newslint.document.line_grammar import LINE, is_odd, value_of
from newslint.document.line_places import LinePlaces, Row
from newslint.document.reading import Reading
from newslint.document.scalars import RefusedNumber
from newslint.document.source import Source
from newslint.finding import Span
from newslint.limits import MAX_DEPTH, MAX_NODES

_NODES_OF_A_LINE: Final = 4
"""The most that libyaml counts: the collection that a line opens, an item that is a mapping, the key, the value."""

_IN_LIST: Final = "-"
"""The indentation of the fields of a list, which has none: the lead of no line."""

_NO_KEYS: Final = frozenset(
    form
    for word in ("null", "yes", "no", "true", "false", "on", "off")
    for form in (word, word.capitalize(), word.upper())
)
"""The words that are no text, so that as keys they are findings."""


def read_lines(source: Source, span: Span) -> Reading | None:
    """Return what ``events.read`` returns for the same text, or None to pass on; never raises on any text.

    Where there is a reading, nothing is wrong with the text: data and places are all that it holds.
    """
    text, end = source.text, span.end
    start = span.start + text.startswith("\r\n", span.start)
    if not text.startswith("\n", start) or not text.endswith("\n", start, end):
        return None
    rows: list[Row] = LINE.findall(text, start, end)
    # The expression passes over a line that it does not take, and then there are too few rows.
    if len(rows) != text.count("\n", start, end) - 1 or len(rows) * _NODES_OF_A_LINE >= MAX_NODES:
        return None
    if not text.isascii() and is_odd(text[start:end]):
        return None
    places = LinePlaces(source, start, rows)
    data = _build(rows, places)
    return Reading(data=data, places=places) if data else None


def _build(rows: list[Row], places: LinePlaces) -> dict[str, Any] | None:
    """Put the values together; return None where the lines do not go together in one of the plain ways."""
    nest = _Nest(places)
    collection, lines, indent = nest.collection, nest.lines, ""
    waiting: str | None = None
    for number, (lead, key, written) in enumerate(rows):
        if lead != indent or not key:
            if not (lead or key or written):
                continue
            if not nest.move(number, lead, key, written, waiting):
                return None
            collection, lines, indent = nest.collection, nest.lines, nest.indent
        value = value_of(written)
        if type(value) is RefusedNumber:
            return None
        if key:
            if key in lines or key in _NO_KEYS:
                return None
            lines[key] = number
            collection[key] = value
            waiting = key if not written else None
        else:
            lines.append(number)
            collection.append(value)
            waiting = None
    return nest.data


class _Nest:
    """The collections that are open at a line: the innermost one, and those around it.

    A collection has a rank: twice its column, and one more where it is a list, for a list may stand in the column of
    the mapping that holds it. The ranks rise from the outermost collection to the innermost.
    """

    def __init__(self, places: LinePlaces) -> None:
        self.data: dict[str, Any] = {}
        self.places = places
        self.collection: Any = self.data
        self.lines: Any = places.root
        self.indent = ""
        self.rank = 0
        self.outer: list[tuple[int, Any, Any]] = []

    def move(self, number: int, lead: str, key: str, written: str, waiting: str | None) -> bool:
        """Go to the collection that a line belongs to, opening and closing others; tell whether there is one.

        ``waiting`` is the key of the line before, where that has no value.
        """
        dash = lead.find("-")
        if not key and (dash < 0 or not written):
            return False
        rank = 2 * len(lead) if dash < 0 else 2 * dash + 1
        if rank > self.rank:
            if waiting is None:
                return False
            inner: tuple[Any, Any] = ({}, {}) if dash < 0 else ([], [])
            self.collection[waiting] = inner[0]
            self.places.below[self.lines[waiting]] = inner[1]
            self._open(rank, *inner)
        while self.rank > rank:
            self.rank, self.collection, self.lines = self.outer.pop()
        if self.rank != rank:
            return False
        self.indent = lead if dash < 0 else _IN_LIST
        if dash >= 0 and key:
            item: dict[str, Any] = {}
            lines: dict[str | int, int] = {}
            self.collection.append(item)
            self.lines.append(number)
            self.places.items[number] = lines
            self._open(2 * len(lead), item, lines)
            self.indent = " " * len(lead)
        return len(self.outer) < MAX_DEPTH - 1

    def _open(self, rank: int, collection: Any, lines: Any) -> None:
        self.outer.append((self.rank, self.collection, self.lines))
        self.rank, self.collection, self.lines = rank, collection, lines
