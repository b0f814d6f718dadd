"""The names of very many files, each once and in order: most are on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from newslint.limits import MAX_HELD_NAMES
from newslint.run.sorter import Form, Sorter

_FORM: Form[str] = Form(key=str, plain=str, item=str)


class Roll(Collection[str]):
    """Takes names, and is the collection of them; raises LostError where the disk loses some.

    To ask whether a name is there, as a run does that compares with files beside those that it checks, brings all of
    them back into memory.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = Sorter(_FORM, MAX_HELD_NAMES)
        self._all: set[str] | None = None
        self._number: int | None = None
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take a name."""
        self._names.add(name)
        self._number = None
        if self._all is not None:
            self._all.add(name)

    def __iter__(self) -> Iterator[str]:
        # An archive may have two files of one name.
        return (name for name, _ in groupby(self._names))

    def __len__(self) -> int:
        if self._number is None:
            self._number = sum(1 for _ in self)
        return self._number

    def __bool__(self) -> bool:
        return len(self._names) > 0

    def __contains__(self, name: object) -> bool:
        if self._all is None:
            self._all = set(self._names)
        return name in self._all
