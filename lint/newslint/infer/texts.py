"""What was seen of the texts of one place: how long they are, which writings fit all of them, what they look like."""

from __future__ import annotations

from typing import Final

from newslint.infer.tally import MANY, Tally
from newslint.infer.writings import ALL, FORMATS, FORMS, Writing
from newslint.late import compiled_late
from newslint.limits import MAX_URL_LENGTH

_WORDS = compiled_late(r"\w[^\w\s]*\s+[^\w\s]*\w")
_TAG = compiled_late(r"</?[a-zA-Z][^<>]{0,200}>")
_LIQUID = ("{{", "{%")
_MAX_EXAMPLE: Final = 120
_LOOKED_AT: Final = 2_000
_LEAST_DIFFERENT: Final = 5
_ONE_OF: Final = 5
_ONE_NAME_OF: Final = 50


class Texts:
    """The texts of one place; ``writings`` are those that fit all of them, ``example`` is the first short one."""

    __slots__ = (
        *("capitals", "count", "embeds", "example", "hyphens", "longest", "marked_up", "shortest", "values", "words"),
        "writings",
    )

    def __init__(self) -> None:
        self.count = self.shortest = self.longest = 0
        self.words = self.capitals = self.hyphens = self.marked_up = self.embeds = 0
        self.writings: tuple[Writing, ...] = ALL
        self.values = Tally()
        self.example: str | None = None

    def add(self, text: str) -> None:
        """Look at a text."""
        self.shortest = min(self.shortest, len(text)) if self.count else len(text)
        self.longest = max(self.longest, len(text))
        self.count += 1
        self.values.add(text)
        # Of a long text the beginning says enough.
        start = text[:_LOOKED_AT]
        self.words += _WORDS.search(start) is not None
        self.capitals += start[:1].isupper()
        self.hyphens += "-" in start
        self.marked_up += ("<" in start and _TAG.search(start) is not None) or any(mark in start for mark in _LIQUID)
        self.embeds += start.lstrip()[:7].lower() == "<iframe"
        if self.writings:
            fitting = () if len(text) > MAX_URL_LENGTH else tuple(one for one in self.writings if one.test(text))
            self.writings = fitting
        if self.example is None and text and len(text) <= _MAX_EXAMPLE:
            self.example = text

    def absorb(self, other: Texts) -> None:
        """Look at what another has looked at."""
        self.shortest = min(self.shortest, other.shortest) if self.count else other.shortest
        self.longest = max(self.longest, other.longest)
        self.count += other.count
        self.words += other.words
        self.capitals += other.capitals
        self.hyphens += other.hyphens
        self.marked_up += other.marked_up
        self.embeds += other.embeds
        self.writings = tuple(one for one in self.writings if one in other.writings)
        self.values.absorb(other.values)
        self.example = self.example or other.example

    @property
    def format(self) -> Writing | None:
        """The format that all texts have, or None."""
        return next((one for one in FORMATS if one in self.writings), None)

    @property
    def form(self) -> Writing | None:
        """The form that all of many different texts have, or None."""
        if self.count < MANY or not self.values.has_at_least(_LEAST_DIFFERENT):
            return None
        for one in FORMS:
            if one not in self.writings:
                continue
            # Of plain words nobody knows whether the next one has a hyphen, a capital or a blank.
            if one.name == "slug" and self.hyphens * _ONE_OF < self.count:
                continue
            if one.name == "token" and self.shortest != self.longest:
                continue
            return one
        return None

    @property
    def is_for_people(self) -> bool:
        """Whether people read the texts as they are: without markup, and one of five is of several words.

        Names are mostly of one word, so of texts that begin with a capital letter one of fifty is enough.
        """
        least = self.words * (_ONE_NAME_OF if self.capitals * 2 > self.count else _ONE_OF)
        return least >= self.count and self.marked_up * 2 <= self.count

    @property
    def is_embed(self) -> bool:
        """Whether every text is an embedded player."""
        return self.embeds == self.count
