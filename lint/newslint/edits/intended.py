"""What the data should be after changes: worked out on the data alone, to prove what edits of the text have done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newslint.edits.rewrite import rewritten
from newslint.edits.text import Refused
from newslint.finding import Change, Insert, Pointer, Remove, Rename, Reorder, Replace, Rewrite

Origins = dict[Pointer, Pointer]
"""For each pointer of the new data the pointer of the old data that it comes from; what is inserted has none."""


def intended(data: Mapping[str, Any], changes: Iterable[Change]) -> tuple[dict[str, Any], Origins]:
    """Return the data after all changes, whose pointers are those of the data before, and where each value comes from.

    Raises Refused where a change leads nowhere or two of them exclude each other.
    """
    planned = _Planned(changes)
    new = _Builder(planned).build(data, (), ())
    if planned.left():
        raise Refused("a change names a value that is not there")
    return new.value, new.origins


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal to the type of each scalar and the order of each mapping's keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


class _Planned:
    """Changes by the pointer that they are about; each is taken out when it is done."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.ranges: dict[Pointer, list[tuple[int, int, str]]] = {}
        self.values: dict[Pointer, Replace] = {}
        self.removed: set[Pointer] = set()
        self.inserts: dict[Pointer, list[Insert]] = {}
        self.keys: dict[Pointer, str] = {}
        self.orders: dict[Pointer, Sequence[str]] = {}
        for change in changes:
            self._add(change)

    def _add(self, change: Change) -> None:
        if isinstance(change, Rewrite):
            self.ranges.setdefault(change.pointer, []).extend(change.pieces)
        elif isinstance(change, Insert):
            self.inserts.setdefault(change.pointer[:-1], []).append(change)
        elif isinstance(change, Remove):
            self.removed.add(change.pointer)
        elif isinstance(change, Replace):
            self._only(self.values, change.pointer, change)
        elif isinstance(change, Rename):
            self._only(self.keys, change.pointer, change.key)
        elif isinstance(change, Reorder):
            self._only(self.orders, change.pointer, change.keys)

    @staticmethod
    def _only(planned: dict[Pointer, Any], pointer: Pointer, change: Any) -> None:
        if planned.setdefault(pointer, change) != change:
            raise Refused("two changes are about the same value")

    def left(self) -> bool:
        """Tell whether there are changes that were not done."""
        return any((self.ranges, self.values, self.removed, self.inserts, self.keys, self.orders))


class _New:
    """A value of the new data, and the origins of it and of all below it."""

    def __init__(self, value: Any, origins: Origins) -> None:
        self.value = value
        self.origins = origins


class _Builder:
    """Builds the new data from the old; pointers of both go along."""

    def __init__(self, planned: _Planned) -> None:
        self._planned = planned
        self._origins: Origins = {}

    def build(self, value: Any, old: Pointer, new: Pointer) -> _New:
        """Return the new form of an old value."""
        return _New(self._value(value, old, new), self._origins)

    def _value(self, value: Any, old: Pointer, new: Pointer) -> Any:
        self._origins[new] = old
        if isinstance(value, Mapping):
            return self._mapping(value, old, new)
        if isinstance(value, list):
            return self._list(value, old, new)
        replaced, ranges = self._planned.values.pop(old, None), self._planned.ranges.pop(old, None)
        if replaced is not None:
            if ranges is not None:
                raise Refused("two changes are about the same value")
            return replaced.value
        if ranges is not None:
            if not isinstance(value, str):
                raise Refused("only text has ranges")
            return rewritten(value, ranges)
        return value

    def _mapping(self, value: Mapping[str, Any], old: Pointer, new: Pointer) -> dict[str, Any]:
        inserts = self._planned.inserts.pop(old, [])
        order = self._planned.orders.pop(old, None)
        entries: list[tuple[str, Any]] = [(change.pointer[-1], change.value) for change in _at_start(inserts, value)]  # type: ignore[misc]
        for key, child in value.items():
            pointer = (*old, key)
            if pointer in self._planned.removed:
                self._planned.removed.discard(pointer)
            else:
                name = self._planned.keys.pop(pointer, key)
                entries.append((name, self._value(child, pointer, (*new, name))))
            entries += [(change.pointer[-1], change.value) for change in inserts if predecessor(change, value) == key]  # type: ignore[misc]
        built = dict(entries)
        if len(built) != len(entries):
            raise Refused("the field is there already")
        if order is None:
            return built
        if sorted(order) != sorted(built):
            raise Refused("the order does not name all fields")
        return {key: built[key] for key in order}

    def _list(self, value: list[Any], old: Pointer, new: Pointer) -> list[Any]:
        inserts = self._planned.inserts.pop(old, [])
        if any(change.pointer[-1] not in range(len(value) + 1) for change in inserts):
            raise Refused("a change names a value that is not there")
        built: list[Any] = []
        for index in range(len(value) + 1):
            built += [change.value for change in inserts if change.pointer[-1] == index]
            if index == len(value):
                break
            pointer = (*old, index)
            if pointer in self._planned.removed:
                self._planned.removed.discard(pointer)
            else:
                built.append(self._value(value[index], pointer, (*new, len(built))))
        return built


def predecessor(change: Insert, fields: Mapping[str, Any]) -> str | None:
    """Return the field that a new one goes behind (the last of its ``after`` that is there), or None: to the start."""
    return next((key for key in reversed(change.after) if key in fields), None)


def _at_start(inserts: list[Insert], fields: Mapping[str, Any]) -> list[Insert]:
    return [change for change in inserts if predecessor(change, fields) is None]
