"""From a range of a decoded scalar to the range of its source characters, through quotes, escapes and folded lines.

Follows libyaml's scanner (``scanner.c``: ``yaml_parser_scan_flow_scalar``, ``..._plain_scalar``, ``..._block_scalar``),
whose ideas of a blank (space, tab) and of a line break (CR, LF, CRLF, NEL, U+2028, U+2029) are kept here.
"""

from __future__ import annotations

import re

from newslint.finding import Span
from newslint.late import compiled_late

_BLANKS_AND_BREAKS = compiled_late(r"[ \t\r\n\x85\u2028\u2029]+")
_BREAK = compiled_late(r"\r\n|[\r\n\x85\u2028\u2029]")
_BLOCK_LINE = compiled_late(r"[^\r\n\x85\u2028\u2029]*")
_HEADER = compiled_late(r"[|>]([-+]?)([1-9]?)([-+]?)[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])?")
_HEX_LENGTH = {"x": 2, "u": 4, "U": 8}

_ESCAPES_OF = {
    "single": compiled_late("''"),
    "double": compiled_late(r"\\(?:x.{2}|u.{4}|U.{8}|[^xuU])", re.DOTALL),
}
"""What stands for one character in a quoted scalar and is longer, by its style."""

Piece = tuple[str, int, int]
"""One decoded character and the start and end offsets of the source characters that stand for it."""


def source_span(
    text: str, scalar: Span, style: str, indent: int, value: str, *, within: tuple[int, int]
) -> Span | None:
    """Return the source range of ``value[within[0]:within[1]]``, or None where it cannot be told for certain.

    The other arguments are those of :func:`source_pieces`. An empty range comes back as an empty span.
    """
    start, end = within
    first = _as_written(text, scalar, style, value)
    if first is not None and 0 <= start <= end <= len(value):
        return Span(first + start, first + end)
    offsets = one_line_offsets(text, scalar, style, value)
    if offsets is not None:
        return Span(offsets[start], offsets[end]) if 0 <= start <= end <= len(value) else None
    pieces = source_pieces(text, scalar, style, indent, value)
    if pieces is None or not 0 <= start <= end <= len(pieces):
        return None
    if start < end:
        return Span(pieces[start][1], pieces[end - 1][2])
    if start < len(pieces):
        return Span(pieces[start][1], pieces[start][1])
    offset = pieces[-1][2] if pieces else scalar.start + (1 if style in ("single", "double") else 0)
    return Span(offset, offset)


def one_line_offsets(text: str, scalar: Span, style: str, value: str) -> list[int] | None:
    """Return where each character of a quoted scalar on one line begins, and where the last ends; None for any other.

    Nothing is folded there, and each character, or the escape that stands for it, is one of the value.
    """
    escapes = _ESCAPES_OF.get(style)
    if escapes is None:
        return None
    written = text[scalar.start + 1 : scalar.end - 1]
    if not written.isprintable() and _BREAK.search(written):
        return None
    offsets: list[int] = []
    position = 0
    for match in escapes.finditer(written):
        offsets += range(scalar.start + 1 + position, scalar.start + 2 + match.start())
        position = match.end()
    offsets += range(scalar.start + 1 + position, scalar.end)
    return offsets if len(offsets) == len(value) + 1 else None


def source_pieces(text: str, scalar: Span, style: str, indent: int, value: str) -> list[Piece] | None:
    """Return one piece for each character of ``value``, in order, or None where that cannot be told for certain.

    ``text`` is the whole source, ``scalar`` the span of the scalar in it (of a block scalar: untrimmed, from its
    indicator to the start of the line after it), ``style`` one of plain, single, double, literal, folded, ``indent``
    the 0-based column of the collection that holds a block scalar. Source characters that stand for nothing (an escaped
    line break, indentation) belong to no piece.
    """
    first = _as_written(text, scalar, style, value)
    if first is not None:
        return [(char, at, at + 1) for at, char in enumerate(value, first)]
    if style in ("literal", "folded"):
        pieces = _block(text, scalar, style == "literal", indent)
    else:
        pieces = _flow(text, scalar, style)
    if len(pieces) != len(value) or any(piece[0] != char for piece, char in zip(pieces, value, strict=True)):
        return None
    return pieces


def _as_written(text: str, scalar: Span, style: str, value: str) -> int | None:
    """Return where a flow scalar begins that says exactly what is written; None for any other.

    Most scalars are such: with an escape or a folded line the source is never the same as the value.
    """
    quotes = 1 if style in ("single", "double") else 0
    start, end = scalar.start + quotes, scalar.end - quotes
    return start if end - start == len(value) and text.startswith(value, start) else None


def column(text: str, offset: int) -> int:
    """Return the 0-based column of an offset as libyaml counts it, for whom NEL, U+2028 and U+2029 end lines too."""
    return offset - 1 - max(text.rfind(line_break, 0, offset) for line_break in "\r\n\x85\u2028\u2029")


def _flow(text: str, scalar: Span, style: str) -> list[Piece]:
    """Decode a plain or quoted scalar into pieces."""
    quoted = style != "plain"
    position, end = (scalar.start + 1, scalar.end - 1) if quoted else (scalar.start, scalar.end)
    pieces: list[Piece] = []
    while position < end:
        char = text[position]
        if match := _BLANKS_AND_BREAKS.match(text, position, end):
            pieces.extend(_fold(text, match.start(), match.end(), after_escape=False))
            position = match.end()
        elif char == "'" and style == "single":
            pieces.append(("'", position, position + 2))
            position += 2
        elif char == "\\" and style == "double":
            line_break = _BREAK.match(text, position + 1, end)
            if line_break:
                rest = _BLANKS_AND_BREAKS.match(text, line_break.end(), end)
                stop = rest.end() if rest else line_break.end()
                pieces.extend(_fold(text, line_break.end(), stop, after_escape=True))
                position = stop
            else:
                stop = position + 2 + _HEX_LENGTH.get(text[position + 1], 0)
                pieces.append((_unescape(text[position + 1 : stop]), position, stop))
                position = stop
        else:
            pieces.append((char, position, position + 1))
            position += 1
    return pieces


def _fold(text: str, start: int, end: int, *, after_escape: bool) -> list[Piece]:
    """Decode a run of blanks and line breaks in a flow scalar: one break is a blank, n + 1 breaks are n breaks."""
    breaks = list(_BREAK.finditer(text, start, end))
    if not breaks:
        return [] if after_escape else [(text[at], at, at + 1) for at in range(start, end)]
    kept = breaks
    if not after_escape:
        first, *rest = breaks
        if _normal(first.group()) != "\n":
            kept = breaks
        elif not rest:
            return [(" ", start, end)]
        else:
            kept = rest
    ends = [*(match.end() for match in kept[:-1]), end]
    starts = [start, *ends[:-1]]
    return [(_normal(match.group()), begin, stop) for match, begin, stop in zip(kept, starts, ends, strict=True)]


def _normal(line_break: str) -> str:
    """Return what libyaml keeps of a line break: U+2028 and U+2029 stay, all others are LF."""
    return line_break if line_break in "\u2028\u2029" else "\n"


_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _unescape(escape: str) -> str:
    """Return the character of an escape sequence without its backslash; libyaml has already refused the wrong ones."""
    if escape[0] in _HEX_LENGTH:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, "")


def _block(text: str, scalar: Span, literal: bool, parent_indent: int) -> list[Piece]:
    """Decode a block scalar into pieces, as libyaml does it line by line."""
    header = _HEADER.match(text, scalar.start, scalar.end)
    if header is None:
        return []
    chomping = header.group(1) or header.group(3)
    increment = int(header.group(2) or 0)
    indent = max(parent_indent, 0) + increment if increment else 0
    pieces: list[Piece] = []
    leading: Piece | None = None
    leading_blank = False
    position, indent, trailing = _block_breaks(text, header.end(), scalar.end, indent, parent_indent)
    while position < scalar.end:
        blank = text[position] in " \t"
        if not literal and leading is not None and leading[0] == "\n" and not leading_blank and not blank:
            if not trailing:
                pieces.append((" ", leading[1], position))
        elif leading is not None:
            pieces.append(leading)
        pieces.extend(trailing)
        leading_blank = blank
        line = _BLOCK_LINE.match(text, position, scalar.end)
        stop = line.end() if line else position
        pieces.extend((text[at], at, at + 1) for at in range(position, stop))
        line_break = _BREAK.match(text, stop, scalar.end)
        leading = (_normal(line_break.group()), stop, line_break.end()) if line_break else None
        position = line_break.end() if line_break else stop
        position, indent, trailing = _block_breaks(text, position, scalar.end, indent, parent_indent)
    if chomping != "-" and leading is not None:
        pieces.append(leading)
    if chomping == "+":
        pieces.extend(trailing)
    return pieces


def _block_breaks(text: str, position: int, end: int, indent: int, parent_indent: int) -> tuple[int, int, list[Piece]]:
    """Pass indentation and empty lines; return where the content goes on, the indentation, and the breaks passed."""
    breaks: list[Piece] = []
    deepest = 0
    while True:
        start = position
        while position < end and text[position] == " " and (not indent or position - start < indent):
            position += 1
        deepest = max(deepest, position - start)
        line_break = _BREAK.match(text, position, end)
        if line_break is None:
            break
        breaks.append((_normal(line_break.group()), start, line_break.end()))
        position = line_break.end()
    if not indent:
        indent = max(deepest, parent_indent + 1, 1)
    return position, indent, breaks
