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


class Draft(Record):
    """A finding about the archive before anybody knows where in the text it is, its own place and those of others.

    ``number`` is the fact's among those of its file; ``partners`` are the paths and pointers of the facts that it is at
    odds with, those that are named, and ``other_message`` is what is said of them.
    """

    path: str
    code: str
    number: int
    pointer: Pointer
    value: str
    message: str
    hint: str
    partners: tuple[tuple[str, Pointer], ...]
    other_message: str

    def sort_key(self) -> tuple[str, str, int]:
        """The order in which the first one of a file is the one to tell: path, code, number."""
        return self[:3]


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
    """Return the findings about the archive in the ``reported`` files, file by file.

    The parts hold the facts of all files, these and others (who are partners only), and those of one key are in one
    part. ``locate`` is asked once, for all files that are in a finding. Takes time linear in the number of facts,
    sorting aside.
    """
    return placed(list(first_ones(sorted(drafts(parts, reported), key=Draft.sort_key))), plan, locate)


def drafts(parts: Iterable[Iterable[CodedFact]], reported: Container[str]) -> Iterator[Draft]:
    """Yield the findings about the archive without their places, in no special order; memory is for one part.

    Of a rule that says one thing of a file there may be several: :func:`first_ones` picks one.
    """
    for facts in parts:
        by_code: dict[str, list[FiledFact]] = {}
        for code, fact in facts:
            by_code.setdefault(code, []).append(fact)
        for code, filed in by_code.items():
            for conflict in _conflicts(BY_CODE[code], filed):
                if conflict.fact.path in reported:
                    yield _draft(code, conflict)


def first_ones(ordered: Iterable[Draft]) -> Iterator[Draft]:
    """Yield findings that come by their :meth:`Draft.sort_key`, of a rule that says one thing of a file the first."""
    said: tuple[str, str] | None = None
    for draft in ordered:
        if BY_CODE[draft.code].once and said == (draft.path, draft.code):
            continue
        said = (draft.path, draft.code)
        yield draft


def placed(found: Sequence[Draft], plan: Plan, locate: Locate) -> list[Finding]:
    """Return findings at their places; ``locate`` is asked once, for all files that are in them."""
    wanted: dict[str, set[Pointer]] = {}
    for draft in found:
        for path, pointer in ((draft.path, draft.pointer), *draft.partners):
            wanted.setdefault(path, set()).add(pointer)
    places = locate(wanted)
    return [_finding(draft, plan, places) for draft in found]


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


def _draft(code: str, conflict: Conflict) -> Draft:
    fact = conflict.fact
    others = _partners(conflict)
    rest = conflict.number - len(others)
    message = conflict.message + (f" ({len(others)} of them named here)" if rest > 0 else "")
    return Draft(
        path=fact.path,
        code=code,
        number=fact.number,
        pointer=fact.pointer,
        value=fact.value,
        message=shorten(message, MAX_MESSAGE),
        hint=conflict.hint,
        partners=tuple((other.path, other.pointer) for other in others),
        other_message=conflict.other_message,
    )


def _finding(draft: Draft, plan: Plan, places: Mapping[str, Mapping[Pointer, FactPlace]]) -> Finding:
    path, code = draft.path, draft.code
    related = tuple(
        Related(
            other,
            *places.get(other, {}).get(pointer, FIRST_CHARACTER)[:2],
            pointer_text(pointer),
            draft.other_message,
        )
        for other, pointer in draft.partners
    )
    place = places.get(path, {}).get(draft.pointer, FIRST_CHARACTER)
    return Finding(
        path=path,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        field=pointer_text(draft.pointer),
        readable_field=readable_pointer(draft.pointer),
        code=code,
        name=BY_CODE[code].name,
        severity=plan.severities[code],
        message=draft.message,
        hint=draft.hint,
        fingerprint=fingerprint(path.rpartition("/")[2], code, draft.pointer, draft.value, 0),
        source_line=place.source_line,
        source_offset=place.source_offset,
        related=related,
    )
