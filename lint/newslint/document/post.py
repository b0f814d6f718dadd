"""A ``frontmatter.Post`` that a program is about to write, read as the data that its YAML would hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from newslint.document.reading import Reading
from newslint.document.scalars import refuse_number
from newslint.finding import Pointer, Violation
from newslint.limits import MAX_DEPTH, MAX_KEY_SHOWN, MAX_NODES
from newslint.quote import shorten


def read_post(metadata: Mapping[Any, Any]) -> Reading:
    """Return the metadata of a post as plain data; never raises.

    A datetime counts as its RFC 3339 text in UTC (a naive one is UTC), a date as its text, a tuple as a list. What YAML
    has no type for is NL102, a key that is no text NL009. NL008 for what is no mapping, NL013 for a structure deeper
    than 32 levels (one that holds itself, for one) and NL014 for one of more than 50,000 values end the reading.
    """
    reading = Reading()
    if not isinstance(metadata, dict):
        message = f"the metadata is of the Python type {type(metadata).__name__}, where a mapping is expected"
        reading.violations.append(("NL008", Violation((), message, hint="Give the fields as a dict")))
        return reading
    try:
        reading.data = _Converter(reading).mapping(metadata, ())
    except _TooMuchError as end:
        reading.violations.append((end.code, end.violation))
    return reading


class _TooMuchError(Exception):
    """Raised where a structure is deeper or larger than any front matter may be."""

    def __init__(self, code: str, violation: Violation) -> None:
        super().__init__(code)
        self.code = code
        self.violation = violation


class _Converter:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._values = 0

    def mapping(self, value: Mapping[Any, Any], pointer: Pointer) -> dict[str, Any]:
        """Return a mapping with the keys that are text."""
        self._check_depth(pointer)
        data: dict[str, Any] = {}
        for key, child in value.items():
            if isinstance(key, str):
                data[str.__str__(key)] = self._convert(child, (*pointer, str.__str__(key)))
                continue
            shown = _shown(key)
            violation = Violation(
                (*pointer, shown), f"the key {shown} is no text", part="key", hint="Use text as the key"
            )
            self._reading.violations.append(("NL009", violation))
        return data

    def _convert(self, value: Any, pointer: Pointer) -> Any:
        self._values += 1
        if self._values > MAX_NODES:
            message = f"the metadata has more than {MAX_NODES:,} values"
            raise _TooMuchError("NL014", Violation(pointer, message, hint="Split the post"))
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int | float):
            return self._number(value, pointer)
        if isinstance(value, datetime):
            return rfc3339(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return self.mapping(value, pointer)
        if isinstance(value, list | tuple):
            self._check_depth(pointer)
            return [self._convert(child, (*pointer, index)) for index, child in enumerate(value)]
        message = f"a value of the Python type {type(value).__name__} has no place in YAML"
        hint = "Use text, a number, a boolean, a datetime, a list or a dict"
        self._reading.violations.append(("NL102", Violation(pointer, message, hint=hint)))
        return None

    def _number(self, value: int | float, pointer: Pointer) -> int | float:
        value = int(value) if isinstance(value, int) else float(value)
        refused = refuse_number(value)
        if refused is None:
            return value
        self._reading.refused[pointer] = refused.reason
        return 0

    def _check_depth(self, pointer: Pointer) -> None:
        """Refuse a collection that is deeper than 32 levels; the metadata itself is level 1."""
        if len(pointer) >= MAX_DEPTH:
            message = f"values are nested deeper than {MAX_DEPTH} levels"
            raise _TooMuchError("NL013", Violation(pointer, message, hint="Make the structure flatter"))


def _shown(key: Any) -> str:
    """Return a key for a message; an integer of thousands of digits is one of those that refuse to be shown."""
    try:
        return shorten(repr(key), MAX_KEY_SHOWN)
    except Exception:  # noqa: BLE001 - whatever object a program put there, its key is a finding and no failure
        return f"of the type {type(key).__name__}"


def rfc3339(value: datetime) -> str:
    """Return the RFC 3339 text of a datetime in UTC; its fraction of a second is kept where it has one."""
    try:
        instant = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (OverflowError, ValueError):
        # At both ends of the calendar there is no such instant in UTC: the offset stays, and a rule may judge it.
        instant = value
    text = instant.isoformat()
    return f"{text.removesuffix('+00:00')}Z" if text.endswith("+00:00") else text
