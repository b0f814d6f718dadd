"""The order of the fields of a mapping: the one that most documents have, with the rarer fields in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def common_order(orders: Mapping[tuple[str, ...], int], names: Iterable[str]) -> list[str]:
    """Return all names in one order.

    ``orders`` says how many mappings have their fields in which order. The most frequent one comes first; a field that
    it lacks stands before the field that follows it in the next most frequent order, and so on. Names of which no order
    is known come last.
    """
    found: list[str] = []
    placed: set[str] = set()
    for order, _ in sorted(orders.items(), key=lambda pair: (-pair[1], pair[0])):
        if placed.issuperset(order):
            continue
        _put_in(found, placed, order)
    return [*found, *(name for name in names if name not in placed)]


def _put_in(found: list[str], placed: set[str], order: tuple[str, ...]) -> None:
    """Put the names of an order that are not there yet before those that follow them."""
    following: str | None = None
    for position in range(len(order) - 1, -1, -1):
        name = order[position]
        if name not in placed:
            if following is not None:
                place = found.index(following)
            else:
                before = next((other for other in reversed(order[:position]) if other in placed), None)
                place = found.index(before) + 1 if before is not None else len(found)
            found.insert(place, name)
            placed.add(name)
        following = name
