"""What a plain scalar means: YAML 1.1 as PyYAML's SafeLoader resolves it, but that timestamps stay text.

Source of the expressions: the implicit resolvers of PyYAML 6 (``yaml/resolver.py``), which follow the type repository
of YAML 1.1 (yaml.org/type). Two of PyYAML's tags are left out on purpose: timestamps, because a rule judges what was
written, and ``=``, on which PyYAML raises.
"""

from __future__ import annotations

import math
import re

from newslint.late import compiled_late
from newslint.limits import MAX_EXPONENT_DIGITS, MAX_INTEGER_DIGITS
from newslint.record import Record

Scalar = str | int | float | bool | None

_CONSTANTS: dict[str, bool | None] = {"": None, "~": None}
for _word, _value in (
    ("null", None),
    ("yes", True),
    ("no", False),
    ("true", True),
    ("false", False),
    ("on", True),
    ("off", False),
):
    for _form in (_word, _word.capitalize(), _word.upper()):
        _CONSTANTS[_form] = _value

_INTEGER = compiled_late(
    r"[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)", re.ASCII
)
_FLOAT = compiled_late(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
    r"|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    re.ASCII,
)
_NUMBER_STARTS = frozenset("-+.0123456789")


class RefusedNumber(Record):
    """A number that is written correctly, but that no reader can work with; ``reason`` completes "this number ..."."""

    reason: str


_TOO_LONG = RefusedNumber(f"has more than {MAX_INTEGER_DIGITS} digits")


def resolve(text: str) -> Scalar | RefusedNumber:
    """Return the value of a plain scalar; never raises.

    An integer of more than 20 digits, an exponent of more than three, infinity and NaN come back as RefusedNumber.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if len(text) <= MAX_INTEGER_DIGITS and text[0] != "0" and text.isdecimal() and text.isascii():
        return int(text)
    # A minus in a number stands in front or behind an "e": this spares timestamps the expressions.
    if "-" in text[1:] and "e" not in text and "E" not in text:
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _float(text)
    return text


def refuse_number(value: int | float) -> RefusedNumber | None:
    """Return why a number that is already one (in a ``frontmatter.Post``) is refused, or None where it is not."""
    if isinstance(value, float):
        return None if math.isfinite(value) else RefusedNumber("is not finite")
    # 10 ** 20 has 21 digits; comparing avoids the conversion to text, which Python refuses for very long integers.
    return _TOO_LONG if abs(value) >= 10**MAX_INTEGER_DIGITS else None


def _integer(text: str) -> int | RefusedNumber:
    digits = text.replace("_", "").lstrip("+-")
    prefix = digits[:2] if digits.startswith(("0b", "0x")) else ""
    digits = digits.removeprefix(prefix)
    if len(digits) > MAX_INTEGER_DIGITS and len(digits.replace(":", "").lstrip("0")) > MAX_INTEGER_DIGITS:
        return _TOO_LONG
    if not digits:
        # ``0b_`` and ``0x_`` match PyYAML's expression, and its constructor then fails on them.
        return RefusedNumber("has no digits")
    if prefix:
        value = int(digits, 2 if prefix == "0b" else 16)
    elif ":" in digits:
        value = 0
        for part in digits.split(":"):
            value = value * 60 + int(part)
    else:
        value = int(digits, 8 if digits.startswith("0") else 10)
    return refuse_number(value) or (-value if text[0] == "-" else value)


def _float(text: str) -> float | RefusedNumber:
    plain = text.replace("_", "").lower()
    if plain.lstrip("+-") in (".inf", ".nan"):
        return RefusedNumber("is not finite")
    mantissa, _, exponent = plain.partition("e")
    if len(exponent.lstrip("+-")) > MAX_EXPONENT_DIGITS:
        return RefusedNumber(f"has an exponent of more than {MAX_EXPONENT_DIGITS} digits")
    value = _sexagesimal(mantissa) if ":" in mantissa else float(plain)
    return refuse_number(value) or value


def _sexagesimal(text: str) -> float:
    """Return a number with base-60 digits: ``1:30.5`` is 90.5; summed up from the right, as PyYAML does it."""
    value = 0.0
    unit = 1
    for part in reversed(text.lstrip("+-").split(":")):
        value += float(part) * unit
        unit *= 60
    return -value if text.startswith("-") else value
