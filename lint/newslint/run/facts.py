"""The facts of many files, kept small until it is known which of them can be at odds with others.

Nearly all addresses, titles and secrets stand in one file only, and nearly all files call a provider by the same name.
So a first look keeps two numbers a fact, and only the facts of keys that are shared are put together again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.engine.archive import CodedFact
from newslint.rules import RULES

if TYPE_CHECKING:
    from newslint.run.rows import Sketch

_MASK = (1 << 63) - 1
_DIFFERING = frozenset(rule.code for rule in RULES if rule.differing)


class FactStore:
    """Takes facts file by file, and gives those that share their key with a fact that they can be at odds with."""

    def __init__(self) -> None:
        self._files: list[tuple[str, tuple[CodedFact, ...] | str, array[int]]] = []
        self._first: dict[int, int] = {}
        self._shared: set[int] = set()

    def add(self, path: str, facts: tuple[CodedFact, ...]) -> None:
        """Take the facts of one file."""
        self._add(path, facts, [(code, fact.key, fact.value) for code, fact in facts])

    def add_sketch(self, path: str, sketch: Sketch) -> None:
        """Take the facts of one file as their JSON, which takes less room to wait in."""
        self._add(path, sketch.text, sketch.facts)

    def _add(self, path: str, facts: tuple[CodedFact, ...] | str, sketch: list[tuple[str, str, str]]) -> None:
        marks = array("q")
        for code, key, value in sketch:
            # Two keys of one hash are only looked at together in vain.
            mark = hash((code, key)) & _MASK
            marks.append(mark)
            # Files with the same value are at peace where a rule is about different ones; all others never are.
            side = hash(value) if code in _DIFFERING else len(self._files)
            if self._first.setdefault(mark, side) != side:
                self._shared.add(mark)
        if marks:
            self._files.append((path, facts, marks))

    def shared(self) -> Iterator[CodedFact]:
        """Yield the facts of all keys that can be at odds, in the order in which they came."""
        for path, facts, marks in self._files:
            if self._shared.isdisjoint(marks):
                continue
            for coded, mark in zip(_read(path, facts), marks, strict=False):
                if mark in self._shared:
                    yield coded


def _read(path: str, facts: tuple[CodedFact, ...] | str) -> tuple[CodedFact, ...]:
    if not isinstance(facts, str):
        return facts
    # Imported here because without a cache and workers there is no JSON.
    from newslint.run.rows import RowError, read_facts

    try:
        return read_facts(path, facts)
    except RowError:
        # Somebody has written into the cache: what it says of this file is no fact.
        return ()
