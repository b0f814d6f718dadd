"""From changes of a document's data to edits of its text; what cannot be written exactly is refused, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Fences, Source, find_fences
from newslint.edits import flow, lines
from newslint.edits.blocks import Layout, layout
from newslint.edits.flow import Brackets, brackets
from newslint.edits.intended import intended, predecessor, same
from newslint.edits.places import shape_of
from newslint.edits.replace import rename, replace
from newslint.edits.rewrite import rewrite
from newslint.edits.text import DROP_BOM, Refused, TextEdit, apply, ordered
from newslint.finding import Change, Insert, Pointer, Remove, Rename, Reorder, Replace, Retext, Rewrite, Span

Move = Remove | Insert | Reorder
"""A change of the entries of one collection."""


def moves(changes: Iterable[Change]) -> bool:
    """Tell whether changes are about the structure: what they did is certain only when the whole text is read again."""
    return any(isinstance(change, Move | Rename) for change in changes)


class Editor:
    """Writes changes of one document; remembers where the entries of its collections stand."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._entries: dict[Pointer, Layout | Brackets] = {}

    def edits(self, changes: Iterable[Change], *, read_again: bool = True) -> tuple[TextEdit, ...]:
        """Return the edits that make all changes together, in order; the pointers are those of the document as it is.

        What a scalar says now has been read again. So has the whole text where entries move, but for callers who do
        that themselves (``read_again`` is False). Raises Refused for changes that exclude each other, that lead
        nowhere, or that cannot be written without changing anything else.
        """
        document, source, planned = self._document, self._document.source, tuple(changes)
        if source is None:
            raise Refused("there is no text")
        found: list[TextEdit] = []
        for pointer, ranges in _ranges(planned).items():
            found += rewrite(document, pointer, ranges)
        for change in planned:
            if isinstance(change, Replace):
                found += replace(document, change)
            elif isinstance(change, Rename):
                found += rename(document, change)
            elif isinstance(change, Retext):
                found.append(_retext(source, change))
        # What is put in at the end of an item comes before what is put in behind the item, at the same place.
        for pointer, some in sorted(_by_collection(planned).items(), key=lambda entry: -len(entry[0])):
            found += self._moved(pointer, some)
        edits = ordered(source.text, found)
        if read_again and moves(planned):
            _check(document, source, planned, edits)
        return edits

    def _moved(self, pointer: Pointer, changes: Sequence[Move]) -> list[TextEdit]:
        """Return the edits that take out, put in or order the entries of one collection."""
        value, shape = self._document.get(pointer), shape_of(self._document, pointer)
        if self._document.unjudged or self._document.incomplete:
            raise Refused("entries are not moved among anchors, aliases and merge keys")
        if shape is None:
            raise Refused("a change leads nowhere")
        steps: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        removed = {change.pointer[-1] for change in changes if isinstance(change, Remove)}
        orders = [change.keys for change in changes if isinstance(change, Reorder)]
        inserts = _by_place([change for change in changes if isinstance(change, Insert)], value)
        if not removed <= set(steps) or (orders and len(changes) > 1):
            raise Refused("a change leads nowhere, or two exclude each other")
        if orders and sorted(orders[0]) != sorted(map(str, steps)):
            raise Refused("the order does not name all fields")
        out = {steps.index(step) for step in removed}
        order = [steps.index(key) for keys in orders for key in keys]
        entries = self._entries_at(pointer, in_brackets=shape.flow)
        if isinstance(entries, Brackets):
            return [
                *flow.remove(entries, out),
                *(flow.reorder(entries, order) if orders else ()),
                *(flow.insert(self._document, entries, index, some) for index, some in inserts.items()),
            ]
        return [
            *(lines.remove(entries, out) if out else ()),
            *(lines.reorder(entries, order) if orders else ()),
            *(lines.insert(self._document, entries, index, some) for index, some in inserts.items()),
        ]

    def _entries_at(self, pointer: Pointer, *, in_brackets: bool) -> Layout | Brackets:
        if pointer not in self._entries:
            find = brackets if in_brackets else layout
            self._entries[pointer] = find(self._document, pointer)
        return self._entries[pointer]


def edits_of(document: Document, changes: Iterable[Change]) -> tuple[TextEdit, ...]:
    """Return the edits that make changes of a document; see :meth:`Editor.edits`."""
    return Editor(document).edits(changes)


def _ranges(changes: Iterable[Change]) -> dict[Pointer, list[tuple[int, int, str]]]:
    found: dict[Pointer, list[tuple[int, int, str]]] = {}
    for change in changes:
        if isinstance(change, Rewrite):
            found.setdefault(change.pointer, []).extend(change.pieces)
    return found


def _by_collection(changes: Iterable[Change]) -> dict[Pointer, list[Move]]:
    found: dict[Pointer, list[Move]] = {}
    for change in changes:
        if isinstance(change, Remove | Insert):
            found.setdefault(change.pointer[:-1], []).append(change)
        elif isinstance(change, Reorder):
            found.setdefault(change.pointer, []).append(change)
    return found


def _retext(source: Source, change: Retext) -> TextEdit:
    if change == Retext(Span(0, 0), ""):
        return DROP_BOM
    if not 0 <= change.span.start <= change.span.end <= len(source.text):
        raise Refused("a change leads nowhere")
    return TextEdit(change.span, change.text)


def _by_place(inserts: Sequence[Insert], value: object) -> dict[int, list[Insert]]:
    """Return what is put in by the index of the entry before which it goes."""
    found: dict[int, list[Insert]] = {}
    for change in inserts:
        step = change.pointer[-1]
        if isinstance(value, dict) and isinstance(step, str) and step not in value:
            before = predecessor(change, value)
            found.setdefault(0 if before is None else list(value).index(before) + 1, []).append(change)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step <= len(value):
            found.setdefault(step, []).append(change)
        else:
            raise Refused("a new entry has no place")
    return found


def _check(document: Document, source: Source, changes: Sequence[Change], edits: Sequence[TextEdit]) -> None:
    """Raise Refused where the edited text does not read as the data should be."""
    wanted, _ = intended(document.data, changes)
    new = Source(source.name, apply(source.text, edits))
    fences = find_fences(new)
    data = events.read(new, fences.yaml).data if isinstance(fences, Fences) else None
    if data is None or not same(data, wanted):
        raise Refused("the lines cannot be moved without changing anything else")
