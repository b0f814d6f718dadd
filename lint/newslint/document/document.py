"""An article whose front matter was read: plain data, and the way back from a place in it to a place in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from newslint.document.reading import Place, Reading
from newslint.document.source import Fences, Source
from newslint.document.within import column, source_span
from newslint.finding import Pointer, Span
from newslint.late import compiled_late

_TRAILING_COMMENT = compiled_late(r"[ \t]+(#[^\r\n\x85\u2028\u2029]*)")
_SCALAR_STYLES = frozenset({"plain", "single", "double", "literal", "folded"})
_BLOCK_SCALAR_STYLES = frozenset({"literal", "folded"})


_Made = TypeVar("_Made")

Field = tuple[Pointer, Any]
"""Where a value stands, and the value."""


class Document:
    """A file's data with its places.

    ``data`` is the root mapping. ``unjudged`` holds the pointers of values that YAML features keep from being judged,
    ``incomplete`` those of mappings that may get fields from elsewhere, ``refused`` why a number (0 in the data) cannot
    be used. ``places`` is what the reader knows of the text (:class:`~newslint.document.reading.Places`); without it or
    without a source (a ``frontmatter.Post``) there are no spans and no styles.
    """

    def __init__(
        self,
        name: str,
        reading: Reading,
        source: Source | None = None,
        fences: Fences | None = None,
        collect: Callable[[Mapping[str, Any]], Mapping[str, Sequence[Field]]] | None = None,
    ) -> None:
        self.name = name
        self.data: Mapping[str, Any] = reading.data or {}
        self.unjudged = reading.unjudged
        self.incomplete = reading.incomplete
        self.refused = reading.refused
        self.source = source
        self.fences = fences
        self.places = reading.places
        self._collect = collect
        self._fields: Mapping[str, Sequence[Field]] | None = None
        self.made: dict[object, Any] = {}

    def fields(self, kind: str) -> Sequence[Field]:
        """Return all values that the schema calls a ``kind``: date-time, uri, hostname, text, html, image and so on."""
        if self._fields is None:
            self._fields = self._collect(self.data) if self._collect else {}
        return self._fields.get(kind, ())

    def get(self, pointer: Pointer) -> Any:
        """Return the value at a pointer, or None where there is none."""
        value: Any = self.data
        for step in pointer:
            is_there = step in value if isinstance(value, dict) else _is_item(value, step)
            if not is_there:
                return None
            value = value[step]
        return value

    def style(self, pointer: Pointer) -> str | None:
        """Return how a scalar is written: plain, single, double, literal or folded; None for anything else."""
        style = self.places.style(pointer) if self.places is not None else None
        return style if style in _SCALAR_STYLES else None

    def span(self, pointer: Pointer, part: str = "value", within: tuple[int, int] | None = None) -> Span:
        """Return the range of the text at which a part of the data stands.

        ``part`` is ``value`` (of an empty value its key), ``key`` (of a list's item or of the root its value) or
        ``missing``: what lacks the field that the pointer names (at the top level the opening ``---``, of a list's
        item its first key, of an empty mapping its braces, else the key of the mapping). ``within`` is a range of the
        decoded string and comes back as the range of its source characters. A block collection or block scalar ends
        with its last visible character. Raises LookupError for a document without text or a pointer that leads nowhere.
        """
        if self.source is None or self.fences is None or self.places is None:
            raise LookupError("a document without text has no places")
        if part == "missing":
            return self._owner_span(pointer[:-1])
        if part == "key" and (key := self.places.key(pointer)) is not None:
            return Span(key.start, key.end)
        place = self.places.value(pointer)
        if place is None:
            raise LookupError(f"no such place: {pointer!r}")
        if within is not None and place.style in _SCALAR_STYLES and isinstance(value := self.get(pointer), str):
            # Only block scalars need to know how deep the collection that holds them is indented.
            owner = self.places.value(pointer[:-1]) if place.style in _BLOCK_SCALAR_STYLES else None
            indent = column(self.source.text, owner.start) if owner is not None else 0
            written = Span(place.start, place.end)
            exact = source_span(self.source.text, written, place.style, indent, value, within=within)
            if exact is not None:
                return exact
        return self._value_span(pointer, place)

    def trailing_comment(self, pointer: Pointer) -> Span | None:
        """Return the span of the ``#`` comment that follows a value on its last line, or None."""
        if self.source is None:
            return None
        match = _TRAILING_COMMENT.match(self.source.text, self.span(pointer).end)
        return Span(*match.span(1)) if match else None

    def _value_span(self, pointer: Pointer, place: Place) -> Span:
        """Return the visible part of a value's place; of a value that is not written its key, or its ``-``."""
        start, end, style = place
        if start == end:
            key = self.places.key(pointer) if self.places is not None else None
            return Span(key.start, key.end) if key is not None else Span(max(start - 1, 0), end)
        if style in _BLOCK_SCALAR_STYLES and self.source is not None:
            end = start + len(self.source.text[start:end].rstrip())
        return Span(start, end)

    def _owner_span(self, owner: Pointer) -> Span:
        """Return where to say that a mapping lacks something."""
        if self.fences is not None and not owner:
            return self.fences.opening
        first = self.places.first_key(owner) if self.places is not None else None
        if first is None:
            return self.span(owner, "value" if isinstance(self.get(owner), dict) else "key")
        return Span(first.start, first.end) if isinstance(owner[-1], int) else self.span(owner, "key")


def once(make: Callable[[Document], _Made]) -> Callable[[Document], _Made]:
    """Make of a function one that is run once for each document, and gives what came of it to all who ask again."""

    @wraps(make)
    def kept(document: Document) -> _Made:
        made = document.made
        if make not in made:
            made[make] = make(document)
        result: _Made = made[make]
        return result

    return kept


def _is_item(value: Any, step: Any) -> bool:
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
