"""What a schema says of a field as an editor shows it: in a hover, and beside what can be completed."""

from __future__ import annotations

import json
from typing import Any

from newslint.output.escape import terminal
from newslint.quote import shorten
from newslint.schema.description import FieldDescription
from newslint.schema.violations import TYPE_NAMES

_FORMATS = {"date-time": "a date and time", "uri": "a web address", "hostname": "a host name", "email": "an address"}
_SHOWN = 12
"""Allowed values that are listed."""


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
    types_ = [TYPE_NAMES[name] for name in described.types if name in TYPE_NAMES and not (formats and name == "string")]
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
