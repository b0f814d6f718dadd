"""Named tuples whose classes cost next to nothing until they are used: to start newslint makes eighty of them.

``typing.NamedTuple`` compiles a constructor and every annotation of a class when the class is made, which takes forty
times as long as to make the class: together as long as everything else that starts. Here the constructor is compiled
when the first instance is made, and the annotations stay what they are written as. All else is as there, and for type
checkers a record is a ``typing.NamedTuple``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any

try:
    from _collections import _tuplegetter as _getter  # type: ignore[import-not-found]
except ImportError:
    # What collections.namedtuple does, too, where Python has no faster way.
    def _getter(index: int, doc: str) -> Any:
        return property(itemgetter(index), doc=doc)


if TYPE_CHECKING:
    from typing import NamedTuple as Record

__all__ = ["Record", "record_of"]

record_of = tuple.__new__
"""Makes a record of a class and of as many values as it has, which nobody counts, in half the time of a call."""


class _Tuple(tuple[Any, ...]):
    """What all records can do; the names are those of ``collections.namedtuple``."""

    __slots__ = ()

    if TYPE_CHECKING:
        # A NamedTuple has no other annotations than its fields, and whoever asks for hints finds no others here.
        _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Any:
        """Return a record of values in the order of the fields; raises TypeError where they are more or fewer."""
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, **changes: Any) -> Any:
        """Return the record with some values changed; raises ValueError for a name that is no field."""
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made

    # What copy.replace calls, from Python 3.13 on.
    __replace__ = _replace

    def _asdict(self) -> dict[str, Any]:
        """Return the values by the names of their fields."""
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({values})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what pickle and copy make the record of again."""
        return tuple(self)


def _record(name: str, namespace: dict[str, Any]) -> type:
    """Return the class of a record whose fields are the annotations of a class statement's namespace."""
    fields = tuple(namespace.get("__annotations__", ()))
    defaults = {field: namespace[field] for field in fields if field in namespace}
    if tuple(defaults) != fields[len(fields) - len(defaults) :]:
        raise TypeError(f"a field of {name} without a default follows one that has a default")
    for index, field in enumerate(fields):
        namespace[field] = _getter(index, f"Alias for field number {index}")
    namespace.update(__slots__=(), _fields=fields, _field_defaults=defaults, __match_args__=fields)
    made: Any = type(name, (_Tuple,), namespace)

    def construct_first(cls: type, *values: Any, **named: Any) -> Any:
        made.__new__ = construct = _constructor(name, fields, defaults)
        return construct(cls, *values, **named)

    made.__new__ = construct_first
    result: type = made
    return result


def _constructor(name: str, fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., Any]:
    """Return the ``__new__`` of a record: names are no others than those of annotations, which are identifiers."""
    listed = "".join(f"{field}, " for field in fields)
    construct: Any = eval(f"lambda _cls, {listed}: _new(_cls, ({listed}))", {"_new": tuple.__new__})  # noqa: S307
    construct.__name__ = "__new__"
    construct.__qualname__ = f"{name}.__new__"
    construct.__defaults__ = tuple(defaults.values())
    result: Callable[..., Any] = construct
    return result


class _Listed(type):
    """Makes records of the classes that name ``Record`` as their base."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        return _record(name, namespace) if bases else super().__new__(mcs, name, bases, namespace)


if not TYPE_CHECKING:

    class Record(metaclass=_Listed):
        """What a class names as its base to become a record; like ``typing.NamedTuple`` it is no class of theirs."""
