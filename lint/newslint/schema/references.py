"""References inside a schema: every ``$ref`` is resolved within it, and one that leads out of it is refused.

JSON Schema 2020-12, core, section 8.2: ``$id`` gives a subschema an address, ``$anchor`` a name, ``$ref`` names either
or a JSON Pointer from the root. Nothing is ever fetched.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from newslint.late import compiled_late
from newslint.quote import quote
from newslint.schema.files import SchemaError
from newslint.schema.walk import subschemas

_INDEX = compiled_late(r"0|[1-9][0-9]{0,8}")
"""An index of a list (RFC 6901, section 4); no list of a schema is longer."""


class References:
    """The addresses of one schema; building it refuses the references that lead nowhere or out of the schema."""

    def __init__(self, schema: dict[str, Any], name: str) -> None:
        self._root = schema
        self._name = name
        self._known: dict[str, Any] = {"#": schema, "": schema}
        found: list[str] = []
        for node in subschemas(schema):
            self._remember(node)
            found.extend(node[key] for key in ("$ref", "$dynamicRef") if isinstance(node.get(key), str))
        for reference in found:
            self.resolve(reference)

    def _remember(self, node: dict[str, Any]) -> None:
        for key in ("$anchor", "$dynamicAnchor"):
            if isinstance(node.get(key), str):
                self._known.setdefault(f"#{node[key]}", node)
        address = node.get("$id")
        if isinstance(address, str):
            self._known.setdefault(address.rstrip("#"), node)
            self._known.setdefault(f"{address.rstrip('#')}#", node)

    def resolve(self, reference: str) -> Any:
        """Return the subschema that a reference names; raises SchemaError for one that this schema does not hold."""
        if reference in self._known:
            return self._known[reference]
        shown = quote(reference)
        address, _, fragment = reference.partition("#")
        base = self._known.get(address)
        if base is None:
            raise SchemaError(
                f"{self._name}: the reference {shown} leads out of the schema; newslint fetches nothing, "
                "so put the definition into the schema itself"
            )
        if fragment and not fragment.startswith("/"):
            raise SchemaError(f"{self._name}: the reference {shown} names no anchor of the schema")
        for step in fragment.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(base, dict) and key in base:
                base = base[key]
            elif isinstance(base, list) and _INDEX.fullmatch(key) and int(key) < len(base):
                base = base[int(key)]
            else:
                raise SchemaError(f"{self._name}: the reference {shown} leads nowhere")
        if not isinstance(base, dict | bool):
            raise SchemaError(f"{self._name}: the reference {shown} leads to no schema")
        self._known[reference] = base
        return base
