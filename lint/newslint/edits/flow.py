"""Entries of a mapping or list in brackets taken out, put in and put in order, with the commas between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from newslint.document.document import Document
from newslint.edits import scalars
from newslint.edits.lines import neighbour_style
from newslint.edits.places import shape_of, written_at
from newslint.edits.scalars import Setting
from newslint.edits.text import Refused, TextEdit
from newslint.finding import Insert, Pointer, Span
from newslint.late import compiled_late
from newslint.record import Record

_COLON = compiled_late(r"[ \t]*:")
_COMMA = compiled_late(r"\s*,\s*")
_TRAILING_COMMA = compiled_late(r"\s*,")


class Brackets(Record):
    """A collection in brackets: where the first one stands, the spans of its entries, and the text around it all."""

    text: str
    start: int
    entries: tuple[Span, ...]

    def comma(self, index: int) -> bool:
        """Tell whether nothing but a comma and blanks stands between an entry and the next one."""
        return _COMMA.fullmatch(self.text, self.entries[index].end, self.entries[index + 1].start) is not None


def brackets(document: Document, pointer: Pointer) -> Brackets:
    """Return where the entries of a collection in brackets stand; raises Refused for any other value."""
    shape, value, source = shape_of(document, pointer), document.get(pointer), document.source
    if shape is None or source is None or not shape.flow or source.text[shape.start] not in "[{":
        raise Refused("this is no collection in brackets")
    steps: list[str | int] = list(value) if isinstance(value, dict) else list(range(len(value)))
    entries = []
    for step in steps:
        place = (*pointer, step)
        start, end = document.span(place, "key").start, document.span(place).end
        written = written_at(document, place)
        if written is not None and written.span.start == written.span.end:
            colon = _COLON.match(source.text, end)
            end = colon.end() if colon else end
        entries.append(Span(start, end))
    if any(one.end > other.start for one, other in pairwise(entries)):
        raise Refused("something else stands between the entries")
    return Brackets(source.text, shape.start, tuple(entries))


def remove(flow: Brackets, indexes: Collection[int]) -> list[TextEdit]:
    """Return the edits that take entries out, each run of them with one comma less than it has.

    Raises Refused where a comment stands among them.
    """
    edits: list[TextEdit] = []
    size = len(flow.entries)
    for first in sorted(indexes):
        if first - 1 in indexes:
            continue
        after = first + 1
        while after in indexes:
            after += 1
        start, end = flow.entries[first].start, flow.entries[after - 1].end
        commas = range(first, after)
        if after < size:
            end = flow.entries[after].start
        else:
            start = flow.entries[first - 1].end if first else start
            if first == 0 and (comma := _TRAILING_COMMA.match(flow.text, end)):
                end = comma.end()
            commas = range(max(first - 1, 0), size - 1)
        if not all(map(flow.comma, commas)):
            raise Refused("a comment in the brackets would be lost")
        edits.append(TextEdit(Span(start, end), ""))
    return edits


def insert(document: Document, flow: Brackets, index: int, changes: Sequence[Insert]) -> TextEdit:
    """Return the edit that writes entries before the one at an index, or behind the last one."""
    setting = Setting(0, flow=True)
    written = []
    for change in changes:
        name, value = change.pointer[-1], scalars.write(change.value, neighbour_style(document, change), setting)
        key = f"{scalars.write(name, 'plain', setting, key=True)}: " if isinstance(name, str) else ""
        written.append(f"{key}{value}")
    text = ", ".join(written)
    if not flow.entries:
        return TextEdit(Span(flow.start + 1, flow.start + 1), text)
    if index == len(flow.entries):
        end = flow.entries[-1].end
        return TextEdit(Span(end, end), f", {text}")
    start = flow.entries[index].start
    return TextEdit(Span(start, start), f"{text}, ")


def reorder(flow: Brackets, order: Sequence[int]) -> list[TextEdit]:
    """Return the edits that put entries into an order; raises Refused where a comment stands among them."""
    if not all(map(flow.comma, range(len(flow.entries) - 1))):
        raise Refused("a comment in the brackets would stand at the wrong entry")
    texts = [flow.text[entry.start : entry.end] for entry in flow.entries]
    return [TextEdit(entry, texts[index]) for entry, index in zip(flow.entries, order, strict=True)]
