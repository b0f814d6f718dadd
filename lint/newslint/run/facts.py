"""The facts of many files, kept small until it is known which of them can be at odds with others.

Nearly all addresses, titles and secrets stand in one file only, and nearly all files call a provider by the same name.
So a first look keeps two numbers a fact, and only the facts of keys that are shared are put together again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from newslint.engine.archive import CodedFact
from newslint.rules import BY_CODE

_MASK = (1 << 63) - 1


class FactStore:
    """Takes facts file by file, and gives those that share their key with a fact that they can be at odds with."""

    def __init__(self) -> None:
        self._files: list[tuple[str, tuple[CodedFact, ...] | str, array[int]]] = []
        self._first: dict[int, int] = {}
        self._shared: set[int] = set()

    def add(self, path: str, facts: tuple[CodedFact, ...], text: str | None = None) -> None:
        """Take the facts of one file; their JSON, where it is known, takes less room to wait in."""
        marks = array("q")
        for code, fact in facts:
            # Two keys of one hash are only looked at together in vain.
            mark = hash((code, fact.key)) & _MASK
            marks.append(mark)
            # Files with the same value are at peace where a rule is about different ones; all others never are.
            side = hash(fact.value) if BY_CODE[code].differing else len(self._files)
            if self._first.setdefault(mark, side) != side:
                self._shared.add(mark)
        if marks:
            self._files.append((path, facts if text is None else text, marks))

    def shared(self) -> Iterator[CodedFact]:
        """Yield the facts of all keys that can be at odds, in the order in which they came."""
        for path, facts, marks in self._files:
            if self._shared.isdisjoint(marks):
                continue
            for coded, mark in zip(_read(path, facts), marks, strict=True):
                if mark in self._shared:
                    yield coded


def _read(path: str, facts: tuple[CodedFact, ...] | str) -> tuple[CodedFact, ...]:
    if not isinstance(facts, str):
        return facts
    # Imported here because without a cache and workers there is no JSON.
    from newslint.run.rows import read_facts

    return read_facts(path, facts)
