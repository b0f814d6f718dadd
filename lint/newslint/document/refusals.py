"""What the reader says when YAML parses but is no plain data: the words of NL006 to NL009, NL013 and NL014."""

from __future__ import annotations

from typing import Any

from newslint.document.scalars import RefusedNumber
from newslint.finding import Pointer, RelatedViolation, Span, Violation
from newslint.limits import MAX_DEPTH, MAX_KEY_LENGTH, MAX_KEY_SHOWN, MAX_NODES

_KINDS = {bool: "a boolean", int: "a number", float: "a number", RefusedNumber: "a number"}


def feature(pointer: Pointer, what: str, hint: str, span: Span, part: str = "value") -> Violation:
    """Return the NL007 of something that YAML can do and an article must not."""
    return Violation(pointer, f"{what} is used here, but an article is plain data", part=part, hint=hint, span=span)


def directive(span: Span) -> Violation:
    """Return the NL007 of a ``%YAML`` or ``%TAG`` line."""
    return feature((), "a YAML directive", "Delete the line", span)


def repeated_key(pointer: Pointer, key: str, span: Span, first: Span, line: int) -> Violation:
    """Return the NL006 of a key that stands at ``first``, in ``line``, already."""
    message = (
        f'"{shown_key(key)}" stands here a second time, first in line {line}; '
        "YAML readers keep only one of them, in silence"
    )
    related = (RelatedViolation(pointer, "first written here", span=first),)
    return Violation(pointer, message, part="key", hint="Delete one of the two", span=span, related=related)


def key_is_no_text(pointer: Pointer, key: str, value: Any, span: Span) -> Violation:
    """Return the NL009 of a plain key, written ``key``, that YAML reads as ``value``."""
    if not key:
        return Violation(pointer, "a key is empty", part="key", hint="Write the key before the colon", span=span)
    shown = shown_key(key)
    message = f'the key "{shown}" is {_KINDS.get(type(value), "empty")} in YAML, not text'
    return Violation(pointer, message, part="key", hint=f"Put the key in quotes: '{shown}'", span=span)


def key_is_a_collection(pointer: Pointer, span: Span) -> Violation:
    """Return the NL009 of a list or a mapping in the place of a key."""
    message = "a key is a list or a mapping, where only text can be a key"
    return Violation(pointer, message, part="key", hint="Write the key as text", span=span)


def key_too_long(pointer: Pointer, key: str, span: Span) -> Violation:
    """Return the NL005 of an explicit key, for which libyaml has no limit."""
    message = f"a key has {len(key):,} characters, more than {MAX_KEY_LENGTH:,}"
    return Violation(pointer, message, hint="Shorten the key", span=span)


def empty() -> Violation:
    """Return the NL008 of a front matter without fields."""
    hint = 'Write the fields between the two "---" lines, each as "key: value"'
    return Violation((), "the front matter is empty", part="missing", hint=hint)


def not_a_mapping(what: str, span: Span) -> Violation:
    """Return the NL008 of a front matter that is ``what`` instead."""
    message = f"the front matter is {what}, where fields (key: value) are expected"
    return Violation((), message, hint='Write each field on its own line as "key: value"', span=span)


def too_deep(pointer: Pointer, span: Span) -> Violation:
    """Return the NL013 of a collection that stands too deep."""
    message = f"values are nested deeper than {MAX_DEPTH} levels, so the file is not read"
    return Violation(pointer, message, hint="Make the structure flatter", span=span)


def too_many(pointer: Pointer, span: Span) -> Violation:
    """Return the NL014 of the first value that is too much."""
    message = f"the front matter has more than {MAX_NODES:,} values, so the rest is not read"
    return Violation(pointer, message, hint="Split the file", span=span)


def shown_key(key: str) -> str:
    """Return a key for a message: cut after 80 characters."""
    return key if len(key) <= MAX_KEY_SHOWN else key[:MAX_KEY_SHOWN] + "…"
