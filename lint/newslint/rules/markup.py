"""HTML in plain text (NL604, NL605): character references that should be the character, and tags that should not be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Repair, Rewrite, Violation
from newslint.late import compiled_late
from newslint.quote import quote
from newslint.rules.invisible import as_windows_1252, worsened
from newslint.rules.rule import SAFE, WARNING, Options, rule
from newslint.rules.text import Piece, and_more, covered, rewritten, shown
from newslint.rules.values import odd_texts

if TYPE_CHECKING:
    from newslint.document.document import Document

_REFERENCE = compiled_late(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+)|[A-Za-z][A-Za-z0-9]*);")
_DIGITS_OF_UNICODE = 7
_LOST = "\ufffd"

_TAG = compiled_late(r"<(/?)([A-Za-z][A-Za-z0-9]*)([\s/][^<>]*)?(>?)")
_CLOSING = compiled_late(r"</([A-Za-z][A-Za-z0-9]*)")
_OTHER_MARKUP = compiled_late(r"<!--|<!\[CDATA\[|<!DOCTYPE\b", re.IGNORECASE)
_ATTRIBUTE = compiled_late(r"[\s/]+[A-Za-z_:][\w:.-]*\s*=\s*(\S?)")
_TAG_BEGINS = compiled_late(r"<[A-Za-z/!?]")
_INCLUDE = compiled_late(r"#\s?(?:include|import)\s?$")
_ROOM_FOR_INCLUDE = 10

_HTML_STANDARD = (
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col "
    "colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu "
    "meta meter nav noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script search "
    "section select slot small source span strong style sub summary sup svg table tbody td template textarea tfoot th "
    "thead time title tr track u ul var video wbr"
)
_OBSOLETE = (
    "acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen listing marquee "
    "menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"
)
_ELEMENTS = frozenset([*_HTML_STANDARD.split(), *_OBSOLETE.split()])
"""The HTML Standard's "Index of elements" with svg and math, and what it lists as obsolete."""

_BEHIND_A_WORD = (
    "blockquote br center div em font h1 h2 h3 h4 h5 h6 hr iframe img li nobr ol p script span strong sub sup table "
    "tbody td textarea th thead tr ul wbr"
)
_NEVER_A_TYPE = frozenset(_BEHIND_A_WORD.split())
"""Elements that markup has directly behind a word (``CO<sub>``) and whose names no program gives to a type."""


def tags(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the HTML tags, and of the beginnings of comments and their like, in a text.

    What only looks like a tag is none: ``List<string>``, ``a <b and c> d``, ``#include <map>``, ``x<b>y`` without a
    ``</b>``.
    """
    if "<" not in text:
        return []
    last_closed = {match.group(1).lower(): match.start() for match in _CLOSING.finditer(text)}
    found = [match.span() for match in _TAG.finditer(text) if _is_tag(match, last_closed)]
    if "<!" in text:
        found = sorted([*found, *(match.span() for match in _OTHER_MARKUP.finditer(text))])
    return found


def _is_tag(match: re.Match[str], last_closed: dict[str, int]) -> bool:
    """Tell whether what has the shape of a tag is one; ``last_closed`` is where each name is closed last."""
    slash, name, rest, closed = match.groups(default="")
    lowered = name.lower()
    if lowered not in _ELEMENTS:
        return False
    if attribute := _ATTRIBUTE.match(rest):
        # A text that was cut off may end within a tag; then a quoted value is what tells it from a comparison.
        return not slash and (bool(closed) or attribute.group(1) in ('"', "'"))
    if not closed or rest.strip(" \t\r\n/"):
        return False
    if slash or "/" in rest:
        return True
    before = match.string[max(match.start() - _ROOM_FOR_INCLUDE, 0) : match.start()]
    if _INCLUDE.search(before):
        return False
    behind_a_word = before[-1:].isalnum() or before[-1:] in ("_", ":", ".")
    if not behind_a_word or (lowered in _NEVER_A_TYPE and name != "P"):
        return True
    return last_closed.get(lowered, 0) >= match.end()


def references(text: str) -> list[Piece]:
    """Return the HTML character references of a text, each with the text it stands for.

    Only real ones count: a known name or a number, with the semicolon (HTML Standard, "Named character references" and
    "numeric character reference end state"). ``AT&T`` and ``&copy`` are none.
    """
    if "&" not in text or ";" not in text:
        return []
    pieces: list[Piece] = []
    for match in _REFERENCE.finditer(text):
        meant = _meant(match.group())
        if meant is not None:
            pieces.append((*match.span(), meant))
    return pieces


def _meant(reference: str) -> str | None:
    """Return what a reference stands for, or None where it is no real one."""
    if reference[1] != "#":
        # Imported here because few files have a reference, and the table is large.
        from html.entities import html5

        return html5.get(reference[1:])
    hexadecimal = reference[2] in "xX"
    digits = reference[3:-1] if hexadecimal else reference[2:-1]
    if len(digits.lstrip("0")) > _DIGITS_OF_UNICODE:
        return _LOST
    code = int(digits, 16 if hexadecimal else 10)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _LOST
    return as_windows_1252(chr(code))


def _is_safe(text: str, result: str, pieces: list[Piece]) -> bool:
    """Tell whether a text stays plain text when its references are decoded."""
    # Imported here because few files have a reference.
    from html import unescape

    return not (
        any(_is_lost(meant) for _, _, meant in pieces)
        or len(_TAG_BEGINS.findall(result)) > len(_TAG_BEGINS.findall(text))
        or tags(result)
        or unescape(result) != result
        or worsened(text, result)
    )


def _is_lost(character: str) -> bool:
    """Tell whether a reference stands for no character: U+FFFD, or a noncharacter (Unicode Standard, section 23.7)."""
    return character == _LOST or "\ufdd0" <= character <= "\ufdef" or ord(character[-1]) & 0xFFFE == 0xFFFE


@rule("NL604", "html-entity", WARNING, fix=SAFE)
def html_entity(document: Document, options: Options) -> Iterator[Violation]:
    """A text holds an HTML character reference in place of the character.

    ## What it does
    Looks in every text for people for references such as `&amp;`, `&#8217;` and `&nbsp;`: a name that HTML knows, or a
    number, with the semicolon. `AT&T` and `&copy` without a semicolon are text. A reference within an HTML tag belongs
    to the tag (NL605).

    ## Why is this bad?
    A title is plain text. A page that escapes it, as it should, shows `&amp;` to readers; so do feeds, search results
    and social media.

    ## Example
    ```yaml
    title: "Marks &amp; Spencer trials facial recognition"
    ```

    Use instead:
    ```yaml
    title: "Marks & Spencer trials facial recognition"
    ```

    ## Fix safety
    The fix writes the characters themselves. There is none where the result would no longer be plain text: where it
    would hold a tag (`&lt;b&gt;`), another reference (`&amp;lt;`) or an unwanted control (`&shy;`), or nothing to read.
    """
    for pointer, value in odd_texts(document):
        if "&" not in value or ";" not in value:
            continue
        pieces = references(value)
        if pieces and (markup := covered(tags(value))):
            pieces = [piece for piece in pieces if piece[0] not in markup]
        if pieces:
            start, end, meant = pieces[0]
            repair = Repair("Write the characters themselves", (Rewrite(pointer, tuple(pieces)),))
            safe = _is_safe(value, rewritten(value, pieces), pieces)
            what = f"{quote(value[start:end])} is an HTML entity, where {shown(meant)} itself is expected"
            yield Violation(
                pointer,
                what + and_more(len(pieces) - 1),
                within=(start, end),
                hint="Write the character itself" if safe else "Rewrite the text: decoded, it would not be plain text",
                repair=repair if safe else None,
            )


@rule("NL605", "html-markup", WARNING)
def html_markup(document: Document, options: Options) -> Iterator[Violation]:
    """A text holds HTML markup, where plain text is expected.

    ## What it does
    Looks in every text for people for tags with the name of an HTML element (`<b>`, `</p>`, `<br/>`, `<a href="...">`,
    also one that is cut off behind its first attribute), comments and CDATA sections. `List<string>`, `a < b`, `<3` and
    `#include <map>` are text.

    ## Why is this bad?
    A page that escapes the text shows the tags to readers; one that does not lets the text of a stranger change the
    page.

    ## Example
    ```yaml
    title: "Live <b>facial recognition</b> helps deliver justice in Croydon"
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    ```
    """
    for pointer, value in odd_texts(document):
        if "<" in value and (found := tags(value)):
            start, end = found[0]
            message = f"{quote(value[start:end])} is HTML, where plain text is expected{and_more(len(found) - 1)}"
            yield Violation(pointer, message, within=(start, end), hint="Delete the markup and keep its words")
