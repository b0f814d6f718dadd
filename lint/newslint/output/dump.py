"""JSON as text: one way to write it for all formats that are made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newslint.late import compiled_late
from newslint.output.escape import COMMAND

# Lone surrogates, which no UTF-8 stream can carry: a file name that is no UTF-8 has them. Controls beyond ASCII and
# U+2028 and U+2029, at which some readers of JSON Lines end a line. What opens a command in the log of a CI. All of it
# can stand in strings only, where an escape means the same.
_ESCAPED = compiled_late(f"[\x7f-\x9f\u2028\u2029\\ud800-\\udfff]|{COMMAND}")


def dump(content: Any, *, indented: bool = True) -> str:
    r"""Return JSON (RFC 8259) in as much UTF-8 as all readers take, over several lines or on one, without a line end.

    A lone surrogate stays what it is by an escape (``\udc80``).
    """
    separators = None if indented else (",", ":")
    text = json.dumps(content, ensure_ascii=False, indent=2 if indented else None, separators=separators)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def dump_array(items: Iterable[Any], depth: int = 0) -> Iterator[str]:
    """Yield an array item by item, as :func:`dump` writes it over several lines that many levels deep."""
    indent = "  " * depth
    before = "["
    for item in items:
        # No string has a line end in it that is no escape.
        yield f"{before}\n{dump(item)}".replace("\n", f"\n{indent}  ")
        before = ","
    yield "[]" if before == "[" else f"\n{indent}]"
