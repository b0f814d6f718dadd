"""From violations, which speak of the data, to findings, which stand at a line and a column of a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from newslint.document.document import Document
from newslint.document.source import Coded, Fences, Source
from newslint.engine.plan import Plan
from newslint.engine.repairs import Repairs
from newslint.finding import (
    Finding,
    Pointer,
    Related,
    Span,
    Violation,
    fingerprint,
    pointer_text,
    readable_pointer,
    without_indexes,
)
from newslint.limits import MAX_MESSAGE, MAX_SOURCE_LINE
from newslint.quote import shorten
from newslint.rules import BY_CODE


def findings(
    path: str,
    coded: Sequence[Coded],
    plan: Plan,
    source: Source | None = None,
    fences: Fences | None = None,
    document: Document | None = None,
) -> tuple[Finding, ...]:
    """Return the violations of one file as findings, in their order.

    Without a source (a ``frontmatter.Post``) all lines and columns are 0.
    """
    places = [(code, violation, span_of(violation, fences, document)) for code, violation in coded]
    places.sort(key=lambda place: (place[2], place[0], place[1].message, place[1].pointer.__repr__()))
    name = path.rpartition("/")[2]
    repairs = Repairs(source, document)
    seen: Counter[tuple[str, str, str]] = Counter()
    found: list[Finding] = []
    for code, violation, span in places:
        value = _value_text(document, violation)
        identity = (code, pointer_text(without_indexes(violation.pointer)), value)
        mark = fingerprint(name, code, violation.pointer, value, seen[identity])
        seen[identity] += 1
        found.append(_finding(path, code, violation, span, mark, plan, source, repairs, document))
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


def _finding(
    path: str,
    code: str,
    violation: Violation,
    span: Span,
    mark: str,
    plan: Plan,
    source: Source | None,
    repairs: Repairs,
    document: Document | None,
) -> Finding:
    line = column = end_line = end_column = offset = 0
    shown = ""
    if source is not None:
        line, column = source.position(span.start)
        end_line, end_column = source.position(span.end)
        shown, offset = excerpt(source.line_at(span.start), column)
    related = tuple(
        Related(
            path,
            *_start(source, _related_span(other.span, other.pointer, other.part, document)),
            *_words(other.pointer, other.message),
        )
        for other in violation.related
    )
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        field=pointer_text(violation.pointer),
        readable_field=readable_pointer(violation.pointer),
        code=code,
        name=BY_CODE[code].name,
        severity=plan.severities[code],
        message=shorten(violation.message, MAX_MESSAGE),
        hint=shorten(violation.hint, MAX_MESSAGE) if violation.hint else None,
        fingerprint=mark,
        source_line=shown,
        source_offset=offset,
        related=related,
        fix=repairs.fix(violation.repair),
        violation=violation if plan.traced else None,
    )


def _words(pointer: Pointer, message: str) -> tuple[str, str]:
    return pointer_text(pointer), message


def _start(source: Source | None, span: Span) -> tuple[int, int]:
    return source.position(span.start) if source is not None else (0, 0)


def _related_span(span: Span | None, pointer: Pointer, part: str, document: Document | None) -> Span:
    if span is not None:
        return span
    return document.span(pointer, part) if document is not None and document.source is not None else Span(0, 0)


def span_of(violation: Violation, fences: Fences | None, document: Document | None) -> Span:
    """Return where a violation stands in the text."""
    if violation.span is not None:
        return violation.span
    if document is not None and document.source is not None:
        return document.span(violation.pointer, violation.part, violation.within)
    return fences.opening if fences is not None else Span(0, 0)


def excerpt(line: str, column: int) -> tuple[str, int]:
    """Return at most 500 characters of a line around a column, and how many were cut off at its front."""
    if len(line) <= MAX_SOURCE_LINE:
        return line, 0
    start = min(max(column - 1 - MAX_SOURCE_LINE // 2, 0), len(line) - MAX_SOURCE_LINE)
    return line[start : start + MAX_SOURCE_LINE], start


def _value_text(document: Document | None, violation: Violation) -> str:
    """Return the value that a violation judges as text, for its fingerprint."""
    if violation.span is not None and not violation.pointer:
        # It judges the file's text: the data as a whole would be another with each change of any field.
        source = document.source if document is not None else None
        return source.text[violation.span.start : violation.span.end] if source is not None else ""
    value: Any = document.get(violation.pointer) if document is not None else None
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, sort_keys=True)
