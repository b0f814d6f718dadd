"""How the values of a document are written: style, column, brackets, and the source characters of each character."""

from __future__ import annotations

from newslint.document.document import Document
from newslint.document.reading import Place
from newslint.document.within import Piece, column, source_pieces
from newslint.finding import Pointer, Span
from newslint.record import Record

_SCALARS = frozenset({"plain", "single", "double", "literal", "folded"})


class Written(Record):
    """How a scalar, or a key, is written.

    ``span`` is its range of the text (of a block scalar up to the start of the line after it), ``style`` one of plain,
    single, double, literal, folded, ``column`` the 0-based column of the collection that holds it (0 where it means
    nothing: for quoted scalars and in brackets); ``flow`` tells that this collection is written in brackets.
    """

    span: Span
    style: str
    column: int
    flow: bool


class Shape(Record):
    """How a collection is written: where it begins, and whether in brackets."""

    start: int
    flow: bool


def written_at(document: Document, pointer: Pointer, part: str = "value") -> Written | None:
    """Return how a scalar (``part`` is ``key``: the key of a field) is written, or None for anything else."""
    place = _place(document, pointer, part)
    around = shape_of(document, pointer[:-1])
    if place is None or place.style not in _SCALARS or around is None or not pointer or document.source is None:
        return None
    # Where the column means nothing it is not worked out: that is a search through the whole text.
    means_nothing = around.flow or place.style in ("single", "double")
    indent = 0 if means_nothing else column(document.source.text, around.start)
    return Written(Span(place.start, place.end), place.style, indent, around.flow)


def shape_of(document: Document, pointer: Pointer) -> Shape | None:
    """Return how a mapping or a list is written, or None for anything else."""
    place = _place(document, pointer)
    return Shape(place.start, place.style == "flow") if place is not None and place.style in ("block", "flow") else None


def pieces_at(document: Document, pointer: Pointer) -> list[Piece] | None:
    """Return the source characters of each character of a text, or None where they cannot be told for certain."""
    how, value = written_at(document, pointer), document.get(pointer)
    if how is None or not isinstance(value, str) or document.source is None:
        return None
    return source_pieces(document.source.text, how.span, how.style, how.column, value)


def _place(document: Document, pointer: Pointer, part: str = "value") -> Place | None:
    if document.places is None:
        return None
    return document.places.key(pointer) if part == "key" else document.places.value(pointer)
