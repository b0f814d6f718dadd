"""How the tests of this folder read a text: straight to a document, without schema and rules."""

from __future__ import annotations

from typing import Any, NamedTuple

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Coded, Fences, Source, check_text, decode, find_fences
from newslint.finding import Pointer, Span, pointer_text


class Said(NamedTuple):
    """What reading says of a file: the place as ``line:column-line:column``, the code, the field, the message, the hint.

    A violation without a range of its own has no place here, and stands at the opening line.
    """

    place: str
    code: str
    field: str
    message: str
    hint: str | None


def read(yaml: str, *, fence: str = "---\n") -> tuple[Document, list[Coded]]:
    """Read YAML between fences; return the document and what reading says of it."""
    source, problem = decode("a.md", f"{fence}{yaml}---\n".encode())
    assert problem is None
    fences = find_fences(source)
    assert isinstance(fences, Fences), fences
    reading = events.read(source, fences.yaml)
    return Document("a.md", reading, source, fences), reading.violations


def text_at(document: Document, pointer: Pointer, part: str = "value", within: tuple[int, int] | None = None) -> str:
    """Return the source text at the span of a part of the data."""
    assert document.source is not None
    span = document.span(pointer, part, within)
    return document.source.text[span.start : span.end]


def read_file(content: bytes | str) -> tuple[list[Said], dict[str, Any] | None]:
    """Read a whole file as the linter does; return what is said of it, and its data where there is any."""
    source, problem = decode("a.md", content.encode() if isinstance(content, str) else content)
    if problem is not None:
        return [_said(source, problem)], None
    coded = check_text(source)
    fences = find_fences(source)
    if not isinstance(fences, Fences):
        return [_said(source, one) for one in [*coded, fences]], None
    reading = events.read(source, fences.yaml)
    return [_said(source, one) for one in [*coded, *reading.violations]], reading.data


def said(yaml: str) -> list[Said]:
    """Return what is said of a file with this YAML between its fences."""
    return read_file(f"---\n{yaml}---\n")[0]


def only(yaml: str) -> Said:
    """Return the one thing that is said of a file with this YAML between its fences."""
    (found,) = said(yaml)
    return found


def _said(source: Source, coded: Coded) -> Said:
    code, violation = coded
    return Said(
        _place(source, violation.span), code, pointer_text(violation.pointer), violation.message, violation.hint
    )


def _place(source: Source, span: Span | None) -> str:
    if span is None:
        return ""
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return f"{line}:{column}-{end_line}:{end_column}"
