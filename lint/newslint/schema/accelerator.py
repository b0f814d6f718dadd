"""The accelerator of the schema check: ``jsonschema-rs`` may say "certainly valid", ``jsonschema`` says all the rest.

The two agree but for corners, and a schema with one of these is left to ``jsonschema`` alone: formats that no rule of
ours judges (only ``jsonschema`` asserts them), regular expressions that Python and ECMA-262 read in different ways, and
numbers that are no integers. Without ``jsonschema-rs`` everything works, slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from newslint.late import compiled_late
from newslint.schema.walk import subschemas

IsValid = Callable[[Any], bool]

_ALIKE = compiled_late(r"[^\\.]*", re.ASCII)
"""Patterns without a backslash or a dot, which both engines read alike but for a final ``$``."""

_NEGATIONS = frozenset({"not", "oneOf", "if", "contains"})
"""Keywords that a subschema can break by holding: there the ``$`` of the stricter engine is no longer the safe side."""

KNOWN_DRAFTS = frozenset(
    {
        *("https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema"),
        *(f"http://json-schema.org/draft-0{number}/schema{end}" for number in (4, 6, 7) for end in ("", "#")),
    }
)
"""The drafts that ``jsonschema-rs`` brings with it: it would fetch any other, and newslint fetches nothing."""


def is_known_draft(schema: dict[str, Any]) -> bool:
    """Tell whether a schema names a draft that needs no fetching, everywhere in it, or none."""
    return all(node.get("$schema") in (None, *KNOWN_DRAFTS) for node in subschemas(schema))


def named_drafts(schema: dict[str, Any]) -> Iterator[str]:
    """Yield each draft that a schema names, at its root (whatever stands there, as text) or in a subschema."""
    if "$schema" in schema and not isinstance(schema["$schema"], str):
        yield str(schema["$schema"])
    yield from (node["$schema"] for node in subschemas(schema) if isinstance(node.get("$schema"), str))


def make_accelerator(schema: dict[str, Any], judged_formats: frozenset[str]) -> IsValid | None:
    """Return a function that is true only of data that ``jsonschema`` finds valid, or None where there can be none.

    ``judged_formats`` are the formats that are not asserted by the schema check. The function never raises.
    """
    if not is_known_draft(schema) or not _is_safe(schema, judged_formats):
        return None
    try:
        # Imported here because ``newslint --version`` and the other commands never need it.
        import jsonschema_rs

        is_valid = jsonschema_rs.validator_for(schema, validate_formats=False).is_valid
    except (ImportError, ValueError, TypeError):
        return None

    def certainly_valid(data: Any) -> bool:
        try:
            return is_valid(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001 - a panic in Rust derives from BaseException; any doubt is a no
            return False

    return certainly_valid


def _is_safe(schema: dict[str, Any], judged_formats: frozenset[str]) -> bool:
    patterns: list[str] = []
    keywords: set[str] = set()
    for node in subschemas(schema):
        keywords |= node.keys()
        # Below a keyword that JSON Schema does not know stands whatever its author likes.
        if "format" in node and not (isinstance(node["format"], str) and node["format"] in judged_formats):
            return False
        if "multipleOf" in node and not isinstance(node["multipleOf"], int):
            return False
        if isinstance(node.get("pattern"), str):
            patterns.append(node["pattern"])
        if isinstance(node.get("patternProperties"), dict):
            patterns.extend(node["patternProperties"])
    if patterns and keywords & _NEGATIONS:
        return False
    return all(_ALIKE.fullmatch(pattern) and "(?" not in pattern and pattern.isascii() for pattern in patterns)
