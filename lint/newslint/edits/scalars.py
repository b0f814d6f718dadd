"""How a value is written as a YAML scalar of a style, and what a written scalar says: libyaml is asked each time."""

from __future__ import annotations

import re
from typing import Any

import yaml

from newslint.document.scalars import refuse_number, resolve
from newslint.edits.text import Refused
from newslint.finding import Scalar
from newslint.late import compiled_late
from newslint.record import Record

_ESCAPED = compiled_late(r'["\\\ufeff\u2028\u2029]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_SHORT_ESCAPES = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", "\x85": "N",
    "\u2028": "L", "\u2029": "P", '"': '"', "\\": "\\",
}  # fmt: skip
_BLANK_ESCAPES = {" ": "\\x20", "\t": "\\t"}
_EDGE = compiled_late(r"^[ \t]+|[ \t]+$")

_READ_DIFFERENTLY = compiled_late(
    r"=|<<|:.*"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?"
    r"|[-+]?[\d,._]+(?:[eE][-+]?\d+)?"
    r"|yes|no|true|false|on|off|null",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
"""Text that is something else for PyYAML (timestamps, ``=``) or for Psych (``:symbol``, ``1,000``) when it is plain."""


_STYLES = {"": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


class Setting(Record):
    """Where a scalar stands: the 0-based column of the collection that holds it, and whether in brackets."""

    column: int
    flow: bool


def decode(written: str, setting: Setting, *, key: bool = False) -> tuple[str, str] | None:
    """Return what libyaml reads of a scalar and its style, or None where the text is not exactly one scalar.

    A block scalar is given with all its lines; ``key`` reads the text as a key.
    """
    margin = " " * setting.column
    if key:
        text = f"{{{written}: v}}" if setting.flow else f"{margin}{written}: v\n"
    elif setting.flow:
        text = f"[{written}\n]"
    else:
        # A block scalar has its last line end within it, or else the next line becomes part of it.
        line_end = "" if written.startswith(("|", ">")) else "\n"
        text = f"{margin}k: {written}{line_end}{margin}z: v\n"
    events = _events(text)
    kinds = [type(event) for event in events]
    if key:
        expected = [yaml.MappingStartEvent, yaml.ScalarEvent, yaml.ScalarEvent, yaml.MappingEndEvent]
        event = events[3] if len(events) > 3 else None
    elif setting.flow:
        expected = [yaml.SequenceStartEvent, yaml.ScalarEvent, yaml.SequenceEndEvent]
        event = events[3] if len(events) > 3 else None
    else:
        expected = [yaml.MappingStartEvent, *[yaml.ScalarEvent] * 4, yaml.MappingEndEvent]
        event = events[4] if len(events) > 4 else None
    if kinds[2:-2] != expected or not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
        return None
    return event.value, _STYLES[event.style or ""]


def _events(text: str) -> list[Any]:
    """Return the events of a text, none where it is no YAML."""
    try:
        loader = yaml.CSafeLoader(text)
    except (yaml.YAMLError, UnicodeEncodeError):
        return []
    events: list[Any] = []
    try:
        while not events or not isinstance(events[-1], yaml.StreamEndEvent):
            events.append(loader.get_event())
    except (yaml.YAMLError, UnicodeEncodeError):
        return []
    finally:
        loader.dispose()
    return events


def write(
    value: Scalar, style: str, setting: Setting, *, plain: bool = False, old: object = None, key: bool = False
) -> str:
    """Return a value as a flow scalar in a style: plain, single or double.

    Text that would not be the same as a plain scalar is double-quoted, text that single quotes cannot hold as well;
    ``plain`` takes quotes away where the value allows it. ``old`` is what stood there before: where that was a text
    which some readers take for something else (a timestamp), the new one may be, too. What is no text is always plain.
    Raises Refused for what YAML cannot hold.
    """
    if not isinstance(value, str):
        return _not_text(value, setting)
    if style == "plain" or plain:
        allowed = plain and value not in ("=", "<<")
        if is_plain(value, setting, key=key) and (allowed or not is_read_differently(value, old)):
            return value
        style = "double" if style == "plain" else style
    written = single_quoted(value) if style == "single" and is_raw(value) else double_quoted(value)
    if decode(written, setting, key=key) != (value, "single" if written[0] == "'" else "double"):
        raise Refused("the text cannot be written in YAML")
    return written


def is_plain(text: str, setting: Setting, *, key: bool = False) -> bool:
    """Tell whether a text, written without quotes, is read as this very text."""
    return is_raw(text) and resolve(text) == text and decode(text, setting, key=key) == (text, "plain")


def is_read_differently(text: str, old: object = None) -> bool:
    """Tell whether some YAML reader takes a plain text for something else, and did not do so with the old one."""
    if not _READ_DIFFERENTLY.fullmatch(text):
        return False
    return not (isinstance(old, str) and _READ_DIFFERENTLY.fullmatch(old))


def is_raw(text: str) -> bool:
    """Tell whether a text can stand in a scalar without escapes: no line breaks, no controls, no surrogates."""
    if text.isascii() and text.isprintable():
        return True
    return all(found in '"\\\t' for found in _ESCAPED.findall(text))


def single_quoted(text: str) -> str:
    """Return a text in single quotes, which hold no line breaks and no controls."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return a text in double quotes; what they cannot hold is escaped, all else stands for itself."""
    return f'"{escape(text)}"'


def escape(text: str, *, edges: bool = False) -> str:
    """Return a text as it stands between double quotes; with ``edges`` blanks at its ends are escaped as well."""
    escaped = _ESCAPED.sub(_escape, text)
    if edges:
        escaped = _EDGE.sub(lambda match: "".join(_BLANK_ESCAPES[blank] for blank in match.group()), escaped)
    return escaped


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SHORT_ESCAPES:
        return f"\\{_SHORT_ESCAPES[char]}"
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        raise Refused("half of a character cannot be written in UTF-8")
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def _not_text(value: int | float | bool | None, setting: Setting) -> str:
    """Return a number, a boolean or null as YAML 1.1 writes it."""
    if value is None or isinstance(value, bool):
        written = {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, int):
        # Python refuses to convert a very long integer to text.
        written = str(value) if refuse_number(value) is None else ""
    else:
        mantissa, mark, exponent = repr(value).partition("e")
        written = f"{mantissa}{'' if '.' in mantissa else '.0'}e{exponent}" if mark else mantissa
    read = resolve(written)
    if type(read) is not type(value) or read != value or decode(written, setting) != (written, "plain"):
        raise Refused("the number cannot be written in YAML")
    return written
