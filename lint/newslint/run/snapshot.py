"""What a run came to as a whole, told once more for as long as none of its files has changed.

It is kept under what stands for the files in the order in which they came: their names, times and sizes. So a run over
an archive in which nothing has changed looks at the times of each file, and opens none but this one.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from itertools import islice
from operator import lt
from typing import Any

from newslint.digest import blake2b
from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.limits import MAX_SHARD_SIZE
from newslint.report import Report
from newslint.run.checker import Checker
from newslint.run.discovery import Candidate
from newslint.run.reading import Stamp
from newslint.run.rows import RowError, many_text, read_many

_TOGETHER = 100
"""Findings on one line of the file, and names that are hashed as one: one by one they take longer."""


class State:
    """What stands for the files of a run; ``run`` is all else that its findings follow from and that is in no key.

    ``passed`` are the numbers of the files that turned out to be no articles.
    """

    def __init__(self, *run: str) -> None:
        self._names = [*run]
        self._stamps = array("q")
        self._broken = False
        self.passed = array("L")

    def look_at(self, candidates: Iterable[Candidate]) -> None:
        """Take in files as they are now."""
        for candidate in candidates:
            try:
                status = os.stat(candidate.path)
                self._stamps.extend((status.st_mtime_ns, status.st_ctime_ns, status.st_size))
            except (OSError, ValueError, OverflowError):
                self._broken = True
                return
            self._take_name(candidate)

    def take_in(self, candidate: Candidate, stamp: Stamp | None, *, passed: bool = False) -> None:
        """Take in a file with the stamp that it had; nothing stands for a run with one that has none."""
        if passed:
            self.passed.append(len(self._stamps) // len(Stamp._fields))
        try:
            self._stamps.extend(stamp or ())
        except OverflowError:
            # A time that no system's clock has.
            stamp = None
        self._broken = self._broken or stamp is None
        self._take_name(candidate)

    def _take_name(self, candidate: Candidate) -> None:
        self._names.append(candidate.path)
        if candidate.named:
            self._names.append("")

    @property
    def stamps(self) -> Iterator[Stamp]:
        """The stamps of the files that were taken in."""
        numbers = iter(self._stamps)
        return map(Stamp, numbers, numbers, numbers)

    @property
    def newest(self) -> int:
        """The latest time of a file, in nanoseconds since 1970: no file has as many bytes."""
        return max(self._stamps, default=0)

    def text(self) -> str | None:
        """Return 32 hexadecimal digits, or None where a file has no stamp."""
        if self._broken:
            return None
        state = blake2b(f"{len(self._stamps)}\0".encode(), digest_size=16)
        state.update(self._stamps)
        for start in range(0, len(self._names), _TOGETHER):
            # No name has a NUL in it, and none is empty but behind that of a file that was named.
            names = "\0".join((*self._names[start : start + _TOGETHER], ""))
            state.update(names.encode("utf-8", "surrogatepass"))
        return state.hexdigest()


class Names(Collection[str]):
    """How findings name the articles among the files of a run, in order; worked out when somebody asks for them."""

    def __init__(self, candidates: Sequence[Candidate], passed: frozenset[int], shown: Callable[[str], str]) -> None:
        self._candidates = candidates
        self._passed = passed
        self._shown = shown

    @cached_property
    def _all(self) -> frozenset[str]:
        passed, shown = self._passed, self._shown
        return frozenset(shown(one.path) for number, one in enumerate(self._candidates) if number not in passed)

    def __len__(self) -> int:
        return len(self._candidates) - len(self._passed)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all))

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Snapshot:
    """What was kept of a run over some files: their ``names``, and how many more were ``passed`` over as no articles.

    Raises LookupError for lines that no run has written.
    """

    def __init__(self, lines: Generator[str, None, None], candidates: Sequence[Candidate], checker: Checker) -> None:
        self._lines = lines
        self._candidates = candidates
        self._checker = checker
        self._last = -1
        self._place: tuple[str, Plan] | None = None
        try:
            findings, suppressed, passed = json.loads(next(lines))
            if not all(type(number) is int for number in (findings, suppressed, *passed)):
                raise LookupError("a number that is none")
            # They are in order, and each is there once.
            if not all(map(lt, (-1, *passed), (*passed, len(candidates)))):
                raise LookupError("a file that is none")
        except (StopIteration, TypeError, ValueError, RecursionError) as error:
            raise LookupError(str(error)) from error
        self._numbers = (findings, suppressed)
        self._passed = frozenset(passed)
        self.passed = len(passed)
        self.names = Names(candidates, self._passed, checker.shown)

    def pages(self) -> Iterator[tuple[list[Finding], list[Finding]]]:
        """Yield the findings of the report and those that comments excuse, some at a time.

        Raises LookupError on the way for lines that no run has written.
        """
        left = list(self._numbers)
        with closing(self._lines) as lines:
            for line in lines:
                if not line.endswith("\n"):
                    raise LookupError("a line that is cut off")
                try:
                    page = read_many(line, self._place_of, self._path_of)
                except RowError as error:
                    raise LookupError(str(error)) from error
                which = 0 if left[0] else 1
                left[which] -= len(page)
                yield (page, []) if which == 0 else ([], page)
        if any(left):
            raise LookupError("another number of findings")

    def _place_of(self, number: Any) -> tuple[str, Plan]:
        """Return path and plan of a file by its number: mostly the file of the finding before."""
        if self._place is None or number != self._last:
            path = self._path_of(number)
            self._last, self._place = number, (path, self._checker.plan_for(self._candidates[number].path))
        return self._place

    def _path_of(self, number: Any) -> str:
        """Return how findings name the file with a number."""
        if type(number) is not int or not 0 <= number < len(self._candidates) or number in self._passed:
            raise RowError(f"an article that is {number!r}")
        return self._checker.shown(self._candidates[number].path)


def lines_of(report: Report, passed: Iterable[int], numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield what a Snapshot is read from; ``numbers`` are those of the files by how findings name them.

    Raises OSError where it is more than is ever read again, and LookupError for a finding about another file.
    """
    size = 0
    yield json.dumps([len(report.findings), len(report.suppressed_findings), list(passed)], separators=(",", ":"))
    for findings in (report.findings, report.suppressed_findings):
        rest = iter(findings)
        while page := list(islice(rest, _TOGETHER)):
            text = many_text(page, numbers.__getitem__)
            size += len(text)
            if size > MAX_SHARD_SIZE:
                raise OSError("too much to be kept")
            yield text
