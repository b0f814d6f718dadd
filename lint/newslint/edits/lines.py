"""Entries of a block mapping or list taken out, put in and put in order, with their comments and blank lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newslint.document.document import Document
from newslint.edits import scalars
from newslint.edits.blocks import Layout, next_line
from newslint.edits.scalars import Setting
from newslint.edits.text import Refused, TextEdit
from newslint.finding import Insert, Pointer, Span
from newslint.late import compiled_late

_BLANK_LINE = compiled_late(r"[ \t]*(?:\r\n|[\r\n])")
_DASH = compiled_late(r"-([ \t]+)\S")


def remove(layout: Layout, indexes: Collection[int]) -> list[TextEdit]:
    """Return the edits that take entries out with the lines and comments that are their own.

    A blank line goes along where it would separate nothing any more. Raises Refused where no entry would be left.
    """
    if len(indexes) == len(layout.blocks):
        raise Refused("nothing would be left of the collection")
    edits: list[TextEdit] = []
    first = 0
    if layout.compact and 0 in indexes:
        first = next(index for index in range(len(layout.blocks)) if index not in indexes)
        if any("#" in layout.gap(index) for index in range(first)):
            raise Refused("a comment that stands apart would be lost")
        edits.append(TextEdit(Span(layout.blocks[0].start, layout.blocks[first].lead), ""))
    edits += [_without(layout, index) for index in sorted(indexes) if index >= first]
    return edits


def _without(layout: Layout, index: int) -> TextEdit:
    """Return the edit that deletes the lines of an entry that begins on a line of its own."""
    block, text = layout.blocks[index], layout.source.text
    start, end = block.lead - layout.column, next_line(layout.source, block.end)
    if end is None:
        end = block.end
    above = _blank_lines_above(text, start)
    below = _BLANK_LINE.match(text, end)
    at_end = text.startswith("---", end)
    if above < start and (below or at_end):
        start = above
    elif below and index == 0 and above == start:
        while below := _BLANK_LINE.match(text, end):
            end = below.end()
    return TextEdit(Span(start, end), "")


def _blank_lines_above(text: str, start: int) -> int:
    """Return where the blank lines directly above the start of a line begin."""
    while start > 0:
        end = start - (2 if text.startswith("\r\n", start - 2) else 1)
        line = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        if text[line:end].strip(" \t"):
            break
        start = line
    return start


def insert(document: Document, layout: Layout, index: int, changes: Sequence[Insert]) -> TextEdit:
    """Return the edit that writes new entries before the one at an index: behind the one above it, if there is one."""
    setting = Setting(layout.column, flow=False)
    is_list = isinstance(changes[0].pointer[-1], int)
    near = layout.blocks[min(index, len(layout.blocks) - 1)]
    dash = _DASH.match(layout.source.text, near.start) if is_list else None
    written: list[str] = []
    for change in changes:
        key = f"-{dash.group(1) if dash else ' '}"
        if not is_list:
            key = f"{scalars.write(str(change.pointer[-1]), 'plain', setting, key=True)}: "
        written.append(f"{key}{scalars.write(change.value, neighbour_style(document, change), setting)}")
    newline = layout.source.newline
    if index == 0 and layout.compact:
        return TextEdit(Span(near.start, near.start), "".join(f"{line}{newline}{layout.margin}" for line in written))
    place = near.lead - layout.column
    if index == len(layout.blocks) or (not is_list and index > 0):
        after = next_line(layout.source, layout.blocks[index - 1].end)
        if after is None:
            raise Refused("the entry has no line end")
        place = after
    return TextEdit(Span(place, place), "".join(f"{layout.margin}{line}{newline}" for line in written))


def neighbour_style(document: Document, change: Insert) -> str:
    """Return the style in which a new value is written: quoted as its neighbours are, where it is text as they are."""
    parent = document.get(change.pointer[:-1])
    steps: list[str | int] = []
    if isinstance(change.value, str) and isinstance(parent, list) and parent:
        index = change.pointer[-1]
        steps = [index if isinstance(index, int) and index < len(parent) else len(parent) - 1]
    elif isinstance(change.value, str) and isinstance(parent, dict):
        steps += [key for key in reversed(change.after) if key in parent][:1]
    for step in steps:
        pointer: Pointer = (*change.pointer[:-1], step)
        style = document.style(pointer)
        if style in ("single", "double") and isinstance(document.get(pointer), str):
            return style
    return "plain"


def reorder(layout: Layout, order: Sequence[int]) -> list[TextEdit]:
    """Return the edit that puts whole entries into an order: those that stay at either end are left alone.

    Each entry takes along what separates it from the one above it, but for the one that becomes the first: what was
    above it then separates the one that was the first.
    """
    text, blocks = layout.source.text, layout.blocks
    moved = [at for at, index in enumerate(order) if at != index]
    if not moved:
        return []
    first, last = moved[0], moved[-1]
    above = {index: layout.gap(index - 1) for index in range(max(first, 1), last + 1)}
    start = blocks[first - 1].end if first else blocks[0].lead
    if first == 0:
        above[0], above[order[0]] = above[order[0]], ""
    parts = [above[index] + text[blocks[index].lead : blocks[index].end] for index in order[first : last + 1]]
    return [TextEdit(Span(start, blocks[last].end), "".join(parts))]
