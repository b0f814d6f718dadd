"""What a schema says of one field, for people who write it: what it is, what is allowed, what else may stand there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from newslint.finding import Pointer
from newslint.record import Record
from newslint.schema.patterns import Search
from newslint.schema.references import References

MakeSearch = Callable[[str], Search]
"""Makes the search for a pattern of the schema."""


class FieldDescription(Record):
    """What is known of the place that a pointer leads to.

    ``types`` are JSON Schema's names, ``allowed`` the values of an ``enum`` or ``const`` (None: any), ``formats`` the
    values of ``format``; ``fields`` are the names that a mapping can have there, in the schema's order, and
    ``required`` those that it must have.
    """

    description: str | None = None
    types: tuple[str, ...] = ()
    allowed: tuple[Any, ...] | None = None
    formats: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()
    fields: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()


def describe(
    schema: dict[str, Any], references: References, search: MakeSearch, pointer: Pointer
) -> FieldDescription | None:
    """Return what a schema says of the place at a pointer, whether a document has it or not; None for an unknown one.

    Conditions (``if``) and other branches than those of ``anyOf`` and ``oneOf`` are left out: they depend on the data.
    """
    nodes = _reached(schema, references, search, pointer, branches=True)
    return _description(nodes, _reached(schema, references, search, pointer, branches=False)) if nodes else None


def _reached(
    schema: dict[str, Any], references: References, search: MakeSearch, pointer: Pointer, *, branches: bool
) -> list[Mapping[str, Any]]:
    """Return the subschemas that speak of a place, with ``branches`` those that need not hold, too."""
    nodes = _together([schema], references, branches=branches)
    for step in pointer:
        children = [child for parent in nodes for child in _children(parent, step, search)]
        nodes = _together(children, references, branches=branches)
    return nodes


def _together(starts: Sequence[Any], references: References, *, branches: bool) -> list[Mapping[str, Any]]:
    """Return some subschemas and those that say more of the same place, each once, the nearest first."""
    found: dict[int, Mapping[str, Any]] = {}
    waiting = list(reversed(starts))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict) or id(node) in found:
            continue
        found[id(node)] = node
        others = [references.resolve(node[key]) for key in ("$ref", "$dynamicRef") if isinstance(node.get(key), str)]
        for keyword in ("allOf", *(("anyOf", "oneOf") if branches else ())):
            others.extend(node.get(keyword, ()))
        waiting.extend(reversed(others))
    return list(found.values())


def _children(node: Mapping[str, Any], step: str | int, search: MakeSearch) -> Iterator[Any]:
    if isinstance(step, int):
        items = node.get("items")
        prefix = items if isinstance(items, list) else node.get("prefixItems", [])
        if step < len(prefix):
            yield prefix[step]
        else:
            yield node.get("additionalItems") if isinstance(items, list) else items
        return
    matching = [child for pattern, child in node.get("patternProperties", {}).items() if search(pattern)(step)]
    named = node.get("properties", {})
    if step in named:
        yield named[step]
    yield from matching
    if step not in named and not matching:
        yield node.get("additionalProperties")


def _description(nodes: Sequence[Mapping[str, Any]], certain: Sequence[Mapping[str, Any]]) -> FieldDescription:
    types = [name for node in nodes for name in _as_list(node.get("type"))]
    allowed = [value for node in nodes for value in (*node.get("enum", ()), *_as_const(node))]
    # The example of the field itself comes before those of what it refers to.
    examples = next((node["examples"] for node in nodes if isinstance(node.get("examples"), list)), ())
    return FieldDescription(
        description=next((node["description"] for node in nodes if isinstance(node.get("description"), str)), None),
        types=tuple(dict.fromkeys(types)),
        # 1 and true are equal in Python and differ in JSON.
        allowed=tuple({json.dumps(value): value for value in allowed}.values()) or None,
        formats=tuple(dict.fromkeys(node["format"] for node in nodes if isinstance(node.get("format"), str))),
        examples=tuple(examples),
        fields=tuple(dict.fromkeys(name for node in nodes for name in node.get("properties", {}))),
        required=frozenset(name for node in certain for name in node.get("required", ()) if isinstance(name, str)),
    )


def _as_list(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else [name for name in value or () if isinstance(name, str)]


def _as_const(node: Mapping[str, Any]) -> Iterable[Any]:
    return [node["const"]] if "const" in node else []
