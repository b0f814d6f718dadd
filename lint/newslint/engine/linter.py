"""One file: bytes and a plan to findings. Reading, schema and rules all speak in violations; here they are heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newslint.document.document import Document
from newslint.document.read import read
from newslint.document.reading import Reading
from newslint.document.source import Coded, Fences, Source, check_text, decode, find_fences
from newslint.engine.archive import CodedFact, facts_of
from newslint.engine.locate import findings, span_of
from newslint.engine.plan import Plan
from newslint.engine.selectors import OWN_CODE
from newslint.engine.silence import keep
from newslint.engine.suppressions import NO_SUPPRESSIONS, Suppressions
from newslint.finding import Finding, Span, Violation
from newslint.quote import shorten

if TYPE_CHECKING:
    from newslint.engine.parsing import Parsed


class Linted(NamedTuple):
    """What one file came to: its findings, and what it adds to what is known of the archive.

    ``truncated`` tells that findings beyond the limit were left out. ``suppressed`` are those that a comment excuses,
    up to the limit. ``suppressions`` are the entries of comments that could excuse findings about the archive, and
    ``unused`` what to say, entry by entry, where they do not (empty where it is not to be said).
    """

    findings: tuple[Finding, ...]
    truncated: bool = False
    facts: tuple[CodedFact, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    suppressions: Suppressions = NO_SUPPRESSIONS
    unused: tuple[Finding, ...] = ()


NOTHING: Final = Linted(())
"""What an article without findings, facts and comments comes to."""


def lint_bytes(path: str, data: bytes, plan: Plan) -> Linted:
    """Return the findings of a file; ``path`` is how they name it, its last part is the file's name. Never raises."""
    if len(data) > plan.max_file_size:
        return unreadable(
            path, f"the file is larger than {plan.max_file_size:,} bytes", "Split it, or raise max-file-size", plan
        )
    name = path.rpartition("/")[2]
    source, undecodable = decode(name, data)
    if undecodable is not None:
        return _conclude(path, [undecodable], plan, source)
    coded = check_text(source)
    fences = find_fences(source)
    if not isinstance(fences, Fences):
        return _conclude(path, [*coded, fences], plan, source)
    reading = read(source, fences.yaml, exact=plan.exact)
    coded += reading.violations
    if reading.data is None:
        return _conclude(path, coded, plan, source, fences)
    document = Document(name, reading, source, fences, plan.schema.fields)
    coded += _judge(document, plan)
    facts = _facts(path, document, plan, coded)
    return _conclude(path, coded, plan, source, fences, document)._replace(facts=facts)


def read_bytes(name: str, data: bytes, plan: Plan) -> Document | None:
    """Return what a file of that name holds, unjudged, or None where that cannot be read. Never raises."""
    source, undecodable = decode(name, data)
    fences = find_fences(source)
    if len(data) > plan.max_file_size or undecodable is not None or not isinstance(fences, Fences):
        return None
    reading = read(source, fences.yaml, exact=plan.exact)
    return None if reading.data is None else Document(name, reading, source, fences, plan.schema.fields)


def lint_metadata(metadata: Mapping[Any, Any], plan: Plan) -> Linted:
    """Return the findings of a post's metadata; they name a field but no place."""
    # Imported here because files have no posts.
    from newslint.document.post import read_post

    reading = read_post(metadata)
    if reading.data is None:
        return _conclude("", reading.violations, plan)
    document = Document("", reading, collect=plan.schema.fields)
    return _conclude("", [*reading.violations, *_judge(document, plan)], plan, document=document)


def unreadable(path: str, reason: str, hint: str | None, plan: Plan) -> Linted:
    """Return the NL001 of a file that cannot be read."""
    source = Source(path.rpartition("/")[2], "")
    return _conclude(path, [("NL001", Violation((), reason, hint=hint, span=Span(0, 0)))], plan, source)


def broken(path: str, plan: Plan) -> Linted:
    """Return the NL999 of a file that ends the process which looks at it."""
    source = Source(path.rpartition("/")[2], "")
    message = "newslint crashed on this file"
    violation = Violation((), message, hint=_REPORT_IT, span=Span(0, 0))
    return _conclude(path, [("NL999", violation)], plan, source)


def _judge(document: Document, plan: Plan) -> list[Coded]:
    """Return what the schema and the rules say of a document; what fails among them becomes NL999."""
    coded: list[Coded] = []
    try:
        coded.extend(plan.schema.violations(document))
    except Exception as error:  # noqa: BLE001 - a fault of ours must not hide what the rules find
        coded.append(_failed("the schema check", error))
    for rule, options in plan.checks:
        if rule.check is None:
            continue
        try:
            for violation in rule.check(document, options):
                coded.append((rule.code, violation))  # noqa: PERF401 - what a rule said before it failed is kept
        except Exception as error:  # noqa: BLE001 - each rule is fenced: the others go on
            coded.append(_failed(f"the rule {rule.code} {rule.name}", error))
    return coded


def _facts(path: str, document: Document, plan: Plan, coded: list[Coded]) -> tuple[CodedFact, ...]:
    """Return what a document adds to what is known of the archive; what fails is added to ``coded`` as NL999."""
    facts: list[CodedFact] = []
    for rule, options in plan.archive if plan.facts else ():
        try:
            facts.extend(facts_of(path, document, rule, options, len(facts)))
        except Exception as error:  # noqa: BLE001 - each rule is fenced: the others go on
            coded.append(_failed(f"the rule {rule.code} {rule.name}", error))
    return tuple(facts)


def _failed(what: str, error: Exception) -> Coded:
    message = f"{what} failed on this file: {type(error).__name__}: {shorten(str(error))}"
    return "NL999", Violation((), message, hint=_REPORT_IT, span=Span(0, 0))


_REPORT_IT = "This is a fault of newslint: please report it with the file"


def _conclude(
    path: str,
    coded: list[Coded],
    plan: Plan,
    source: Source | None = None,
    fences: Fences | None = None,
    document: Document | None = None,
) -> Linted:
    """Select, silence, cut and locate."""
    reading = document if document is not None else Reading()
    spoken = keep(
        [(code, violation) for code, violation in coded if code in plan.codes],
        frozenset(reading.unjudged),
        frozenset(reading.incomplete),
        frozenset(reading.refused),
    )
    if source is not None and document is not None and "newslint" in source.text:
        # Imported here because few files say anything to newslint.
        from newslint.engine.parsing import parse_suppressions

        parsed = parse_suppressions(document, plan.max_findings)
        if parsed is not None:
            return _excuse(path, spoken, parsed, plan, source, document)
    told = _gravest(spoken, plan)
    return Linted(findings(path, told, plan, source, fences, document), len(told) < len(spoken))


def _gravest(coded: list[Coded], plan: Plan) -> list[Coded]:
    """Return at most as many violations as are told of one file: none gives way to a less severe one, NL999 to none."""
    if len(coded) <= plan.max_findings:
        return coded
    return sorted(coded, key=lambda one: (one[0] != "NL999", -plan.severities[one[0]].rank))[: plan.max_findings]


def _excuse(path: str, spoken: list[Coded], parsed: Parsed, plan: Plan, source: Source, document: Document) -> Linted:
    """Part what the file's comments excuse from the rest, tell which comments are wrong or unused, cut and locate."""

    def locate(coded: list[Coded]) -> tuple[Finding, ...]:
        return findings(path, coded, plan, source, document.fences, document)

    places = [(code, source.position(span_of(violation, None, document).start)[0]) for code, violation in spoken]
    excused, suppressions = parsed.suppressions.judge(places)
    limit = plan.max_findings
    told = [coded for coded, is_excused in zip(spoken, excused, strict=True) if not is_excused]
    hushed = [coded for coded, is_excused in zip(spoken, excused, strict=True) if is_excused]
    archive = frozenset(rule.code for rule, _ in plan.archive)
    waiting = suppressions.naming(archive)[:limit]
    unused: tuple[Finding, ...] = ()
    if OWN_CODE in plan.codes:
        # After a rule has failed nobody knows what it would have found.
        failed = any(code == "NL999" for code, _ in spoken)
        numbers = suppressions.unused(frozenset() if failed else plan.codes - archive)
        told += [(OWN_CODE, violation) for violation in (*parsed.faults, *map(parsed.unused, numbers[: limit + 1]))]
        unused = () if failed else locate([(OWN_CODE, parsed.unused(number)) for number in waiting])
    chosen = _gravest(told, plan)
    # Located together, because a finding is the same with and without the suppression of another.
    kept, suppressed, _ = suppressions.apply(locate([*(c for c in chosen if c[0] != OWN_CODE), *hushed[:limit]]))
    own = locate([coded for coded in chosen if coded[0] == OWN_CODE])
    kept = tuple(sorted((*kept, *own), key=lambda finding: finding.sort_key))
    return Linted(kept, len(chosen) < len(told), (), suppressed, suppressions.only(waiting), unused)
