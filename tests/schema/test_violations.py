"""What a schema finds stands at the field itself, one finding a fault, in words that say what to do."""

from __future__ import annotations

from typing import Any

import pytest

from newslint.document import events
from newslint.document.document import Document
from newslint.schema.files import SchemaError
from newslint.schema.schema import Schema
from tests.conftest import BASE, lint
from tests.document.reading import read


def _found(schema: dict[str, Any], yaml: str) -> list[str]:
    """Return what a schema says of some YAML as ``line:column code message [hint]``."""
    compiled = Schema(schema, "test.schema.json")
    plain, violations = read(yaml)
    assert violations == []
    assert plain.source is not None
    assert plain.fences is not None
    document = Document(
        "a.md", events.read(plain.source, plain.fences.yaml), plain.source, plain.fences, compiled.fields
    )
    lines = []
    for code, violation in compiled.violations(document):
        line, column = plain.source.position(document.span(violation.pointer, violation.part, violation.within).start)
        lines.append(f"{line}:{column} {code} {violation.message} [{violation.hint}]")
    return sorted(lines)


@pytest.mark.parametrize(
    ("schema", "yaml", "expected"),
    [
        (
            {"required": ["title", "type"], "properties": {"title": {}, "type": {}}},
            "a: 1\n",
            [
                '1:1 NL101 the field "title" is missing [Add the field title]',
                '1:1 NL101 the field "type" is missing [Add the field type]',
            ],
        ),
        (
            {"properties": {"p": {"required": ["name"], "properties": {"name": {}}}}},
            "p:\n  nam: x\n",
            ['2:1 NL101 the field "name" is missing [Rename "nam" to "name"]'],
        ),
        (
            {"properties": {"list": {"items": {"required": ["url"]}}}},
            "list:\n  - a: 1\n  - {}\n",
            [
                '3:5 NL101 the field "url" is missing [Add the field url to this entry]',
                '4:5 NL101 the field "url" is missing [Add the field url to this entry]',
            ],
        ),
        (
            {"dependentRequired": {"a": ["b"]}},
            "a: 1\n",
            ['1:1 NL101 the field "b" is missing, although "a" is there [Add the field b]'],
        ),
        (
            {"additionalProperties": False, "properties": {"title": {}, "published": {}}},
            "titel: x\nother: y\n",
            [
                '2:1 NL104 the field "titel" is not known here [Did you mean "title"?]',
                '3:1 NL104 the field "other" is not known here [Known here: title, published]',
            ],
        ),
        (
            {"additionalProperties": False, "properties": {"title": {}}},
            "title: x\nTitle: y\n",
            [
                '3:1 NL104 the field "Title" is not known here '
                '[Did you mean "title"? That field is there already: delete one of the two]'
            ],
        ),
        (
            {"unevaluatedProperties": False, "allOf": [{"properties": {"a": {}}}]},
            "a: 1\nb: 2\n",
            ['3:1 NL104 the field "b" is not known here [Delete the field, or add it to the schema]'],
        ),
        (
            {"propertyNames": {"pattern": "^[a-z]+$"}},
            "good: 1\nBad: 2\n",
            ['3:1 NL104 the field "Bad" is not known here [Delete the field, or add it to the schema]'],
        ),
        (
            {"properties": {"n": {"type": "integer"}}},
            'n: "39"\n',
            ['2:4 NL102 "39" is text, where a whole number is expected [Take the quotes away: 39]'],
        ),
        (
            {"properties": {"t": {"type": "string"}}},
            "t: yes\n",
            [
                "2:4 NL102 YAML reads yes as true, which is a yes-or-no value, where text is expected "
                '[Put it in quotes if it is text: "yes"]'
            ],
        ),
        (
            {"properties": {"t": {"type": "string"}}},
            "t: 012\n",
            ['2:4 NL102 012 is a number, where text is expected [Put it in quotes if it is text: "012"]'],
        ),
        (
            {"properties": {"t": {"type": "string"}}},
            "t:\n",
            [
                "2:1 NL102 there is no value, where text is expected [Write a value, or delete the field if it may be absent]"
            ],
        ),
        (
            {"properties": {"t": {"type": ["string", "array"]}}},
            "t:\n  a: 1\n",
            ["3:3 NL102 this is a mapping, where text or a list is expected [Write text or a list]"],
        ),
        (
            {"properties": {"k": {"enum": ["article", "video"]}}},
            "k: vidoe\n",
            ['2:4 NL103 "vidoe" is not allowed here, only "article" or "video" [Did you mean "video"?]'],
        ),
        (
            {"properties": {"k": {"const": "news"}}},
            "k: blog\n",
            ['2:4 NL103 "blog" is not allowed here, only "news" [Write "news"]'],
        ),
        (
            {"properties": {"n": {"minimum": 1}, "m": {"exclusiveMaximum": 3}, "k": {"multipleOf": 5}}},
            "n: 0\nm: 3\nk: 7\n",
            [
                "2:4 NL105 0 is out of range, where at least 1 is expected [Correct the number]",
                "3:4 NL105 3 is out of range, where less than 3 is expected [Correct the number]",
                "4:4 NL105 7 is out of range, where a multiple of 5 is expected [Correct the number]",
            ],
        ),
        (
            {"properties": {"n": {"type": "number"}, "t": {"type": "string"}}},
            "n: .inf\nt: 123456789012345678901\n",
            [
                "2:4 NL105 this number is not finite [Write a number that can be used]",
                "3:4 NL102 a number is not allowed here (and this one has more than 20 digits) "
                "[Put the value in quotes if it is text]",
            ],
        ),
        (
            {"properties": {"t": {"minLength": 3}, "l": {"maxItems": 1}, "o": {"minProperties": 1}}},
            "t: ab\nl: [1, 2]\no: {}\n",
            [
                "2:4 NL106 the text has 2 characters, where at least 3 characters are expected "
                "[Write the text, or delete the field]",
                "3:4 NL106 the list has 2 entries, where at most 1 entry is expected [Shorten it]",
                "4:4 NL106 the mapping is empty, where at least 1 field is expected [Add a field]",
            ],
        ),
        (
            {},
            f"t: {'a' * 10001}\n",
            ["2:4 NL106 the text has 10,001 characters, more than 10,000 [Shorten the text]"],
        ),
        (
            {"properties": {"t": {"pattern": "^[a-z]+$", "description": "A word in lower case."}}},
            "t: Ab\n",
            ['2:4 NL107 "Ab" does not match the pattern ^[a-z]+$ [Expected: A word in lower case]'],
        ),
        (
            {"properties": {"t": {"format": "ipv4"}, "u": {"format": "uri"}}},
            "t: 300.1.1.1\nu: no url\n",
            ['2:4 NL108 "300.1.1.1" is not of the format ipv4 [None]'],
        ),
        (
            {"properties": {"l": {"uniqueItems": True}}},
            "l:\n  - a\n  - b\n  - a\n",
            ['5:5 NL109 "a" stands in the list a second time [Delete one of the two]'],
        ),
        (
            {"properties": {"l": {"not": {"type": "array"}, "contains": {"const": 1}}}},
            "l: [2]\n",
            [
                '2:4 NL110 the value breaks the rule "contains" of the schema [None]',
                '2:4 NL110 the value breaks the rule "not" of the schema [None]',
            ],
        ),
        ({"properties": {"x": False}}, "x: 1\n", ['2:1 NL110 the field "x" is not allowed here [Delete the field]']),
    ],
)
def test_each_keyword_speaks_at_the_field_itself(schema: dict[str, Any], yaml: str, expected: list[str]) -> None:
    assert _found(schema, yaml) == expected


BRANCHES: dict[str, Any] = {
    "properties": {
        "media": {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"kind": {"const": "image"}, "width": {"type": "integer"}},
                    "required": ["kind", "width"],
                },
                {
                    "type": "object",
                    "properties": {"kind": {"const": "video"}, "id": {"type": "string"}},
                    "required": ["kind", "id"],
                },
                {"type": "string"},
            ]
        }
    }
}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("media: {kind: video}\n", ['2:1 NL101 the field "id" is missing [Add the field id to media]']),
        (
            "media: {kind: image, width: x}\n",
            ['2:29 NL102 "x" is text, where a whole number is expected [Write a whole number]'],
        ),
        (
            "media: 5\n",
            [
                '2:8 NL102 5 is a number, where a mapping (key: value) or text is expected [Put it in quotes if it is text: "5"]'
            ],
        ),
    ],
)
def test_of_branches_the_one_that_was_meant_is_told(yaml: str, expected: list[str]) -> None:
    assert _found(BRANCHES, yaml) == expected


def test_more_than_one_branch_is_told_as_such() -> None:
    schema = {"properties": {"n": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}}
    expected = "2:4 NL110 the value fits more than one of the forms that exclude each other [None]"
    assert _found(schema, "n: 3\n") == [expected]


def test_a_misspelt_required_key_is_found_at_the_key_and_at_the_mapping() -> None:
    found = [f"{one.line}:{one.column} {one.code} {one.hint}" for one in lint(BASE.replace("title:", "titel:", 1))]
    assert found == ['1:1 NL101 Rename "titel" to "title"', '3:1 NL104 Did you mean "title"?']


@pytest.mark.parametrize(
    "name", ["title", "quality", "provider", "topics", "images", "related", "secured", "published"]
)
@pytest.mark.parametrize("value", ["~", "yes", "3", "[]", "{}", "[[]]", "{a: b}", "'x'", "[x, 1, ~, {y: z}]", ".nan"])
def test_a_wrong_type_anywhere_is_a_finding_and_no_crash(name: str, value: str) -> None:
    lines = [line for line in BASE.splitlines() if not line.startswith((f"{name}:", "related:"))]
    text = "\n".join([lines[0], f"{name}: {value}", *lines[1:]]) + "\n"
    assert "NL999" not in {finding.code for finding in lint(text)}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"$ref": "https://example.org/x.json"}, "leads out of the schema"),
        ({"properties": {"a": {"$ref": "other.json#/x"}}}, "leads out of the schema"),
        ({"$ref": "#/$defs/none"}, "leads nowhere"),
        ({"$ref": "#none"}, "names no anchor"),
        ({"$dynamicRef": "file:///etc/passwd"}, "leads out of the schema"),
        ({"items": {"allOf": [{"$ref": "../up.json"}]}}, "leads out of the schema"),
    ],
)
def test_a_reference_out_of_the_schema_is_refused_before_any_document(schema: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        Schema(schema, "test.schema.json")


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"type": "txt"}, "no valid JSON Schema: at /type"),
        ({"properties": {"a": {"minLength": "3"}}}, "no valid JSON Schema: at /properties/a/minLength"),
        ({"$schema": "https://example.org/my-draft"}, 'the draft "https://example.org/my-draft" is not known'),
    ],
)
def test_a_schema_that_is_none_is_refused(schema: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        Schema(schema, "test.schema.json").check()


@pytest.mark.parametrize("value", [{"$ref": "https://example.org"}, [{"$ref": "https://example.org"}]])
def test_what_only_looks_like_a_reference_is_none(value: object) -> None:
    keywords = {"const": value, "default": value, "examples": [value]}
    schema = Schema({"properties": {"a": keywords}}, "test.schema.json")
    schema.check()
    assert schema.raw["properties"]["a"] == keywords
