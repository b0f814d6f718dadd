"""How often each value stands at a place, as long as the different ones are few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MAX_DIFFERENT: Final = 50
"""Different values of one place that are counted: a list of more is no list of choices, and memory is bounded."""

MAX_VALUE_LENGTH: Final = 60
"""Characters of a value that is counted: what is longer is a text and no choice."""

MANY: Final = 10
"""Values from which something is said about those to come, beside their type."""

_MAX_CHOICES: Final = 20
_LEAST_OF_EACH: Final = 5
_MAX_CHANCE_OF_ANOTHER: Final = 0.01


class Tally:
    """Counts the values of one place; ``counts`` is None where there are too many, or too long ones."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.total = 0
        self.counts: dict[str | int, int] | None = {}

    def add(self, value: str | int, number: int = 1) -> None:
        """Count a value, or as many of it."""
        self.total += number
        if self.counts is None:
            return
        if isinstance(value, str) and len(value) > MAX_VALUE_LENGTH:
            self.counts = None
            return
        self.counts[value] = self.counts.get(value, 0) + number
        if len(self.counts) > MAX_DIFFERENT:
            self.counts = None

    def absorb(self, other: Tally) -> None:
        """Count what another tally counts."""
        if other.counts is None:
            self.total += other.total
            self.counts = None
            return
        for value, number in other.counts.items():
            self.add(value, number)

    def has_at_least(self, number: int) -> bool:
        """Tell whether there are at least so many different values."""
        return self.counts is None or len(self.counts) >= number

    def by_frequency(self) -> Iterator[tuple[str | int, int]]:
        """Yield the values with their numbers, the most frequent first; nothing where there are too many."""
        yield from sorted((self.counts or {}).items(), key=lambda pair: (-pair[1], str(pair[0])))

    @property
    def is_closed(self) -> bool:
        """Whether the values look like a list of choices, to which no other is likely to come.

        There are at least 10 values, at most 20 different ones, of each at least 5 on average, and the chance that the
        next one is a new one is at most 1%. That chance is the share of the values that were seen but once: I. J. Good,
        "The population frequencies of species", Biometrika 40 (1953).
        """
        if self.counts is None or self.total < MANY or len(self.counts) > _MAX_CHOICES:
            return False
        seen_once = sum(1 for number in self.counts.values() if number == 1)
        return self.total >= _LEAST_OF_EACH * len(self.counts) and seen_once <= _MAX_CHANCE_OF_ANOTHER * self.total
