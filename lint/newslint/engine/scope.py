"""Which lines a suppression comment is about: its own or the next, and all lines of a value that fills several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from newslint.document.document import Document
from newslint.document.source import Source
from newslint.engine.directives import Directive, read_directives
from newslint.engine.selectors import WHOLE_FILE, Lines
from newslint.finding import Pointer, Span
from newslint.record import Record


class Placed(Record):
    """An instruction and the lines that it is about: WHOLE_FILE, or None where it stands above nothing."""

    directive: Directive
    lines: Lines | None


def place_directives(document: Document) -> list[Placed]:
    """Return the instructions in the comments of a document that has a text, in order, with their lines."""
    # Imported here because few files have such comments.
    from newslint.document.comments import comments

    source, fences = document.source, document.fences
    if source is None or fences is None:
        return []
    found = comments(source, fences)
    directives = read_directives(source, found)
    if not directives:
        return []
    layout = Layout(document, source, [span for span, _ in found])
    return [Placed(directive, layout.lines_of(directive)) for directive in directives]


class Layout:
    """The lines of a front matter: which are comments only, and which belong together because one value fills them.

    ``closing`` is the line of the closing ``---``, ``first_field`` the lines of the first field.
    """

    def __init__(self, document: Document, source: Source, comments: Iterable[Span]) -> None:
        self._source = source
        self.closing = source.position(document.fences.closing.start)[0] if document.fences else 1
        self._long = _long_fields(document, source, self.closing)
        alone: list[int] = []
        for span in comments:
            line, column = source.position(span.start)
            if not source.line(line)[: column - 1].strip(" \t"):
                alone.append(line)
        self._below: dict[int, int] = {}
        for line in reversed(alone):
            self._below[line] = self._below.get(line + 1, line + 1)
        first = 2
        while first < self.closing and (first in self._below or self._is_blank(first)):
            first += 1
        self.first_field = self.together(first)

    def together(self, line: int) -> Lines:
        """Return the first and last line of the field that a line is part of, where its value fills several lines."""
        place = bisect_right(self._long, (line, self.closing)) - 1
        return self._long[place] if place >= 0 and self._long[place][1] >= line else (line, line)

    def lines_of(self, directive: Directive) -> Lines | None:
        """Return the lines that an instruction is about; the opening ``---`` goes with the first field."""
        if directive.whole_file:
            return WHOLE_FILE
        line = self._below.get(directive.line, directive.line)
        if line != directive.line and (line >= self.closing or self._is_blank(line)):
            return (1, 1) if line < self.first_field[0] else None
        lines = self.together(line)
        return (1, lines[1]) if lines == self.first_field else lines

    def _is_blank(self, line: int) -> bool:
        return not self._source.line(line).strip(" \t")


def _long_fields(document: Document, source: Source, closing: int) -> list[Lines]:
    """Return, in order, the lines of the fields and items whose value is no collection, but reaches a later line."""
    found: list[Lines] = []
    waiting: list[tuple[Pointer, Any]] = [((), document.data)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(((*pointer, key), child) for key, child in value.items())
        elif isinstance(value, list):
            waiting.extend(((*pointer, index), child) for index, child in enumerate(value))
        else:
            span = document.span(pointer)
            first = source.position(document.span(pointer, "key").start)[0]
            last = source.position(span.end)[0]
            if document.style(pointer) in ("literal", "folded"):
                # The line breaks at its end may be part of the value.
                while last + 1 < closing and not source.line(last + 1).strip(" \t"):
                    last += 1
            if last > first:
                found.append((first, last))
    merged: list[Lines] = []
    for lines in sorted(found):
        if merged and lines[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(lines[1], merged[-1][1]))
        else:
            merged.append(lines)
    return merged
