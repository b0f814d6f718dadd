"""The archive's findings: the facts of many files, put together by their keys and judged.

Facts know no place in the text: only the few that are at odds with others are looked up again, in their files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence

from newslint.document.document import Document
from newslint.engine.locate import excerpt
from newslint.engine.plan import Plan
from newslint.finding import Finding, Pointer, Related, fingerprint, pointer_text, readable_pointer
from newslint.limits import MAX_MESSAGE, MAX_RELATED
from newslint.quote import shorten
from newslint.record import Record
from newslint.rules import BY_CODE
from newslint.rules.rule import Conflict, FiledFact, Options, Rule

CodedFact = tuple[str, FiledFact]
"""A fact with the code of the rule that it is for."""


class FactPlace(Record):
    """Where a value stands in its file, 1-based, and the source line there as a finding carries it."""

    line: int
    column: int
    end_line: int
    end_column: int
    source_line: str
    source_offset: int


FIRST_CHARACTER = FactPlace(1, 1, 1, 1, "", 0)
"""The place of a value whose file cannot be read any more."""

Locate = Callable[[Mapping[str, Collection[Pointer]]], Mapping[str, Mapping[Pointer, FactPlace]]]
"""Gives the places of some values of some files by path; what it does not find is left out."""


def facts_of(path: str, document: Document, rule: Rule, options: Options, number: int = 0) -> Iterator[CodedFact]:
    """Yield the facts that a document adds for one rule, numbered from ``number``; raises what the rule raises."""
    if rule.facts is None or document.source is None:
        return
    for fact in rule.facts(document, options):
        if fact.pointer not in document.unjudged:
            yield rule.code, FiledFact(path, *fact, number)
            number += 1


def places_in(document: Document, pointers: Collection[Pointer]) -> dict[Pointer, FactPlace]:
    """Return where some values of a document stand; a pointer that leads nowhere is left out."""
    places: dict[Pointer, FactPlace] = {}
    source = document.source
    if source is None:
        return places
    for pointer in pointers:
        try:
            start, end = document.span(pointer)
        except LookupError:
            continue
        line, column = source.position(start)
        end_line, end_column = source.position(end)
        places[pointer] = FactPlace(line, column, end_line, end_column, *excerpt(source.line_at(start), column))
    return places


def judge(parts: Iterable[Iterable[CodedFact]], plan: Plan, reported: Container[str], locate: Locate) -> list[Finding]:
    """Return the findings about the archive in the ``reported`` files, in no special order.

    The parts hold the facts of all files, these and others (who are partners only), and those of one key are in one
    part. ``locate`` is asked once, for all files that are in a finding. Takes time linear in the number of facts,
    sorting aside, and memory for one part and what is found.
    """
    found: list[tuple[Rule, Conflict]] = []
    firsts: dict[tuple[str, str], Conflict] = {}
    for facts in parts:
        by_code: dict[str, list[FiledFact]] = {}
        for code, fact in facts:
            by_code.setdefault(code, []).append(fact)
        for code, filed in by_code.items():
            rule = BY_CODE[code]
            for conflict in _conflicts(rule, filed):
                if conflict.fact.path not in reported:
                    continue
                if not rule.once:
                    found.append((rule, conflict))
                    continue
                first = firsts.setdefault((code, conflict.fact.path), conflict)
                if conflict.fact.number < first.fact.number:
                    firsts[code, conflict.fact.path] = conflict
    found.extend((BY_CODE[code], conflict) for (code, _), conflict in firsts.items())
    wanted: dict[str, set[Pointer]] = {}
    for _, conflict in found:
        for fact in (conflict.fact, *_partners(conflict)):
            wanted.setdefault(fact.path, set()).add(fact.pointer)
    places = locate(wanted)
    return [_finding(rule, conflict, plan, places) for rule, conflict in found]


def _conflicts(rule: Rule, facts: Sequence[FiledFact]) -> Iterator[Conflict]:
    by_key: dict[str, list[FiledFact]] = {}
    for fact in facts:
        by_key.setdefault(fact.key, []).append(fact)
    for group in by_key.values():
        if rule.judge is not None and len(group) > 1:
            yield from rule.judge(sorted(group, key=lambda fact: fact.path))


def _partners(conflict: Conflict) -> list[FiledFact]:
    """Return the facts that a finding names beside its own."""
    path = conflict.fact.path
    return [other for other in conflict.others[: 2 * MAX_RELATED + 1] if other.path != path][:MAX_RELATED]


def _finding(rule: Rule, conflict: Conflict, plan: Plan, places: Mapping[str, Mapping[Pointer, FactPlace]]) -> Finding:
    fact = conflict.fact
    others = _partners(conflict)
    related = tuple(
        Related(
            other.path,
            *places.get(other.path, {}).get(other.pointer, FIRST_CHARACTER)[:2],
            pointer_text(other.pointer),
            conflict.other_message,
        )
        for other in others
    )
    rest = conflict.number - len(others)
    message = conflict.message + (f" ({len(others)} of them named here)" if rest > 0 else "")
    place = places.get(fact.path, {}).get(fact.pointer, FIRST_CHARACTER)
    return Finding(
        path=fact.path,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        field=pointer_text(fact.pointer),
        readable_field=readable_pointer(fact.pointer),
        code=rule.code,
        name=rule.name,
        severity=plan.severities[rule.code],
        message=shorten(message, MAX_MESSAGE),
        hint=conflict.hint,
        fingerprint=fingerprint(fact.path.rpartition("/")[2], rule.code, fact.pointer, fact.value, 0),
        source_line=place.source_line,
        source_offset=place.source_offset,
        related=related,
    )
