"""HTML as text: the one place where what comes from files and names is escaped for it."""

from __future__ import annotations

import re

from newslint.late import compiled_late
from newslint.output.escape import terminal

_SPECIAL = compiled_late("[&<>\"']")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def text(value: object) -> str:
    """Return a text for the content of an element or a quoted attribute (HTML: "Escaping a string").

    What nobody sees, and what could turn a line around, is shown as an escape, as in a terminal.
    """
    return _SPECIAL.sub(_escape, terminal(str(value)))


def attributes(**values: object) -> str:
    """Return `` name="value"`` for each value, escaped; None and False are left out, True is the name alone.

    An underscore in a name stands for a hyphen, one at its end for nothing: ``class_``, ``aria_label``.
    """
    parts = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        shown = name.rstrip("_").replace("_", "-")
        parts.append(f" {shown}" if value is True else f' {shown}="{text(value)}"')
    return "".join(parts)


def element(name: str, *content: str, **values: object) -> str:
    """Return an element with attributes; its content is markup already."""
    return f"<{name}{attributes(**values)}>{''.join(content)}</{name}>"


def _escape(match: re.Match[str]) -> str:
    return _NAMED[match.group()]
