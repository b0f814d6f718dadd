"""The check in plain Python: of what it calls valid, jsonschema finds nothing wrong; of what is unusual it says nothing."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from newslint.document.post import read_post
from newslint.schema.files import packaged_schema, parse_schema
from newslint.schema.quick import make_quick
from newslint.schema.references import References
from newslint.schema.schema import JUDGED_BY_RULES
from tests.conftest import BASE

ARTICLE = parse_schema(packaged_schema("article"), "article.schema.json")
AUTHORITY = jsonschema.Draft202012Validator(ARTICLE)
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    101,
    1.0,
    99.5,
    "",
    " ",
    "article",
    "x" * 300,
    [],
    ["a"],
    ["a", "a"],
    {},
]
VALUES += [{"url": "https://example.com/a.jpg"}, [{}], [[]], [1], 10**25, "AAAA;AAAA\n"]


def _quick(schema: dict[str, Any]) -> Any:
    return make_quick(schema, References(schema, "a schema"), JUDGED_BY_RULES)


def _article() -> dict[str, Any]:
    import frontmatter

    data = read_post(frontmatter.loads(BASE).metadata).data
    assert data is not None
    return data


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _places(data[key])


def test_what_it_calls_valid_is_valid() -> None:
    quick, chance = _quick(ARTICLE), random.Random(7)
    certain = 0
    for _ in range(4_000):
        data = _article()
        for _ in range(chance.choice([1, 1, 2])):
            holder, key = chance.choice(list(_places(data)))
            if chance.random() < 0.2 and isinstance(holder, dict):
                del holder[key]
            elif chance.random() < 0.1 and isinstance(holder, dict):
                holder["unknown"] = copy.deepcopy(chance.choice(VALUES))
            else:
                holder[key] = copy.deepcopy(chance.choice(VALUES))
        if quick(data):
            certain += 1
            assert AUTHORITY.is_valid(data), data
    assert certain > 100


def test_an_article_is_certainly_valid() -> None:
    assert _quick(ARTICLE)(_article()) is True


@pytest.mark.parametrize(
    "schema",
    [
        {"$schema": "http://json-schema.org/draft-07/schema#"},
        {"anyOf": [{"type": "string"}]},
        {"properties": {"a": {"not": {}}}},
        {"type": ["string", "null"]},
        {"type": "number"},
        {"enum": ["a", 1]},
        {"const": None},
        {"format": "email"},
        {"format": ["uri"]},
        {"additionalProperties": False},
        {"pattern": "("},
        {"items": {"prefixItems": []}},
        {"properties": 5},
        {"required": 5, "unknown": True},
    ],
)
def test_of_an_unusual_schema_it_says_nothing(schema: dict[str, Any]) -> None:
    assert _quick(schema) is None


def test_a_schema_may_refer_to_itself() -> None:
    schema = {"type": "object", "properties": {"child": {"$ref": "#"}}, "additionalProperties": False}
    quick = _quick(schema)
    assert quick({"child": {"child": {}}})
    assert not quick({"child": {"child": {"other": {}}}})
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"child": deep}
    assert not quick(deep)


def test_a_wrong_argument_vouches_for_nothing() -> None:
    assert not _quick({"required": 5})({})
    assert not _quick({"minimum": "1"})(1)
    assert not _quick({"properties": {"a": 5}})({"a": 1})
