"""What can stand at a place: the fields that are still missing, and the values that a field can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lsprotocol import types

from newslint.finding import Pointer, Span
from newslint.late import compiled_late
from newslint.near import near_miss
from newslint.output.escape import terminal
from newslint.quote import shorten
from newslint.record import Record
from newslint.schema.description import FieldDescription
from newslint.schema.schema import Schema
from newslint.server.abilities import Abilities
from newslint.server.fields import field_page, kind_of
from newslint.server.outline import Entry, outline
from newslint.server.snapshot import Snapshot
from newslint.vocabulary import Vocabulary

_TIMESTAMP = compiled_late(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
TRIGGERS = (":", "-", " ", "[", ",")
"""The characters behind which an editor asks unasked; where nothing can be offered, nothing is said."""


class _Place(Record):
    """Where the cursor is: ``word`` is the span that a choice replaces, ``before`` what must be put before it.

    ``typed`` is what stands there up to the cursor.
    """

    word: Span
    typed: str
    before: str = ""
    flow: bool = False


def completion(snapshot: Snapshot, position: types.Position, abilities: Abilities) -> types.CompletionList | None:
    """Return what can stand at a position, the best first, or None where newslint has nothing to offer."""
    if snapshot.kind is None:
        return None
    text, schema = snapshot.text, snapshot.kind.schema
    offset = text.offset(position)
    line = text.line_of(offset)
    entries = outline(text, line)
    entry = next((entry for entry in entries if entry.line == line), None)
    if entry is None or (entry.key is not None and offset < entry.key.start):
        return None
    if entry.key is not None and offset <= entry.key.end:
        place = _Place(entry.key, text.text[entry.key.start : offset])
        items = _keys(snapshot, entries, entry, schema, place, abilities)
    elif entry.key is not None:
        place = _value_place(snapshot, entry, offset)
        pointer = entry.pointer or ()
        items = _values(snapshot, entries, (*pointer, 0) if place.flow else pointer, place, schema)
    else:
        items = _loose(snapshot, entries, entry, offset, abilities)
    found = list(items)
    # A word that is only close to what is offered may be closer to something else after the next letter.
    near = any(item.filter_text is not None and item.filter_text != item.label for item in found)
    return types.CompletionList(near, found) if found else None


def _loose(
    snapshot: Snapshot, entries: list[Entry], entry: Entry, offset: int, abilities: Abilities
) -> Iterator[types.CompletionItem]:
    """Yield what can stand on a line that is nothing yet: a field, or an item of a list."""
    text = snapshot.text
    kind = snapshot.kind
    if kind is None:
        return
    schema = kind.schema
    written = text.line(entry.line)
    dash = written.rstrip().endswith("-") and offset == text.start(entry.line) + len(written) and written[-1:] == "-"
    start = min(entry.value.start, offset)
    place = _Place(Span(start, max(entry.value.end, offset)), text.text[start:offset], " " if dash else "")
    yield from _keys(snapshot, entries, entry, schema, place, abilities)
    if entry.item is not None:
        yield from _values(snapshot, entries, entry.item, place, schema)
    else:
        described = schema.describe(entry.parent)
        if described is not None and "array" in described.types:
            place = place._replace(before="- ")
            yield from _values(snapshot, entries, (*entry.parent, 0), place, schema)


def _value_place(snapshot: Snapshot, entry: Entry, offset: int) -> _Place:
    """Return what is replaced of the value on a line: all of it, or one item of a list in brackets."""
    text = snapshot.text.text
    start, end = entry.value
    if offset < start:
        start = end = offset
    before = " " if text[start - 1 : start] == ":" else ""
    written = text[start:end]
    if written.startswith("[") and start < offset:
        begin = max(text.rfind("[", start, offset), text.rfind(",", start, offset)) + 1
        begin += len(text[begin:offset]) - len(text[begin:offset].lstrip(" "))
        close = min((at for sign in ",]" if (at := text.find(sign, offset, end)) >= 0), default=end)
        word = text[begin:close].rstrip(" ")
        return _Place(Span(begin, max(begin + len(word), offset)), text[begin:offset], flow=True)
    return _Place(Span(start, max(end, offset)), text[start:offset], before)


def _keys(
    snapshot: Snapshot, entries: list[Entry], entry: Entry, schema: Schema, place: _Place, abilities: Abilities
) -> Iterator[types.CompletionItem]:
    """Yield the fields that the mapping around a line does not have: those that it must have first, in their order."""
    described = schema.describe(entry.parent)
    if described is None or not described.fields:
        return
    there = {
        other.pointer[-1]
        for other in entries
        if other.line != entry.line and other.pointer and other.key is not None and other.pointer[:-1] == entry.parent
    }
    missing = [name for name in described.fields if name not in there]
    near = _near(place.typed, missing)
    for number, name in enumerate(missing):
        field = schema.describe((*entry.parent, name)) or FieldDescription()
        is_required = name in described.required
        ending = "" if entry.key is not None else ":" if _is_collection(field) else ": "
        key = _written(name, flow=False, key=True)
        yield types.CompletionItem(
            terminal(name),
            kind=types.CompletionItemKind.Property,
            detail=f"{kind_of(field)}{', required' if is_required else ''}",
            documentation=_documentation(name, field, abilities),
            sort_text=f"{int(not is_required)}{number:04}" if name != near else "",
            filter_text=place.typed if name == near else None,
            preselect=name == near or None,
            text_edit=_edit(snapshot, place, f"{key}{ending}"),
        )


def _values(
    snapshot: Snapshot, entries: list[Entry], pointer: Pointer, place: _Place, schema: Schema
) -> Iterator[types.CompletionItem]:
    """Yield the values that a place can have, as far as they can be listed."""
    described = schema.describe(pointer)
    if described is None:
        return
    values = list(_known_values(described))
    topics = _topics(snapshot, pointer)
    if topics is not None:
        there = _items(snapshot, entries, pointer, place)
        values = [(name, "topic") for name in topics.names if name not in there]
    typed = place.typed.strip("'\"")
    near = _near(typed, [value for value, _ in values if isinstance(value, str)])
    if near is None and topics is not None and typed in topics.aliases:
        near = topics.aliases[typed]
    for number, (value, detail) in enumerate(values):
        written = _written(value, flow=place.flow)
        label = value if isinstance(value, str) else written
        yield types.CompletionItem(
            terminal(shorten(label)),
            kind=types.CompletionItemKind.Value,
            detail=detail,
            sort_text=f"{number:05}" if value != near else "",
            # A value that stands in quotes is looked for with them.
            filter_text=place.typed if value == near else written if place.typed[:1] in ("'", '"') else None,
            preselect=value == near or None,
            text_edit=_edit(snapshot, place, f"{place.before}{written}"),
        )


def _items(snapshot: Snapshot, entries: list[Entry], pointer: Pointer, place: _Place) -> set[str]:
    """Return the items that the list around a place has already, the place itself aside."""
    text = snapshot.text.text
    if place.flow:
        (entry,) = [entry for entry in entries if entry.value.start <= place.word.start <= entry.value.end]
        written = f"{text[entry.value.start : place.word.start]},{text[place.word.end : entry.value.end]}".split(",")
    else:
        others = [entry for entry in entries if entry.item and entry.item[:-1] == pointer[:-1]]
        written = [text[other.value.start : other.value.end] for other in others if other.item != pointer]
    return {one.strip("[]'\" ") for one in written}


def _known_values(described: FieldDescription) -> Iterator[tuple[Any, str]]:
    """Yield the values that the schema lists, and those that its types and formats have, each with what it is."""
    if described.allowed is not None:
        for value in described.allowed:
            if not isinstance(value, dict | list):
                yield value, "allowed"
        return
    if "boolean" in described.types:
        yield True, "boolean"
        yield False, "boolean"
    if "date-time" in described.formats:
        yield datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "now"


def _topics(snapshot: Snapshot, pointer: Pointer) -> Vocabulary | None:
    """Return the vocabulary where a place is judged by it (NL701)."""
    if len(pointer) == 2 and pointer[0] == "topics" and "NL701" in snapshot.project.plan(snapshot.path).codes:
        return snapshot.project.settings.vocabulary
    return None


def _near(typed: str, names: list[str]) -> str | None:
    """Return the name that a word is close to, where none begins with it: an editor would hide that one."""
    word = typed.strip()
    if len(word) < 3 or any(name.casefold().startswith(word.casefold()) for name in names):
        return None
    return near_miss(word, names)


def _is_collection(described: FieldDescription) -> bool:
    return bool(described.types) and set(described.types) <= {"array", "object"}


def _written(value: Any, *, flow: bool, key: bool = False) -> str:
    """Return a value as YAML has it on one line; a timestamp stands without quotes, as the format wants it (NL203)."""
    # Imported here because libyaml takes its time to come.
    from newslint.edits.scalars import Setting, write
    from newslint.edits.text import Refused

    if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
        return value
    try:
        return write(value, "plain", Setting(0, flow), key=key)
    except Refused:
        return str(value)


def _edit(snapshot: Snapshot, place: _Place, new: str) -> types.TextEdit:
    return types.TextEdit(snapshot.text.range(*place.word), new)


def _documentation(name: str, field: FieldDescription, abilities: Abilities) -> types.MarkupContent:
    kind = types.MarkupKind.Markdown if abilities.markdown else types.MarkupKind.PlainText
    return types.MarkupContent(kind, field_page(name, field))
