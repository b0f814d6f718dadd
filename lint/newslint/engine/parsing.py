"""From the comments of a file to what they excuse, and to what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newslint.document.document import Document
from newslint.document.source import Source
from newslint.engine.directives import Directive, removal
from newslint.engine.scope import Placed, place_directives
from newslint.engine.selectors import OWN_CODE, WHOLE_FILE, Lines, codes_of, excused
from newslint.engine.suppressions import Entry, Suppressions
from newslint.finding import Repair, Retext, Span, Violation
from newslint.limits import MAX_FINDINGS, MAX_NEAR_MISSES
from newslint.near import did_you_mean
from newslint.quote import quote
from newslint.record import Record
from newslint.rules import RULES
from newslint.rules.selection import ALL


class Parsed(Record):
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
