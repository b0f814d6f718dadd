"""A post that a program is about to write counts as the data that its YAML would hold, whatever objects are in it."""

from __future__ import annotations

import collections
import enum
import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import lint_post
from newslint.document.post import read_post
from newslint.limits import MAX_NODES


def _coded(metadata: Any) -> list[tuple[str, tuple[str | int, ...], str]]:
    return [(code, violation.pointer, violation.message) for code, violation in read_post(metadata).violations]


_EAST = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2024, 1, 24, 15, tzinfo=UTC), "2024-01-24T15:00:00Z"),
        (datetime(2024, 1, 24, 15), "2024-01-24T15:00:00Z"),
        (datetime(2024, 1, 24, 15, tzinfo=_EAST), "2024-01-24T09:30:00Z"),
        (datetime(2024, 1, 24, 15, 0, 0, 500000, tzinfo=UTC), "2024-01-24T15:00:00.500000Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
        (datetime(1, 1, 1, tzinfo=_EAST), "0001-01-01T00:00:00+05:30"),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))), "9999-12-31T23:00:00-05:00"),
        (date(2024, 1, 24), "2024-01-24"),
        ("text", "text"),
        (True, True),
        (None, None),
        (7, 7),
        (1.5, 1.5),
        ((1, "a"), [1, "a"]),
        ([{"a": (datetime(2024, 1, 1),)}], [{"a": ["2024-01-01T00:00:00Z"]}]),
        (collections.OrderedDict(a=1), {"a": 1}),
    ],
)
def test_values_that_yaml_has_a_type_for(value: Any, expected: Any) -> None:
    reading = read_post({"x": value})
    assert reading.violations == []
    assert reading.data == {"x": expected}
    assert type(reading.data["x"]) is type(expected)


class _Text(str):
    def __str__(self) -> str:
        return "something else"


class _Kind(str, enum.Enum):  # noqa: UP042 - the class that programs really use
    ARTICLE = "article"


class _Level(enum.IntEnum):
    HIGH = 3


class _Share(float):
    pass


def test_values_of_a_class_of_their_own_are_plain_values() -> None:
    data = read_post({_Text("k"): _Text("v"), "type": _Kind.ARTICLE, "level": _Level.HIGH, "share": _Share(1.5)}).data
    assert data == {"k": "v", "type": "article", "level": 3, "share": 1.5}
    assert [type(value) for value in data.values()] == [str, str, int, float]
    assert {type(key) for key in data} == {str}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b"x", "bytes"),
        (bytearray(b"x"), "bytearray"),
        ({1, 2}, "set"),
        (frozenset(), "frozenset"),
        (time(12), "time"),
        (timedelta(1), "timedelta"),
        (Decimal("1.5"), "Decimal"),
        (1j, "complex"),
        (Path("x"), type(Path("x")).__name__),
        (object(), "object"),
        (len, "builtin_function_or_method"),
        (iter([]), "list_iterator"),
    ],
)
def test_values_that_yaml_has_no_type_for(value: Any, name: str) -> None:
    reading = read_post({"a": [value], "b": 1})
    ((code, violation),) = reading.violations
    assert (code, violation.pointer) == ("NL102", ("a", 0))
    assert violation.message == f"a value of the Python type {name} has no place in YAML"
    assert violation.hint == "Use text, a number, a boolean, a datetime, a list or a dict"
    assert reading.data == {"a": [None], "b": 1}


class _Unspeakable:
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (1, "1"),
        (True, "True"),
        (None, "None"),
        ((1, 2), "(1, 2)"),
        (b"k", "b'k'"),
        (date(2024, 1, 1), "datetime.date(2024, 1, 1)"),
        pytest.param(10**5000, "of the type int", id="5,001 digits"),
        (_Unspeakable(), "of the type _Unspeakable"),
        ("k" * 0, None),
    ],
)
def test_keys_that_are_no_text(key: Any, shown: str | None) -> None:
    reading = read_post({"a": {key: 1, "b": 2}})
    if shown is None:
        assert reading.violations == []
        return
    ((code, violation),) = reading.violations
    assert (code, violation.pointer, violation.part) == ("NL009", ("a", shown), "key")
    assert (violation.message, violation.hint) == (f"the key {shown} is no text", "Use text as the key")
    assert reading.data == {"a": {"b": 2}}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(10**20, "has more than 20 digits", id="21 digits"),
        pytest.param(-(10**5000), "has more than 20 digits", id="5,001 digits"),
        (math.inf, "is not finite"),
        (math.nan, "is not finite"),
    ],
)
def test_numbers_that_are_refused(value: float, reason: str) -> None:
    reading = read_post({"a": [1, value]})
    assert reading.violations == []
    assert reading.data == {"a": [1, 0]}
    assert reading.refused == {("a", 1): reason}


def _nested(levels: int, leaf: Any) -> Any:
    for _ in range(levels):
        leaf = [leaf]
    return leaf


class TestDepthAndSize:
    def test_thirty_two_levels_are_fine(self) -> None:
        assert _coded({"a": _nested(31, "x")}) == []
        assert _coded({"a": _nested(30, {"b": datetime(2024, 1, 1)})}) == []

    @pytest.mark.parametrize("leaf", ["x", [], {}, {"b": 1}, ()])
    def test_more_are_not(self, leaf: Any) -> None:
        levels = 32 if leaf == "x" else 31
        reading = read_post({"a": _nested(levels, leaf), "b": b"never reached"})
        pointer = ("a", *[0] * 31)
        assert [(code, one.pointer, one.message, one.hint) for code, one in reading.violations] == [
            ("NL013", pointer, "values are nested deeper than 32 levels", "Make the structure flatter")
        ]
        assert reading.data is None

    def test_a_structure_that_holds_itself(self) -> None:
        inner: list[Any] = []
        inner += [inner, inner]
        mapping: dict[str, Any] = {}
        mapping.update(a=mapping, b=mapping)
        for metadata in ({"a": inner}, mapping):
            reading = read_post(metadata)
            assert [code for code, _ in reading.violations] == ["NL013"]
            assert reading.data is None

    def test_a_structure_that_shares_its_parts_is_counted_as_it_would_be_written(self) -> None:
        value: Any = ["lol"]
        for _ in range(28):
            value = [value, value]
        assert [code for code, _, _ in _coded({"a": value})] == ["NL014"]

    def test_fifty_thousand_values_and_one_more(self) -> None:
        assert _coded({"a": [1] * (MAX_NODES - 1)}) == []
        assert _coded({"a": [1] * MAX_NODES}) == [
            ("NL014", ("a", MAX_NODES - 1), "the metadata has more than 50,000 values")
        ]


@pytest.mark.parametrize("metadata", [None, [], "x", 5])
def test_metadata_that_is_no_mapping(metadata: Any) -> None:
    name = type(metadata).__name__
    message = f"the metadata is of the Python type {name}, where a mapping is expected"
    assert _coded(metadata) == [("NL008", (), message)]


def test_no_places_and_no_text() -> None:
    reading = read_post({"a": 1})
    assert reading.places is None


@pytest.mark.parametrize(
    "metadata",
    [
        {"title": b"x"},
        {1: 2},
        {"a": _nested(40, 1)},
        {"quality": 10**5000},
        {"title": "\ud800"},
        {"related": [None, {}]},
    ],
)
def test_lint_post_gives_findings_without_lines_for_all_of_it(metadata: dict[Any, Any]) -> None:
    post = frontmatter.Post("")
    post.metadata = metadata
    findings = lint_post(post)
    assert findings
    assert all((one.line, one.column, one.end_line, one.end_column) == (0, 0, 0, 0) for one in findings)
    assert "NL999" not in {one.code for one in findings}


_KEYS = st.one_of(st.text(max_size=3), st.integers(), st.none(), st.binary(max_size=2))
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.binary(max_size=3), st.datetimes(),
    st.datetimes(timezones=st.sampled_from([UTC, _EAST])), st.dates(), st.times(), st.decimals(), st.sets(st.integers(), max_size=2),
)  # fmt: skip
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(_KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=5))
@settings(deadline=None, max_examples=100)
def test_whatever_a_program_holds_becomes_plain_data(metadata: dict[Any, Any]) -> None:
    reading = read_post(metadata)
    assert reading.data is not None
    _assert_plain(reading.data)
    assert {code for code, _ in reading.violations} <= {"NL102", "NL009"}


def _assert_plain(value: Any) -> None:
    assert type(value) in (dict, list, str, int, float, bool, type(None))
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            _assert_plain(child)
    if isinstance(value, float):
        assert math.isfinite(value)
