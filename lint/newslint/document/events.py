"""The authority on what the front matter says: libyaml's events, in one pass, to plain data and the places of it.

Everything that could make a composer recurse, expand or construct is refused here, on the event stream, before anything
is built from it: depth, number of nodes, anchors, aliases, merge keys, tags, directives and further documents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from newslint.document import problems, refusals
from newslint.document.directives import blanked, leading_directives
from newslint.document.reading import Reading
from newslint.document.scalars import RefusedNumber, resolve
from newslint.document.source import Source
from newslint.document.tree import COLLECTION_AS_KEY, LEFT_OUT, NO_KEY, EventPlaces, Node, pointer_of_next, written
from newslint.finding import Pointer, Span, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_DEPTH, MAX_KEY_LENGTH, MAX_NODES

_NODES = frozenset({ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent})
_MERGE_KEY = "<<"
_TAG_OR_ANCHOR = compiled_late(r"!<[^>\s]*>|[!&][^\s,\[\]{}]*")


__all__ = ["Reading", "read"]


class _FileEndsError(Exception):
    """Raised with the violation after which nothing more can be said of the file."""

    def __init__(self, code: str, violation: Violation) -> None:
        super().__init__(code)
        self.coded = (code, violation)


def read(source: Source, span: Span) -> Reading:
    """Read the YAML at ``span`` of the source; never raises on any text."""
    yaml_text = source.text[span.start : span.end]
    reading = _attempt(source, span.start, yaml_text)
    if reading.data is None and (directives := leading_directives(yaml_text)):
        # Behind a directive libyaml wants a "---", which would close the front matter: read on as if it were not there.
        reading = _attempt(source, span.start, blanked(yaml_text, directives))
        reading.violations[:0] = [
            ("NL007", refusals.directive(Span(span.start + start, span.start + end))) for start, end in directives
        ]
    return reading


def _attempt(source: Source, base: int, yaml_text: str) -> Reading:
    reader = _Reader(source, base, yaml_text)
    try:
        reader.run()
    except _FileEndsError as end:
        ending = end.coded
    except (yaml.YAMLError, UnicodeError) as error:
        ending = problems.explain(error, source, base, yaml_text)
    else:
        return reader.reading
    reader.reading.violations.append(ending)
    reader.reading.data = None
    return reader.reading


class _Reader:
    """The state of one pass over the events."""

    def __init__(self, source: Source, base: int, yaml_text: str) -> None:
        self.source = source
        self.base = base
        self.yaml_text = yaml_text
        self.reading = Reading()
        self.depth = 0
        # Each with the offset of the value or the key that it was said of.
        self.unjudged: dict[Pointer, int] = {}
        self.incomplete: dict[Pointer, int] = {}
        self.refused: dict[Pointer, tuple[int, str]] = {}
        self.repeated = False

    def run(self) -> None:
        """Read all events of the first document."""
        loader = yaml.CSafeLoader(self.yaml_text)
        try:
            self._read(loader.get_event)
            self._settle()
        except _FileEndsError as end:
            if end.coded[0] == "NL008":
                # A syntax error further down is the cause of it: a first line without a colon, for one.
                self._parse_on(loader.get_event)
            raise
        finally:
            loader.dispose()

    def _read(self, get_event: Callable[[], Any]) -> None:
        """Go through the events; ``node`` is the innermost collection that is open."""
        node: Node | None = None
        count = documents = 0
        while True:
            event = get_event()
            kind = type(event)
            if kind in _NODES:
                count += 1
                if count > MAX_NODES:
                    raise _FileEndsError("NL014", refusals.too_many(pointer_of_next(node), self._span(event)))
            if kind is ScalarEvent:
                self._scalar(node, event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = self._open(node, event, mapping=kind is MappingStartEvent)
            elif kind is AliasEvent:
                self._alias(node, event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self._close(node, event)
            elif kind is DocumentStartEvent:
                documents += 1
                self._check_document(event, documents)
                if documents > 1:
                    return
            elif kind is StreamEndEvent:
                break
        if documents == 0:
            raise _FileEndsError("NL008", refusals.empty())

    def _parse_on(self, get_event: Callable[[], Any]) -> None:
        """Go to the end of the document; raises what libyaml raises on the way, and NL013 for what nests too deep.

        Up to 0.2.5 libyaml itself sets no bound, and takes time that grows with the square of an open list's depth.
        """
        # The root of what is no mapping was begun before.
        depth = 1
        while (event := get_event()) is not None and type(event) is not DocumentStartEvent:
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise _FileEndsError("NL013", refusals.too_deep((), self._first_character(event)))
            elif isinstance(event, CollectionEndEvent):
                depth -= 1

    def _settle(self) -> None:
        """Hand on what was said of the values that are in the data: where a key is repeated, only of its last one."""
        places, reading = self.reading.places, self.reading

        def stays(pointer: Pointer, offset: int) -> bool:
            return not self.repeated or (isinstance(places, EventPlaces) and places.begins_at(pointer, offset))

        reading.unjudged = {pointer for pointer, offset in self.unjudged.items() if stays(pointer, offset)}
        reading.incomplete = {pointer for pointer, offset in self.incomplete.items() if stays(pointer, offset)}
        reading.refused = {
            pointer: reason for pointer, (offset, reason) in self.refused.items() if stays(pointer, offset)
        }

    def _span(self, event: Any) -> Span:
        return Span(self.base + event.start_mark.index, self.base + event.end_mark.index)

    def _first_character(self, event: Any) -> Span:
        start = self.base + event.start_mark.index
        return Span(start, start + 1)

    def _report(self, code: str, violation: Violation) -> None:
        self.reading.violations.append((code, violation))

    def _check_document(self, event: Any, number: int) -> None:
        """Report a directive, and a document that is not the first: the opening fence has begun that one already."""
        start, end = event.start_mark.index, event.end_mark.index
        if number == 1 and (event.version or event.tags):
            for first, last in leading_directives(self.yaml_text):
                self._report("NL007", refusals.directive(Span(self.base + first, self.base + last)))
        if number == 1 and not event.explicit:
            return
        if event.explicit:
            start = end - len("---")
        span = Span(self.base + start, self.source.line_end(self.base + start))
        self._report("NL007", refusals.feature((), "a second YAML document", "Keep one document in a file", span))
        self.incomplete[()] = 0

    def _scalar(self, node: Node | None, event: Any) -> None:
        value = event.value
        if event.style == "" and event.tag is None:
            value = resolve(value)
        if node is None:
            self._check_features(node, event)
            raise _FileEndsError(
                "NL008", self._root_is("a single value", event) if value is not None else refusals.empty()
            )
        if node.keys is not None and node.key is NO_KEY:
            # The usual key, in one test; all others take their time.
            if (
                type(value) is str
                and value not in node.data
                and value != _MERGE_KEY
                and len(value) <= MAX_KEY_LENGTH
                and event.anchor is None
                and event.tag is None
            ):
                node.key = value
                node.key_event = event
            else:
                self._unusual_key(node, event, value)
            return
        if event.anchor is not None or event.tag is not None:
            self._check_features(node, event)
        if type(value) is RefusedNumber:
            if not node.is_unused:
                self.refused[pointer_of_next(node)] = (event.start_mark.index, value.reason)
            value = 0
        node.deliver(value, event)

    def _unusual_key(self, node: Node, event: Any, value: Any) -> None:
        """Take a key that is too long, repeated, marked, a merge key, or no text."""
        key = event.value
        span = self._span(event)
        if span.start == span.end:
            # Only behind a "?" can a key be left unwritten.
            question = self.source.text.rfind("?", self.base, span.start)
            span = Span(question, question + 1)
        pointer = (*pointer_of_next(node), key)
        if len(key) > MAX_KEY_LENGTH:
            raise _FileEndsError("NL005", refusals.key_too_long(pointer[:-1], key, span))
        marked = event.anchor is not None or event.tag is not None
        if marked:
            name, _, mark = self._mark(event)
            self._report("NL007", refusals.feature(pointer, name, "Delete it and write the key itself", mark, "key"))
            value = key
        if key == _MERGE_KEY and event.style == "" and event.tag is None:
            hint = "Delete the line and write the fields it would bring"
            self._report("NL007", refusals.feature(pointer, 'a merge key ("<<")', hint, span, "key"))
            if not node.unused:
                self.incomplete[pointer[:-1]] = node.start.start_mark.index
            node.leave_out(event)
            return
        if not isinstance(value, str):
            self._report("NL009", refusals.key_is_no_text(pointer, key, value, span))
            node.leave_out(event)
            return
        if node.keys is not None and key in node.keys:
            first = self._span(node.keys[key])
            line = self.source.position(first.start)[0]
            self._report("NL006", refusals.repeated_key(pointer, key, span, first, line))
            node.forget(key)
            self.repeated = True
        if marked and not node.unused:
            self.unjudged[pointer] = event.start_mark.index
        node.key = key
        node.key_event = event

    def _mark(self, event: Any) -> tuple[str, str, Span]:
        """Return the words for an anchor or a tag, how to call it in a hint, and its span."""
        start = event.start_mark.index
        match = _TAG_OR_ANCHOR.match(self.yaml_text, start)
        span = Span(self.base + start, self.base + (match.end() if match else start + 1))
        if self.yaml_text.startswith("&", start):
            return f'an anchor ("&{event.anchor}")', "&name", span
        return "a tag", "!tag", span

    def _check_features(self, node: Node | None, event: Any) -> None:
        """Report an anchor or a tag of a value, which is then not judged."""
        if event.anchor is None and event.tag is None:
            return
        name, what, span = self._mark(event)
        pointer = pointer_of_next(node)
        hint = f"Delete the {what} and write the value itself"
        self._report("NL007", refusals.feature(pointer, name, hint, span))
        if node is None or not node.is_unused:
            self.unjudged[pointer] = event.start_mark.index

    def _open(self, node: Node | None, event: Any, *, mapping: bool) -> Node:
        if node is not None and node.awaits_key:
            pointer = (*pointer_of_next(node), COLLECTION_AS_KEY)
            self._report("NL009", refusals.key_is_a_collection(pointer, self._first_character(event)))
        elif event.anchor is not None or event.tag is not None:
            self._check_features(node, event)
        if node is None and not mapping:
            raise _FileEndsError("NL008", self._root_is("a list", event))
        if self.depth >= MAX_DEPTH:
            raise _FileEndsError("NL013", refusals.too_deep(pointer_of_next(node), self._first_character(event)))
        self.depth += 1
        return Node(event, node, mapping=mapping)

    def _close(self, node: Any, event: Any) -> Node | None:
        """Close a collection; return the one that it is in."""
        self.depth -= 1
        node.end = event
        parent: Node | None = node.parent
        # Without a way up there is no circle, so the tree goes with its last user and never waits for the collector.
        node.parent = None
        if parent is None:
            self.reading.data = node.data
            self.reading.places = EventPlaces(node, self.base, self.source.text)
        elif parent.awaits_key:
            parent.leave_out(node.start)
        else:
            parent.deliver(node.data, node)
        return parent

    def _alias(self, node: Node | None, event: Any) -> None:
        if node is None:
            raise _FileEndsError("NL008", self._root_is("an alias", event))
        what = f'an alias ("*{event.anchor}")'
        pointer = pointer_of_next(node)
        if node.awaits_key:
            pointer = (*pointer, written(event))
            hint = "Write the key itself"
            self._report("NL007", refusals.feature(pointer, what, hint, self._span(event), "key"))
            node.leave_out(event)
            return
        # The value of a merge key is what it merges: that is one fault, and said already.
        if not (node.key is LEFT_OUT and written(node.key_event) == _MERGE_KEY):
            self._report("NL007", refusals.feature(pointer, what, "Write the value itself", self._span(event)))
        if not node.is_unused:
            self.unjudged[pointer] = event.start_mark.index
        node.deliver(None, event)

    def _root_is(self, what: str, event: Any) -> Violation:
        start, end = self._span(event)
        return refusals.not_a_mapping(what, Span(start, min(max(end, start + 1), self.source.line_end(start))))
