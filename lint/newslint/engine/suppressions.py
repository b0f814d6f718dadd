"""Which findings a file's comments excuse, as small plain data, and which of these comments excuse nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Self

from newslint.document.document import Document
from newslint.document.source import Source
from newslint.engine.directives import OWN_CODE, Directive, codes_of, excused, removal
from newslint.engine.scope import WHOLE_FILE, Lines, Placed, place_directives
from newslint.finding import Finding, Repair, Retext, Span, Violation
from newslint.limits import MAX_FINDINGS, MAX_NEAR_MISSES
from newslint.near import did_you_mean
from newslint.quote import quote
from newslint.rules import BY_CODE, RULES
from newslint.rules.selection import ALL


class Entry(NamedTuple):
    """One rule, family or ALL that a comment names: for which lines, and whether it is known to be of use."""

    selector: str
    first: int
    last: int
    used: bool = False


class Applied(NamedTuple):
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


class Parsed(NamedTuple):
    """A file's comments: what they excuse, and what is wrong with them."""

    suppressions: Suppressions
    faults: tuple[Violation, ...]
    source: Source
    places: tuple[tuple[Directive, int], ...]

    def unused(self, number: int) -> Violation:
        """Return what to say of an entry of ``suppressions``, by its number, where it stays unused."""
        directive, item = self.places[number]
        entry = self.suppressions.entries[number]
        message = f"there is no {_named(entry.selector)} {_where((entry.first, entry.last))} to ignore"
        return _superfluous(self.source, directive, item, message)


def parse_suppressions(document: Document, limit: int = MAX_FINDINGS) -> Parsed | None:
    """Return what the comments of a file excuse, or None where it has none for newslint (the cost is one search).

    Of what is wrong with them, ``limit`` and one more is told.
    """
    source, fences = document.source, document.fences
    if source is None or fences is None or source.text.find("newslint", fences.yaml.start, fences.yaml.end) < 0:
        return None
    placed = place_directives(document)
    return _Parser(source, limit).parse(placed) if placed else None


class _Parser:
    """Makes entries of instructions, and violations of what is wrong with them."""

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._near_misses = 0
        self._entries: list[Entry] = []
        self._places: list[tuple[Directive, int]] = []
        self._faults: list[tuple[int, Violation]] = []

    def parse(self, placed: Sequence[Placed]) -> Parsed:
        """Return what the instructions excuse and what is wrong with them."""
        for directive, lines in placed:
            if directive.fault is not None:
                message, hint, span = directive.fault
                self._fault(directive, Violation((), message, hint=hint, span=span))
            elif lines is None:
                message = "no field follows on the next line, so this comment ignores nothing"
                hint = "Put it right above the field, without a blank line between, or at the end of the field's line"
                self._fault(directive, Violation((), message, hint=hint, span=directive.span))
            else:
                self._items(directive, lines)
        is_told = self._told_lines()
        told = [
            entry._replace(used=not is_told(place[0].line))
            for entry, place in zip(self._entries, self._places, strict=True)
        ]
        faults = [violation for line, violation in self._faults if is_told(line)]
        return Parsed(Suppressions(tuple(told)), tuple(faults), self._source, tuple(self._places))

    def _told_lines(self) -> Callable[[int], bool]:
        """Return a test for lines: NL998 is not told of comments that name it, nor on the lines these are for."""
        own = [number for number, entry in enumerate(self._entries) if OWN_CODE in codes_of(entry.selector)]
        ignoring = Suppressions(tuple(self._entries[number] for number in own))
        lines = {self._places[number][0].line for number in own}
        return lambda line: line not in lines and not ignoring.excuse(OWN_CODE, line)

    def _items(self, directive: Directive, lines: Lines) -> None:
        seen: dict[frozenset[str], str] = {}
        for number, (selector, span) in enumerate(directive.items):
            codes = excused().get(selector)
            if codes and codes not in seen:
                seen[codes] = selector
                self._entries.append(Entry(selector, *lines))
                self._places.append((directive, number))
            elif len(self._faults) > self._limit:
                continue
            elif codes is None:
                self._fault(directive, self._unknown(selector, span))
            else:
                first = seen.get(codes)
                if first is None:
                    why = f"{_named(selector)} cannot be suppressed: where it is found, the file is not checked in full"
                elif first == selector:
                    why = f"{selector} is in the list twice"
                else:
                    why = f"{selector} is {first}, which is in the list already"
                self._fault(directive, _superfluous(self._source, directive, number, why))

    def _unknown(self, selector: str, span: Span) -> Violation:
        known = [name for name, codes in excused().items() if codes]
        self._near_misses += 1
        near = did_you_mean(selector, known) if self._near_misses <= MAX_NEAR_MISSES else ""
        hint = 'Write the code or the name of a rule ("newslint rules" lists them)'
        if all(part in known for part in selector.split()):
            near, hint = "", "Put a comma between the rules"
        return Violation((), f"{quote(selector)} is no rule{near}", hint=hint, span=span)

    def _fault(self, directive: Directive, violation: Violation) -> None:
        if len(self._faults) <= self._limit:
            self._faults.append((directive.line, violation))


def _superfluous(source: Source, directive: Directive, number: int, message: str) -> Violation:
    """Return the violation of an entry that does nothing, with the repair that deletes it."""
    selector, span = directive.items[number]
    if len(directive.items) > 1:
        title = f"Delete {selector} from the list"
    else:
        title = "Delete the comment" if directive.fills_comment else "Delete this part of the comment"
    repair = Repair(title, (Retext(removal(source, directive, number), ""),))
    return Violation((), message, hint=title, span=span, repair=repair)


def _named(selector: str) -> str:
    """Return what a selector means, for a message: ``NL602 (edge-whitespace)``, ``finding of NL6``, ``finding``."""
    if selector == ALL:
        return "finding"
    rule = next((rule for rule in RULES if selector in (rule.code, rule.name)), None)
    return f"finding of {selector}" if rule is None else f"{rule.code} ({rule.name})"


def _where(lines: Lines) -> str:
    if lines == WHOLE_FILE:
        return "in this file"
    first, last = lines
    return f"on line {first}" if first == last else f"on lines {first} to {last}"
