"""The subschemas of a schema, found by their shape alone: whatever keyword they stand under, known or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_NOT_SCHEMAS = frozenset({"enum", "const", "default", "examples"})
"""Keywords that hold data."""


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema, and all below it that can be a subschema."""
    stack: list[Any] = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            yield node
            stack.extend(value for key, value in node.items() if key not in _NOT_SCHEMAS)
