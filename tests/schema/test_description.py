"""What a schema says of a field, for people who write it."""

from __future__ import annotations

from typing import Any

import pytest

from newslint.finding import Pointer
from newslint.schema.description import FieldDescription
from newslint.schema.schema import Schema, article_schema

SCHEMA: dict[str, Any] = {
    "required": ["a"],
    "allOf": [{"required": ["b"], "properties": {"c": {"type": "integer"}}}],
    "oneOf": [{"required": ["d"], "properties": {"d": {"const": 1}}}],
    "if": {"properties": {"a": {"const": "x"}}},
    "properties": {
        "a": {"description": "own", "examples": ["e"], "$ref": "#/$defs/text"},
        "b": {"anyOf": [{"enum": ["x", 1]}, {"enum": [1, True, None]}]},
        "list": {"prefixItems": [{"type": "string"}], "items": {"$ref": "#/$defs/node"}},
        "old": {"items": [{"type": "null"}], "additionalItems": {"type": "number"}},
    },
    "patternProperties": {"^x-": {"type": ["string", "null"]}},
    "additionalProperties": {"description": "other"},
    "$defs": {
        "text": {"description": "general", "type": "string", "format": "uri", "examples": ["g"]},
        "node": {
            "type": "object",
            "properties": {"below": {"$ref": "#/$defs/node"}},
            "allOf": [{"$ref": "#/$defs/node"}],
        },
    },
}


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ((), FieldDescription(fields=("a", "b", "list", "old", "c", "d"), required=frozenset("ab"))),
        (("a",), FieldDescription("own", ("string",), formats=("uri",), examples=("e",))),
        (("b",), FieldDescription(allowed=("x", 1, True, None))),
        (("c",), FieldDescription("other", ("integer",))),
        (("list", 0), FieldDescription(types=("string",))),
        (("list", 1, "below", "below"), FieldDescription(types=("object",), fields=("below",))),
        (("old", 1), FieldDescription(types=("number",))),
        (("x-y",), FieldDescription(types=("string", "null"))),
        (("z",), FieldDescription("other")),
        (("list", 1, "none"), None),
    ],
)
def test_what_is_said_of_a_place(pointer: Pointer, expected: FieldDescription | None) -> None:
    assert Schema(SCHEMA, "s.json").describe(pointer) == expected


def test_the_articles_fields_are_in_the_formats_order_and_all_described() -> None:
    schema = article_schema()
    top = schema.describe(())
    assert top is not None
    assert top.fields[:4] == ("category", "title", "excerpt", "publishedDateTime")
    assert top.required == frozenset(schema.required)
    for name in top.fields:
        described = schema.describe((name,))
        assert described is not None
        assert described.description
        assert described.examples


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$"])
def test_no_pattern_of_a_schema_holds_an_editor_up(pattern: str) -> None:
    schema = Schema({"patternProperties": {pattern: {"type": "string"}}}, "a.json", foreign=True)
    assert schema.describe(("a" * 40 + "!",)) is None
    described = schema.describe(("aaa",))
    assert described is not None
    assert described.types == ("string",)
