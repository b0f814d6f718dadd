r"""What a line of the accelerator's YAML looks like: one expression, so narrow that each line can mean one thing only.

A line is empty, or a field or an item of a list: ``key: value``, ``key:``, ``- value``, ``- key: value``, ``- key:``.
Keys are ASCII words of at most 64 characters (libyaml takes 1,024). A value is plain, in single quotes, in double
quotes with the escapes ``\" \\ \/ \n \r \t \uXXXX``, ``[]`` or ``{}``; it ends on its line, and nothing stands behind
it. There are no comments and no tabs. Lines end with LF or CRLF.
"""

from __future__ import annotations

import re
from typing import Final

from newslint.document.scalars import RefusedNumber, Scalar, resolve
from newslint.late import compiled_late

# No control characters, the tab and NEL among them.
_CONTROL = r"\x00-\x1f\x7f-\x9f"

LINE: Final = compiled_late(
    rf"""
    \n                                                                # of the line before
    (\ *+ (?:-\ ++)?+)                                                # the lead: indentation, the dash of an item
    (?:([A-Za-z_][A-Za-z0-9_-]{{0,63}}+): (?:\ ++|(?=\r?\n)))?+       # the key
    ( "[^"\\{_CONTROL}]*+ (?:\\(?:["\\/nrt]|u(?![dD][89A-Fa-f])[0-9A-Fa-f]{{4}}) [^"\\{_CONTROL}]*+)*+ "
    | '[^'{_CONTROL}]*+ (?:''[^'{_CONTROL}]*+)*+ '
    | \[\]
    | \{{\}}
    | (?:[^-?:,\[\]{{}}\#&*!|>'"%@`\ {_CONTROL}]|-(?=[0-9A-Za-z.]))
      [^:\#{_CONTROL}]*+ (?:(?::(?![\ \r\n])|(?<!\ )\#) [^:\#{_CONTROL}]*+)*+ (?<!\ )
    )?+                                                               # the value, its quotes included
    (?=\r?\n)
    """,
    re.VERBOSE,
)
"""A line with the line feed before it; its groups are the lead, the key and the value.

Where it does not match, the line is none of the accelerator's. All repetitions are possessive: a line is taken in one
way or in none, and to try costs no more than its length. ``is_odd`` tells the characters that it does not know of.
"""

STYLES: Final = {'"': "double", "'": "single", "[": "flow", "{": "flow"}
"""How a value is written, by its first character; any other is plain."""

# U+2028 and U+2029 end lines for libyaml; it refuses the others.
_ODD: Final = "\u2028\u2029\ufeff\ufffe\uffff"

_MAYBE_NO_TEXT: Final = frozenset("nNyYtTfFoO~-+.0123456789")
"""The first characters of the plain scalars that can be anything but text."""

_ESCAPE: Final = compiled_late(r"\\(?:u(....)|(.))")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}


def is_odd(text: str) -> bool:
    """Tell whether a text holds a character that libyaml refuses or takes as a line's end and ``LINE`` does not see."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return any(char in text for char in _ODD)


def value_of(written: str) -> Scalar | list[str] | dict[str, str] | RefusedNumber:
    """Return what a value that ``LINE`` takes means; one that is not written is None, and a collection empty."""
    first = written[:1]
    if first == '"':
        value = written[1:-1]
        return _ESCAPE.sub(_unescape, value) if "\\" in value else value
    if first in _MAYBE_NO_TEXT:
        return resolve(written)
    if first not in STYLES:
        return written or None
    if first == "'":
        return written[1:-1].replace("''", "'")
    return [] if first == "[" else {}


def _unescape(match: re.Match[str]) -> str:
    digits, char = match.groups()
    return chr(int(digits, 16)) if digits else _ESCAPES.get(char, char)
