"""The tree of places that reading libyaml's events leaves behind: the events, put where the data has their values."""

from __future__ import annotations

from typing import Any, Final

from yaml import AliasEvent, ScalarEvent

from newslint.document.reading import Place
from newslint.finding import Pointer

NO_KEY: Final = object()
"""The key of a mapping whose next node is a key (and of a list)."""

LEFT_OUT: Final = object()
"""The key of a value that does not get into the data: it was no text."""

COLLECTION_AS_KEY: Final = "?"
"""How a pointer calls a key that is a list or a mapping."""

_STYLES = {"": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded", None: "alias"}


class Node:
    """A mapping or a list: its data, its first and last event, the events of its keys, the places of its children.

    The place of a scalar is its event, that of a collection its node. While the collection is read, ``key`` is the key
    of the value that comes next and ``key_event`` its event. ``unused`` tells that the data goes nowhere, because a key
    above it is left out; ``odd_key`` and ``odd_child`` are the first key and the last child where those are not in the
    dictionaries.
    """

    __slots__ = (
        "children",
        "data",
        "end",
        "key",
        "key_event",
        "keys",
        "odd_child",
        "odd_key",
        "parent",
        "start",
        "unused",
    )

    def __init__(self, start: Any, parent: Node | None, *, mapping: bool) -> None:
        self.start = start
        self.end: Any = None
        self.parent = parent
        self.data: Any = {} if mapping else []
        self.children: Any = {} if mapping else []
        self.keys: dict[str, Any] | None = {} if mapping else None
        self.key: Any = NO_KEY
        self.key_event: Any = None
        self.odd_key: Any = None
        self.odd_child: Any = None
        self.unused: bool = parent is not None and (parent.unused or parent.awaits_key or parent.key is LEFT_OUT)

    @property
    def awaits_key(self) -> bool:
        """Tell whether this is a mapping whose next node is a key."""
        return self.keys is not None and self.key is NO_KEY

    @property
    def is_unused(self) -> bool:
        """Tell whether the value that comes next does not get into the data."""
        return self.unused or self.key is LEFT_OUT

    def deliver(self, value: Any, place: Any) -> None:
        """Take the next value, under the key that came before it."""
        if self.keys is None:
            self.data.append(value)
            self.children.append(place)
            return
        if self.key is not LEFT_OUT:
            self.data[self.key] = value
            self.keys[self.key] = self.key_event
            self.children[self.key] = place
        else:
            self.odd_child = place
        self.key = NO_KEY

    def leave_out(self, event: Any) -> None:
        """Take a key whose value does not get into the data."""
        if self.odd_key is None and not self.keys:
            self.odd_key = event
        self.key = LEFT_OUT
        self.key_event = event

    def forget(self, key: str) -> None:
        """Drop the place of a key that comes a second time, so that the places stay in the order of the text."""
        if self.keys is not None:
            if self.odd_key is None and next(iter(self.keys)) == key:
                self.odd_key = self.keys[key]
            del self.keys[key], self.children[key]


def pointer_of_next(node: Node | None) -> Pointer:
    """Return the pointer of the value that comes next; where a key comes next, that of its mapping."""
    steps: list[str | int] = []
    place = node
    while place is not None:
        if place.keys is None:
            steps.append(len(place.data))
        elif place.key is LEFT_OUT:
            steps.append(written(place.key_event))
        elif place.key is not NO_KEY:
            steps.append(place.key)
        elif place is not node:
            steps.append(COLLECTION_AS_KEY)
        place = place.parent
    return tuple(reversed(steps))


def written(key_event: Any) -> str:
    """Return how a pointer calls a key that is left out of the data."""
    if type(key_event) is AliasEvent:
        return f"*{key_event.anchor}"
    return str(key_event.value) if type(key_event) is ScalarEvent else COLLECTION_AS_KEY


class EventPlaces:
    """Places worked out from a tree of events, whose offsets count from ``base`` in the source's ``text``."""

    def __init__(self, root: Node, base: int, text: str) -> None:
        self.root = root
        self._base = base
        self._text = text

    def value(self, pointer: Pointer) -> Place | None:
        """Return the place of a value."""
        found = self._find(pointer)
        if isinstance(found, Node):
            style = "flow" if found.start.flow_style else "block"
            return Place(self._base + found.start.start_mark.index, self._base + self._end(found), style)
        return None if found is None else self._place(found)

    def style(self, pointer: Pointer) -> str | None:
        """Return how a value is written."""
        place = self.value(pointer)
        return None if place is None else place.style

    def key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that a value stands under."""
        parent = self._find(pointer[:-1]) if pointer else None
        step = pointer[-1] if pointer else None
        if not isinstance(parent, Node) or parent.keys is None or not isinstance(step, str):
            return None
        event = parent.keys.get(step)
        return None if event is None else self._place(event)

    def first_key(self, pointer: Pointer) -> Place | None:
        """Return the place of the key that is written first in a mapping."""
        node = self._find(pointer)
        if not isinstance(node, Node) or node.keys is None:
            return None
        event = node.odd_key or next(iter(node.keys.values()), None)
        return None if event is None else self._place(event)

    def begins_at(self, pointer: Pointer, index: int) -> bool:
        """Tell whether the value at a pointer, or its key, begins at an index of the text that libyaml read."""
        found = self._find(pointer)
        key = self.key(pointer)
        return (found is not None and _start(found) == index) or (key is not None and key.start == self._base + index)

    def _find(self, pointer: Pointer) -> Any:
        """Return the node or the event at a pointer, or None."""
        place: Any = self.root
        for step in pointer:
            if not isinstance(place, Node):
                return None
            if place.keys is not None:
                place = place.children.get(step)
            elif isinstance(step, int) and 0 <= step < len(place.children):
                place = place.children[step]
            else:
                return None
        return place

    def _place(self, event: Any) -> Place:
        style = _STYLES[getattr(event, "style", None)]
        return Place(self._base + event.start_mark.index, self._base + event.end_mark.index, style)

    def _end(self, node: Node) -> int:
        """Return where a collection ends: at its bracket, or with its last child (libyaml says: at the next token)."""
        last: Any = node
        key = None
        while isinstance(last, Node):
            if last.start.flow_style:
                return int(last.end.end_mark.index)
            parent, last = last, _last_child(last)
            key = None if parent.keys is None or last is parent.odd_child else next(reversed(parent.keys.values()))
        start, end, style = self._place(last)
        if start == end and key is not None and self._text[start - 1 : start] != ":":
            return int(key.end_mark.index)
        if style in ("literal", "folded"):
            end = start + len(self._text[start:end].rstrip())
        return end - self._base


def _last_child(node: Node) -> Any:
    """Return the child of a block collection that is written last; it has one, or it would be written in brackets."""
    odd = node.odd_child
    if not node.children:
        return odd
    child = node.children[-1] if node.keys is None else next(reversed(node.children.values()))
    return odd if odd is not None and _start(odd) > _start(child) else child


def _start(place: Any) -> int:
    return int((place.start if isinstance(place, Node) else place).start_mark.index)
