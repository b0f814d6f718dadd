"""A few files: bytes and a plan to findings. Reading, schema and rules all speak in violations; here they are heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

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
from newslint.record import Record
from newslint.rules.rule import Options, Rule

if TYPE_CHECKING:
    from newslint.engine.parsing import Parsed


class Linted(Record):
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


class File(Record):
    """A file to lint: how its findings name it (the last part of it is the file's name), its bytes, and its plan."""

    path: str
    data: bytes
    plan: Plan


class _Draft:
    """What is known so far of a file: what was said of it, and how far it could be read."""

    __slots__ = ("coded", "document", "facts", "fences", "path", "plan", "source")

    def __init__(self, path: str, plan: Plan, source: Source | None = None, document: Document | None = None) -> None:
        self.path = path
        self.plan = plan
        self.source = source
        self.fences: Fences | None = None
        self.document = document
        self.coded: list[Coded] = []
        self.facts: list[CodedFact] = []


def lint_bytes(path: str, data: bytes, plan: Plan) -> Linted:
    """Return the findings of one file, as :func:`lint_files` does."""
    return lint_files([File(path, data, plan)])[0]


def lint_files(files: Sequence[File]) -> list[Linted]:
    """Return the findings of each of a few files, in their order. Never raises because of what they hold.

    All are in memory together. They take a quarter less time together than one by one: each rule goes over all of them
    before the next one does, so that the processor has the rule's code at hand.
    """
    drafts = [_draft(*file) for file in files]
    for draft in drafts:
        _read(draft)
    _judge(drafts)
    return [_conclude(draft) for draft in drafts]


def _draft(path: str, data: bytes, plan: Plan) -> _Draft:
    """Return a file as text, with what is wrong with its bytes and fences."""
    name = path.rpartition("/")[2]
    if len(data) > plan.max_file_size:
        return _unread(path, f"the file is larger than {plan.max_file_size:,} bytes", _SPLIT_IT, plan)
    source, undecodable = decode(name, data)
    draft = _Draft(path, plan, source)
    if undecodable is not None:
        draft.coded.append(undecodable)
        return draft
    draft.coded = check_text(source)
    fences = find_fences(source)
    if isinstance(fences, Fences):
        draft.fences = fences
    else:
        draft.coded.append(fences)
    return draft


def _read(draft: _Draft) -> None:
    """Read the front matter of a file that has one."""
    source, fences, plan = draft.source, draft.fences, draft.plan
    if source is None or fences is None:
        return
    reading = read(source, fences.yaml, exact=plan.exact)
    draft.coded += reading.violations
    if reading.data is not None:
        draft.document = Document(source.name, reading, source, fences, plan.schema.fields)


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
    document = None if reading.data is None else Document("", reading, collect=plan.schema.fields)
    draft = _Draft("", plan, document=document)
    draft.coded += reading.violations
    _judge([draft])
    return _conclude(draft)


def unreadable(path: str, reason: str, hint: str | None, plan: Plan) -> Linted:
    """Return the NL001 of a file that cannot be read."""
    return _conclude(_unread(path, reason, hint, plan))


def broken(path: str, plan: Plan) -> Linted:
    """Return the NL999 of a file that ends the process which looks at it."""
    draft = _Draft(path, plan, Source(path.rpartition("/")[2], ""))
    draft.coded.append(("NL999", Violation((), "newslint crashed on this file", hint=_REPORT_IT, span=Span(0, 0))))
    return _conclude(draft)


def _unread(path: str, reason: str, hint: str | None, plan: Plan) -> _Draft:
    draft = _Draft(path, plan, Source(path.rpartition("/")[2], ""))
    draft.coded.append(("NL001", Violation((), reason, hint=hint, span=Span(0, 0))))
    return draft


def _judge(drafts: Sequence[_Draft]) -> None:
    """Add what the schema and the rules say of the files that could be read, and what those add to the archive."""
    by_plan: dict[int, list[tuple[_Draft, Document]]] = {}
    for draft in drafts:
        if draft.document is not None:
            by_plan.setdefault(id(draft.plan), []).append((draft, draft.document))
    for judged in by_plan.values():
        plan = judged[0][0].plan
        for draft, document in judged:
            try:
                draft.coded.extend(plan.schema.violations(document))
            except Exception as error:  # noqa: BLE001 - a fault of ours must not hide what the rules find
                draft.coded.append(_failed("the schema check", error))
        for rule, options in plan.checks:
            _check(rule, options, judged)
        for rule, options in plan.archive if plan.facts else ():
            _add_facts(rule, options, judged)


def _check(rule: Rule, options: Options, judged: Sequence[tuple[_Draft, Document]]) -> None:
    """Add what a rule says of each of some files; where it fails on one, that is NL999."""
    check, code = rule.check, rule.code
    if check is None:
        return
    for draft, document in judged:
        try:
            for violation in check(document, options):
                draft.coded.append((code, violation))
        except Exception as error:  # noqa: BLE001 - each rule is fenced: the others go on
            draft.coded.append(_failed(f"the rule {code} {rule.name}", error))


def _add_facts(rule: Rule, options: Options, judged: Sequence[tuple[_Draft, Document]]) -> None:
    """Add the facts that a rule wants to know of each of some files; where it fails on one, that is NL999."""
    for draft, document in judged:
        try:
            draft.facts.extend(facts_of(draft.path, document, rule, options, len(draft.facts)))
        except Exception as error:  # noqa: BLE001 - each rule is fenced: the others go on
            draft.coded.append(_failed(f"the rule {rule.code} {rule.name}", error))


def _failed(what: str, error: Exception) -> Coded:
    message = f"{what} failed on this file: {type(error).__name__}: {shorten(str(error))}"
    return "NL999", Violation((), message, hint=_REPORT_IT, span=Span(0, 0))


_REPORT_IT: Final = "This is a fault of newslint: please report it with the file"
_SPLIT_IT: Final = "Split it, or raise max-file-size"


def _conclude(draft: _Draft) -> Linted:
    """Select, silence, cut and locate."""
    source, document, plan = draft.source, draft.document, draft.plan
    reading = document if document is not None else Reading()
    spoken = keep(
        [(code, violation) for code, violation in draft.coded if code in plan.codes],
        frozenset(reading.unjudged),
        frozenset(reading.incomplete),
        frozenset(reading.refused),
    )
    facts = tuple(draft.facts)
    if source is not None and document is not None and "newslint" in source.text:
        # Imported here because few files say anything to newslint.
        from newslint.engine.parsing import parse_suppressions

        parsed = parse_suppressions(document, plan.max_findings)
        if parsed is not None:
            return _excuse(draft.path, spoken, parsed, plan, source, document)._replace(facts=facts)
    told = _gravest(spoken, plan)
    return Linted(findings(draft.path, told, plan, source, draft.fences, document), len(told) < len(spoken), facts)


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
