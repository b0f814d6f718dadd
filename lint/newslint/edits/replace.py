"""A new value for a scalar, written in the style of the old one."""

from __future__ import annotations

from newslint.document.document import Document
from newslint.edits import scalars
from newslint.edits.places import Written, written_at
from newslint.edits.rewrite import rewrite
from newslint.edits.scalars import Setting
from newslint.edits.text import Refused, TextEdit
from newslint.finding import Rename, Replace, Span

_BLOCKS = ("literal", "folded")
_OPENERS = {"single": "'", "double": '"', "literal": "|", "folded": ">"}


def replace(document: Document, change: Replace) -> list[TextEdit]:
    """Return the edits that put a new value for a scalar; raises Refused where that cannot be done exactly.

    A block scalar keeps its lines where the new text differs within one of them; it gives way to a plain scalar where
    ``plain`` asks for it or the new value is no text or an empty one, unless a comment in its header would be lost.
    """
    written, source = written_at(document, change.pointer), document.source
    if written is None or source is None:
        raise Refused("only a single value can be replaced")
    old, setting = document.get(change.pointer), Setting(written.column, written.flow)
    if written.span.start == written.span.end:
        return [_filled(source.text, written, scalars.write(change.value, "plain", setting))]
    if not _is_as_it_seems(source.text, written):
        raise Refused("the value has a tag or an anchor")
    if written.style not in _BLOCKS:
        new = scalars.write(change.value, written.style, setting, plain=change.plain, old=old)
        return [TextEdit(Span(written.span.start, _end(document, change, written)), new)]
    if isinstance(change.value, str) and change.value and not change.plain:
        return rewrite(document, change.pointer, ((0, len(str(old)), change.value),))
    start = written.span.start
    if "#" in source.text[start : source.line_end(start)] or change.comment:
        raise Refused("the comment in the block scalar's first line would be lost")
    end = start + len(source.text[start : written.span.end].rstrip(" \t\r\n"))
    return [TextEdit(Span(start, end), scalars.write(change.value, "plain", setting, plain=change.plain, old=old))]


def rename(document: Document, change: Rename) -> list[TextEdit]:
    """Return the edit that gives a field another key, in the style of the old one."""
    written, source = written_at(document, change.pointer, "key"), document.source
    if written is None or source is None or written.style in _BLOCKS or not _is_as_it_seems(source.text, written):
        raise Refused("this key cannot be renamed in place")
    setting = Setting(written.column, written.flow)
    return [TextEdit(written.span, scalars.write(change.key, written.style, setting, key=True))]


def _is_as_it_seems(source: str, written: Written) -> bool:
    """Tell whether a scalar begins with what its style says: with a tag or an anchor before it, it does not."""
    first = source[written.span.start : written.span.start + 1]
    return first not in ("&", "!") if written.style == "plain" else first == _OPENERS[written.style]


def _end(document: Document, change: Replace, written: Written) -> int:
    if not change.comment:
        return written.span.end
    comment = document.trailing_comment(change.pointer)
    if comment is None or document.source is None:
        raise Refused("no comment follows the value")
    return comment.start + len(document.source.text[comment.start : comment.end].rstrip(" \t"))


def _filled(text: str, written: Written, new: str) -> TextEdit:
    """Return the edit that writes the value of a field or of a list's item that has none yet."""
    at = written.span.start
    while text[at - 1] in " \t":
        at -= 1
    if text[at - 1] not in ":-":
        raise Refused("there is no place for a value yet")
    return TextEdit(Span(at, at), f" {new}")
