"""The lines that belong to an entry of a block mapping or list: its own, those of its value, and its comments.

A comment line directly above an entry, at the same column, belongs to it; one that is indented deeper belongs to the
entry above. Blank lines, and comments that stand apart, separate two entries and belong to none of them.
"""

from __future__ import annotations

import re

from newslint.document.document import Document
from newslint.document.source import Source
from newslint.document.within import column
from newslint.edits.places import shape_of, written_at
from newslint.edits.text import Refused
from newslint.finding import Pointer
from newslint.late import compiled_late
from newslint.record import Record

_REST = compiled_late(r"[ \t]*:?[ \t]*(?:#.*)?", re.DOTALL)
_COMMENT = compiled_late(r"( *)#")


class Block(Record):
    """One entry: ``lead`` is where its first comment or else itself begins, ``start`` is its key or dash.

    ``end`` is the end of its last line, the line end excluded.
    """

    lead: int
    start: int
    end: int


class Layout(Record):
    """The entries of a block collection; ``compact`` tells that the first one is not alone at the start of its line."""

    source: Source
    column: int
    blocks: tuple[Block, ...]
    compact: bool

    @property
    def margin(self) -> str:
        """The blanks before each entry."""
        return " " * self.column

    def gap(self, index: int) -> str:
        """Return the text between the end of an entry and the lead of the next."""
        return self.source.text[self.blocks[index].end : self.blocks[index + 1].lead]


def layout(document: Document, pointer: Pointer) -> Layout:
    """Return the lines of the entries of a block mapping or list.

    Raises Refused where they are not cleanly apart: an explicit key (``? a``), a repeated key, a block scalar that
    keeps its trailing blank lines, an entry with an anchor.
    """
    shape, value, source = shape_of(document, pointer), document.get(pointer), document.source
    if shape is None or source is None or shape.flow or not value:
        raise Refused("this is no block of lines")
    steps: list[str | int] = list(value) if isinstance(value, dict) else list(range(len(value)))
    margin = column(source.text, shape.start)
    lines = _Lines(source, margin)
    blocks: list[Block] = []
    for step in steps:
        place = (*pointer, step)
        if isinstance(step, str):
            start = document.span(place, "key").start
        else:
            start = lines.dash(blocks[-1].end) if blocks else shape.start
        if lines.column_of(start) != margin or (blocks and not lines.is_alone(start)):
            raise Refused("the entries do not stand on lines of their own")
        lead = lines.lead(start) if lines.is_alone(start) else start
        if blocks and (lead <= blocks[-1].end or not lines.is_gap(blocks[-1].end, lead)):
            raise Refused("something else stands between the entries")
        blocks.append(Block(lead, start, lines.end(_value_end(document, place))))
    return Layout(source, margin, tuple(blocks), not lines.is_alone(blocks[0].start))


def _value_end(document: Document, pointer: Pointer) -> int:
    """Return where the value of an entry ends, or its key where it has none."""
    last = pointer
    while isinstance(value := document.get(last), dict | list) and value:
        last = (*last, next(reversed(value)) if isinstance(value, dict) else len(value) - 1)
    written = written_at(document, last)
    if written is not None and document.source is not None and written.style in ("literal", "folded"):
        start = written.span.start
        if "+" in document.source.text[start : document.source.line_end(start)].partition("#")[0]:
            raise Refused("the blank lines after a block scalar belong to it")
    return document.span(pointer).end


class _Lines:
    """The lines of a source, seen from a collection whose entries begin at a column."""

    def __init__(self, source: Source, column: int) -> None:
        self._source = source
        self._column = column

    def start_of(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return offset - self.column_of(offset)

    def column_of(self, offset: int) -> int:
        """Return the 0-based column of an offset."""
        return self._source.position(offset)[1] - 1

    def is_alone(self, offset: int) -> bool:
        """Tell whether only blanks stand before an offset on its line."""
        return not self._source.text[self.start_of(offset) : offset].strip(" ")

    def end(self, offset: int) -> int:
        """Return the end of the last line of an entry whose value ends at an offset, with comments that are deeper."""
        end = self._source.line_end(offset)
        if not _REST.fullmatch(self._source.text, offset, end):
            raise Refused("something else follows the value on its line")
        while (after := next_line(self._source, end)) is not None and after < len(self._source.text):
            comment = _COMMENT.match(self._source.text, after)
            if comment is None or len(comment.group(1)) <= self._column:
                break
            end = self._source.line_end(after)
        return end

    def lead(self, start: int) -> int:
        """Return where the comments directly above an entry begin, at its own column, or where it begins itself."""
        lead = start
        while (line := self._source.position(lead)[0]) > 1:
            above = self._source.line_starts[line - 2]
            comment = _COMMENT.match(self._source.text, above)
            if comment is None or len(comment.group(1)) != self._column:
                break
            lead = above + self._column
        return lead

    def dash(self, end: int) -> int:
        """Return where the next item of a list begins, after blank lines and comments."""
        text = self._source.text
        line = next_line(self._source, end)
        while line is not None:
            content = text[line : self._source.line_end(line)].strip(" \t")
            if content and not content.startswith("#"):
                at = line + self._column
                if text[line : at + 1] != f"{' ' * self._column}-":
                    break
                return at
            line = next_line(self._source, line)
        raise Refused("the items do not stand on lines of their own")

    def is_gap(self, start: int, end: int) -> bool:
        """Tell whether nothing but blank lines and comments stands between the end of a line and an offset."""
        lines = re.split(r"\r\n|[\r\n]", self._source.text[start:end])
        return all(not (content := line.strip(" \t")) or content.startswith("#") for line in lines)


def next_line(source: Source, offset: int) -> int | None:
    """Return where the line after that of an offset begins, or None after the last one."""
    number = source.position(offset)[0]
    return source.line_starts[number] if number < len(source.line_starts) else None
