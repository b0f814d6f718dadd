"""Plain scalars mean what PyYAML's SafeLoader makes of them, but that timestamps stay text and odd numbers are refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint.document.scalars import RefusedNumber, refuse_number, resolve
from tests.document.reading import read


class _WithoutTimestamps(yaml.SafeLoader):
    """PyYAML's own constructors behind its own resolvers, timestamps aside."""


_WithoutTimestamps.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _as_pyyaml(text: str) -> Any:
    """Return the value of a plain scalar for PyYAML; raises what its constructors raise."""
    loader: Any = _WithoutTimestamps("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))
    return loader.construct_object(yaml.ScalarNode(tag, text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")),
        *((word, False) for word in ("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")),
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, word) for word in ("y", "n", "yES", "tRue", "nUll", "none", "None", "t", "-yes", "yes.")),
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("39", 39),
        ("012", 10),
        ("-012", -10),
        ("0_7", 7),
        ("08", "08"),
        ("0o17", "0o17"),
        ("1_000", 1000),
        ("1__0_", 10),
        ("_1", "_1"),
        ("0b101", 5),
        ("-0b1_1", -3),
        ("0b2", "0b2"),
        ("0x1F", 31),
        ("+0xff", 255),
        ("0X1F", "0X1F"),
        ("1:30", 90),
        ("190:20:30", 685230),
        ("-1:30", -90),
        ("1:60", "1:60"),
        ("01:30", "01:30"),
        ("1:30.5", 90.5),
        ("-1:30.", -90.0),
        ("190:20:30.15", 685230.15),
        ("1.", 1.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("-.5", "-.5"),
        ("+1.5e+3", 1500.0),
        ("1.5E-3", 0.0015),
        ("1.5e3", "1.5e3"),
        ("1e3", "1e3"),
        ("1e+3", "1e+3"),
        ("1_0.2_5", 10.25),
        ("..5", "..5"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("+", "+"),
        (".", "."),
        ("٣", "٣"),
        ("1٣", "1٣"),
        ("²", "²"),
        ("2024-01-24", "2024-01-24"),
        ("2024-02-30", "2024-02-30"),
        ("2024-01-24T15:00:00Z", "2024-01-24T15:00:00Z"),
        ("2024-01-24 15:00:00 +99:99", "2024-01-24 15:00:00 +99:99"),
        ("=", "="),
        ("<<", "<<"),
        ("99999999999999999999", 99999999999999999999),
        ("-99999999999999999999", -99999999999999999999),
        ("0000000000000000000000000000000001", 1),
        ("0xFFFFFFFFFFFFFFFF", 2**64 - 1),
    ],
)
def test_table(text: str, value: Any) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("100000000000000000000", "has more than 20 digits"),
        ("-1_0000_0000_0000_0000_0000", "has more than 20 digits"),
        ("9" * 5000, "has more than 20 digits"),
        ("0x" + "f" * 20_000, "has more than 20 digits"),
        ("0xFFFFFFFFFFFFFFFFFFF", "has more than 20 digits"),
        ("0b" + "1" * 65, "has more than 20 digits"),
        ("0" + "7" * 30, "has more than 20 digits"),
        ("9" * 20 + ":59", "has more than 20 digits"),
        ("99999999999999999999:5", "has more than 20 digits"),
        ("9999999999999999999:5", "has more than 20 digits"),
        ("0b_", "has no digits"),
        ("-0x__", "has no digits"),
        (".inf", "is not finite"),
        ("-.INF", "is not finite"),
        ("+.Inf", "is not finite"),
        (".nan", "is not finite"),
        (".NaN", "is not finite"),
        ("1.0e+1000", "has an exponent of more than 3 digits"),
        ("1.0e-" + "9" * 5000, "has an exponent of more than 3 digits"),
        ("1.0e+999", "is not finite"),
        ("9" * 400 + ".0", "is not finite"),
        ("9" * 400 + ":00.0", "is not finite"),
    ],
    ids=lambda text: text[:25],
)
def test_refused_numbers(text: str, reason: str) -> None:
    assert resolve(text) == RefusedNumber(reason)


@pytest.mark.parametrize("value", [0, -1, 10**20 - 1, 1 - 10**20, 1.5, -0.0, 1e308])
def test_numbers_of_a_program_that_are_fine(value: float) -> None:
    assert refuse_number(value) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (10**20, "has more than 20 digits"),
        (-(10**20), "has more than 20 digits"),
        pytest.param(10**5000, "has more than 20 digits", id="5,001 digits"),
        (math.inf, "is not finite"),
        (-math.inf, "is not finite"),
        (math.nan, "is not finite"),
    ],
)
def test_numbers_of_a_program_that_are_refused(value: float, reason: str) -> None:
    assert refuse_number(value) == RefusedNumber(reason)


_NUMBERLIKE = st.text(st.sampled_from(list("0123456789abefxon_:.+-eE~=<ynYNfalsetrug")), max_size=12)
_SHAPES = st.from_regex(
    r"[-+]?(0b[01_]{1,6}|0[0-7_]{1,6}|[1-9][0-9_]{0,6}|0x[0-9a-f_]{1,6}|[1-9]_?(:[0-5]?[0-9]){1,3})(\.[0-9_]{0,3})?"
    r"([eE][-+]?[0-9]{1,3})?",
    fullmatch=True,
)


@given(st.one_of(_NUMBERLIKE, _SHAPES, st.text(max_size=6)))
@settings(deadline=None, max_examples=600)
@example("1:2:3.4e+5")
@example("+1_:0.")
@example("1e-5")
@example("0x1e-5")
def test_same_value_as_pyyaml(text: str) -> None:
    found = resolve(text)
    if text in ("=", "<<", "!", "&", "*"):
        assert found == text
        return
    try:
        expected = _as_pyyaml(text)
    except ValueError:
        assert isinstance(found, RefusedNumber)
        return
    if isinstance(found, RefusedNumber):
        assert isinstance(expected, int | float)
        assert refuse_number(expected) is not None or "e" in text.lower() or len(text) > 20
    else:
        assert found == expected
        assert type(found) is type(expected)


@pytest.mark.parametrize("written", ["'yes'", '"012"', "|-\n  39", ">-\n  ~", "'2024-01-24'", '""'])
def test_what_is_in_quotes_or_a_block_is_text(written: str) -> None:
    document, violations = read(f"a: {written}\n")
    assert violations == []
    assert isinstance(document.data["a"], str)


@pytest.mark.parametrize("written", ["yes", "[yes]", "{b: yes}", "\n  - yes", "# x\n  yes", "yes # x"])
def test_plain_scalars_are_resolved_wherever_they_stand(written: str) -> None:
    document, violations = read(f"a: {written}\n")
    assert violations == []
    assert "True" in repr(document.data)
