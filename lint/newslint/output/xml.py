"""XML 1.0 as text: the one place where what comes from files and names is escaped for it."""

from __future__ import annotations

import re

from newslint.late import compiled_late
from newslint.output.escape import COMMAND, portable

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
# White space in an attribute would be read as blanks (section 3.3.3), a CR anywhere as LF (section 2.11).
_IN_ATTRIBUTES = compiled_late(rf'[&<>"\t\n\r]|{COMMAND}')
_IN_TEXT = compiled_late(rf"[&<>\r]|{COMMAND}")


def attributes(**values: object) -> str:
    """Return `` name="value"`` for each value, escaped; those that are None are left out."""
    return "".join(
        f' {name}="{_IN_ATTRIBUTES.sub(_escape, portable(str(value)))}"'
        for name, value in values.items()
        if value is not None
    )


def content(text: str) -> str:
    """Return the text of an element, escaped; ``>`` too, so that ``]]>`` cannot stand there."""
    return _IN_TEXT.sub(_escape, portable(text))


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _NAMED.get(character) or f"&#{ord(character)};"
