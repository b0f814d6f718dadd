"""What libyaml and PyYAML raise, as the finding that an editor reads: NL005, or NL013 where it nests too deep."""

from __future__ import annotations

from typing import Any

import yaml

from newslint.document import refusals
from newslint.document.source import Coded, Source
from newslint.document.syntax import Problem, violation_at
from newslint.finding import Span, Violation
from newslint.late import compiled_late

_FALLBACK = "Correct the line, or put the value in quotes"
_ESCAPED_TAG = compiled_late(r"![^\s%!]*((?:%[0-9A-Fa-f]{2})+)")


def explain(error: Exception, source: Source, base: int, yaml_text: str) -> Coded:
    """Return the finding of what libyaml raises on ``yaml_text``, which begins at the offset ``base`` of the source.

    ``error`` is a ``yaml.YAMLError``, or a UnicodeError: PyYAML raises those for characters that are half of a
    surrogate pair, and for tags whose escapes are no UTF-8.
    """
    if isinstance(error, UnicodeEncodeError):
        code = ord(yaml_text[error.start])
        message = f"the character U+{code:04X} is half of a character, and no character by itself"
        return "NL005", violation_at(message, "Write the whole character", base + error.start)
    if isinstance(error, UnicodeDecodeError):
        message = "the escapes of a tag are not UTF-8 text"
        return "NL005", violation_at(message, "Delete the tag", base + _broken_tag(yaml_text))
    if isinstance(error, yaml.reader.ReaderError):
        return "NL005", _forbidden_character(error, yaml_text, base)
    if isinstance(error, yaml.MarkedYAMLError):
        problem = Problem(error, source, base, yaml_text)
        if problem.name == "exceeded maximum nesting depth":
            return "NL013", refusals.too_deep((), Span(problem.offset, problem.offset + 1))
        return "NL005", problem.explain()
    return "NL005", violation_at(f"YAML cannot be read: {error}", _FALLBACK, base)


def _forbidden_character(error: Any, yaml_text: str, base: int) -> Violation:
    """Return the NL005 of a character that YAML does not allow (the error counts its position in bytes of UTF-8)."""
    offset = len(yaml_text.encode("utf-8")[: error.position].decode("utf-8", "ignore"))
    character = ord(yaml_text[offset : offset + 1] or "\0")
    kind = "control character" if character < 0xA0 else "character"
    hint = "Delete it (most editors do not show it)"
    return violation_at(f"the {kind} U+{character:04X} is not allowed in YAML", hint, base + offset)


def _broken_tag(yaml_text: str) -> int:
    """Return the offset of the first tag whose percent escapes are not UTF-8."""
    for match in _ESCAPED_TAG.finditer(yaml_text):
        try:
            bytes.fromhex(match.group(1).replace("%", "")).decode("utf-8")
        except UnicodeDecodeError:
            return match.start()
    return 0
