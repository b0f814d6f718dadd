"""A record does what a ``typing.NamedTuple`` with the same fields does, and costs less until it is used."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple, get_type_hints

import pytest

from newslint.record import Record


class Point(Record):
    """A place."""

    x: int
    y: int
    label: str = "here"

    @property
    def far(self) -> bool:
        """Whether it is far away."""
        return self.x + self.y > 100


class Usual(NamedTuple):
    """A place."""

    x: int
    y: int
    label: str = "here"


class Nothing(Record):
    """No fields."""


def test_values_are_given_in_order_and_by_name() -> None:
    assert Point(1, 2) == Point(x=1, y=2) == Point(1, y=2, label="here") == (1, 2, "here")
    assert (Point(1, 2).x, Point(1, 2).y, Point(1, 2).label, Point(60, 60).far) == (1, 2, "here", True)
    assert Nothing() == ()


@pytest.mark.parametrize(
    "use",
    [
        lambda cls: cls(1),
        lambda cls: cls(1, 2, "a", 3),
        lambda cls: cls(1, 2, colour="red"),
        lambda cls: cls(1, x=1, y=2),
        lambda cls: cls._make([1]),
        lambda cls: cls(1, 2)._replace(colour="red"),
        lambda cls: setattr(cls(1, 2), "x", 3),
        lambda cls: setattr(cls(1, 2), "colour", "red"),
    ],
)
def test_errors_are_those_of_a_named_tuple(use: Callable[[Any], object]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)) as usual:
        use(Usual)
    with pytest.raises(usual.type) as told:
        use(Point)
    assert str(told.value) == str(usual.value).replace("Usual", "Point")


def test_what_named_tuples_can_do() -> None:
    point, usual = Point(1, 2, "a"), Usual(1, 2, "a")
    assert repr(point) == repr(usual).replace("Usual", "Point") == "Point(x=1, y=2, label='a')"
    assert (hash(point), point._asdict()) == (hash(usual), usual._asdict())
    assert tuple(point._replace(y=5)) == tuple(usual._replace(y=5))
    assert (Point._fields, Point._field_defaults) == (Usual._fields, Usual._field_defaults)
    assert Point._make(iter([1, 2, "a"])) == point
    assert type(point._replace(y=5)) is type(Point._make([1, 2, "a"])) is Point
    assert sorted([Point(2, 1), Point(1, 2)]) == [(1, 2, "here"), (2, 1, "here")]
    assert Point.__doc__ == "A place."
    assert not hasattr(point, "__dict__")
    match point:
        case Point(x, y, label):
            assert (x, y, label) == (1, 2, "a")
        case _:
            pytest.fail("no match")


def test_hints_are_those_of_the_fields() -> None:
    assert get_type_hints(Point) == get_type_hints(Usual) == {"x": int, "y": int, "label": str}


@pytest.mark.skipif(not hasattr(copy, "replace"), reason="copy.replace came with Python 3.13")
def test_a_changed_copy_is_made() -> None:
    assert copy.replace(Point(1, 2), y=5) == (1, 5, "here")  # type: ignore[attr-defined,unused-ignore]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_records_are_pickled_and_copied(protocol: int) -> None:
    for again in (
        pickle.loads(pickle.dumps(Point(1, 2), protocol)),
        copy.copy(Point(1, 2)),
        copy.deepcopy(Point(1, 2)),
    ):
        assert again == Point(1, 2)
        assert type(again) is Point


def test_a_constructor_is_compiled_when_it_is_first_called() -> None:
    class Late(Record):
        x: int = 1

    constructor = Late.__new__
    assert Late._make([2]).x == 2
    assert Late.__new__ is constructor
    assert Late().x == 1
    assert Late.__new__ is not constructor
    assert (Late(3), Late.__new__.__qualname__) == ((3,), "Late.__new__")


def test_a_field_without_a_default_stands_before_those_that_have_one() -> None:
    with pytest.raises(TypeError, match=r"^a field of Wrong without a default follows one that has a default$"):

        class Wrong(Record):
            x: int = 1
            y: int  # type: ignore[misc]
