"""Bounds that leave room: what was seen, rounded outwards to 1, 2 or 5 times a power of ten."""

from __future__ import annotations

from typing import Any, Final

from newslint.infer.shape import Numbers
from newslint.infer.tally import MANY

_LARGEST: Final = 10**15
"""Beyond this a bound says nothing, and floats are no longer exact."""

_MAX_SCALE: Final = 20


def above(number: int | float) -> int | None:
    """Return the smallest of 1, 2, 5, 10, 20 ... that exceeds a positive number by a quarter, or None beyond 10^15."""
    if number > _LARGEST:
        return None
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * 4 >= number * 5:
                return digit * power
        power *= 10


def below(number: int | float) -> int:
    """Return the largest of 0, 1, 2, 5, 10, 20 ... that falls short of a positive number by a fifth.

    It is 5 * 10^14 at most.
    """
    number = min(number, _LARGEST)
    found, power = 0, 1
    while power * 5 <= number * 4:
        found = next(digit * power for digit in (5, 2, 1) if digit * power * 5 <= number * 4)
        power *= 10
    return found


def number_bounds(numbers: Numbers) -> dict[str, Any]:
    """Return ``minimum`` and ``maximum`` of many numbers, or nothing where there are too few to tell.

    A scale, of which each step was seen more than once, is kept as it is. Else there is room above, and below the sign
    is what counts: a number that was never 0 or never negative stays so, and -1 is left as a sign of its own. Numbers
    that are all of one size, as years are, have a lower bound of that size.
    """
    if numbers.count < MANY:
        return {}
    if _is_scale(numbers):
        return {"minimum": numbers.lowest, "maximum": numbers.highest}
    bounds = {"minimum": _lower(numbers), "maximum": _upper(numbers)}
    return {keyword: bound for keyword, bound in bounds.items() if bound is not None}


def _upper(numbers: Numbers) -> int | None:
    high = numbers.highest
    if high <= 0:
        # Of nothing but zeros nobody knows how large the first other number will be.
        return 0 if numbers.lowest < 0 else None
    return 1 if high <= 1 and numbers.whole < numbers.count else above(high)


def _lower(numbers: Numbers) -> int | None:
    low, high = numbers.lowest, numbers.highest
    if low < 0:
        outside = above(-low)
        return -1 if low == -1 else -outside if outside is not None else None
    if low * 2 > high:
        return below(low) if low >= 2 else int(low)
    return 1 if low >= 1 and numbers.whole == numbers.count else 0


def _is_scale(numbers: Numbers) -> bool:
    values = numbers.values
    if numbers.whole < numbers.count or not values.is_closed or not values.has_at_least(2):
        return False
    return numbers.highest - numbers.lowest <= _MAX_SCALE


def length_bound(longest: int) -> int | None:
    """Return ``maxLength`` of texts, of which the longest has so many characters: there is room for twice as many."""
    return above(longest * 2)
