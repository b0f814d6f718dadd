"""Schemas that a merge request brings: what cannot be used is told in one line, and what can never hangs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newslint.finding import Finding
from newslint.limits import MAX_SCHEMA_SIZE
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.schema.files import SchemaError
from newslint.schema.patterns import PatternError, bounded_search
from newslint.settings import KindSettings, Settings
from tests.conftest import NOW, with_fields
from tests.hostile.limited import NOW as NOW_TEXT
from tests.hostile.limited import newslint


def _nested(levels: int, before: str, after: str) -> str:
    return before * levels + "{}" + after * levels


def _in_title(**keywords: Any) -> str:
    return json.dumps({"properties": {"title": keywords}})


_UNKNOWN = {
    "the draft is a mapping": ('{"$schema": {}}', 'the draft "{}" is not known'),
    "the draft is a number": ('{"$schema": 5}', 'the draft "5" is not known'),
    "the draft is no URL": ('{"$schema": "http://["}', 'the draft "http://[" is not known'),
    "a draft within": (_in_title(**{"$schema": "https://a.example/x"}), 'the draft "https://a.example/x" is not known'),
    "a draft that jsonschema-rs lacks": (
        '{"$schema": "http://json-schema.org/draft-03/schema#", "type": [{"$ref": "#"}]}',
        'the draft "http://json-schema.org/draft-03/schema#" is not known',
    ),
}
_CIRCLES = {
    "itself": ('{"$ref": "#"}', '"#"'),
    "by its address": ('{"$id": "urn:a", "allOf": [{"$ref": "urn:a"}]}', '"urn:a"'),
    "two": (
        '{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}',
        '"#/$defs/a" leads to "#/$defs/b"',
    ),
    "in a condition": ('{"if": {"$ref": "#"}}', '"#"'),
    "in a negation": ('{"not": {"$ref": "#"}}', '"#"'),
    "in a branch": ('{"anyOf": [{}, {"$ref": "#"}]}', '"#"'),
    "beside a field": ('{"dependentSchemas": {"title": {"$ref": "#"}}}', '"#"'),
    "dynamically": ('{"$dynamicRef": "#"}', '"#"'),
    "recursively": (
        '{"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveRef": "#"}',
        '"#"',
    ),
}
_LEADS = {
    "an index of 5,000 digits": ('{"allOf": [{}], "$ref": "#/allOf/%s"}' % ("9" * 5_000), "leads nowhere"),
    "an index of other digits": ('{"allOf": [{}], "$ref": "#/allOf/\u0660"}', "leads nowhere"),
    "an index with a zero in front": ('{"allOf": [{}], "$ref": "#/allOf/00"}', "leads nowhere"),
    "a text": ('{"title": "x", "$ref": "#/title"}', "leads to no schema"),
    "a number": ('{"minLength": 3, "$ref": "#/minLength"}', "leads to no schema"),
    "a byte that is no text": ('{"$ref": "#/%ff"}', "leads nowhere"),
    "half of a character": ('{"$ref": "#/\\ud800"}', "leads nowhere"),
    "a file": ('{"$ref": "file:///etc/passwd"}', "leads out of the schema"),
    "an address": (_in_title(**{"$ref": "http://169.254.169.254/"}), "leads out of the schema"),
}
_DEEP = {
    "properties": _nested(60, '{"properties": {"a": ', "}}"),
    "allOf": _nested(60, '{"allOf": [', "]}"),
    "not": _nested(110, '{"not": ', "}"),
    "a constant": '{"const": %s}' % ("[" * 110 + "]" * 110),
}
_NO_PATTERNS = ["[", "(?P<n>a)(?P=n)\\Z", "a{99999999999}", "((a{1000}){1000}){1000}", "(" * 1_000 + ")" * 1_000]
_NO_JSON = {
    "nothing": "",
    "a list": "[]",
    "a number of 5,000 digits": '{"maxLength": %s}' % ("9" * 5_000),
    "100,000 brackets": "[" * 100_000,
    "a NUL behind it": "{}\0",
    "5 MiB of blanks": " " * (5 * 1_048_576),
}


def _lint(folder: Path, schema: str | bytes, text: str = with_fields("")) -> tuple[Finding, ...]:
    """Return what is found in a text by a schema; raises SchemaError."""
    (folder / "a.json").write_bytes(schema if isinstance(schema, bytes) else schema.encode("utf-8", "surrogatepass"))
    settings = Settings(folder, kinds=(KindSettings("x", ["**"], "a.json"),))
    return Runner(settings, Choices(now=NOW)).lint_data(text.encode(), "a.md").findings


def _refusal(folder: Path, schema: str) -> str:
    with pytest.raises(SchemaError) as raised:
        _lint(folder, schema)
    said = str(raised.value)
    assert len(said) < 1_500
    return said


@pytest.mark.parametrize(("schema", "message"), _UNKNOWN.values(), ids=_UNKNOWN)
def test_a_draft_that_is_not_known(tmp_path: Path, schema: str, message: str) -> None:
    assert _refusal(tmp_path, schema) == f"a.json: {message}"


@pytest.mark.parametrize(("schema", "circle"), _CIRCLES.values(), ids=_CIRCLES)
def test_a_schema_that_applies_itself_for_ever(tmp_path: Path, schema: str, circle: str) -> None:
    said = _refusal(tmp_path, schema)
    assert said == f"a.json: the schema applies itself to one value for ever: {circle}"


@pytest.mark.parametrize(
    "schema",
    [
        '{"properties": {"related": {"items": {"$ref": "#"}}}}',
        '{"$defs": {"a": {"properties": {"title": {"$ref": "#/$defs/a"}}}}, "$ref": "#/$defs/a"}',
        '{"properties": {"not": {"$ref": "#"}, "allOf": {"items": {"$ref": "#"}}}}',
        '{"const": {"$ref": "#"}, "default": {"allOf": [{"$ref": "#"}]}}',
    ],
)
def test_a_tree_is_no_circle(tmp_path: Path, schema: str) -> None:
    assert "NL999" not in {found.code for found in _lint(tmp_path, schema)}


@pytest.mark.parametrize(("schema", "message"), _LEADS.values(), ids=_LEADS)
def test_a_reference_that_leads_to_no_part_of_the_schema(tmp_path: Path, schema: str, message: str) -> None:
    said = _refusal(tmp_path, schema)
    assert said.startswith('a.json: the reference "')
    assert message in said


@pytest.mark.parametrize("schema", _DEEP.values(), ids=_DEEP)
def test_a_schema_deeper_than_the_stack_of_jsonschema(tmp_path: Path, schema: str) -> None:
    assert _refusal(tmp_path, schema) == "a.json: the schema is nested more than 100 levels deep"


def test_what_is_as_deep_as_is_allowed_is_checked(tmp_path: Path) -> None:
    deep = _nested(49, '{"required": ["b"], "properties": {"a": ', "}}")
    text = "---\n" + "".join(f"{'  ' * level}a:\n" for level in range(31)) + f"{'  ' * 31}x: y\n---\n"
    found = _lint(tmp_path, deep, text)
    assert [one.field for one in found if one.code == "NL101"] == ["/a" * level + "/b" for level in range(32)]


def test_a_long_chain_of_references(tmp_path: Path) -> None:
    links: dict[str, Any] = {f"a{number}": {"$ref": f"#/$defs/a{number + 1}"} for number in range(99)}
    schema = {"$ref": "#/$defs/a0", "$defs": {**links, "a99": {}}}
    said = _refusal(tmp_path, json.dumps(schema))
    assert said == "a.json: more than 64 subschemas are applied one through another"


@pytest.mark.parametrize("pattern", _NO_PATTERNS, ids=range(len(_NO_PATTERNS)))
def test_a_pattern_that_cannot_be_used(tmp_path: Path, pattern: str) -> None:
    message = "cannot be used: it is no regular expression of ECMA-262, or too large a one"
    for schema in (_in_title(pattern=pattern), json.dumps({"patternProperties": {pattern: {}}})):
        said = _refusal(tmp_path, schema)
        assert said.startswith('a.json: the pattern "')
        assert said.endswith(message)


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ('{"anyOf": [false]}', 'the value breaks the rule "anyOf" of the schema'),
        ('{"oneOf": [false, false]}', 'the value breaks the rule "oneOf" of the schema'),
        ('{"anyOf": [false, {"required": ["quality2"]}]}', 'the field "quality2" is missing'),
        ('{"allOf": [false]}', 'the value breaks the rule "false" of the schema'),
    ],
)
def test_a_branch_that_nothing_fits(tmp_path: Path, schema: str, message: str) -> None:
    said = [one.message for one in _lint(tmp_path, schema) if one.code.startswith("NL1") or one.code == "NL999"]
    assert said == [message]


@pytest.mark.parametrize("value", ["false", "5", "null", '"x"', "[]", "{}", "[5]", "[[]]", '{"a": 5}', '{"a": [5]}'])
def test_keywords_that_hold_anything(tmp_path: Path, value: str) -> None:
    """Each is one line, or a schema like any other: what reads it before it is checked must not fail on it."""
    keywords = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "items",
        "prefixItems",
        "allOf",
        "anyOf",
        "not",
    ]
    keywords += [
        "if",
        "then",
        "$ref",
        "$dynamicRef",
        "$anchor",
        "$id",
        "$defs",
        "required",
        "dependentSchemas",
        "format",
    ]
    keywords += [
        "type",
        "enum",
        "pattern",
        "contentMediaType",
        "dependentRequired",
        "propertyNames",
        "contains",
        "title",
        "multipleOf",
        "$schema",
    ]
    for keyword in keywords:
        one = f'{{"{keyword}": {value}}}'
        # Below a keyword that JSON Schema does not know nobody has checked it.
        for schema in (one, f'{{"properties": {{"title": {one}}}}}', f'{{"x-unknown": {one}}}'):
            try:
                said = [one.message for one in _lint(tmp_path, schema) if one.code == "NL999"]
            except SchemaError as error:
                said = [] if str(error).startswith("a.json: ") else [str(error)]
            assert said == [], schema


@pytest.mark.parametrize("schema", _NO_JSON.values(), ids=_NO_JSON)
def test_a_file_that_is_no_schema(tmp_path: Path, schema: str) -> None:
    assert _refusal(tmp_path, schema).startswith("a.json: ")
    assert len(_NO_JSON["5 MiB of blanks"]) > MAX_SCHEMA_SIZE


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "(a*)*b", "^(?=(a+)+$)b", "(a+)\\1+c", "a*a*a*a*a*a*b"])
def test_no_pattern_takes_longer_than_its_text(pattern: str) -> None:
    assert not bounded_search(pattern)("a" * 9_999 + "!")


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^\\p{L}+$", "\u00e9\u65e5", True),
        ("^[a-z]+$", "abc", True),
        ("b", "abc", True),
        ("^b", "abc", False),
        ("^(?!x)\\w", "yx", True),
        ("^(?!x)\\w", "xy", False),
        ("(.)\\1", "abba", True),
        ("^\\d+$", "\u0661", False),
        ("", "", True),
        ("^.$", "\ud800", False),
    ],
)
def test_patterns_are_those_of_ecma_262(pattern: str, text: str, found: bool) -> None:
    assert bounded_search(pattern)(text) is found


def test_what_is_no_pattern_is_told() -> None:
    with pytest.raises(PatternError, match="no regular expression"):
        bounded_search("(")


def test_a_field_of_a_pattern_is_known_and_another_one_is_not(tmp_path: Path) -> None:
    schema = (
        '{"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": false, "properties": {"z": {}}}'
    )
    found = [(one.code, one.field) for one in _lint(tmp_path, schema, "---\nab: x\nac: 1\nz: 1\nba: 1\n---\n")]
    assert found == [("NL102", "/ab"), ("NL104", "/ba")]


def test_repeated_groups_beside_unevaluated_properties_are_refused(tmp_path: Path) -> None:
    schema = json.dumps({"patternProperties": {"^(a+)+$": {}}, "unevaluatedProperties": False})
    assert _refusal(tmp_path, schema).startswith('a.json: the pattern "^(a+)+$" of patternProperties is too complex')
    simple = json.dumps({"patternProperties": {"^x-": {}}, "unevaluatedProperties": False})
    assert [one.field for one in _lint(tmp_path, simple, "---\nx-a: 1\na: 1\n---\n")] == ["/a"]


def test_evil_patterns_end_in_a_real_process(tmp_path: Path) -> None:
    evil = {
        "value": {"properties": {"title": {"pattern": "^(a+)+$"}}},
        "key": {"patternProperties": {"^(a|a)*$": {"type": "null"}}, "additionalProperties": False},
        "name": {"propertyNames": {"pattern": "^(a|aa)+$"}},
        "look": {"properties": {"title": {"pattern": "^(?=(a+)+$)b"}}},
        # A reference to where the draft stands must not lead back to a validator of jsonschema's own.
        "root": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "properties": {"related": {"items": {"$ref": "#"}}, "title": {"pattern": "^(a+)+$"}},
        },
    }
    config, text = "", f"{'a' * 60}!"
    for name, schema in evil.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(schema))
        (tmp_path / f"{name}.md").write_text(
            f'---\ntitle: "{text}"\nrelated:\n- title: "{text}"\n{"a" * 60}b: 1\n---\n'
        )
        config += f'[[kinds]]\nname = "{name}"\nfiles = ["{name}.md"]\nschema = "{name}.json"\nselect = ["NL1"]\n'
    (tmp_path / "newslint.toml").write_text(config)
    done = newslint("check", "--now", NOW_TEXT, "--no-cache", "--output-format", "json", ".", cwd=tmp_path, seconds=10)
    assert (done.code, done.err) == (1, b"")
    assert [(one["path"], one["code"], one["field"]) for one in done.report["findings"]] == [
        *[("key.md", "NL104", field) for field in ("/title", "/related", f"/{'a' * 60}b")],
        ("look.md", "NL107", "/title"),
        *[("name.md", "NL104", field) for field in ("/title", "/related", f"/{'a' * 60}b")],
        *[("root.md", "NL107", field) for field in ("/title", "/related/0/title")],
        ("value.md", "NL107", "/title"),
    ]
