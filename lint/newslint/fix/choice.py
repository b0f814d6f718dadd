"""Which repairs can be made together in one round: those that are about different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.finding import (
    Change,
    Finding,
    Insert,
    Pointer,
    Remove,
    Rename,
    Reorder,
    Repair,
    Replace,
    Retext,
    Rewrite,
    Span,
    Violation,
)
from newslint.record import Record


class Candidate(Record):
    """A finding that can be mended, what it was made of, and what would mend it."""

    finding: Finding
    violation: Violation
    repair: Repair


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates of one round; at least the first of a kind is among them.

    Repairs of the text itself (line ends, comments) have a round of their own, before all others. Then come those that
    change a value, and those that move entries last, so that small repairs do not wait for a large one; the safe ones
    before the unsafe ones.
    """
    waiting = list(candidates)
    about_text = [candidate for candidate in waiting if _is_about_text(candidate.repair)]
    claims = _Claims()
    ordered = about_text or sorted(waiting, key=lambda candidate: (not candidate.repair.safe, _moves(candidate.repair)))
    return [candidate for candidate in ordered if claims.take(candidate.repair.changes)]


def _is_about_text(repair: Repair) -> bool:
    return any(isinstance(change, Retext) for change in repair.changes)


def _moves(repair: Repair) -> int:
    if any(isinstance(change, Reorder) for change in repair.changes):
        return 2
    return int(any(isinstance(change, Remove | Insert) for change in repair.changes))


class _Claims:
    """What the repairs that are chosen so far are about."""

    def __init__(self) -> None:
        self._ranges: dict[Pointer, list[tuple[int, int]]] = {}
        self._owners: dict[object, str] = {}
        self._locked: set[Pointer] = set()
        self._touched: set[Pointer] = set()
        self._spans: list[Span] = []

    def take(self, changes: tuple[Change, ...]) -> bool:
        """Claim all that the changes are about; take nothing and return False where something of it is claimed."""
        if not all(map(self._is_free, changes)):
            return False
        for change in changes:
            self._claim(change)
        return True

    def _is_free(self, change: Change) -> bool:
        if isinstance(change, Retext):
            return all(not _meet(change.span, span) for span in self._spans)
        pointer = _place(change)
        if any(pointer[:length] in self._locked for length in range(len(pointer) + 1)):
            return False
        if (lock := _lock(change)) is not None and lock in self._touched:
            return False
        if any(self._owners.get(thing, owner) != owner for thing, owner in _things(change)):
            return False
        if isinstance(change, Rewrite):
            taken = self._ranges.get(pointer, ())
            return not any(_meet((start, end), other) for start, end, _ in change.pieces for other in taken)
        return True

    def _claim(self, change: Change) -> None:
        if isinstance(change, Retext):
            self._spans.append(change.span)
            return
        pointer = _place(change)
        self._touched.update(pointer[:length] for length in range(len(pointer) + 1))
        if (lock := _lock(change)) is not None:
            self._locked.add(lock)
        self._owners.update(_things(change))
        if isinstance(change, Rewrite):
            self._ranges.setdefault(pointer, []).extend((start, end) for start, end, _ in change.pieces)


def _place(change: Rewrite | Replace | Remove | Insert | Rename | Reorder) -> Pointer:
    """Return what a change reaches into: of an entry that is put in its collection."""
    return change.pointer[:-1] if isinstance(change, Insert) else change.pointer


def _lock(change: Change) -> Pointer | None:
    """Return the value in which nothing else may change at the same time."""
    return change.pointer if isinstance(change, Remove | Reorder) else None


def _things(change: Change) -> Iterator[tuple[object, str]]:
    """Yield what a change is about, each with the kind of change that may share it; ``id`` is for nobody else."""
    alone = str(id(change))
    if isinstance(change, Rewrite | Replace):
        yield ("value", change.pointer), "rewrite" if isinstance(change, Rewrite) else alone
    elif isinstance(change, Rename):
        yield ("key", change.pointer), alone
        yield ("new", change.pointer[:-1], change.key), alone
    elif isinstance(change, Insert):
        yield ("entries", change.pointer[:-1]), "insert"
        name = change.pointer[-1]
        # Two findings may miss the same item of a list: it is put in once.
        yield ("new", change.pointer[:-1], name if isinstance(name, str) else repr(change.value)), alone
    elif isinstance(change, Remove):
        yield ("entries", change.pointer[:-1]), "remove"


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two ranges have a character in common, or begin at the same place."""
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])
