"""What one file came to as JSON, for the cache and for the way between processes, and back.

There are two texts: what was found, and the facts, most of which nobody ever looks at again. The path is in neither:
the file may have moved with its folder. Severity and name are the plan's. Whatever such a text holds that nobody would
survive further on, such as a line of a billion, is refused here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable
from sys import intern
from typing import Any, Final

from newslint.engine.archive import CodedFact
from newslint.engine.linter import NOTHING, Linted
from newslint.engine.plan import Plan
from newslint.engine.suppressions import NO_SUPPRESSIONS, Suppressions
from newslint.finding import Edit, Finding, Fix, Related
from newslint.record import Record, record_of
from newslint.rules import BY_CODE
from newslint.rules.rule import FiledFact

Row = list[Any]
"""Texts, whole numbers, None and rows."""

NO_ARTICLE: Final = ""
"""The text of a found file that is no article."""

CLEAN: Final = "[[],0]"
"""The text of an article without findings and comments."""


_ARCHIVE = frozenset(code for code, rule in BY_CODE.items() if rule.judge is not None)


_dump: Final[Callable[[Row], str]] = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""Writes rows; json.dumps would make an encoder for each, for a quarter of its time."""


class RowError(ValueError):
    """Rows that were not made by this module."""


def found_text(linted: Linted) -> str:
    """Return what was found in a file as the JSON that :func:`read_found` reads."""
    row: Row = [[_finding_row(finding) for finding in linted.findings], int(linted.truncated)]
    if linted.suppressed or linted.suppressions.entries:
        row += [[_finding_row(finding) for finding in linted.suppressed], linted.suppressions.to_plain()]
        row += [[_finding_row(finding) for finding in linted.unused]]
    return CLEAN if row == [[], 0] else _dump(row)


def read_found(path: str, text: str, plan: Plan) -> Linted:
    """Return what was found in a file, without its facts; ``path`` is how the findings name it.

    Raises RowError for a text that is no such JSON.
    """
    if text == CLEAN:
        return NOTHING
    try:
        findings, truncated, *rest = json.loads(text)
        suppressed, entries, unused = rest or ((), (), ())
        if len(unused) not in (0, len(entries)):
            raise RowError(f"{len(unused)} findings about {len(entries)} comments")
        return Linted(
            tuple(_finding(path, one, plan) for one in findings),
            _flag(truncated),
            (),
            tuple(_finding(path, one, plan) for one in suppressed),
            _suppressions(entries, plan) if entries else NO_SUPPRESSIONS,
            tuple(_finding(path, one, plan) for one in unused),
        )
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise RowError(str(error)) from error


def many_text(findings: Iterable[Finding], key_of: Callable[[str], str | int]) -> str:
    """Return findings of many files as the JSON that :func:`read_many` reads; ``key_of`` gives what stands for a path.

    Raises LookupError where nothing does.
    """
    return _dump(
        [[key_of(one.path), [key_of(other.path) for other in one.related], _finding_row(one)] for one in findings]
    )


def read_many(text: str, place_of: Callable[[Any], tuple[str, Plan]], path_of: Callable[[Any], str]) -> list[Finding]:
    """Return findings of many files; raises RowError for a text that is no such JSON.

    ``place_of`` gives path and plan of the file that something stands for, ``path_of`` the path of one that is only
    referred to; both raise RowError, or LookupError, where it stands for none.
    """
    found: list[Finding] = []
    try:
        for key, partners, row in json.loads(text):
            path, plan = place_of(key)
            finding = _finding(path, row, plan)
            if partners or finding.related:
                related = zip(finding.related, map(path_of, partners), strict=True)
                finding = finding._replace(related=tuple(one._replace(path=partner) for one, partner in related))
            found.append(finding)
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise RowError(str(error)) from error
    return found


def archive_text(findings: Iterable[Finding]) -> str:
    """Return what an archive has come to as the JSON that :func:`read_archive` reads."""
    return many_text(findings, str)


def read_archive(text: str, plan: Plan, reported: Container[str], known: Container[str]) -> list[Finding]:
    """Return the findings of an archive; raises RowError for a text that is no such JSON about ``reported`` files.

    ``known`` are the files that these may be compared with.
    """

    def place_of(path: Any) -> tuple[str, Plan]:
        if type(path) is not str or path not in reported:
            raise RowError(f"a finding in {path!r}")
        return path, plan

    def path_of(path: Any) -> str:
        if type(path) is not str or path not in known:
            raise RowError(f"a comparison with {path!r}")
        return path

    found = read_many(text, place_of, path_of)
    for finding in found:
        if finding.code not in _ARCHIVE:
            raise RowError(f"a finding of {finding.code}")
    return found


def facts_text(linted: Linted) -> str:
    """Return the facts of a file as the JSON that :func:`read_facts` reads."""
    return coded_text(linted.facts)


def coded_text(facts: Iterable[CodedFact]) -> str:
    """Return the same of facts by themselves."""
    return _dump([[code, *fact[1:4]] for code, fact in facts])


class Sketch(Record):
    """The facts of a file as JSON, and code, key and value of each of them, which tell if anybody must read it."""

    text: str
    facts: list[tuple[str, str, str]]


def sketch_facts(text: str) -> Sketch:
    """Return the facts of a file as they wait for those of the others; raises RowError for a text that is no JSON."""
    try:
        sketch = [(code, key, value) for code, key, pointer, value in json.loads(text) if type(pointer) is list]
    except (TypeError, ValueError, RecursionError) as error:
        raise RowError(str(error)) from error
    for fact in sketch:
        _texts(*fact)
        if fact[0] not in _ARCHIVE:
            raise RowError(f"a fact of {fact[0]}")
    return Sketch(text, sketch)


def sketch_of(text: str, facts: tuple[CodedFact, ...]) -> Sketch:
    """Return the same of facts that are at hand, and whose JSON is ``text``."""
    return Sketch(text, [(code, fact.key, fact.value) for code, fact in facts])


def read_facts(path: str, text: str) -> tuple[CodedFact, ...]:
    """Return the facts of a file; raises RowError for a text that is no such JSON."""
    try:
        return tuple(_fact(path, number, one) for number, one in enumerate(json.loads(text)))
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise RowError(str(error)) from error


def _finding_row(finding: Finding) -> Row:
    fix = finding.fix
    return [
        finding.code,
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.field,
        finding.readable_field,
        finding.message,
        finding.hint,
        finding.fingerprint,
        finding.source_line,
        finding.source_offset,
        [list(other[1:]) for other in finding.related],
        None if fix is None else [fix.applicability, fix.title, [list(edit) for edit in fix.edits]],
    ]


def _finding(path: str, row: Row, plan: Plan) -> Finding:
    code, line, column, end_line, end_column, field, readable, message, hint, mark, shown, offset, related, fix = row
    # What is interned must be a text. The rest is looked at as a whole: an archive may have a finding in each file.
    if not (
        type(line) is type(column) is type(end_line) is type(end_column) is type(offset) is int
        and type(mark) is type(shown) is str
        and type(related) is list
    ):
        raise RowError("values of other types than a finding has")
    if code not in plan.codes:
        raise RowError(f"a finding of {code!r}")
    most = plan.max_file_size + 1
    if not (
        0 <= line <= most
        and 0 <= column <= most
        and 0 <= end_line <= most
        and 0 <= end_column <= most
        and 0 <= offset <= most
    ):
        raise RowError("a number that is none of a file")
    values = (
        path,
        line,
        column,
        end_line,
        end_column,
        # A large archive has the same few of these texts again and again.
        intern(field),
        intern(readable),
        intern(code),
        BY_CODE[code].name,
        plan.severities[code],
        intern(message),
        None if hint is None else intern(hint),
        mark,
        shown,
        offset,
        tuple(_related(path, plan, *one) for one in related) if related else (),
        None if fix is None else _fix(most, *fix),
        None,
    )
    return record_of(Finding, values)


def _related(path: str, plan: Plan, line: Any, column: Any, field: Any, message: Any) -> Related:
    _numbers(plan, line, column)
    _texts(field, message)
    return Related(path, line, column, field, message)


def _fix(most: int, applicability: Any, title: Any, edits: Any) -> Fix:
    if applicability not in ("safe", "unsafe"):
        raise RowError(f"a fix that is {applicability!r}")
    return Fix(intern(applicability), intern(title), tuple([_edit(most, edit) for edit in edits]))


def _edit(most: int, row: Row) -> Edit:
    line, column, end_line, end_column, text = row
    if not (type(line) is type(column) is type(end_line) is type(end_column) is int and type(text) is str):
        raise RowError("values of other types than an edit has")
    if not (0 <= line <= most and 0 <= column <= most and 0 <= end_line <= most and 0 <= end_column <= most):
        raise RowError("a number that is none of a file")
    return record_of(Edit, row)


def _suppressions(entries: Row, plan: Plan) -> Suppressions:
    suppressions = Suppressions.from_plain(entries)
    lines = {(entry.first, entry.last) for entry in suppressions.entries}
    for first, last in lines:
        _numbers(plan, first, last, last - first)
    # They are looked at line by line; those of a file have no lines in common but the first.
    _numbers(plan, sum(last - first for first, last in lines))
    return suppressions


def _fact(path: str, number: int, row: Row) -> CodedFact:
    code, key, pointer, value = row
    _texts(code, key, value)
    if (
        BY_CODE[code].judge is None
        or type(pointer) is not list
        or any(type(step) not in (str, int) for step in pointer)
    ):
        raise RowError(f"a fact of {code}")
    return code, FiledFact(path, key, tuple(pointer), value, number)


def _flag(value: Any) -> bool:
    if value not in (0, 1):
        raise RowError(f"a flag that is {value!r}")
    return bool(value)


def _numbers(plan: Plan, *values: Any) -> None:
    """Refuse what is no line or column of a file."""
    if any(type(value) is not int for value in values):
        raise RowError("a number that is none")
    _within(plan, *values)


def _within(plan: Plan, *values: int) -> None:
    """Refuse what is no line or column of a file: the last ones that it can have are the number of its bytes + 1."""
    if min(values) < 0 or max(values) > plan.max_file_size + 1:
        raise RowError("a number that is none of a file")


def _texts(*values: Any) -> None:
    for value in values:
        if type(value) is not str:
            raise RowError(f"{value!r} is no text")
