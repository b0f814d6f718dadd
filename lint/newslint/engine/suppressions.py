"""Which findings a file's comments excuse, as small plain data, and which of these comments excuse nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Self

from newslint.engine.selectors import WHOLE_FILE, Lines, codes_of
from newslint.finding import Finding
from newslint.record import Record
from newslint.rules import BY_CODE


class Entry(Record):
    """One rule, family or ALL that a comment names: for which lines, and whether it is known to be of use."""

    selector: str
    first: int
    last: int
    used: bool = False


class Applied(Record):
    """What became of findings: those to tell, those excused, and the suppressions that know now what they were for."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    suppressions: Suppressions


class Suppressions:
    """All that a file's comments excuse. Plain: it can wait in a cache, and travel, until the archive is judged."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self.entries = entries

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Suppressions) and self.entries == other.entries

    def __hash__(self) -> int:
        return hash(self.entries)

    def to_plain(self) -> list[list[str | int]]:
        """Return the entries as lists of texts and whole numbers, for JSON."""
        return [[entry.selector, entry.first, entry.last, int(entry.used)] for entry in self.entries]

    @classmethod
    def from_plain(cls, rows: Iterable[Sequence[Any]]) -> Self:
        """Return what :meth:`to_plain` was made of; raises TypeError or ValueError for what cannot be that."""
        entries: list[Entry] = []
        for selector, first, last, used in rows:
            if not isinstance(selector, str) or type(first) is not int or type(last) is not int:
                raise TypeError("an entry is a selector, two lines, and 0 or 1")
            entries.append(Entry(selector, first, last, bool(used)))
        return cls(tuple(entries))

    @cached_property
    def _by_lines(self) -> dict[Lines, list[int]]:
        """The numbers of the entries by the lines that they are for."""
        found: dict[Lines, list[int]] = {}
        for number, entry in enumerate(self.entries):
            found.setdefault((entry.first, entry.last), []).append(number)
        return found

    @cached_property
    def _by_line(self) -> dict[int, list[Lines]]:
        """The same lines by each line in them; two that differ have at most line 1 in common."""
        found: dict[int, list[Lines]] = {}
        for lines in self._by_lines:
            for line in range(max(lines[0], 1), lines[1] + 1):
                found.setdefault(line, []).append(lines)
        return found

    @cached_property
    def _known(self) -> dict[tuple[str, Lines], list[int]]:
        return {}

    def _for_code(self, code: str, lines: Lines) -> list[int]:
        """Return the numbers of the entries for these very lines that excuse a code."""
        if (code, lines) not in self._known:
            numbers = self._by_lines.get(lines, ())
            self._known[code, lines] = [number for number in numbers if code in codes_of(self.entries[number].selector)]
        return self._known[code, lines]

    def _excusing(self, code: str, line: int) -> list[Lines]:
        """Return the lines for which entries excuse a finding of this code on this line."""
        return [lines for lines in (WHOLE_FILE, *self._by_line.get(line, ())) if self._for_code(code, lines)]

    def excuse(self, code: str, line: int) -> bool:
        """Tell whether a finding of this code on this line is excused."""
        return bool(self._excusing(code, line))

    def judge(self, places: Iterable[tuple[str, int]]) -> tuple[list[bool], Suppressions]:
        """Return for each finding of this file, given as code and line, if it is excused, and mark what was of use."""
        if not self.entries:
            return [False for _ in places], self
        excused: list[bool] = []
        reasons: set[tuple[str, Lines]] = set()
        for code, line in places:
            excusing = self._excusing(code, line)
            reasons.update((code, lines) for lines in excusing)
            excused.append(bool(excusing))
        used = {number for reason in reasons for number in self._for_code(*reason)}
        marked = [entry._replace(used=entry.used or number in used) for number, entry in enumerate(self.entries)]
        return excused, Suppressions(tuple(marked))

    def apply(self, findings: Sequence[Finding]) -> Applied:
        """Part the findings of this file (they come back in their order) and mark what was of use."""
        excused, marked = self.judge((finding.code, finding.line) for finding in findings)
        return Applied(
            tuple(finding for finding, is_excused in zip(findings, excused, strict=True) if not is_excused),
            tuple(finding for finding, is_excused in zip(findings, excused, strict=True) if is_excused),
            marked,
        )

    def unused(self, ran: frozenset[str]) -> list[int]:
        """Return the numbers of the entries that excuse nothing, although all rules that they name have run.

        Rules that are off by default need not have run for a family or ALL.
        """
        expected: dict[str, frozenset[str]] = {}
        for selector in {entry.selector for entry in self.entries}:
            codes = codes_of(selector)
            expected[selector] = codes if len(codes) == 1 else frozenset(c for c in codes if BY_CODE[c].default)
        return [
            number
            for number, entry in enumerate(self.entries)
            if not entry.used and expected[entry.selector] and expected[entry.selector] <= ran
        ]

    def naming(self, codes: frozenset[str]) -> list[int]:
        """Return the numbers of the entries that could excuse one of these codes."""
        return [number for number, entry in enumerate(self.entries) if not codes.isdisjoint(codes_of(entry.selector))]

    def only(self, numbers: Iterable[int]) -> Suppressions:
        """Return the entries with these numbers, in this order."""
        return Suppressions(tuple(self.entries[number] for number in numbers))


NO_SUPPRESSIONS = Suppressions()
"""What a file without such comments has."""
