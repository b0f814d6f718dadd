"""Distributions: every value is in a step, steps are round, far values do not stretch them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.output.bars import bar, heights
from newslint.stats.numbers import MOST_STEPS, Step, distribution


def test_nothing_has_no_distribution() -> None:
    assert distribution({}) is None


def test_one_value_has_one_step() -> None:
    found = distribution({7: 3})
    assert found is not None
    assert (found.values, found.least, found.greatest, found.tenths) == (3, 7, 7, (7,) * 9)
    assert found.steps == (Step(7, 8, 3),)


def test_far_values_are_in_open_steps() -> None:
    values = Counter(range(100))
    values.update({-(10**18): 1, 10**18: 1})
    found = distribution(values)
    assert found is not None
    assert found.steps[0].start is None
    assert found.steps[-1].end is None
    assert (found.least, found.greatest) == (-(10**18), 10**18)
    assert len(found.steps) <= MOST_STEPS


def test_a_step_begins_at_the_border() -> None:
    found = distribution(Counter(range(0, 150, 3)), border=70)
    assert found is not None
    assert 70 in [step.start for step in found.steps]


@given(
    st.dictionaries(st.integers(-(10**19), 10**19), st.integers(1, 50), min_size=1), st.none() | st.integers(-99, 999)
)
def test_all_values_are_counted_once(values: dict[int, int], border: int | None) -> None:
    found = distribution(values, border)
    assert found is not None
    assert sum(step.values for step in found.steps) == found.values == sum(values.values())
    assert list(found.tenths) == sorted(found.tenths)
    assert len(found.steps) <= MOST_STEPS * 4 // 3 + 1
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.end == after.start


@pytest.mark.parametrize(
    ("part", "whole", "drawn", "plain"),
    [
        (0, 8, "", ""),
        (1, 1000, "▏", "#"),
        (8, 8, "████", "####"),
        (1, 2, "██", "##"),
        (3, 8, "█▌", "##"),
        (0, 0, "", ""),
    ],
)
def test_bars(part: int, whole: int, drawn: str, plain: str) -> None:
    assert bar(part, whole, 4) == drawn
    assert bar(part, whole, 4, plain=True) == plain


def test_heights() -> None:
    assert heights([0, 1, 4, 8], 8) == "·▁▄█"
    assert heights([0, 1, 4, 8], 8, plain=True) == " _-#"
