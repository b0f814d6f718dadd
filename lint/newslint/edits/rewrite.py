"""New text for ranges of a scalar, in its own style: only the source characters of these ranges change.

What is written is read again by libyaml alone and must say exactly what it should; else the next, wider way is tried:
blanks at the edges as escapes (where a line is folded beside them), then double quotes in place of none or single ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newslint.document.document import Document
from newslint.document.scalars import resolve
from newslint.document.within import Piece, one_line_offsets
from newslint.edits import scalars
from newslint.edits.places import Written, pieces_at, written_at
from newslint.edits.scalars import Setting
from newslint.edits.text import Refused, TextEdit, apply, ordered
from newslint.finding import Pointer, Span
from newslint.late import compiled_late
from newslint.record import Record

_LINE_BREAK = compiled_late("[\r\n\x85\u2028\u2029]")
_BREAKS = "\r\n\x85\u2028\u2029"
_WHITE = f" \t{_BREAKS}"

Range = tuple[int, int, str]
"""A range of a decoded text and what takes its place."""


class WrittenText(Record):
    """A text and how it is written; ``pieces`` are the source characters of each of its characters."""

    source: str
    written: Written
    value: str
    pieces: list[Piece]

    @property
    def setting(self) -> Setting:
        """Where it stands."""
        return Setting(self.written.column, self.written.flow)

    def span(self, start: int, end: int) -> Span:
        """Return the source range of a range of the value, an empty one for an empty one."""
        if start < end:
            return Span(self.pieces[start][1], self.pieces[end - 1][2])
        if start < len(self.pieces):
            return Span(self.pieces[start][1], self.pieces[start][1])
        if not self.pieces and self.written.style not in ("single", "double"):
            raise Refused("there is no text yet that could be changed in place")
        offset = self.pieces[-1][2] if self.pieces else self.written.span.start + 1
        return Span(offset, offset)


def rewritten(value: str, ranges: Iterable[Range]) -> str:
    """Return a text after its ranges were replaced; raises Refused where they overlap or lie outside it."""
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(ranges):
        if not position <= start <= end <= len(value):
            raise Refused("two changes meet in the same characters")
        parts += (value[position:start], new)
        position = end
    return "".join((*parts, value[position:]))


def rewrite(document: Document, pointer: Pointer, ranges: Sequence[Range]) -> list[TextEdit]:
    """Return the edits that put new text for ranges of a text; raises Refused where that cannot be done exactly."""
    simple = _on_one_line(document, pointer, ranges)
    if simple is not None:
        return simple
    text = _written_text(document, pointer)
    wanted = rewritten(text.value, ranges)
    if wanted == text.value:
        return []
    for style, edits in _candidates(text, sorted(ranges), wanted):
        if _says(text, edits, wanted, style):
            return edits
    raise Refused(f"the {text.written.style} scalar cannot be changed in place without changing more of it")


def _on_one_line(document: Document, pointer: Pointer, ranges: Sequence[Range]) -> list[TextEdit] | None:
    """Return the edits of a quoted text on one line that puts plain characters into it, or None for any other.

    Nothing is folded there and each character, or its escape, stands for itself alone: nothing needs to be read again.
    """
    place = document.places.value(pointer) if document.places is not None else None
    value = document.get(pointer)
    if place is None or document.source is None or not isinstance(value, str):
        return None
    rewritten(value, ranges)
    if any(not new.isprintable() or any(mark in new for mark in _MARKS) for _, _, new in ranges):
        return None
    offsets = one_line_offsets(document.source.text, Span(place.start, place.end), place.style, value)
    if offsets is None:
        return None
    changed = [edit for whole in sorted(ranges) if (edit := _trim(value, whole, suffix_first=False)) is not None]
    return [TextEdit(Span(offsets[start], offsets[end]), new) for start, end, new in changed]


_MARKS = "\"'\\"
"""The characters that do not stand for themselves in every quoted scalar."""


def _written_text(document: Document, pointer: Pointer) -> WrittenText:
    written, pieces, value = written_at(document, pointer), pieces_at(document, pointer), document.get(pointer)
    if written is None or pieces is None or not isinstance(value, str) or document.source is None:
        raise Refused("the characters of this text cannot be told for certain")
    return WrittenText(document.source.text, written, value, pieces)


def _candidates(text: WrittenText, ranges: list[Range], wanted: str) -> Iterator[tuple[str, list[TextEdit]]]:
    """Yield the ways of writing the new text, the one that touches least first, each with the style that results."""
    style = text.written.style
    trimmed = [
        [edit for whole in ranges if (edit := _trim(text.value, whole, suffix_first=order)) is not None]
        for order in (False, True)
    ]
    trimmed.sort(key=lambda edits: sum(_breaks(text, start, end) for start, end, _ in edits))
    best = trimmed[0]
    raw = all(scalars.is_raw(new) for _, _, new in best)
    if style in ("literal", "folded"):
        for edits in trimmed if raw else ():
            if any(_takes_last_break(text.value, edit) for edit in edits):
                # The margin before it would stand in front of what comes next, or rest on a line that others may take.
                continue
            yield style, [TextEdit(text.span(start, end), new) for start, end, new in edits]
        return
    if style != "double" and raw and (style == "single" or _may_be_plain(wanted, text.value)):
        yield style, [TextEdit(text.span(start, end), _raw(new, style)) for start, end, new in best]
    write = _escaped if style == "double" else _requoted
    yield "double", write(text, best, edges=False)
    for folds in (False, True):
        yield "double", write(text, _widened(text, best, folds=folds), edges=True)


def _takes_last_break(value: str, edit: Range) -> bool:
    """Tell whether an edit leaves a text that ends in a line break without it."""
    start, end, new = edit
    return start < end == len(value) and value[-1] in _BREAKS and not new.endswith(tuple(_BREAKS))


def _may_be_plain(wanted: str, old: str) -> bool:
    return resolve(wanted) == wanted and not scalars.is_read_differently(wanted, old)


def _raw(new: str, style: str) -> str:
    return new.replace("'", "''") if style == "single" else new


def _escaped(text: WrittenText, ranges: list[Range], *, edges: bool) -> list[TextEdit]:
    return [TextEdit(text.span(start, end), scalars.escape(new, edges=edges)) for start, end, new in ranges]


def _requoted(text: WrittenText, ranges: list[Range], *, edges: bool) -> list[TextEdit]:
    """Return the edits that also put the scalar into double quotes; all else keeps its lines and blanks."""
    (start, end), quotes = text.written.span, 1 if text.written.style == "single" else 0
    changed = {index for first, last, _ in ranges for index in range(first, last)}
    # Of edits at one offset the first comes first: the opening quote is the first of all, the closing one the last.
    edits = [TextEdit(Span(start, start + quotes), '"'), *_escaped(text, ranges, edges=edges)]
    for index, (char, first, last) in enumerate(text.pieces):
        if index not in changed and char in "\"\\'":
            edits.append(TextEdit(Span(first, last), char if char == "'" else f"\\{char}"))
    return [*edits, TextEdit(Span(end - quotes, end), '"')]


def _trim(value: str, edit: Range, *, suffix_first: bool) -> Range | None:
    """Return a range without the characters at its edges that stay what they are, or None where nothing is left."""
    start, end, new = edit
    first, last = 0, len(new)
    for suffix in (suffix_first, not suffix_first):
        if suffix:
            while start < end and first < last and value[end - 1] == new[last - 1]:
                end, last = end - 1, last - 1
        else:
            while start < end and first < last and value[start] == new[first]:
                start, first = start + 1, first + 1
    return (start, end, new[first:last]) if start < end or first < last else None


def _breaks(text: WrittenText, start: int, end: int) -> int:
    """Return how many line breaks of the source a range covers."""
    return len(_LINE_BREAK.findall(text.source, *text.span(start, end))) if start < end else 0


def _widened(text: WrittenText, ranges: list[Range], *, folds: bool) -> list[Range]:
    """Return ranges that take the blanks around them along, line breaks only with ``folds``; what touches is one."""
    value = text.value

    def is_blank(index: int) -> bool:
        return value[index] in _WHITE and (folds or not _breaks(text, index, index + 1))

    wide: list[Range] = []
    for number, (start, end, new) in enumerate(ranges):
        floor = wide[-1][1] if wide else 0
        ceiling = ranges[number + 1][0] if number + 1 < len(ranges) else len(value)
        first, last = start, end
        while first > floor and is_blank(first - 1):
            first -= 1
        while last < ceiling and is_blank(last):
            last += 1
        content = value[first:start] + new + value[end:last]
        if wide and first == floor:
            first, _, before = wide.pop()
            content = before + content
        wide.append((first, last, content))
    return wide


def _says(text: WrittenText, edits: list[TextEdit], wanted: str, style: str) -> bool:
    """Tell whether the edited scalar is read as the wanted text, in the style that it should have."""
    start, end = text.written.span
    try:
        inner = [TextEdit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in edits]
        source = text.source[start:end]
        new = apply(source, ordered(source, inner))
    except Refused:
        return False
    return scalars.decode(new, text.setting) == (wanted, style)
