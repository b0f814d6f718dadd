"""The numbers of an archive as plain data: counts by name, distributions with their steps, how complete fields are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

from newslint.record import Record

Counts = tuple[tuple[str, int], ...]
"""Names, each with a number of documents."""

MOST_STEPS: Final = 14
"""Steps of a distribution: as many bars as one looks at together."""


class Step(Record):
    """How many values are at least ``start`` and less than ``end``; None where there is no such bound."""

    start: int | None
    end: int | None
    values: int


class Distribution(Record):
    """How some whole numbers are spread. ``tenths`` are the nine values that part them into ten equal parts."""

    values: int
    least: int
    greatest: int
    tenths: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def median(self) -> int:
        """The value in the middle."""
        return self.tenths[4]


class Completeness(Record):
    """How many of ``documents`` have an optional field; ``name`` is its key."""

    kind: str
    name: str
    present: int
    documents: int


class Stats(Record):
    """An archive in numbers.

    ``documents`` were read; ``unreadable`` have a front matter that could not be. ``published`` and ``held_back`` count
    those whose field ``published`` says so, ``below`` those whose heat is under the publish ``threshold``, ``close``
    those of them that lack ten points at most. Months are ``YYYY-MM``, in order, without gaps; the other counts
    begin with the greatest. A distribution is None where no document has such a number. ``widths`` are those of the
    articles' images in pixels, ``cut_off`` counts excerpts that end in the middle of a sentence.
    """

    documents: int
    unreadable: int
    months: Counts
    undated: int
    kinds: Counts
    types: Counts
    providers: Counts
    topics: Counts
    threshold: int
    published: int
    held_back: int
    below: int
    close: int
    without_image: int
    cut_off: int
    quality: Distribution | None
    heat: Distribution | None
    titles: Distribution | None
    excerpts: Distribution | None
    widths: Distribution | None
    narrow: int
    fields: tuple[Completeness, ...]


def distribution(values: Mapping[int, int], border: int | None = None) -> Distribution | None:
    """Return how values are spread, given how often each occurs; None where there is none.

    The steps are of one round size, which parts the values at ``border`` where that is given; what lies far outside
    (beyond the first and last hundredth) is in the first and the last step, which have no outer bound then.
    """
    total = sum(values.values())
    if not total:
        return None
    ordered = sorted(values)
    ends: list[int] = []
    so_far = 0
    for value in ordered:
        so_far += values[value]
        ends.append(so_far)

    def at(share: float) -> int:
        return ordered[min(bisect_right(ends, share * total), len(ordered) - 1)]

    low, high = at(0.01), at(0.99)
    size = _step(high - low, border)
    first, last = low // size * size, high // size * size
    counts = dict.fromkeys(range(first, last + 1, size), 0)
    for value, number in values.items():
        counts[min(max(value // size * size, first), last)] += number
    steps = [
        Step(
            None if start == first and ordered[0] < first else start,
            None if start == last and ordered[-1] >= last + size else start + size,
            number,
        )
        for start, number in counts.items()
    ]
    return Distribution(total, ordered[0], ordered[-1], tuple(at(tenth / 10) for tenth in range(1, 10)), tuple(steps))


def _step(extent: int, border: int | None) -> int:
    """Return the least round size with which an extent has few enough steps, one of which begins at the border."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            step = size * factor
            # To begin at the border is worth a few more steps.
            if border is None and extent // step < MOST_STEPS - 1:
                return step
            if (
                border is not None
                and extent // step < MOST_STEPS * 4 // 3
                and (border % step == 0 or step > abs(border))
            ):
                return step
        size *= 10
