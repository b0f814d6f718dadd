"""How a value stands in a message: as it would be written, shortened in the middle."""

from __future__ import annotations

from typing import Any

from newslint.limits import MAX_FOREIGN_WORDS, MAX_VALUE_SHOWN

_ELLIPSIS = "…"


def shorten(text: str, limit: int = MAX_VALUE_SHOWN) -> str:
    """Return the text with its middle cut out where it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    head = (limit - 1) // 2 + (limit - 1) % 2
    tail = (limit - 1) // 2
    return text[:head] + _ELLIPSIS + text[len(text) - tail :]


def quote(value: Any) -> str:
    """Return a value for a message: text in double quotes, ``true``, ``null`` and numbers as YAML writes them."""
    if isinstance(value, str):
        return f'"{shorten(value)}"'
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a mapping"
    return shorten(str(value))


def words_of(error: BaseException) -> str:
    """Return one line of what an error of a library says, or its kind where it says nothing."""
    return " ".join(str(error).split())[:MAX_FOREIGN_WORDS] or type(error).__name__


def listed(values: list[str], last: str = "or") -> str:
    """Return ``a, b or c``."""
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} {last} {values[-1]}" if values else ""
