"""What an HTML embed is made of: its iframes, and everything in it that is none.

Two readers work together. The first knows only plain iframes, written so that every HTML parser takes them for the
same thing; what it reads whole needs no other. The second is the standard library's parser, which says what is wrong
with the rest. What neither of them understands is a fault: nothing gets through because it was overlooked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newslint.late import compiled_late
from newslint.quote import shorten
from newslint.record import Record

_BLANKS = " \t\n\r\f"
_NAME = "[a-zA-Z][a-zA-Z-]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`][^\s"'<>`]*+)"""
_IS = f"[{_BLANKS}]*+=[{_BLANKS}]*+"
_ATTRIBUTES = f"(?:[{_BLANKS}]++{_NAME}(?:{_IS}{_VALUE})?+)*+"
_TAIL = f"[{_BLANKS}]*+>[{_BLANKS}]*+</iframe[{_BLANKS}]*+>"
# No group that captures stands in a possessive one: early releases of Python 3.11 do not get that right.
_PLAIN = compiled_late(f"(?:[{_BLANKS}]*+<iframe{_ATTRIBUTES}{_TAIL})++[{_BLANKS}]*+", re.IGNORECASE | re.ASCII)
_ONE_FRAME = compiled_late(f"<iframe({_ATTRIBUTES}){_TAIL}", re.IGNORECASE | re.ASCII)
_ONE_ATTRIBUTE = compiled_late(f"({_NAME})(?:{_IS}({_VALUE}))?", re.ASCII)
_SHAPE = '<iframe src="..."></iframe>'
_START_TAG = compiled_late(r"<[a-zA-Z][^\s/>]*+")


class Attribute(Record):
    """An attribute: its name in lower case, its decoded value (None where it has none), and the places of both."""

    name: str
    value: str | None
    start: int
    end: int
    value_start: int
    value_end: int


class Frame(Record):
    """An iframe's start tag with its attributes, in their order."""

    start: int
    end: int
    attributes: tuple[Attribute, ...]


class Fault(Record):
    """Something in an embed that is no iframe, and where."""

    message: str
    start: int
    end: int


class Embed(Record):
    """The iframes of an embed, and the faults of its structure; places are ranges of the text."""

    frames: tuple[Frame, ...]
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=256)
def read_embed(text: str) -> Embed:
    """Return what an HTML text of at most some thousand characters is made of; never raises."""
    if _PLAIN.fullmatch(text):
        return Embed(tuple(_plain_frame(match) for match in _ONE_FRAME.finditer(text)))
    frames, faults = _explain(text)
    if not faults:
        message = f"the HTML is written so that browsers may read it in several ways, where {_SHAPE} is expected"
        faults = [Fault(message, 0, len(text))]
    return Embed(tuple(frames), tuple(faults))


def _plain_frame(match: re.Match[str]) -> Frame:
    end = match.string.index(">", match.end(1)) + 1
    return Frame(match.start(), end, tuple(_attributes(match.string, *match.span(1))))


def _attributes(text: str, start: int, end: int) -> list[Attribute]:
    """Return the attributes that are written in a range of the text."""
    found: list[Attribute] = []
    for match in _ONE_ATTRIBUTE.finditer(text, start, end):
        value, (value_start, value_end) = match.group(2), match.span(2)
        if value is not None and value[0] in "\"'":
            value, value_start, value_end = value[1:-1], value_start + 1, value_end - 1
        if value is not None and "&" in value:
            # Imported here because its tables are large and references in attributes rare.
            from html import unescape

            value = unescape(value)
        found.append(Attribute(match.group(1).lower(), value, *match.span(), value_start, value_end))
    return found


class _Reading:
    """What the standard library's parser has told so far."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.faults: list[Fault] = []
        self.open: list[Frame] = []


def _explain(text: str) -> tuple[list[Frame], list[Fault]]:
    """Return the iframes and the faults that the standard library's parser finds, in the order of the text."""
    # Imported here because a plain embed never needs it.
    from html.parser import HTMLParser

    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    reading = _Reading()
    # A browser takes what follows in the page for the rest of a tag that is broken off. Releases of Python differ in
    # what they make of it, and look for its end again and again.
    whole = text.find("<", text.rfind(">") + 1)
    if whole >= 0:
        reading.faults.append(Fault("a tag is broken off, where its > is expected", whole, len(text)))

    class Reader(HTMLParser):
        def place(self) -> int:
            line, column = self.getpos()
            return starts[line - 1] + column

        def fault(self, message: str, length: int) -> None:
            start = self.place()
            reading.faults.append(Fault(message, start, min(start + max(length, 1), len(text))))

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            source, start = self.get_starttag_text() or "", self.place()
            if tag != "iframe":
                self.fault(
                    f"the element <{shorten(tag, 40)}> stands here, where only an iframe is expected", len(source)
                )
                return
            opening = _START_TAG.match(source)
            begin = start + (opening.end() if opening else 0)
            placed = _attributes(text, begin, start + len(source))
            end = start + len(source)
            known = [attribute for attribute in placed if (attribute.name, attribute.value) in attrs]
            if len(known) != len(attrs):
                # Written in a way that only one of the two readers understands: all that the parser saw counts.
                known = [Attribute(name, value, start, end, start, end) for name, value in attrs]
            frame = Frame(start, end, tuple(known))
            reading.frames.append(frame)
            reading.open.append(frame)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            # HTML ignores the slash of an iframe, so that it is open still.
            self.handle_starttag(tag, attrs)

        def handle_endtag(self, tag: str) -> None:
            if tag == "iframe" and reading.open:
                reading.open.pop()
            elif tag == "iframe":
                self.fault(
                    "the end tag </iframe> closes nothing, where an iframe is expected before it", len("</iframe>")
                )

        def handle_data(self, data: str) -> None:
            if data.strip(_BLANKS):
                lead = len(data) - len(data.lstrip(_BLANKS))
                where = "inside" if reading.open else "outside"
                start = self.place() + lead
                end = min(start + len(data.strip(_BLANKS)), len(text))
                message = f"text stands {where} the iframe, where nothing is expected"
                reading.faults.append(Fault(message, start, end))

        def handle_comment(self, data: str) -> None:
            self.fault("a comment stands here, where only an iframe is expected", len(data) + len("<!---->"))

        def handle_decl(self, decl: str) -> None:
            self.fault("a declaration stands here, where only an iframe is expected", len(decl) + len("<!>"))

        def handle_pi(self, data: str) -> None:
            self.fault("a processing instruction stands here, where only an iframe is expected", len(data) + len("<?>"))

        def unknown_decl(self, data: str) -> None:
            self.fault("a CDATA section stands here, where only an iframe is expected", len(data) + len("<![]>"))

    reader = Reader(convert_charrefs=True)
    try:
        reader.feed(text[:whole] if whole >= 0 else text)
        reader.close()
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile text, the text is no plain embed
        reading.faults.append(Fault(f"no HTML parser can read this, where {_SHAPE} is expected", 0, len(text)))
    for frame in reading.open:
        reading.faults.append(Fault("the iframe is never closed, where </iframe> is expected", frame.start, frame.end))
    return reading.frames, sorted(reading.faults, key=lambda fault: fault.start)
