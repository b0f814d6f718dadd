"""A schema from what was seen: it is narrow where there is evidence, silent where there is none, and never refuses it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newslint.infer.bounds import above, below
from newslint.infer.layout import compact
from newslint.infer.order import common_order
from newslint.infer.schema import make_schema
from newslint.infer.shape import MAX_PLACES, MAX_PROPERTIES, Room, Shape
from newslint.output.dump import dump
from newslint.schema.schema import Schema


def _infer(*documents: dict[str, Any]) -> dict[str, Any]:
    root, room = Shape(), Room()
    for document in documents:
        root.add(document, room)
    return make_schema(root, "documents")


def _field(*values: Any) -> dict[str, Any]:
    """Return the subschema of a field that has these values, one a document."""
    schema: dict[str, Any] = _infer(*({"field": value} for value in values))["properties"]["field"]
    return schema


def _said(*values: Any) -> dict[str, Any]:
    """Return the same without what is told in passing."""
    return {key: value for key, value in _field(*values).items() if key not in ("$comment", "examples")}


WORDS = [f"{word} {number}" for word in ("one", "two", "three") for number in range(5)]
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}


def test_a_whole_schema() -> None:
    kinds = ["talk", "course"] * 10
    documents = [
        {"title": f"Course {number} of many", "kind": kind, "url": f"https://example.org/{number}", "seats": number}
        for number, kind in enumerate(kinds)
    ]
    del documents[3]["seats"]
    assert _infer(*documents) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "documents",
        "description": "What 20 files have in common. A first draft by newslint: it knows what was, not what may be.",
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "kind", "url"],
        "properties": {
            "title": {
                "$comment": "in 20 of 20 files; 16 to 17 characters",
                **TEXT,
                "contentMediaType": "text/plain",
                "examples": ["Course 0 of many"],
            },
            "kind": {
                "$comment": "in 20 of 20 files; course 10, talk 10",
                "type": "string",
                "enum": ["course", "talk"],
            },
            "url": {
                "$comment": "in 20 of 20 files",
                "type": "string",
                "format": "uri",
                "examples": ["https://example.org/0"],
            },
            "seats": {"$comment": "in 19 of 20 files; 0 to 19", "type": "integer", "minimum": 0, "maximum": 50},
        },
    }


@pytest.mark.parametrize(
    ("values", "types"),
    [
        ([1, 2], "integer"),
        ([1, 2.5], "number"),
        ([True, False], "boolean"),
        (["a", None], ["string", "null"]),
        (["a", ["a"]], ["string", "array"]),
        ([1, True, "a", {}, 1.5], ["string", "number", "boolean", "object"]),
    ],
)
def test_types_are_united(values: list[Any], types: object) -> None:
    assert _field(*values)["type"] == types


def test_what_never_has_a_value_may_have_any() -> None:
    assert _field(None, None) == {"$comment": "in 2 of 2 files; never with a value"}
    assert _field(None, "a")["$comment"] == "in 2 of 2 files; 1 without a value; 1 character"


@pytest.mark.parametrize(
    ("values", "keywords"),
    [
        (["2024-01-24T15:00:00Z", "2024-01-25T15:00:00+01:00"], {"format": "date-time"}),
        (["2024-01-24", "2024-02-29"], {"format": "date"}),
        (["https://example.org/", "http://bbc.com/news"], {"format": "uri"}),
        (["bbc.com", "police.uk"], {"format": "hostname"}),
    ],
)
def test_formats_take_one_value_and_no_exception(values: list[str], keywords: dict[str, str]) -> None:
    assert _said(*values) == _said(values[0]) == {"type": "string", **keywords}
    assert "format" not in _said(*values, "something else")


@pytest.mark.parametrize(
    "value", ["2024-02-30T10:00:00Z", "2024-02-30", "example.org/a", "photo.jpg", "news", "BBC.com"]
)
def test_what_only_resembles_a_format_is_text(value: str) -> None:
    assert _said(value) == TEXT


def test_the_moments_of_jekyll_have_a_pattern_that_knows_the_months() -> None:
    pattern = _said("2024-01-24 15:00:00 +0100", "2024-01-25", "2024-01-24 15:00")["pattern"]
    check = Draft202012Validator({"pattern": pattern}).is_valid
    assert check("2024-02-29 23:59:59 -06:00")
    assert not any(map(check, ("2024-13-01", "2024-04-31", "2024-02-30", "2024-01-24 25:00", "tomorrow")))


@pytest.mark.parametrize(
    ("form", "value", "pattern"),
    [
        ("uuid", "123e4567-e89b-12d3-a456-4266141740{:02}", None),
        ("digits", "1234{:02}", "^[0-9]{6}$"),
        ("hex", "00c0ffee{:02}", "^[0-9a-f]{10}$"),
        ("base64", "AAECAwQFBgcICQoLDA0O{:02}==", "^[A-Za-z0-9+/]+={0,2}$"),
        (
            "two in base64",
            "AAECAwQFBgcICQoLDA0O{:02}==;EBESExQVFhcYGRobHB0eHw==",
            "^[A-Za-z0-9+/]+={0,2};[A-Za-z0-9+/]+={0,2}$",
        ),
        ("path", "/courses/{}/", "^/[^ ]*$"),
        ("slug", "a-course-{}", "^[a-z0-9]+(-[a-z0-9]+)*$"),
        ("token", "WJk-Y8LQ_{:02}", "^[A-Za-z0-9_-]{11}$"),
    ],
)
def test_the_forms_of_identifiers_take_many_different_values(form: str, value: str, pattern: str | None) -> None:
    if form == "hex":
        values = [value.format(number).replace("c", "c" if number else "d") for number in range(10, 22)]
    else:
        values = [value.format(number) for number in range(10, 22)]
    found = _said(*values)
    assert found["type"] == "string"
    assert found["pattern"] == pattern if pattern else found["pattern"].startswith("^[0-9A-Fa-f]{8}-")
    assert "pattern" not in _said(*values[:9]), "nine values are not many"
    assert "pattern" not in _said(*values[:4] * 5), "four different values are not many"
    assert "pattern" not in _said(*values, "a b")


def test_plain_words_are_no_slugs() -> None:
    assert "pattern" not in _said(*(f"word{number}" for number in range(20)))


def test_choices_are_few_values_that_come_again() -> None:
    assert _said(*["draft", "review", "done"] * 5) == {"type": "string", "enum": ["done", "draft", "review"]}
    assert _said(*["news"] * 10) == {"type": "string", "const": "news"}
    assert _said(*["draft", None, "done"] * 6) == {"type": ["string", "null"], "enum": ["done", "draft", None]}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["news"] * 9, "nine values are not many"),
        (["a", "b"] * 10 + ["c"], "one that was seen but once says that others will come"),
        (["abc", "bcd", "cde"] * 4, "four of each are not many"),
        ([letter for letter in "abcdefghijklmnopqrstu" for _ in range(9)], "twenty-one are too many"),
        (["Jane Doe"] * 20, "one name is the author of a young site"),
        (["a" * 61] * 20, "what is long is a text"),
        (["draft", 1] * 10, "choices of texts would refuse the numbers"),
    ],
)
def test_these_are_no_choices(values: list[Any], why: str) -> None:
    assert not {"enum", "const"} & _said(*values).keys(), why


def test_one_seen_once_in_a_hundred_is_a_choice() -> None:
    assert _said(*["draft"] * 99, "done")["enum"] == ["done", "draft"]


def test_a_boolean_has_two_values_whichever_was_seen() -> None:
    assert _said(*[True] * 100) == {"type": "boolean"}


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        (range(190), {"minimum": 0, "maximum": 500}),
        (range(200, 4_900, 100), {"minimum": 1, "maximum": 10_000}),
        ([-1, *range(150)], {"minimum": -1, "maximum": 200}),
        ([-300, *range(150)], {"minimum": -500, "maximum": 200}),
        ([1, 2, 3, 4, 5] * 6, {"minimum": 1, "maximum": 5}),
        ([*range(2001, 2025)], {"minimum": 1000, "maximum": 5000}),
        ([50] * 100, {"minimum": 20, "maximum": 100}),
        ([0] * 100, {"minimum": 0}),
        ([number / 20 for number in range(20)], {"minimum": 0, "maximum": 1}),
        ([number * 10**16 for number in range(1, 30)], {"minimum": 1}),
        (range(9), {}),
    ],
)
def test_bounds_leave_room_outside_what_was_seen(values: Any, bounds: dict[str, int]) -> None:
    said = _said(*values)
    del said["type"]
    assert said == bounds


@given(st.one_of(st.integers(1, 10**15), st.floats(1, 1e15)))
def test_rounding_goes_outwards(number: float) -> None:
    high = above(number)
    assert high is not None
    assert below(number) < number < high <= number * 3.2


@pytest.mark.parametrize("number", [1e300, 1.7e308, 10**20])
def test_of_what_is_very_large_there_is_no_bound_outside(number: float) -> None:
    assert above(number) is None
    assert below(number) == 5 * 10**14
    assert _said(*[number] * 20)["minimum"] == 5 * 10**14
    assert _said(*[-number] * 20) == {"type": _said(number)["type"], "maximum": 0}


def test_lengths_are_bounded_for_long_texts_alone() -> None:
    assert _said(*WORDS) == {**TEXT, "contentMediaType": "text/plain"}
    assert _said(*[f"{word} and a few words more" for word in WORDS])["maxLength"] == 100
    assert "maxLength" not in _said(*["a long text " * 500] * 20), "every text over 10,000 characters is a finding"
    assert "minLength" not in _said("", "a")


def test_texts_for_people_have_words_and_no_markup() -> None:
    assert _said("Power Apps", "Portals", "AI")["contentMediaType"] == "text/plain"
    assert "contentMediaType" not in _said("<b>Power</b> Apps", "<i>all</i> of it")
    assert "contentMediaType" not in _said("{{ site.title }} and more")
    assert "contentMediaType" not in _said("colour-of-night", "winter")
    embed = '<iframe src="https://www.youtube.com/embed/WJk-Y8LQlfE"></iframe>'
    assert _said(embed)["contentMediaType"] == "text/html"
    assert "contentMediaType" not in _said(embed, "<p>Text</p>"), "an embed is nothing but a player"


def test_lists_are_never_empty_and_never_repeat_where_they_did_not() -> None:
    lists = [["a", "b"], ["b"]] * 5
    item = {"$comment": "15 in all; b 10, a 5", "type": "string", "enum": ["a", "b"]}
    assert _said(*lists) == {"type": "array", "minItems": 1, "uniqueItems": True, "items": item}
    assert "minItems" not in _said(*lists, [])
    assert "uniqueItems" not in _said(*lists, ["a", "a"])
    assert _said(*[[1.5, 2.5]] * 10)["maxItems"] == 2
    assert _said([], []) == {"type": "array"}


IMAGE = {"url": "https://example.org/a.png", "width": 10, "height": 20}


def test_images_are_one_definition_wherever_they_are() -> None:
    schema = _infer({"images": [IMAGE, {**IMAGE, "alt": "A"}], "provider": {"logo": IMAGE}}, {"photo": IMAGE})
    properties = schema["properties"]
    references = (properties["images"]["items"], properties["provider"]["properties"]["logo"], properties["photo"])
    assert {place["$ref"] for place in references} == {"#/$defs/image"}
    assert schema["$defs"]["image"]["$comment"] == "4 in all"
    assert schema["$defs"]["image"]["required"] == ["url", "width", "height"]
    assert schema["$defs"]["image"]["properties"]["alt"]["$comment"] == "in 1 of 4 entries; 1 character"


@pytest.mark.parametrize("image", [{**IMAGE, "width": "10"}, {"url": "a", "width": 1}, {**IMAGE, "url": None}])
def test_what_lacks_something_of_an_image_is_none(image: dict[str, Any]) -> None:
    schema = _infer({"image": image})
    assert "$defs" not in schema
    assert "properties" in schema["properties"]["image"]


def test_the_same_thing_in_two_places_is_one_definition() -> None:
    schema = _infer(
        {"provider": {"name": "A", "domain": "a.org"}, "related": [{"provider": {"name": "B", "domain": "b.org"}}]},
        {"provider": {"name": "A", "domain": "a.org", "note": "x"}, "related": []},
    )
    assert schema["properties"]["provider"]["$ref"] == "#/$defs/provider"
    assert schema["properties"]["related"]["items"]["properties"]["provider"]["$ref"] == "#/$defs/provider"
    assert schema["$defs"]["provider"]["required"] == ["name", "domain"]


def test_two_things_of_one_name_are_two() -> None:
    schema = _infer({"author": {"name": "A"}, "book": {"author": {"first": "B", "last": "C", "born": 1900}}})
    assert "$defs" not in schema


def test_fields_stand_in_the_order_that_most_have() -> None:
    assert common_order({("a", "c"): 5, ("a", "b", "c"): 3, ("a", "c", "d"): 1}, "dcba") == ["a", "b", "c", "d"]
    assert common_order({("b", "a"): 2, ("a", "b"): 3}, "ba") == ["a", "b"]
    assert common_order({}, ["z", "a"]) == ["z", "a"]
    schema = _infer(
        {"title": 1, "date": 2}, {"title": 1, "draft": 3, "date": 2}, {"date": 1, "title": 2}, {"title": 1, "date": 2}
    )
    assert list(schema["properties"]) == ["title", "draft", "date"]


def test_a_mapping_with_very_many_keys_is_a_table() -> None:
    visits = {f"2024-{number}": number for number in range(MAX_PROPERTIES + 1)}
    schema = _infer({"visits": visits})["properties"]["visits"]
    assert schema == {
        "$comment": "in 1 of 1 files",
        "type": "object",
        "additionalProperties": {"$comment": "101 in all; 0 to 100", "type": "integer", "minimum": 0, "maximum": 200},
    }


def test_beyond_the_room_for_places_everything_passes() -> None:
    wide = {f"a{first}": {f"b{second}": {"c": 1} for second in range(90)} for first in range(90)}
    schema = _infer(wide)
    assert len(dump(schema)) < MAX_PLACES * 400
    Draft202012Validator(schema).validate(wide)
    Draft202012Validator(schema).validate({**wide, "a89": {"new": [1]}})


def test_lists_of_plain_values_stand_on_one_line_and_the_json_stays_the_same() -> None:
    long = [f"value number {number}" for number in range(20)]
    schema = {
        "required": ["a", "b"],
        "enum": [1, None, 'a "b"\\', "[", "c,"],
        "long": long,
        "examples": [["a"]],
        "none": [],
    }
    text = compact(dump(schema))
    assert json.loads(text) == schema
    lines = text.splitlines()
    assert '  "required": ["a", "b"],' in lines
    assert '  "enum": [1, null, "a \\"b\\"\\\\", "[", "c,"],' in lines
    assert '    ["a"]' in lines
    assert '    "value number 0",' in lines


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(codec=None), max_size=20),
        st.sampled_from(
            ["news", "a-b", "2024-01-24", "https://a.org/", "a.org", "2024-01-24 10:00", "\ud800", "[", "image"]
        ),
        st.just(IMAGE),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["a", "image", "images", "url", "width", "é", "$ref", "~/%"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
DOCUMENTS = st.lists(st.dictionaries(st.sampled_from(["a", "b", "image", "tags"]), VALUES), min_size=1, max_size=4)


@given(DOCUMENTS, st.sampled_from([1, 4, 12]))
def test_whatever_was_seen_is_valid(documents: list[dict[str, Any]], times: int) -> None:
    schema = _infer(*documents * times)
    assert json.loads(compact(dump(schema))) == schema
    Draft202012Validator.check_schema(schema)
    Schema(schema, "inferred")
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for document in documents:
        assert [error.message for error in validator.iter_errors(document) if error.validator_value != "hostname"] == []


@given(DOCUMENTS)
def test_the_same_documents_give_the_same_schema(documents: list[dict[str, Any]]) -> None:
    assert dump(_infer(*documents)) == dump(_infer(*documents))
