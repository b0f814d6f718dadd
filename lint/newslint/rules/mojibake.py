"""Wrong decoding (NL606, NL608): text that was read in the wrong encoding, and characters that were lost on the way.

What is mojibake, and what it should be, says ``fix_encoding`` of ftfy (version 6, by Robyn Speer): the part of it that
undoes a wrong decoding and leaves quotes, ligatures, widths and line breaks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint.finding import Repair, Rewrite, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_TEXT_LENGTH
from newslint.rules.invisible import as_windows_1252, unwanted, worsened
from newslint.rules.rule import UNSAFE, WARNING, Options, rule
from newslint.rules.text import Piece, and_more, covered, rewritten, shown
from newslint.rules.values import odd_texts

if TYPE_CHECKING:
    from newslint.document.document import Document

_PLAIN_TYPOGRAPHY = "[\xa0®–—‘’“”•…™]"
_KNOWN_TO_FTFY = "[\x80-\u04ff\u2000-\u25ff\uf8ff\ufb01\ufb02\ufffd]"
_SUSPECT = compiled_late(
    f"{_KNOWN_TO_FTFY}"
    f"(?:(?<=[\x80-\x9fÂÃŒœ])|(?<!{_PLAIN_TYPOGRAPHY}){_KNOWN_TO_FTFY}|(?!{_PLAIN_TYPOGRAPHY}){_KNOWN_TO_FTFY})"
)
"""What ftfy's heuristic needs before it calls a text bad: two neighbours among its 400 characters, not both plain
typography, or one of the few that it minds without such a neighbour. Any other text is spared the import of ftfy."""

_ROUNDS = 5
_FIXED_POINTS = (
    compiled_late("([!-~]+)"),
    compiled_late(r"([ \t\n]+|[\u0500-\u200f\u2600-\uf8fe\U00010000-\U0010ffff]+)"),
)
"""What keeps a text and its decoded form in step: ASCII words, which no encoding changes; then, between two of them,
blanks and characters that no wrong decoding makes."""


def mojibake_in(text: str) -> tuple[Piece, ...]:
    """Return the ranges of a text that were decoded wrongly, each with what it should be; none over 10,000 characters.

    A C1 control by itself is not among them, although ftfy would decode it too: it is NL607's affair.
    """
    if text.isascii() or len(text) > MAX_TEXT_LENGTH or not _SUSPECT.search(text):
        return ()
    return _decoded(text)


@lru_cache(maxsize=128)
def _decoded(text: str) -> tuple[Piece, ...]:
    # Imported here because it costs more than a file, and hardly any file needs it.
    from ftfy import fix_encoding

    fixed = fix_encoding(text)
    pieces = _differences(text, fixed) if fixed != text else []
    return tuple(piece for piece in pieces if as_windows_1252(text[piece[0] : piece[1]]) != piece[2])


def _differences(
    old: str, new: str, position: int = 0, fixed_points: tuple[re.Pattern[str], ...] = _FIXED_POINTS
) -> list[Piece]:
    """Return what to put where in ``old``, which stands at ``position``, to have ``new``: as little as can be told."""
    if old == new:
        return []
    if not fixed_points:
        return [_narrowed(position, old, new)]
    old_parts, new_parts = fixed_points[0].split(old), fixed_points[0].split(new)
    if old_parts[1::2] != new_parts[1::2]:
        return _differences(old, new, position, fixed_points[1:])
    pieces: list[Piece] = []
    for old_part, new_part in zip(old_parts, new_parts, strict=True):
        pieces += _differences(old_part, new_part, position, fixed_points[1:])
        position += len(old_part)
    return pieces


def _narrowed(position: int, old: str, new: str) -> Piece:
    """Return the range of ``old``, which stands at ``position``, without what both texts begin and end with."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end, new_end = len(old), len(new)
    while min(end, new_end) > start and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    if new_end == start and end < len(old):
        # What is to go is only the first half of a character such as "Â©": show the whole.
        end, new_end = end + 1, new_end + 1
    return position + start, position + end, new[start:new_end]


def _redecoded(text: str) -> str:
    """Return a text after all its wrong decodings are undone, without the invisible characters that come to light."""
    for _ in range(_ROUNDS):
        pieces = mojibake_in(text)
        if not pieces:
            break
        before, text = text, rewritten(text, pieces)
        hidden = set(unwanted(text))
        if hidden:
            text = rewritten(before, _without(hidden, pieces))
    return text


def _without(positions: set[int], pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield pieces without the characters that would come to stand at some positions of the rewritten text."""
    shift = 0
    for start, end, new in pieces:
        kept = (character for index, character in enumerate(new, start + shift) if index not in positions)
        yield start, end, "".join(kept)
        shift += len(new) - (end - start)


@rule("NL606", "mojibake", WARNING, fix=UNSAFE)
def mojibake(document: Document, options: Options) -> Iterator[Violation]:
    """A text was decoded with the wrong encoding, so that some characters became two or three others.

    ## What it does
    Asks ftfy's `fix_encoding` whether a text for people holds characters that came from reading UTF-8 as Windows-1252,
    Latin-1, Mac Roman or another single-byte encoding, perhaps more than once. Texts over 10,000 characters are not
    looked at. A single control character such as U+0092 is NL607's affair.

    ## Why is this bad?
    Readers see `â€™` where an apostrophe should be, and nobody finds the word in a search.

    ## Example
    ```yaml
    title: "Makers of Power Apps fix the â€˜sensitive dataâ€™ leak"
    ```

    Use instead:
    ```yaml
    title: "Makers of Power Apps fix the ‘sensitive data’ leak"
    ```

    ## Fix safety
    The fix is unsafe: what the characters were is a guess, although a good one. There is none where decoding would
    leave nothing to read.
    """
    for pointer, value in odd_texts(document):
        pieces = mojibake_in(value)
        if pieces:
            start, end, meant = pieces[0]
            more = and_more(len(pieces) - 1)
            result = _redecoded(value)
            repair = Repair(
                "Decode the text again", (Rewrite(pointer, tuple(_differences(value, result))),), safe=False
            )
            yield Violation(
                pointer,
                f"{shown(value[start:end])} was decoded with the wrong encoding, where {shown(meant)} was meant{more}",
                within=(start, end),
                hint=f"Write {shown(meant)}",
                repair=None if worsened(value, result) or mojibake_in(result) else repair,
            )


@rule("NL608", "replacement-character", WARNING)
def replacement_character(document: Document, options: Options) -> Iterator[Violation]:
    r"""A text holds U+FFFD, the sign that a character was lost.

    ## What it does
    Looks for the replacement character (U+FFFD) in every text for people. Where it is part of a longer wrong decoding,
    that is NL606 and nothing else.

    ## Why is this bad?
    A program met bytes that it could not decode and put the sign in their place. What stood there is lost, and readers
    see a question mark in a diamond.

    ## Example
    ```yaml
    title: "Caf\uFFFD chain trials facial recognition"
    ```

    Use instead:
    ```yaml
    title: "Café chain trials facial recognition"
    ```
    """
    for pointer, value in odd_texts(document):
        if "\ufffd" not in value:
            continue
        told = covered((start, end) for start, end, _ in mojibake_in(value))
        found = [at for at, character in enumerate(value) if character == "\ufffd" and at not in told]
        if found:
            message = f"U+FFFD REPLACEMENT CHARACTER stands where a character was lost{and_more(len(found) - 1)}"
            within = (found[0], found[0] + 1)
            yield Violation(
                pointer, message, within=within, hint="Look up in the original what stood there, and write it"
            )
