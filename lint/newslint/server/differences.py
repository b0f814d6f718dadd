"""From two texts to the few edits that make the second of the first: an editor keeps its cursor and its folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from newslint.edits.text import TextEdit
from newslint.finding import Span
from newslint.late import compiled_late
from newslint.limits import MAX_LINES_COMPARED

_LINE = compiled_late(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def differences(before: str, after: str) -> tuple[TextEdit, ...]:
    """Return edits of ``before`` in order, without overlaps, that make ``after`` of it; none cuts a CRLF in two."""
    old, new = _lines(before), _lines(after)
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    offset = sum(map(len, old[:first]))
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(old), len(new)) > MAX_LINES_COMPARED:
        return tuple(_edit(before, offset, "".join(old), "".join(new)))
    starts = [offset]
    for line in old:
        starts.append(starts[-1] + len(line))
    edits: list[TextEdit] = []
    for kind, begin, end, new_begin, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            edits += _edit(before, starts[begin], "".join(old[begin:end]), "".join(new[new_begin:new_end]))
    return tuple(edits)


def _lines(text: str) -> list[str]:
    return [line for line in _LINE.findall(text) if line]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many elements at the start of both are the same: lines, or characters."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _edit(text: str, offset: int, old: str, new: str) -> Iterator[TextEdit]:
    """Yield the edit of one part of a text, without what is the same at its edges."""
    front = _same(old, new)
    back = _same(old[front:][::-1], new[front:][::-1])
    start, end = offset + front, offset + len(old) - back
    # No position of the protocol lies between the two characters of a line end.
    if _is_within_crlf(text, start):
        start, front = start - 1, front - 1
    if _is_within_crlf(text, end):
        end, back = end + 1, back - 1
    if old != new:
        yield TextEdit(Span(start, end), new[front : len(new) - back])


def _is_within_crlf(text: str, offset: int) -> bool:
    return text[offset - 1 : offset + 1] == "\r\n" if offset else False
