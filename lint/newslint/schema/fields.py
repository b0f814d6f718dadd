"""Which fields are what: where each kind of field (date-time, uri, text, image ...) can stand, worked out once.

A schema says the kind of a field with standard words: ``format``, ``contentMediaType`` (``text/plain`` is text for
people, ``text/html`` an embed), or a reference to, or an anchor in, a definition (``#/$defs/image``). All subschemas
that can apply to one place are one state; a step into a property or an item leads to another state. States are made
when data first leads to them, so recursive schemas need no care.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newslint.document.document import Field
from newslint.finding import Pointer
from newslint.limits import MAX_TEXT_LENGTH
from newslint.schema.patterns import Search
from newslint.schema.references import References

LONG_TEXT = "long-text"
"""The kind under which every text over 10,000 characters is collected, whatever the schema says of it."""

_MEDIA_TYPES = {"text/plain": "text", "text/html": "html"}
_NAMED_KINDS = frozenset({"image"})
"""Kinds that a schema says by the name of a definition, because no standard word exists for them."""

_IN_PLACE = ("allOf", "anyOf", "oneOf")
_CONDITIONAL = ("if", "then", "else")


class _State:
    """All subschemas that can apply at one place: the kinds they give it, and where its children lead.

    ``named`` are the states of the properties that a subschema names, ``other`` is that of all remaining ones, or None
    where it depends on the key (patternProperties). ``item`` is the state of every item, or None where it depends on
    the index.
    """

    __slots__ = ("item", "kinds", "named", "other", "subschemas")

    def __init__(self, subschemas: list[dict[str, Any]], kinds: tuple[str, ...]) -> None:
        self.subschemas = subschemas
        self.kinds = kinds
        self.named: dict[str, _State] = {}
        self.other: _State | None = None
        self.item: _State | None = None


class FieldMap:
    """Finds the fields of each kind in a document's data."""

    def __init__(self, schema: dict[str, Any], references: References, search: Callable[[str], Search]) -> None:
        self._references = references
        self._search = search
        self._states: dict[frozenset[int], _State] = {}
        self._root = self._state([schema])

    def collect(self, data: Mapping[str, Any]) -> Mapping[str, Sequence[Field]]:
        """Return the fields of each kind, in the order of the data."""
        found: dict[str, list[Field]] = {}
        for kind in self._root.kinds:
            found[kind] = [((), data)]
        self._walk(dict(data), (), self._root, found)
        return found

    def _walk(
        self, parent: dict[str, Any] | list[Any], pointer: Pointer, state: _State, found: dict[str, list[Field]]
    ) -> None:
        for step, value in parent.items() if isinstance(parent, dict) else enumerate(parent):
            if isinstance(step, str):
                target = state.named.get(step) or state.other or self._property(state, step)
            else:
                target = state.item or self._item(state, step)
            is_text = isinstance(value, str)
            if not target.kinds and (is_text and len(value) <= MAX_TEXT_LENGTH):
                continue
            field = (*pointer, step), value
            for kind in target.kinds:
                if kind in found:
                    found[kind].append(field)
                else:
                    found[kind] = [field]
            if is_text:
                if len(value) > MAX_TEXT_LENGTH:
                    found.setdefault(LONG_TEXT, []).append(field)
            elif isinstance(value, (dict, list)):
                self._walk(value, field[0], target, found)

    def _property(self, state: _State, key: str) -> _State:
        """Return the state of a property, and remember what takes no more room than the schema has."""
        names = {name for subschema in state.subschemas for name in subschema.get("properties", ())}
        if len(state.named) < len(names):
            state.named = {name: self._state(self._properties(state.subschemas, name)) for name in sorted(names)}
            if key in names:
                return state.named[key]
        target = self._state(self._properties(state.subschemas, key))
        if not any("patternProperties" in subschema for subschema in state.subschemas):
            state.other = target
        return target

    def _item(self, state: _State, index: int) -> _State:
        target = self._state(self._items(state.subschemas, index))
        if not any("prefixItems" in sub or isinstance(sub.get("items"), list) for sub in state.subschemas):
            state.item = target
        return target

    def _properties(self, subschemas: list[dict[str, Any]], key: str) -> list[Any]:
        found: list[Any] = []
        for subschema in subschemas:
            named = subschema.get("properties", {})
            patterns = subschema.get("patternProperties", {})
            matching = [target for pattern, target in patterns.items() if self._search(pattern)(key)]
            if key in named:
                found.append(named[key])
            found.extend(matching)
            if key not in named and not matching:
                found.append(subschema.get("additionalProperties"))
            found.append(subschema.get("unevaluatedProperties"))
        return found

    @staticmethod
    def _items(subschemas: list[dict[str, Any]], index: int) -> list[Any]:
        found: list[Any] = []
        for subschema in subschemas:
            items = subschema.get("items")
            prefix = items if isinstance(items, list) else subschema.get("prefixItems", [])
            if index < len(prefix):
                found.append(prefix[index])
            else:
                found.append(subschema.get("additionalItems") if isinstance(items, list) else items)
            found.append(subschema.get("unevaluatedItems"))
            found.append(subschema.get("contains"))
        return found

    def _state(self, subschemas: list[Any]) -> _State:
        """Return the state of some subschemas and of all that apply at the same place because of them."""
        reached: dict[int, dict[str, Any]] = {}
        kinds: set[str] = set()
        stack = list(subschemas)
        while stack:
            node = stack.pop()
            if not isinstance(node, dict) or id(node) in reached:
                continue
            reached[id(node)] = node
            kinds.update(_kinds(node))
            for key in ("$ref", "$dynamicRef"):
                if isinstance(node.get(key), str):
                    kinds.update({node[key].rpartition("/")[2].lstrip("#")} & _NAMED_KINDS)
                    stack.append(self._references.resolve(node[key]))
            for key in _IN_PLACE:
                stack.extend(node.get(key, ()))
            stack.extend(node.get(key) for key in _CONDITIONAL)
            stack.extend(node.get("dependentSchemas", {}).values())
        identity = frozenset(reached)
        if identity not in self._states:
            self._states[identity] = _State(list(reached.values()), tuple(sorted(kinds)))
        return self._states[identity]


def _kinds(node: dict[str, Any]) -> list[str]:
    """Return what a subschema itself says of the kind of its place."""
    kinds = [node["format"]] if isinstance(node.get("format"), str) else []
    if node.get("$anchor") in _NAMED_KINDS:
        kinds.append(node["$anchor"])
    media_type = node.get("contentMediaType")
    if isinstance(media_type, str) and media_type in _MEDIA_TYPES:
        kinds.append(_MEDIA_TYPES[media_type])
    return kinds
