"""What would mend a schema's finding: quotes put around a value or taken away, a near word in place of a wrong one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from newslint.document.comments import continues_text
from newslint.document.document import Document
from newslint.document.scalars import resolve
from newslint.finding import Pointer, Rename, Repair, Replace
from newslint.late import compiled_late
from newslint.quote import quote

_COMMENT = compiled_late(r"(?P<colon>:?)[ \t]+(?P<comment>#[^\r\n]*)")


def other_quoting(document: Document, pointer: Pointer, expected: Collection[str]) -> Repair | None:
    """Return the repair of a value whose type is wrong only because of its quotes, or None.

    Text keeps what is written (``012`` and ``No`` stay themselves). Quotes are taken away only from a number or a
    boolean in its usual writing: nobody knows what was meant by ``"012"``, which would be 10, or by ``"yes"``.
    """
    value, style = document.get(pointer), document.style(pointer)
    if style == "plain" and "string" in expected and isinstance(value, int | float) and document.source is not None:
        span = document.span(pointer)
        return Repair("Put the value in quotes", (Replace(pointer, document.source.text[span.start : span.end]),))
    if style not in ("single", "double"):
        return None
    meant: Any = resolve(value)
    usual = str(meant).lower() if isinstance(meant, bool) else str(meant) if isinstance(meant, int | float) else None
    if usual != value or not any(has_type(meant, name) for name in expected):
        return None
    return Repair("Take the quotes away", (Replace(pointer, meant, plain=True),))


def swallowed_text(document: Document, pointer: Pointer) -> str | None:
    """Return a plain value with the text behind it that YAML takes for a comment, or None where none is lost."""
    if document.source is None or document.style(pointer) not in ("plain", None):
        return None
    text, span = document.source.text, document.span(pointer)
    # The place of an empty value is its key.
    behind = _COMMENT.match(text, span.end)
    if (
        behind is None
        or not continues_text(behind["comment"])
        or (document.get(pointer) is None) != bool(behind["colon"])
    ):
        return None
    value = "" if behind["colon"] else text[span.start : span.end]
    return f"{value} {behind['comment'].rstrip()}".strip()


def near_value(pointer: Pointer, meant: str) -> Repair:
    """Return the repair that writes the value which is close to the wrong one."""
    return Repair(f"Write {quote(meant)}", (Replace(pointer, meant),), safe=False)


def near_field(document: Document, pointer: Pointer, meant: str) -> Repair | None:
    """Return the repair that gives a field the name which is close to its own, or None where another field has it."""
    if meant in (document.get(pointer[:-1]) or ()):
        return None
    return Repair(f"Rename the field to {meant}", (Rename(pointer, meant),), safe=False)


def has_type(value: Any, name: str) -> bool:
    """Tell whether a value that is no text has a type of JSON Schema."""
    checks = {
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "boolean": isinstance(value, bool),
        "null": value is None,
    }
    return checks.get(name, False)
