"""The archive's findings: the facts of many files, put together by their keys and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from newslint.document.document import Document
from newslint.engine.plan import Plan
from newslint.finding import Finding, Pointer, Related, fingerprint, pointer_text, readable_pointer
from newslint.limits import MAX_MESSAGE, MAX_RELATED
from newslint.quote import shorten
from newslint.rules import BY_CODE
from newslint.rules.rule import Conflict, FiledFact, Options, Rule

CodedFact = tuple[str, FiledFact]
"""A fact with the code of the rule that it is for."""


def facts_of(path: str, document: Document, rule: Rule, options: Options) -> Iterator[CodedFact]:
    """Yield the facts that a document adds for one rule, each at its place; raises what the rule raises."""
    if rule.facts is None or document.source is None:
        return
    places: dict[Pointer, tuple[int, int, int, int]] = {}
    for fact in rule.facts(document, options):
        if fact.pointer in document.unjudged:
            continue
        if fact.pointer not in places:
            span = document.span(fact.pointer)
            places[fact.pointer] = (*document.source.position(span.start), *document.source.position(span.end))
        yield rule.code, FiledFact(path, *places[fact.pointer], *fact)


def judge(facts: Iterable[CodedFact], plan: Plan, reported: Collection[str]) -> list[Finding]:
    """Return the findings about the archive in the ``reported`` files, without their source lines, in no special order.

    ``facts`` are those of all files, these and others: the others are partners only. Takes time linear in their number,
    sorting aside.
    """
    by_code: dict[str, list[FiledFact]] = {}
    for code, fact in facts:
        by_code.setdefault(code, []).append(fact)
    found: list[Finding] = []
    for code, filed in by_code.items():
        rule = BY_CODE[code]
        conflicts = [conflict for conflict in _conflicts(rule, filed) if conflict.fact.path in reported]
        if rule.once:
            order = {fact: number for number, fact in enumerate(filed)}
            conflicts.sort(key=lambda conflict: -order[conflict.fact])
            conflicts = list({conflict.fact.path: conflict for conflict in conflicts}.values())
        found.extend(_finding(rule, conflict, plan) for conflict in conflicts)
    return found


def _conflicts(rule: Rule, facts: Sequence[FiledFact]) -> Iterator[Conflict]:
    by_key: dict[str, list[FiledFact]] = {}
    for fact in facts:
        by_key.setdefault(fact.key, []).append(fact)
    for group in by_key.values():
        if rule.judge is not None and len(group) > 1:
            yield from rule.judge(sorted(group, key=lambda fact: fact[:5]))


def _finding(rule: Rule, conflict: Conflict, plan: Plan) -> Finding:
    fact = conflict.fact
    others = [other for other in conflict.others[: 2 * MAX_RELATED + 1] if other.path != fact.path][:MAX_RELATED]
    related = tuple(
        Related(other.path, other.line, other.column, pointer_text(other.pointer), conflict.other_message)
        for other in others
    )
    rest = conflict.number - len(others)
    message = conflict.message + (f" ({len(others)} of them named here)" if rest > 0 else "")
    return Finding(
        path=fact.path,
        line=fact.line,
        column=fact.column,
        end_line=fact.end_line,
        end_column=fact.end_column,
        field=pointer_text(fact.pointer),
        readable_field=readable_pointer(fact.pointer),
        code=rule.code,
        name=rule.name,
        severity=plan.severities[rule.code],
        message=shorten(message, MAX_MESSAGE),
        hint=conflict.hint,
        fingerprint=fingerprint(fact.path.rpartition("/")[2], rule.code, fact.pointer, fact.value, 0),
        source_line="",
        related=related,
    )
