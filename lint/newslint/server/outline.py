"""The lines of a front matter, read leniently: which field each is about, also while it is not YAML yet.

An editor asks while somebody types, when libyaml has only one answer: that the text is wrong. So this looks at one line
after the other, at its indentation, its dashes and its key, and has an opinion on each; what it cannot tell apart (a
value over several lines, brackets) is passed over. It never decides what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.document.scalars import resolve
from newslint.finding import Pointer, Span
from newslint.late import compiled_late
from newslint.record import Record
from newslint.server.texts import BOM, Text

_FENCE = compiled_late(r"---[ \t]*")
_CLOSING = compiled_late(r"(?:-{3,}|\.{3})[ \t]*")
_LEAD = compiled_late(r" *(?:-(?: +|$))*")
_KEY = compiled_late(r"""("[^"]*"|'[^']*'|[^\s#&*!|>%@`"'\[\]{},:-][^:#]*|-[^\s:#][^:#]*):(?=[ \t]|$)""")
_COMMENT = compiled_late(r"(?:^|[ \t])#.*")
_QUOTED = compiled_late(r"""\"[^"\\]*+(?:\\.[^"\\]*+)*+\"|'[^']*+(?:''[^']*+)*+'""")
_BLOCK = compiled_late(r"[|>][-+0-9]*[ \t]*")


class Entry(Record):
    """One line of the front matter that says something.

    ``line`` counts from 0, and ``last`` is the line with which what belongs to the entry ends. ``parent`` is the
    mapping that a key on this line would belong to, ``pointer`` what the line is about (None: it is nothing yet).
    ``key`` is the span of the key, quotes included; ``value`` that of the value on the line, without its comment, and
    empty, where it would stand, without one. ``item`` tells that the line begins an item of a list: its pointer.
    """

    line: int
    last: int
    parent: Pointer
    pointer: Pointer | None
    key: Span | None
    value: Span
    item: Pointer | None


class _Frame:
    """A collection that is open: its rank (twice its column, and one more for a list), where it is, what it awaits."""

    def __init__(self, rank: int, pointer: Pointer) -> None:
        self.rank = rank
        self.pointer = pointer
        self.waiting: Pointer | None = None
        self.items = 0


def front_matter(text: Text) -> range | None:
    """Return the lines between the two fences, or to the end where nothing closes it; None where nothing opens it."""
    if not _FENCE.fullmatch(text.line(0).removeprefix(BOM)):
        return None
    last = text.line_of(len(text.text))
    closing = (number for number in range(1, last + 1) if _CLOSING.fullmatch(text.line(number)))
    return range(1, next(closing, last + 1))


def outline(text: Text, cursor: int | None = None) -> list[Entry]:
    """Return the entries of a front matter, in order; none where there is no front matter.

    A line that is blank, or a word that is no field yet, is an entry only where it is the line of the ``cursor``.
    """
    lines = front_matter(text)
    if lines is None:
        return []
    found: list[Entry] = []
    frames = [_Frame(0, ())]
    skipping: int | None = None
    quote = ""
    for number in lines:
        written = text.line(number)
        indent = len(written) - len(written.lstrip(" "))
        if quote:
            if quote in written or (number != cursor and _KEY.match(written)):
                quote = ""
            if not _KEY.match(written):
                continue
        if skipping is not None and number != cursor and (indent > skipping or not written.strip()):
            continue
        skipping = None
        entry, value = _entry(text, number, written, frames, at_cursor=number == cursor)
        if entry is None:
            continue
        found.append(entry)
        if _BLOCK.fullmatch(value) or (value[:1] in "[{" and value[:1] and not _is_closed(value)):
            skipping = indent
        elif value[:1] in ("'", '"') and not _is_quoted(value):
            quote = value[0]
    return list(_with_ends(found, lines, text))


def _entry(text: Text, number: int, written: str, frames: list[_Frame], *, at_cursor: bool) -> tuple[Entry | None, str]:
    """Return the entry of a line and its value, and open and close the collections around it."""
    start = text.start(number)
    lead = _LEAD.match(written)
    column = lead.end() if lead is not None else 0
    rest = written[column:]
    blank = not _COMMENT.sub("", written).strip()
    if blank and not at_cursor:
        return None, ""
    key = _KEY.match(rest)
    if key is None and not (at_cursor or "-" in written[:column]):
        return None, ""
    # What is no field yet must not close what the lines below belong to.
    stack = frames if key is not None or "-" in written[:column] else _copied(frames)
    item: Pointer | None = None
    for dash in re.finditer("-", written[:column]):
        item = _open_item(stack, dash.start())
    parent = _mapping_at(stack, column)
    name = _name(key[1]) if key is not None else None
    pointer = (*parent, name) if name is not None else item
    begin = column + key.end() if key is not None else column
    begin += len(written[begin:]) - len(written[begin:].lstrip(" \t"))
    value = _value(written[begin:])
    if key is not None:
        stack[-1].waiting = pointer
    entry = Entry(
        number,
        number,
        parent,
        pointer,
        Span(start + column, start + column + len(key[1])) if key is not None else None,
        Span(start + begin, start + begin + len(value)),
        item,
    )
    return entry, value


def _open_item(stack: list[_Frame], column: int) -> Pointer:
    """Return the pointer of a list's next item, whose dash stands in a column."""
    rank = 2 * column + 1
    while stack[-1].rank > rank and len(stack) > 1:
        stack.pop()
    if stack[-1].rank != rank:
        stack.append(_Frame(rank, stack[-1].waiting or stack[-1].pointer))
    frame = stack[-1]
    frame.waiting = (*frame.pointer, frame.items)
    frame.items += 1
    return frame.waiting


def _mapping_at(stack: list[_Frame], column: int) -> Pointer:
    """Return the mapping whose keys stand in a column, and open it where it is not."""
    rank = 2 * column
    while stack[-1].rank > rank and len(stack) > 1:
        stack.pop()
    if stack[-1].rank != rank:
        stack.append(_Frame(rank, stack[-1].waiting or stack[-1].pointer))
    return stack[-1].pointer


def _copied(frames: list[_Frame]) -> list[_Frame]:
    copies = []
    for frame in frames:
        copy = _Frame(frame.rank, frame.pointer)
        copy.waiting, copy.items = frame.waiting, frame.items
        copies.append(copy)
    return copies


def _name(written: str) -> str:
    name = written.strip()
    return name[1:-1] if name[:1] in ("'", '"') and len(name) > 1 else name


def _value(written: str) -> str:
    """Return the value that a text begins with, without what follows it."""
    quoted = _QUOTED.match(written)
    if quoted is not None:
        return quoted.group()
    return written.rstrip() if written[:1] in ("'", '"') else _COMMENT.sub("", f" {written}").strip(" \t")


def _is_closed(value: str) -> bool:
    return value.count("[") + value.count("{") <= value.count("]") + value.count("}")


def _is_quoted(value: str) -> bool:
    return _QUOTED.fullmatch(value) is not None


def _with_ends(entries: list[Entry], lines: range, text: Text) -> Iterator[Entry]:
    """Yield the entries with their last lines: all that stands below, and deeper, belongs to them."""
    visible = {lines.start - 1: lines.start - 1}
    for number in lines:
        visible[number] = number if text.line(number).strip() else visible[number - 1]
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for index, entry in enumerate(entries):
        while waiting and not _is_within(entry, entries[waiting[-1]]):
            ends[waiting.pop()] = entry.line - 1
        waiting.append(index)
    for index, entry in enumerate(entries):
        yield entry._replace(last=max(visible[ends.get(index, lines.stop - 1)], entry.line))


def _is_within(inner: Entry, outer: Entry) -> bool:
    """Tell whether an entry is part of another one's value, or a further field of the item that the other begins."""
    around = outer.pointer
    if around is None:
        return False
    place = inner.pointer if inner.pointer is not None else inner.parent
    return len(place) > len(around) and place[: len(around)] == around


def value_of(text: Text, entry: Entry) -> object:
    """Return what the value on an entry's line probably means: text, number, boolean, or None."""
    written = text.text[entry.value.start : entry.value.end]
    if written[:1] in ("'", '"') and _is_quoted(written):
        return written[1:-1]
    return resolve(written)
