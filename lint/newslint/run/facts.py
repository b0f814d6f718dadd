"""The facts of many files, kept small until it is known which of them can be at odds with others.

Nearly all addresses, titles and secrets stand in one file only, and nearly all files call a provider by the same name.
So a first look keeps two numbers a fact, and only the facts of keys that are shared are put together again. Where even
the numbers become too many, they are parted by key on disk, and looked at part by part in the same way.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint.engine.archive import CodedFact
from newslint.limits import MAX_FACTS
from newslint.rules import RULES
from newslint.run.spool import Spool, Waiting

if TYPE_CHECKING:
    from newslint.run.parts import Parts, Placed
    from newslint.run.rows import Sketch

_MASK = (1 << 63) - 1
_NO_SIDE = -1
_DIFFERING = frozenset(rule.code for rule in RULES if rule.differing)


class FactStore:
    """Takes facts file by file, and gives those that share their key with a fact that they can be at odds with."""

    def __init__(self) -> None:
        self._files: list[tuple[str, tuple[CodedFact, ...] | Waiting]] = []
        self._spool = Spool()
        # The marks and sides of all files, one after the other, and where those of each file end.
        self._marks = array("q")
        self._sides = array("q")
        self._ends = array("q")
        self._look = _Look()
        self._parts: Parts | None = None

    def add(self, path: str, facts: tuple[CodedFact, ...]) -> None:
        """Take the facts of one file; raises LostError where they are too many for memory and for the disk."""
        self._add(path, facts, [(code, fact.key, fact.value) for code, fact in facts])

    def add_sketch(self, path: str, sketch: Sketch) -> None:
        """Take the facts of one file as their JSON, which takes less room to wait in; else as :meth:`add`."""
        self._add(path, self._spool.keep(sketch.text) if self._parts is None else sketch.text, sketch.facts)

    def _add(self, path: str, facts: tuple[CodedFact, ...] | Waiting, sketch: list[tuple[str, str, str]]) -> None:
        if not sketch:
            return
        if self._parts is not None:
            marks = (_mark(code, key) for code, key, _ in sketch)
            sides = (_side(code, value) for code, _, value in sketch)
            self._parts.add(path, self._text(facts), marks, sides)
            return
        for code, key, value in sketch:
            mark, side = _mark(code, key), _side(code, value)
            self._marks.append(mark)
            self._sides.append(side)
            self._look.at(mark, side)
        self._files.append((path, facts))
        self._ends.append(len(self._marks))
        if len(self._marks) > MAX_FACTS:
            self._part()

    def _part(self) -> None:
        """Put everything on disk, and keep no more in memory."""
        # Imported here because few runs are so large.
        from newslint.run.parts import Parts

        parts = Parts()
        start = 0
        for (path, facts), end in zip(self._files, self._ends, strict=True):
            parts.add(path, self._text(facts), self._marks[start:end], self._sides[start:end])
            start = end
        self._parts = parts
        self._files, self._spool, self._look = [], Spool(), _Look()
        self._marks, self._sides, self._ends = array("q"), array("q"), array("q")

    def shared(self) -> Iterator[Iterable[CodedFact]]:
        """Yield the facts of all keys that can be at odds, those of one key in one part, as they came.

        A part is to be taken before the next one. Raises LostError where the disk does not give them back.
        """
        if self._parts is None:
            yield self._shared()
            return
        for part in self._parts.read():
            look = _Look()
            for mark, side, _ in part:
                look.at(mark, side)
            yield self._parted(self._parts, part, look.shared)

    def _parted(self, parts: Parts, part: Iterable[Placed], shared: set[int]) -> Iterator[CodedFact]:
        # In the order of their places, which is that in which the files came.
        for place in sorted({place for mark, _, place in part if mark in shared}):
            for coded in self._read(*parts.text(place)):
                if _mark(coded[0], coded[1].key) in shared:
                    yield coded

    def _shared(self) -> Iterator[CodedFact]:
        shared = self._look.shared
        start = 0
        for (path, facts), end in zip(self._files, self._ends, strict=True):
            marks = self._marks[start:end]
            start = end
            if shared.isdisjoint(marks):
                continue
            for coded, mark in zip(self._read(path, facts), marks, strict=False):
                if mark in shared:
                    yield coded

    def _text(self, facts: tuple[CodedFact, ...] | Waiting) -> str:
        """Return the facts of a file as JSON."""
        if not isinstance(facts, tuple):
            return self._spool.text(facts)
        from newslint.run.rows import coded_text

        return coded_text(facts)

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


def _mark(code: str, key: str) -> int:
    """Return a number for a key; two keys of one hash are only looked at together in vain."""
    return hash((code, key)) & _MASK


def _side(code: str, value: str) -> int:
    """Return a number for a value where facts with the same one are at peace, else _NO_SIDE, which is no hash."""
    return hash(value) if code in _DIFFERING else _NO_SIDE


class _Look:
    """The first look: which keys are ``shared`` by facts that can be at odds."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._sides: dict[int, int] = {}
        self.shared: set[int] = set()

    def at(self, mark: int, side: int) -> None:
        """Look at a fact."""
        if side != _NO_SIDE:
            if self._sides.setdefault(mark, side) != side:
                self.shared.add(mark)
        elif mark in self._seen:
            self.shared.add(mark)
        else:
            self._seen.add(mark)
