"""The accelerator of a small run: a check in plain Python that may say "certainly valid" of the usual schemas.

``jsonschema-rs`` takes longer to import than a run over a few files takes in all. What this check does not know, a
keyword or a value of an unusual type, it does not vouch for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newslint.schema.patterns import PatternError, Search, search_with_python
from newslint.schema.references import References

Check = Callable[[Any], bool]

_NEWER = ("https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema")
"""The drafts in which what stands beside a ``$ref`` counts."""

_ANNOTATIONS = frozenset(
    {
        *("$schema", "$id", "$comment", "$defs", "definitions", "$anchor", "title", "description", "default"),
        *("examples", "deprecated", "readOnly", "writeOnly", "contentMediaType"),
    }
)
_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


class _UnknownError(Exception):
    """Something that this check does not know."""


def make_quick(
    schema: dict[str, Any],
    references: References,
    judged_formats: frozenset[str],
    search: Callable[[str], Search] = search_with_python,
) -> Check | None:
    """Return a function that is true only of data that ``jsonschema`` finds valid, or None for an unusual schema."""
    if schema.get("$schema", _NEWER[0]) not in _NEWER:
        return None
    try:
        check = _Maker(references, judged_formats, search).check(schema)
    except (_UnknownError, PatternError, RecursionError, TypeError, AttributeError):
        # Nobody has said yet that the schema is one.
        return None

    def certainly_valid(data: Any) -> bool:
        try:
            return check(data)
        except (RecursionError, TypeError):
            return False

    return certainly_valid


class _Maker:
    """Makes one check of each subschema; a subschema that refers to itself finds the check that is being made."""

    def __init__(self, references: References, judged_formats: frozenset[str], search: Callable[[str], Search]) -> None:
        self._references = references
        self._search = search
        self._judged_formats = judged_formats
        self._made: dict[int, list[Check]] = {}

    def check(self, schema: Any) -> Check:
        """Return the check of a subschema; raises _UnknownError."""
        if schema is True:
            return _anything
        if not isinstance(schema, dict):
            return _nothing
        checks = self._made.get(id(schema))
        if checks is None:
            checks = self._made[id(schema)] = []
            checks += [self._of(keyword, schema) for keyword in schema if not self._says_nothing(keyword, schema)]
        made = checks
        return lambda value: all(check(value) for check in made)

    def _says_nothing(self, keyword: str, schema: dict[str, Any]) -> bool:
        if keyword == "additionalProperties":
            # It is looked at together with the properties.
            return "properties" in schema
        return keyword in _ANNOTATIONS or (keyword == "format" and schema[keyword] in self._judged_formats)

    def _of(self, keyword: str, schema: dict[str, Any]) -> Check:
        argument = schema[keyword]
        if keyword == "$ref":
            return self.check(self._references.resolve(argument))
        if keyword == "items":
            item = self.check(argument)
            return lambda value: type(value) is list and all(item(each) for each in value)
        if keyword == "properties":
            known = {name: self.check(subschema) for name, subschema in argument.items()}
            other = self.check(schema.get("additionalProperties", True))
            return lambda value: (
                type(value) is dict and all(known.get(name, other)(member) for name, member in value.items())
            )
        if keyword == "pattern":
            found = self._search(argument)
            return lambda value: type(value) is str and found(value)
        if keyword not in _SIMPLE:
            raise _UnknownError
        return _SIMPLE[keyword](argument)


def _anything(value: Any) -> bool:  # noqa: ARG001 - the schema true
    return True


def _nothing(value: Any) -> bool:  # noqa: ARG001 - the schema false, and what is no schema
    return False


def _type(name: Any) -> Check:
    if not isinstance(name, str) or name not in _TYPES:
        raise _UnknownError
    # The exact type: true is no integer, and of 1.0 jsonschema is asked.
    wanted = _TYPES[name]
    return lambda value: type(value) is wanted


def _enum(members: Any) -> Check:
    if not all(isinstance(member, str) for member in members):
        raise _UnknownError
    known = frozenset(members)
    return lambda value: type(value) is str and value in known


def _unique(wanted: Any) -> Check:  # noqa: ARG001 - who does not want it asks in vain, which is no harm
    return lambda value: (
        type(value) is list and all(type(item) is str for item in value) and len(set(value)) == len(value)
    )


_SIMPLE: dict[str, Callable[[Any], Check]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda member: _enum([member]),
    "minimum": lambda least: lambda value: type(value) is int and value >= least,
    "maximum": lambda most: lambda value: type(value) is int and value <= most,
    "minLength": lambda least: lambda value: type(value) is str and len(value) >= least,
    "maxLength": lambda most: lambda value: type(value) is str and len(value) <= most,
    "minItems": lambda least: lambda value: type(value) is list and len(value) >= least,
    "required": lambda names: lambda value: type(value) is dict and all(name in value for name in names),
    "uniqueItems": _unique,
}
"""How the keywords are checked that look at nothing but their own argument."""
