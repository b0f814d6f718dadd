"""Characters (NL607, NL609): a text holds none that do nothing but harm, and writes each in one way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Repair, Rewrite, Violation
from newslint.limits import MAX_TEXT_LENGTH
from newslint.rules.invisible import deletions, is_visible, reason, unwanted, worsened
from newslint.rules.mojibake import mojibake_in
from newslint.rules.rule import ERROR, INFO, SAFE, Options, rule
from newslint.rules.text import Piece, and_more, covered, is_blank, label, rewritten, shown
from newslint.rules.values import odd_texts

if TYPE_CHECKING:
    from newslint.document.document import Document


def _at_fault(text: str) -> list[int]:
    """Return the positions of unwanted characters, without those that a wrong decoding has made (NL606)."""
    positions = unwanted(text)
    told = covered((start, end) for start, end, _ in mojibake_in(text)) if positions else {}
    return [at for at in positions if at not in told]


@rule("NL607", "control-character", ERROR, fix=SAFE)
def control_character(document: Document, options: Options) -> Iterator[Violation]:
    r"""A text holds a control character, or an invisible one that does nothing where it stands.

    ## What it does
    Looks in every text for people for

    - control characters: C0 other than tab and line breaks, delete, and C1 other than next line;
    - the soft hyphen (U+00AD), zero width space (U+200B), word joiner (U+2060), byte order mark (U+FEFF), the
      bidirectional embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069), and what else Unicode calls
      default ignorable and gives no use in a text (U+2061 to U+2065, U+206A to U+206F, U+FFF0 to U+FFF8, U+E0001);
    - joiners (U+200C, U+200D) and directional marks (U+061C, U+200E, U+200F) that do nothing;
    - tags (U+E0020 to U+E007F) that spell no flag, variation selectors behind what has no variants, and fillers and
      other invisible characters of a script (such as U+3164) in a text of another one.

    A joiner does something between two pictographs (UTS #51, ED-16, and UAX #29, GB11) and beside a letter of a script
    that joins, such as Arabic or Devanagari (Unicode Standard, section 23.2; RFC 5892, appendix A, has a narrower rule
    for domain names). A directional mark does something in a text with right-to-left letters (UAX #9, section 2.6), a
    zero width space beside a letter of a script without spaces, such as Khmer (Unicode Standard, section 23.2), a
    variation selector behind an emoji, a symbol or an ideograph, a tag behind a black flag (UTS #51, ED-14a). What
    belongs to a longer wrong decoding is NL606's affair.

    ## Why is this bad?
    Nobody sees these characters, so nobody finds them: the word is not found in a search, two equal titles differ, a
    terminal or a feed reader stumbles, an override shows other words than the file has, and tags and selectors can
    carry whole sentences that programs read and people do not.

    ## Example
    ```yaml
    title: "Data\u00ADverse plug-ins now in public preview"
    ```

    Use instead:
    ```yaml
    title: "Dataverse plug-ins now in public preview"
    ```

    ## Fix safety
    The fix deletes the characters. A line tabulation, form feed or filler between words becomes a space, and a C1
    control becomes the character that Windows-1252 has at its number, as in browsers (HTML Standard, "numeric character
    reference end state"). There is no fix where nothing to read would be left.
    """
    for pointer, value in odd_texts(document):
        if is_visible(value) or is_blank(value):
            continue
        positions = _at_fault(value)
        if positions:
            at = positions[0]
            pieces = deletions(value, positions)
            place = "at the start of" if at == 0 else "at the end of" if at == len(value) - 1 else "in"
            hint = f"Write {shown(pieces[0][2])}" if pieces[0][2] else "Delete it"
            repair: Repair | None = Repair("Delete the invisible characters", (Rewrite(pointer, tuple(pieces)),))
            result = rewritten(value, pieces)
            # What is left may look decoded in another way than before; then a person has to look at it.
            if worsened(value, result) or _at_fault(result):
                hint, repair = "Write the text that should stand here", None
            yield Violation(
                pointer,
                f"{label(value[at])} stands {place} the text: it {reason(value, at)}{and_more(len(positions) - 1)}",
                within=(at, at + 1),
                hint=hint,
                repair=repair,
            )


def _not_normalised(text: str) -> list[Piece]:
    """Return the sequences of a text that NFC writes otherwise: a character and the marks that belong to it."""
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _belongs_to_the_one_before(text[end]):
            continue
        sequence = text[start:end]
        if not sequence.isascii() and (normal := unicodedata.normalize("NFC", sequence)) != sequence:
            pieces.append((start, end, normal))
        start = end
    return pieces


def _belongs_to_the_one_before(character: str) -> bool:
    """Tell whether a character can be composed with the one before it: marks, and Korean vowels and finals."""
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character)[0] == "M"


def _code_points(text: str) -> str:
    shown_first = " ".join(f"U+{ord(character):04X}" for character in text[:4])
    return shown_first + (f" and {len(text) - 4:,} more" if len(text) > 4 else "")


@rule("NL609", "not-normalised", INFO, fix=SAFE)
def not_normalised(document: Document, options: Options) -> Iterator[Violation]:
    r"""A character is not written in the one way that Unicode calls normal.

    ## What it does
    Checks that every text for people is in Unicode Normalization Form C (UAX #15), which is what nearly all programs
    write: `é` is one character, U+00E9, not an `e` and an accent. Texts over 10,000 characters are not looked at.

    ## Why is this bad?
    The two look the same and are not equal: a search finds one and not the other, and a topic is listed twice.

    ## Example
    ```yaml
    title: "Cafe\u0301 chain trials facial recognition"
    ```

    Use instead:
    ```yaml
    title: "Café chain trials facial recognition"
    ```
    """
    for pointer, value in odd_texts(document):
        if value.isascii() or len(value) > MAX_TEXT_LENGTH:
            continue
        if unicodedata.is_normalized("NFC", value) or is_blank(value):
            continue
        pieces = _not_normalised(value)
        if pieces:
            start, end, normal = pieces[0]
            written, expected = _code_points(value[start:end]), _code_points(normal)
            yield Violation(
                pointer,
                f"{shown(normal)} is written as {written}, where NFC has {expected}{and_more(len(pieces) - 1)}",
                within=(start, end),
                hint="Write it as Unicode's Normalization Form C has it",
                repair=Repair("Normalise the text to NFC", (Rewrite(pointer, tuple(pieces)),)),
            )
