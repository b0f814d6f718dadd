"""White space (NL602, NL603): a text begins and ends with something to read, and has single blanks inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Repair, Rewrite, Violation
from newslint.late import compiled_late
from newslint.quote import listed
from newslint.rules.mojibake import mojibake_in
from newslint.rules.rule import INFO, SAFE, WARNING, Options, rule
from newslint.rules.text import LINE_BREAKS, WHITE, Piece, and_more, covered, is_blank, label, rewritten
from newslint.rules.values import odd_texts

if TYPE_CHECKING:
    from newslint.document.document import Document

_RUN = compiled_late(f"[{WHITE}]{{2,}}|[{LINE_BREAKS}]")
_TWO_BLANKS = compiled_late(r"\s\s")
_LINE_BREAK = compiled_late(f"\r\n|[{LINE_BREAKS}]")
_WORDS = {" ": ("a space", "spaces"), "\t": ("a tab", "tabs"), "\n": ("a line break", "line breaks")}
_KINDS_NAMED = 4


def _described(run: str) -> str:
    """Return ``2 spaces``, ``a line break`` or ``a space and U+00A0 NO-BREAK SPACE``."""
    characters = run.replace("\r\n", "\n").replace("\r", "\n")
    kinds: list[str] = []
    for character in dict.fromkeys(characters):
        count = characters.count(character)
        if character in _WORDS:
            one, many = _WORDS[character]
            kinds.append(one if count == 1 else f"{count:,} {many}")
        else:
            kinds.append(label(character) + (f" ({count:,} times)" if count > 1 else ""))
    if len(kinds) > _KINDS_NAMED:
        kinds[_KINDS_NAMED - 1 :] = [f"{len(kinds) - _KINDS_NAMED + 1} other kinds of blanks"]
    return listed(kinds, "and")


def _halves(text: str) -> dict[int, int]:
    """Return the positions that belong to a wrongly decoded character (NL606's affair), each with where that ends.

    A blank can only be its second half: UTF-8 has bytes with the values of U+0085 and U+00A0. A text whose other blanks
    are mended may look decoded in another way than before; then its rule has no fix, and a person has to look at it.
    """
    if "\xa0" not in text and "\x85" not in text:
        return {}
    return covered((start, end) for start, end, _ in mojibake_in(text))


def _edges(text: str, in_block: bool) -> list[Piece]:
    """Return the white space at the start and at the end of a text that is not blank, each to be deleted."""
    pieces: list[Piece] = []
    if start := len(text) - len(text.lstrip(WHITE)):
        pieces.append((0, start, ""))
    end = len(text) - 1 if in_block and text[-1] == "\n" else len(text)
    start = len(text.rstrip(WHITE))
    if start < end and (start := _halves(text).get(start, start)) < end:
        pieces.append((start, end, ""))
    return pieces


@rule("NL602", "edge-whitespace", WARNING, fix=SAFE)
def edge_whitespace(document: Document, options: Options) -> Iterator[Violation]:
    """A text begins or ends with white space.

    ## What it does
    Checks both edges of every text for people for white space of any kind, no-break spaces included. The line break
    that ends a block scalar (`|` or `>`) belongs to the way it is written and is none.

    ## Why is this bad?
    Headlines are no longer aligned, two equal titles count as different, and a no-break space at the end of an excerpt
    keeps a link from wrapping. Mostly the text was cut out of a page together with its surroundings.

    ## Example
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon "
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    ```
    """
    for pointer, value in odd_texts(document):
        # Python strips some characters that are no white space here; it is the quick way to pass the clean ones.
        if value.strip() == value or is_blank(value):
            continue
        in_block = document.style(pointer) in ("literal", "folded")
        pieces = _edges(value, in_block)
        if pieces:
            repair = Repair("Delete the white space at the edges", (Rewrite(pointer, tuple(pieces)),))
            what = " and ".join(
                f"{'ends' if start else 'begins'} with {_described(value[start:end])}" for start, end, _ in pieces
            )
            yield Violation(
                pointer,
                f"the text {what}, where a visible character is expected",
                within=pieces[0][:2],
                hint="Delete the white space",
                repair=None if not value.isascii() and _edges(rewritten(value, pieces), in_block) else repair,
            )


def _is_certainly_fine(text: str) -> bool:
    """Tell, as quickly as can be, whether a text has neither two blanks in a row nor a line break."""
    if text.isprintable():
        # Then its only white space are spaces.
        return "  " not in text
    return not _TWO_BLANKS.search(text) and not any(line_break in text for line_break in LINE_BREAKS)


def _inside(text: str, in_literal: bool) -> list[Piece]:
    """Return the runs of blanks, and the line breaks, between the edges of a text, each with the blank to put there."""
    pieces: list[Piece] = []
    halves = _halves(text)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text):
            continue
        # Lines and their indentation in a literal block are as their author wrote them.
        if in_literal and _LINE_BREAK.search(match.group()):
            continue
        start = halves.get(start, start)
        if _RUN.fullmatch(text, start, end):
            pieces.append((start, end, _single(text[start:end])))
    return pieces


def _single(run: str) -> str:
    """Return the one blank that stands for a run: its own kind where it has one that is not ASCII, else a space."""
    first = run[0]
    return first if not first.isascii() and first not in LINE_BREAKS and run.count(first) == len(run) else " "


@rule("NL603", "repeated-whitespace", INFO, fix=SAFE)
def repeated_whitespace(document: Document, options: Options) -> Iterator[Violation]:
    """A text has several blanks in a row, or a line break, between its words.

    ## What it does
    Looks in every text for people, as it is after decoding, for two or more blanks in a row (any Unicode white space)
    and for line breaks. A line that YAML folds is one space after decoding, and the lines of a literal block (`|`) are
    what their author wrote: both are fine. White space at the edges is NL602's affair.

    ## Why is this bad?
    Browsers show one space, so nobody sees it; search, comparison and every other program see two. No-break spaces
    between ordinary ones are shown, and tear holes into the line.

    ## Example
    ```yaml
    title: "Live facial recognition  helps deliver justice in Croydon"
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    ```
    """
    for pointer, value in odd_texts(document):
        if _is_certainly_fine(value) or is_blank(value):
            continue
        in_literal = document.style(pointer) == "literal"
        pieces = _inside(value, in_literal)
        if pieces:
            start, end, _ = pieces[0]
            repair = Repair("Write a single blank", (Rewrite(pointer, tuple(pieces)),))
            more = and_more(len(pieces) - 1)
            yield Violation(
                pointer,
                f"the text has {_described(value[start:end])} inside, where a single blank is expected{more}",
                within=(start, end),
                hint="Write a single blank",
                repair=None if not value.isascii() and _inside(rewritten(value, pieces), in_literal) else repair,
            )
