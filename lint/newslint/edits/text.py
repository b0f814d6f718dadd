"""Edits of a text: ranges with what takes their place, in order and without overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newslint.finding import Span
from newslint.record import Record


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A change that cannot be written exactly, and is therefore not written at all; the message says why."""


class TextEdit(Record):
    """A range of a source's text and what takes its place."""

    span: Span
    text: str


DROP_BOM = TextEdit(Span(0, 0), "")
"""The byte order mark goes away. It has no offset and no column, so that the edit of it is the one that is empty."""


def ordered(text: str, edits: Iterable[TextEdit]) -> tuple[TextEdit, ...]:
    """Return edits in order: those that touch are one, those that change nothing are left out.

    Deletions may overlap; anything else that does raises Refused.
    """
    given = list(edits)
    merged: list[TextEdit] = []
    for edit in sorted((edit for edit in given if edit != DROP_BOM), key=lambda edit: edit.span):
        if not merged or edit.span.start > merged[-1].span.end:
            merged.append(edit)
            continue
        last = merged.pop()
        if edit.span.start < last.span.end and (edit.text or last.text):
            raise Refused("two changes meet in the same characters")
        span = Span(last.span.start, max(last.span.end, edit.span.end))
        merged.append(TextEdit(span, last.text + edit.text))
    kept = [edit for edit in merged if text[edit.span.start : edit.span.end] != edit.text]
    return (*([DROP_BOM] if DROP_BOM in given else []), *kept)


def apply(text: str, edits: Sequence[TextEdit]) -> str:
    """Return the text after edits that are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for (start, end), new in edits:
        parts += (text[position:start], new)
        position = end
    return "".join((*parts, text[position:]))
