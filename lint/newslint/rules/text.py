"""Text (NL6): what its rules share, and the two that judge a text as a whole: is it blank, does it repeat the title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from newslint.finding import Violation
from newslint.quote import quote
from newslint.rules.rule import ERROR, INFO, Options, rule
from newslint.rules.values import articles, texts

if TYPE_CHECKING:
    from newslint.document.document import Document

Piece = tuple[int, int, str]
"""A range of a decoded text, and the text to put there."""

LINE_BREAKS = "\n\r\x85\u2028\u2029"
"""The characters that end a line (Unicode Standard, section 5.8)."""

WHITE = (
    "\t\n\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""White space: what Unicode's property White_Space has, but for two that are control characters and NL607's affair."""

_WHITE_CONTROLS = "\v\f"

_NAMES = {
    "\0": "NULL", "\a": "BELL", "\b": "BACKSPACE", "\t": "TAB", "\n": "LINE FEED", "\v": "LINE TABULATION",
    "\f": "FORM FEED", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x85": "NEXT LINE",
}  # fmt: skip

_CHARACTERS_NAMED = 6


def is_blank(text: str) -> bool:
    """Tell whether a text is empty or nothing but white space (Unicode's property White_Space)."""
    # Python strips these and some more: it is the quick way to pass a text with something to read.
    return not text.strip() and not text.strip(WHITE + _WHITE_CONTROLS)


def label(character: str) -> str:
    """Return ``U+00AD SOFT HYPHEN``; where Unicode has no name for it, ``U+0092`` alone."""
    name = unicodedata.name(character, "") or _NAMES.get(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def shown(text: str) -> str:
    """Return a text for a message: what can be seen in quotes, what cannot by its name; a long one is cut."""
    if text.isprintable() and not is_blank(text):
        return quote(text)
    parts = [
        quote("".join(run)) if visible else ", ".join(map(label, run))
        for visible, run in groupby(text[:_CHARACTERS_NAMED], _is_visible)
    ]
    return ", ".join(parts) + (" …" if len(text) > _CHARACTERS_NAMED else "")


def _is_visible(character: str) -> bool:
    return character.isprintable() and not is_blank(character)


def and_more(count: int) -> str:
    """Return what a message says of further faults of its kind in the same text, an empty text for none."""
    return f" (and {count:,} more)" if count > 0 else ""


def covered(ranges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each position within some ranges the end of its range."""
    return {position: end for start, end in ranges for position in range(start, end)}


def rewritten(text: str, pieces: Iterable[Piece]) -> str:
    """Return a text with new text put for its pieces, which are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for start, end, new in pieces:
        parts += (text[position:start], new)
        position = end
    parts.append(text[position:])
    return "".join(parts)


@rule("NL601", "blank-text", ERROR, replaces=("NL106",))
def blank_text(document: Document, options: Options) -> Iterator[Violation]:
    """A text for readers is empty or nothing but white space.

    ## What it does
    Checks that every text for people (title, excerpt, provider's name, topics, here and in related articles) holds more
    than white space. White space is what the Unicode property White_Space says: spaces, tabs, line breaks, no-break
    spaces and their kin.

    ## Why is this bad?
    The page shows a headline without words or a link that nobody can see or click, and a blank topic makes a topic page
    without a name.

    ## Example
    ```yaml
    title: "   "
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    ```
    """
    for pointer, value in texts(document):
        if is_blank(value):
            what = "nothing but white space" if value else "empty"
            yield Violation(
                pointer, f"the text is {what}, where words are expected", hint="Write the text, or delete it"
            )


@rule("NL610", "excerpt-repeats-title", INFO)
def excerpt_repeats_title(document: Document, options: Options) -> Iterator[Violation]:
    """An excerpt says the same as the title above it.

    ## What it does
    Compares `excerpt` with `title`, in the article and in each related article. Letter case and white space at the
    edges make no difference; anything else does.

    ## Why is this bad?
    Readers see the same sentence twice and learn nothing from the second one. Mostly the generator found no text on the
    page and took the headline again.

    ## Example
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "Live facial recognition helps deliver justice in Croydon"
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    ```
    """
    for pointer, article in articles(document):
        title, excerpt = article.get("title"), article.get("excerpt")
        if not isinstance(title, str) or not isinstance(excerpt, str) or is_blank(excerpt):
            continue
        if excerpt.strip(WHITE).casefold() == title.strip(WHITE).casefold():
            message = f"{quote(excerpt)} is the title again, where the first words of the article are expected"
            hint = "Write one or two sentences from the article"
            yield Violation((*pointer, "excerpt"), message, hint=hint, uses=((*pointer, "title"),))
