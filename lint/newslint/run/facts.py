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
from newslint.run.spool import Spool, Waiting

if TYPE_CHECKING:
    from newslint.run.rows import Sketch

_MASK = (1 << 63) - 1
_DIFFERING = frozenset(rule.code for rule in RULES if rule.differing)


class FactStore:
    """Takes facts file by file, and gives those that share their key with a fact that they can be at odds with."""

    def __init__(self) -> None:
        self._files: list[tuple[str, tuple[CodedFact, ...] | Waiting]] = []
        self._spool = Spool()
        # The marks of all files, one after the other, and where those of each file end.
        self._marks = array("q")
        self._ends = array("q")
        self._seen: set[int] = set()
        self._sides: dict[int, int] = {}
        self._shared: set[int] = set()

    def add(self, path: str, facts: tuple[CodedFact, ...]) -> None:
        """Take the facts of one file."""
        self._add(path, facts, [(code, fact.key, fact.value) for code, fact in facts])

    def add_sketch(self, path: str, sketch: Sketch) -> None:
        """Take the facts of one file as their JSON, which takes less room to wait in."""
        self._add(path, self._spool.keep(sketch.text), sketch.facts)

    def _add(self, path: str, facts: tuple[CodedFact, ...] | Waiting, sketch: list[tuple[str, str, str]]) -> None:
        if not sketch:
            return
        for code, key, value in sketch:
            # Two keys of one hash are only looked at together in vain.
            mark = hash((code, key)) & _MASK
            self._marks.append(mark)
            if code in _DIFFERING:
                # Files with the same value are at peace.
                side = hash(value)
                if self._sides.setdefault(mark, side) != side:
                    self._shared.add(mark)
            elif mark in self._seen:
                self._shared.add(mark)
            else:
                self._seen.add(mark)
        self._files.append((path, facts))
        self._ends.append(len(self._marks))

    def shared(self) -> Iterator[CodedFact]:
        """Yield the facts of all keys that can be at odds, in the order in which they came."""
        start = 0
        for (path, facts), end in zip(self._files, self._ends, strict=True):
            marks = self._marks[start:end]
            start = end
            if self._shared.isdisjoint(marks):
                continue
            for coded, mark in zip(self._read(path, facts), marks, strict=False):
                if mark in self._shared:
                    yield coded

    def _read(self, path: str, facts: tuple[CodedFact, ...] | Waiting) -> tuple[CodedFact, ...]:
        if isinstance(facts, tuple):
            return facts
        # Imported here because without a cache and workers there is no JSON.
        from newslint.run.rows import RowError, read_facts

        try:
            return read_facts(path, self._spool.text(facts))
        except RowError:
            # Somebody has written into the cache: what it says of this file is no fact.
            return ()
