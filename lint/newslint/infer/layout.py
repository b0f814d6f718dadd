"""A schema as text for people: lists of plain values stand on one line where they fit, all else as in any JSON file."""

from __future__ import annotations

import re

from newslint.late import compiled_late

_PLAIN_LIST = compiled_late(
    r"^([ ]*)((?:\"(?:[^\"\\]|\\.)*\": )?)\[\n((?:[ ]*(?:\"(?:[^\"\\]|\\.)*\"|[^\s\"\[\]{}]+),?\n)+)[ ]*\](,?)$",
    re.MULTILINE,
)
_WIDTH = 110


def compact(text: str) -> str:
    """Return indented JSON with each list of plain values on one line of at most 110 characters."""
    return _PLAIN_LIST.sub(_on_one_line, text)


def _on_one_line(match: re.Match[str]) -> str:
    indent, key, items, comma = match.groups()
    line = f"{indent}{key}[{' '.join(item.strip() for item in items.splitlines())}]{comma}"
    return line if len(line) <= _WIDTH else match.group()
