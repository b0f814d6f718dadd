"""Tests that the schema of a Jekyll post is valid, explained, and agrees with what Jekyll's documentation shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from newslint.engine.linter import lint_bytes
from newslint.engine.plan import Plan, make_plan
from newslint.finding import Finding
from newslint.rules import RULES
from newslint.schema.schema import load_schema
from tests.conftest import NOW, ROOT

SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "post.schema.json").read_text("utf-8"))
REGISTRY: Registry[Any] = Resource.from_contents(SCHEMA) @ Registry()


def _subschemas(schema: dict[str, Any], pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    yield pointer, schema
    for group in ("properties", "$defs"):
        for name, child in schema.get(group, {}).items():
            yield from _subschemas(child, f"{pointer}/{group}/{name}")
    if "items" in schema:
        yield from _subschemas(schema["items"], f"{pointer}/items")


SUBSCHEMAS = dict(_subschemas(SCHEMA))
NAMED = [pointer for pointer in SUBSCHEMAS if pointer.split("/")[-2:-1] in (["properties"], ["$defs"])]
ITEMS = [pointer for pointer in SUBSCHEMAS if pointer.endswith("/items")]
EXAMPLES = [(pointer, example) for pointer, schema in SUBSCHEMAS.items() for example in schema.get("examples", [])]


@pytest.fixture(scope="module")
def plan() -> Plan:
    """All rules but those that know a news article's own fields, over the schema of a post."""
    articles_own = ("NL5", "NL7", "NL8", "NL9")
    codes = frozenset(rule.code for rule in RULES if rule.default and not rule.code.startswith(articles_own))
    return make_plan(load_schema("post", Path()), codes, {}, {}, NOW, 1_000_000, 1_000)


def _lint(fields: str, plan: Plan) -> tuple[Finding, ...]:
    return lint_bytes("_posts/2024-01-24-a.md", f"---\n{fields}---\nText.\n".encode(), plan).findings


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:newslint:schema:post"


@pytest.mark.parametrize("pointer", NAMED + ITEMS)
def test_every_field_is_described_with_examples(pointer: str) -> None:
    assert SUBSCHEMAS[pointer]["description"].strip()
    assert SUBSCHEMAS[pointer]["examples"]


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES, ids=[pointer or "document" for pointer, _ in EXAMPLES])
def test_examples_are_valid(pointer: str, example: Any) -> None:
    validator = Draft202012Validator({"$ref": f"{SCHEMA['$id']}#{pointer}"}, registry=REGISTRY)
    assert [error.message for error in validator.iter_errors(example)] == []


@pytest.mark.parametrize("pointer", [pointer for pointer, schema in SUBSCHEMAS.items() if "properties" in schema])
def test_unknown_fields_are_refused(pointer: str) -> None:
    assert SUBSCHEMAS[pointer]["additionalProperties"] is False


@pytest.mark.parametrize(
    "fields",
    [
        # What `jekyll new` writes.
        'layout: post\ntitle:  "Welcome to Jekyll!"\ndate:   2015-11-17 16:16:01 -0600\ncategories: jekyll update\n',
        "title: Blogging Like a Hacker\nlayout: null\nexcerpt_separator: <!--more-->\n",
        "title: A\npublished: false\ncategory: news\ntags:\ncategories:\n",
        "title: A\nauthor:\n  twitter: benbalter\nimage:\n  path: /img/twitter.png\n  height: 100\n  width: 100\n",
        "title: A\nimage: /img/twitter.png\nauthor: benbalter\ncanonical_url: 'https://example.org/a/'\n",
        "title: A\nredirect_from:\n  - /b/\n  - /c/\n",
    ],
)
def test_what_the_documentation_shows_has_no_findings(fields: str, plan: Plan) -> None:
    assert [(found.code, found.field, found.message) for found in _lint(fields, plan)] == []


@pytest.mark.parametrize(
    "date",
    [
        *("2024-01-24", "2024-01-24 15:00", "2024-01-24 15:00:00", "2024-01-24 15:00:00 +0100", "2024-02-29"),
        *(
            "2024-01-24 15:00:00 +01:00",
            "2024-01-24 9:05:00 -0600",
            "2024-01-24T15:00:00Z",
            "2024-01-24T15:00:00+01:00",
        ),
        "'2024-12-31 23:59'",
    ],
)
def test_dates_that_jekyll_takes(date: str, plan: Plan) -> None:
    assert _lint(f"title: A\ndate: {date}\n", plan) == ()


@pytest.mark.parametrize(
    "date",
    [
        *("2024-13-01", "2024-00-10", "2024-04-31", "2024-02-30", "2024-01-24 24:00", "2024-01-24 15:60", "24.1.2024"),
        *("2024-1-24", "yesterday", "2024-01-24 15", "2024-01-24 15:00 CET", '"2024-01-24 "', "''"),
    ],
)
def test_dates_that_are_none(date: str, plan: Plan) -> None:
    assert [(found.code, found.field) for found in _lint(f"title: A\ndate: {date}\n", plan)] == [("NL107", "/date")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("layout: post\n", [("NL101", "/title")]),
        ("title: A\ncategorie: news\n", [("NL104", "/categorie")]),
        ("title: 2024\n", [("NL102", "/title")]),
        ("title: ' A'\n", [("NL602", "/title")]),
        ("title: A\nauthor: 5\n", [("NL102", "/author")]),
        ("title: A\nauthor:\n  nme: J\n", [("NL104", "/author/nme")]),
        ("title: A\ntags: [a, a]\n", [("NL109", "/tags/1")]),
        ("title: A\npublished: 'no'\n", [("NL102", "/published")]),
        ("title: A\nimage: {path: /x.png, width: 0, height: 5}\n", [("NL401", "/image/width")]),
        ("title: A\ncanonical_url: example.org\n", [("NL301", "/canonical_url")]),
    ],
)
def test_faults_are_found_by_the_schema_and_by_the_kinds_of_its_fields(
    fields: str, expected: list[tuple[str, str]], plan: Plan
) -> None:
    assert [(found.code, found.field) for found in _lint(fields, plan)] == expected
