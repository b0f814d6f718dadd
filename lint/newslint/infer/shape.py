"""What was seen at one place of many documents: how often which type, between which bounds, and what is below it."""

from __future__ import annotations

from typing import Any, Final

from newslint.infer.tally import Tally
from newslint.infer.texts import Texts

MAX_PROPERTIES: Final = 100
"""Fields of one mapping that are told apart: one with more is a table, whose keys are data."""

MAX_PLACES: Final = 1_000
"""Places of one schema: twenty times as many as real ones have; what lies beyond is let pass."""

_MAX_ORDERS: Final = 50


class Room:
    """How many more places may be made."""

    __slots__ = ("left",)

    def __init__(self, left: int = MAX_PLACES) -> None:
        self.left = left

    def take(self) -> bool:
        """Take the room of one place; tell whether there was any."""
        self.left -= 1
        return self.left >= 0


class Numbers:
    """The numbers of one place; ``values`` counts whole ones."""

    __slots__ = ("count", "highest", "lowest", "values", "whole")

    def __init__(self) -> None:
        self.count = self.whole = 0
        self.lowest: int | float = 0
        self.highest: int | float = 0
        self.values = Tally()

    def add(self, value: int | float) -> None:
        """Look at a number."""
        self.lowest = min(self.lowest, value) if self.count else value
        self.highest = max(self.highest, value) if self.count else value
        self.count += 1
        if isinstance(value, int):
            self.whole += 1
            self.values.add(value)

    def absorb(self, other: Numbers) -> None:
        """Look at what another has looked at."""
        if other.count:
            self.lowest = min(self.lowest, other.lowest) if self.count else other.lowest
            self.highest = max(self.highest, other.highest) if self.count else other.highest
        self.count += other.count
        self.whole += other.whole
        self.values.absorb(other.values)


class Lists:
    """The lists of one place; ``item`` is what was seen in all of them, ``repeats`` tells that one had equal texts."""

    __slots__ = ("count", "item", "longest", "repeats", "shortest")

    def __init__(self) -> None:
        self.count = self.longest = self.shortest = 0
        self.item = Shape()
        self.repeats = False

    def add(self, value: list[Any], room: Room) -> None:
        """Look at a list."""
        self.shortest = min(self.shortest, len(value)) if self.count else len(value)
        self.longest = max(self.longest, len(value))
        self.count += 1
        texts = [item for item in value if isinstance(item, str)]
        self.repeats = self.repeats or len(set(texts)) < len(texts)
        for item in value:
            self.item.add(item, room)

    def absorb(self, other: Lists) -> None:
        """Look at what another has looked at."""
        self.shortest = min(self.shortest, other.shortest) if self.count else other.shortest
        self.longest = max(self.longest, other.longest)
        self.count += other.count
        self.repeats = self.repeats or other.repeats
        self.item.absorb(other.item)


class Mappings:
    """The mappings of one place.

    ``orders`` counts the orders of their fields. ``others`` is what was seen in fields beyond those that are told
    apart, and ``open`` tells that there were fields which nobody looked at.
    """

    __slots__ = ("count", "open", "orders", "others", "properties")

    def __init__(self) -> None:
        self.count = 0
        self.properties: dict[str, Shape] = {}
        self.orders: dict[tuple[str, ...], int] = {}
        self.others: Shape | None = None
        self.open = False

    def add(self, value: dict[str, Any], room: Room) -> None:
        """Look at a mapping."""
        self.count += 1
        self._count_order(tuple(value), 1)
        for key, child in value.items():
            shape = self._of(key, room)
            if shape is not None:
                shape.add(child, room)

    def absorb(self, other: Mappings) -> None:
        """Look at what another has looked at."""
        self.count += other.count
        self.open = self.open or other.open
        for order, number in other.orders.items():
            self._count_order(order, number)
        # What is merged was made before, so that there is room for it.
        room = Room()
        for key, child in other.properties.items():
            (self._of(key, room) or Shape()).absorb(child)
        if other.others is not None:
            self.others = self.others or Shape()
            self.others.absorb(other.others)

    def _count_order(self, order: tuple[str, ...], number: int) -> None:
        if order in self.orders or (len(self.orders) < _MAX_ORDERS and len(order) <= MAX_PROPERTIES):
            self.orders[order] = self.orders.get(order, 0) + number

    def _of(self, key: str, room: Room) -> Shape | None:
        """Return the place of a field, or None where there is no more room."""
        shape = self.properties.get(key)
        if shape is None and len(self.properties) < MAX_PROPERTIES and room.take():
            shape = self.properties[key] = Shape()
        elif shape is None:
            if self.others is None and room.take():
                self.others = Shape()
            shape = self.others
            self.open = self.open or shape is None
        return shape


class Shape:
    """What was seen at one place; ``count`` is how many values there were."""

    __slots__ = ("booleans", "count", "lists", "mappings", "nulls", "numbers", "texts")

    def __init__(self) -> None:
        self.count = self.nulls = self.booleans = 0
        self.numbers: Numbers | None = None
        self.texts: Texts | None = None
        self.lists: Lists | None = None
        self.mappings: Mappings | None = None

    def add(self, value: Any, room: Room) -> None:
        """Look at a value."""
        self.count += 1
        if value is None:
            self.nulls += 1
        elif isinstance(value, bool):
            self.booleans += 1
        elif isinstance(value, int | float):
            self.numbers = self.numbers or Numbers()
            self.numbers.add(value)
        elif isinstance(value, str):
            self.texts = self.texts or Texts()
            self.texts.add(value)
        elif isinstance(value, list):
            self.lists = self.lists or Lists()
            self.lists.add(value, room)
        else:
            self.mappings = self.mappings or Mappings()
            self.mappings.add(value, room)

    def absorb(self, other: Shape) -> None:
        """Look at what another has looked at; the other stays as it is."""
        self.count += other.count
        self.nulls += other.nulls
        self.booleans += other.booleans
        if other.numbers is not None:
            self.numbers = self.numbers or Numbers()
            self.numbers.absorb(other.numbers)
        if other.texts is not None:
            self.texts = self.texts or Texts()
            self.texts.absorb(other.texts)
        if other.lists is not None:
            self.lists = self.lists or Lists()
            self.lists.absorb(other.lists)
        if other.mappings is not None:
            self.mappings = self.mappings or Mappings()
            self.mappings.absorb(other.mappings)

    @property
    def types(self) -> list[str]:
        """The types that were seen, as JSON Schema names them, always in the same order."""
        numbers = self.numbers
        seen = {
            "string": self.texts is not None,
            "integer": numbers is not None and numbers.whole == numbers.count,
            "number": numbers is not None and numbers.whole < numbers.count,
            "boolean": self.booleans > 0,
            "array": self.lists is not None,
            "object": self.mappings is not None,
            "null": self.nulls > 0,
        }
        return [name for name, is_seen in seen.items() if is_seen]
