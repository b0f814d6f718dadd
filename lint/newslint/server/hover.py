"""What is shown at a place: the page of the rule that found something there, and what the schema says of a field."""

from __future__ import annotations

import json
from typing import Any

from lsprotocol import types

from newslint.finding import readable_pointer
from newslint.output.escape import terminal
from newslint.quote import shorten
from newslint.rules import BY_CODE
from newslint.rules.page import page
from newslint.schema.description import FieldDescription
from newslint.server.abilities import Abilities
from newslint.server.actions import findings_in
from newslint.server.diagnostics import span_of
from newslint.server.outline import outline
from newslint.server.snapshot import Snapshot

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_FORMATS = {"date-time": "a date and time", "uri": "a web address", "hostname": "a host name", "email": "an address"}
_SHOWN = 12
"""Allowed values that are listed."""


def hover(snapshot: Snapshot, position: types.Position, abilities: Abilities) -> types.Hover | None:
    """Return what is to be shown at a position, or None where there is nothing to say."""
    if snapshot.kind is None:
        return None
    text = snapshot.text
    offset = text.offset(position)
    parts: list[str] = []
    span: tuple[int, int] | None = None
    line = text.line_of(offset)
    entry = next((entry for entry in outline(text) if entry.line == line), None)
    if entry is not None and entry.key is not None and entry.key.start <= offset <= entry.key.end and entry.pointer:
        described = snapshot.kind.schema.describe(entry.pointer)
        if described is not None:
            span = entry.key
            parts.append(field_page(readable_pointer(entry.pointer), described))
    here = findings_in(snapshot, types.Range(position, position))
    parts += [page(BY_CODE[code]) for code in dict.fromkeys(finding.code for finding in here)]
    if here and span is None:
        span = span_of(here[0], text)
    if not parts or span is None:
        return None
    kind = types.MarkupKind.Markdown if abilities.markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n\n---\n\n".join(parts)), text.range(*span))


def field_page(name: str, described: FieldDescription) -> str:
    """Return what a schema says of a field, as Markdown."""
    lines = [f"**{_plain(name)}**: {kind_of(described)}"]
    if described.description is not None:
        lines += ["", _plain(described.description)]
    if described.allowed is not None:
        shown = ", ".join(f"`{written(value)}`" for value in described.allowed[:_SHOWN])
        rest = len(described.allowed) - _SHOWN
        lines += ["", f"Allowed: {shown}{f' and {rest} more' if rest > 0 else ''}"]
    if described.required:
        required = [field for field in described.fields if field in described.required]
        lines += ["", f"Required in it: {', '.join(f'`{_code(field)}`' for field in required)}"]
    if described.examples:
        lines += ["", f"Example: `{written(described.examples[0])}`"]
    return "\n".join(lines)


def kind_of(described: FieldDescription) -> str:
    """Return in a few words what stands in a field."""
    formats = [_FORMATS[name] for name in described.formats if name in _FORMATS]
    types_ = [_TYPES[name] for name in described.types if name in _TYPES and not (formats and name == "string")]
    return " or ".join((*formats, *types_)) or "anything"


def written(value: Any) -> str:
    """Return a value of a schema on one line, as it can stand in a code span."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _code(shorten(text))


def _code(text: str) -> str:
    return terminal(text).replace("`", "'")


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is: a schema may be anybody's."""
    safe = "\n".join(map(terminal, text.split("\n")))
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!&" else char for char in safe)
