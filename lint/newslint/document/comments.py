"""The YAML comments of a front matter, and nothing that only looks like one: a ``#`` inside a scalar never counts."""

from __future__ import annotations

from typing import Any

from newslint.document.source import Fences, Source
from newslint.finding import Span
from newslint.late import compiled_late

_COMMENT = compiled_late(r"#[^\r\n\x85\u2028\u2029]*")
_HEADER_COMMENT = compiled_late(r"[|>][-+0-9]*[ \t]*(#[^\r\n\x85\u2028\u2029]*)")


def comments(source: Source, fences: Fences) -> list[tuple[Span, str]]:
    """Return each comment of the front matter, in order: its span, from the ``#`` to the line's end, and its text.

    Empty where the YAML does not parse. Comments of a second YAML document, whose values are not read, are left out.
    """
    yaml_text = source.text[fences.yaml.start : fences.yaml.end]
    if "#" not in yaml_text:
        return []
    end = _end_of_first_document(yaml_text)
    if end is None:
        return []
    found: list[tuple[Span, str]] = []
    position = 0
    for start, stop, is_block in _tokens(yaml_text, end):
        # All that libyaml passes over between two tokens is blank space, line breaks and comments.
        found.extend((Span(*match.span()), match.group()) for match in _COMMENT.finditer(yaml_text, position, start))
        if is_block and (match := _HEADER_COMMENT.match(yaml_text, start, stop)):
            found.append((Span(*match.span(1)), match.group(1)))
        position = stop
    found.extend((Span(*match.span()), match.group()) for match in _COMMENT.finditer(yaml_text, position, end))
    base = fences.yaml.start
    return [(Span(base + span.start, base + span.end), text) for span, text in found]


def _end_of_first_document(yaml_text: str) -> int | None:
    """Return the offset at which the first document and what follows it end, or None where the YAML does not parse."""
    import yaml  # only files with a "#" need it here

    try:
        loader = yaml.CSafeLoader(yaml_text)
    except UnicodeEncodeError:
        return None
    documents = 0
    try:
        event: Any = None
        while not isinstance(event, yaml.StreamEndEvent):
            event = loader.get_event()
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                return int(event.start_mark.index)
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()
    return len(yaml_text)


def _tokens(yaml_text: str, end: int) -> list[tuple[int, int, bool]]:
    """Return start, end and "is it a block scalar?" of all tokens before ``end``, up to which the text parses."""
    import yaml

    loader = yaml.CSafeLoader(yaml_text)
    found: list[tuple[int, int, bool]] = []
    try:
        while (token := loader.get_token()) is not None and token.start_mark.index < end:
            is_block = isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
            found.append((token.start_mark.index, token.end_mark.index, is_block))
    finally:
        loader.dispose()
    return found


def continues_text(comment: str) -> bool:
    """Tell whether a comment, written from its ``#`` on, was meant as text: ``#AI`` is, ``# AI`` is not.

    ``##`` and the like are a line of ornament; what begins with ``newslint:`` is a suppression.
    """
    text = comment.lstrip("#")
    return bool(text) and not text[0].isspace() and not text.startswith("newslint:")
