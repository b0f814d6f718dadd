"""What a schema that somebody brings must be beside valid: no circle, no depth and no pattern that never ends.

``jsonschema`` finds these while it validates a document, by running out of stack or of time. Here they are found when
the schema is loaded, as wrong use.
"""

from __future__ import annotations

from typing import Any

from newslint.late import compiled_late
from newslint.limits import MAX_SCHEMA_CHAIN, MAX_SCHEMA_DEPTH
from newslint.quote import quote
from newslint.schema.files import SchemaError
from newslint.schema.patterns import PatternError, bounded_search
from newslint.schema.references import References
from newslint.schema.walk import subschemas

_REFERENCES = ("$ref", "$dynamicRef")
_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")
_BY_NAME = ("dependentSchemas", "dependencies")

_SIMPLE = compiled_late(r"[^*+{}]*(?:[*+][^*+{}()]*){0,2}")
"""Patterns with at most two repetitions and none of a group: Python's engine, too, takes no time for them."""


def check_sound(schema: dict[str, Any], references: References, name: str) -> None:
    """Raise SchemaError where no document could be checked by a schema, or not in reasonable time."""
    _check_depth(schema, name)
    nodes = list(subschemas(schema))
    unevaluated = any("unevaluatedProperties" in node for node in nodes)
    for node in nodes:
        for pattern in _patterns(node):
            _check_pattern(pattern, name)
            if unevaluated and pattern in _names(node) and not _SIMPLE.fullmatch(pattern):
                # jsonschema runs it in Python's engine.
                raise SchemaError(
                    f"{name}: the pattern {quote(pattern)} of patternProperties is too complex for a schema "
                    "with unevaluatedProperties; newslint takes two repetitions there, and none of a group"
                )
    _check_chains(nodes, references, name)


def _check_depth(schema: dict[str, Any], name: str) -> None:
    level: list[Any] = [schema]
    for _ in range(MAX_SCHEMA_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise SchemaError(f"{name}: the schema is nested more than {MAX_SCHEMA_DEPTH} levels deep")


def _names(node: dict[str, Any]) -> list[str]:
    patterns = node.get("patternProperties")
    return list(patterns) if isinstance(patterns, dict) else []


def _patterns(node: dict[str, Any]) -> list[str]:
    pattern = node.get("pattern")
    return [*_names(node), *([pattern] if isinstance(pattern, str) else [])]


def _check_pattern(pattern: str, name: str) -> None:
    try:
        bounded_search(pattern)
    except PatternError as error:
        raise SchemaError(f"{name}: the pattern {quote(pattern)} cannot be used: {error}") from error


def _check_chains(nodes: list[dict[str, Any]], references: References, name: str) -> None:
    """Refuse subschemas that are applied to one and the same value in a circle, or too many one through another."""
    lengths: dict[int, int] = {}
    for start in nodes:
        if id(start) in lengths:
            continue
        way: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [(start, _applied(start, references))]
        open_nodes = {id(start)}
        while way:
            node, left = way[-1]
            if left:
                following = left.pop()
                if id(following) in open_nodes:
                    raise SchemaError(
                        f"{name}: the schema applies itself to one value for ever: {_circle(way, following)}"
                    )
                if id(following) not in lengths:
                    open_nodes.add(id(following))
                    way.append((following, _applied(following, references)))
                continue
            way.pop()
            open_nodes.discard(id(node))
            lengths[id(node)] = 1 + max((lengths[id(one)] for one in _applied(node, references)), default=0)
            if lengths[id(node)] > MAX_SCHEMA_CHAIN:
                raise SchemaError(f"{name}: more than {MAX_SCHEMA_CHAIN} subschemas are applied one through another")


def _circle(way: list[tuple[dict[str, Any], list[dict[str, Any]]]], closing: dict[str, Any]) -> str:
    """Return the references of a circle, or the keyword where there are none."""
    nodes = [node for node, _ in way]
    start = next(number for number, node in enumerate(nodes) if node is closing)
    used = [node[key] for node in nodes[start:] for key in ("$ref", "$dynamicRef", "$recursiveRef") if key in node]
    return " leads to ".join(quote(str(one)) for one in used[:5])


def _applied(node: dict[str, Any], references: References) -> list[dict[str, Any]]:
    """Return the subschemas that a subschema applies to the value that it is itself applied to."""
    found: list[Any] = [references.resolve(node[key]) for key in _REFERENCES if isinstance(node.get(key), str)]
    if isinstance(node.get("$recursiveRef"), str):
        found.append(references.resolve("#"))
    for key in _LISTS:
        found += node[key] if isinstance(node.get(key), list) else []
    found += [node[key] for key in _SINGLE if key in node]
    for key in _BY_NAME:
        found += node[key].values() if isinstance(node.get(key), dict) else []
    return [one for one in found if isinstance(one, dict)]
