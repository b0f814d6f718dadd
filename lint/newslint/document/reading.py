"""What a reader of YAML hands over: the data, what is wrong with it, and where each part of it stands in the text."""

from __future__ import annotations

from typing import Any, Protocol

from newslint.document.source import Coded
from newslint.finding import Pointer
from newslint.record import Record


class Place(Record):
    """Where a node stands, as offsets in the source's text, the end exclusive, and how it is written.

    ``style`` is plain, single, double, literal or folded for a scalar, block or flow for a collection, alias for an
    alias. A literal or folded scalar ends where the line after it begins, as libyaml has it, a block collection with
    its last child, and a value that is not written at all is empty.
    """

    start: int
    end: int
    style: str


class Places(Protocol):
    """The way back from the data to the text; every reader brings its own, so that each can keep what is cheap for it.

    A pointer that leads nowhere gives None, and so does the key of what has none (the root, a list's item).
    """

    def value(self, pointer: Pointer) -> Place | None:
        """Return the place of a value."""

    def style(self, pointer: Pointer) -> str | None:
        """Return how a value is written, as its place tells it."""

    def key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that a value stands under."""

    def first_key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that is written first in a mapping, one that is left out of the data included."""


class Reading:
    """What was read; ``data`` is None where the file ends with a finding (all of them are in ``violations``).

    ``unjudged`` holds the pointers of values that YAML features keep from being judged, ``incomplete`` those of
    mappings that may get fields from elsewhere, ``refused`` says of numbers that cannot be used (0 in the data) why.
    ``places`` is None where there is no text.
    """

    __slots__ = ("data", "incomplete", "places", "refused", "unjudged", "violations")

    def __init__(self, data: dict[str, Any] | None = None, places: Places | None = None) -> None:
        self.data = data
        self.places = places
        self.violations: list[Coded] = []
        self.unjudged: set[Pointer] = set()
        self.incomplete: set[Pointer] = set()
        self.refused: dict[Pointer, str] = {}
