"""Which invisible characters have no business in a text for people, and which ones do something where they stand.

Most are unwanted anywhere. The others depend on their neighbours: Unicode gives them a function in certain scripts.
RFC 5892 (appendix A.1 and A.2) and UAX #31 (section 2.3) say where an identifier may hold a joiner; prose does more:
Bengali has one before its virama, Persian a non-joiner after letters that never join (Unicode Standard, chapters 9, 12
and 23). So here a joiner is fine next to any letter of a script that joins, and between two pictographs.
"""

from __future__ import annotations

import re
from functools import cache

from newslint.late import compiled_late
from newslint.rules.ignorable import DEPENDENT, FILLERS, SHOWN_BY_PYTHON, does_something, spelled_flags
from newslint.rules.text import WHITE, Piece, is_blank, shown

_PLAIN = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2060-\u206f\ufeff"
    # Default ignorable, and no characters (yet), or deprecated.
    "\ufff0-\ufff8\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
_DEPENDENT = f"\u061c\u200b-\u200f{DEPENDENT}"
_CANDIDATE = compiled_late(f"[{_PLAIN}{_DEPENDENT}]")
_ALWAYS = compiled_late(f"[{_PLAIN}]")
_RUN = compiled_late(f"[{_PLAIN}{_DEPENDENT}]+")
_WITH_NEIGHBOURS = compiled_late(f"[{DEPENDENT}]")
_SHOWN_BY_PYTHON = compiled_late(f"[{SHOWN_BY_PYTHON}]")
_MARKS = "\u061c\u200e\u200f"
_BLANKS = compiled_late(f"[\v\f{FILLERS}]+")
_NO_BLANKS = compiled_late(f"(?![{FILLERS}])[{_DEPENDENT}]")

_JOINS = compiled_late(
    # Hebrew, Arabic and their kin
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U0001e900-\U0001e95f"
    "\u0900-\u0dff\u0f00-\u109f\u1700-\u18af\u1900-\u1aaf\u1b00-\u1c4f\u1cd0-\u1cff\ua800-\uaaff\uabc0-\uabff\U00011000-\U00011fff]"
)
"""The blocks of the scripts whose letters join or form conjuncts: the Semitic, Indic and Central Asian ones."""

_PICTOGRAPH = compiled_late(
    "[©®\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\U0001fc00-\U0001fffd]"
)
"""The blocks that hold Extended_Pictographic; between two a joiner makes one emoji (UAX #29, GB11; UTS #51, ED-16)."""

_RIGHT_TO_LEFT = compiled_late(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of right-to-left scripts: without such a letter a directional mark has nothing to turn (UAX #9, 2.6)."""

_WITHOUT_SPACES = compiled_late(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a00-\u1aaf\u1b00-\u1b7f\ua980-\uaadf]"
)
"""The blocks of scripts that put a zero width space where others put a space (Unicode Standard, section 23.2)."""

_VARIATION_SELECTOR = "\ufe0f"


def is_visible(text: str) -> bool:
    """Tell quickly whether a text holds nothing that could be unwanted; most do."""
    return text.isprintable() and (text.isascii() or _SHOWN_BY_PYTHON.search(text) is None)


def unwanted(text: str) -> list[int]:
    """Return the positions of the characters of a text that are invisible and do nothing where they stand.

    These are the controls (C0, DEL and C1; tab, line feed, carriage return and next line are white space), the soft
    hyphen, word joiner, byte order mark, the bidirectional embeddings, overrides and isolates, the other default
    ignorable characters that nothing is for, and those without function that are for certain neighbours: joiners,
    directional marks, zero width spaces, variation selectors, tags, fillers.
    """
    if is_visible(text):
        return []
    found = [match.start() for match in _CANDIDATE.finditer(text)]
    if not found:
        return []
    turns = _RIGHT_TO_LEFT.search(text) is not None
    flags = spelled_flags(text)
    return [at for at in found if not (turns if text[at] in _MARKS else _does_something(text, at, flags))]


def _does_something(text: str, position: int, flags: set[int]) -> bool:
    """Tell whether a character has a neighbour that it is for; ``flags`` are the places of tags that spell one."""
    character = text[position]
    if _WITH_NEIGHBOURS.match(character):
        return does_something(text, position, flags)
    if character not in "\u200b\u200c\u200d":
        return False
    before, after = position - 1, position + 1
    while before >= 0 and _ALWAYS.match(text, before):
        before -= 1
    while after < len(text) and _ALWAYS.match(text, after):
        after += 1
    if character == "\u200b":
        return _is(_WITHOUT_SPACES, text, before) or _is(_WITHOUT_SPACES, text, after)
    if _is(_JOINS, text, before) or _is(_JOINS, text, after):
        return True
    while before >= 0 and text[before] == _VARIATION_SELECTOR:
        before -= 1
    return character == "\u200d" and _is(_PICTOGRAPH, text, before) and _is(_PICTOGRAPH, text, after)


def _is(kind: re.Pattern[str], text: str, position: int) -> bool:
    return position >= 0 and kind.match(text, position) is not None


def as_windows_1252(text: str) -> str:
    """Return a text with each C1 control replaced by what Windows-1252 has at its number, where it has something.

    It is what browsers make of these numbers (HTML Standard, "numeric character reference end state").
    """
    return text.translate(_windows_1252())


@cache
def _windows_1252() -> dict[int, str]:
    # Made when it is asked for: Python has to look for the encoding first.
    decoded = {code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
    return {code: character for code, character in decoded.items() if character}


def deletions(text: str, positions: list[int]) -> list[Piece]:
    """Return what mends unwanted characters: mostly they go; what keeps words apart becomes a space.

    A C1 control becomes the character that Windows-1252 has at its number, because that is what it was.
    """
    chosen = set(positions)
    pieces: list[Piece] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start < end:
            stop = start
            while stop < end and (stop in chosen) == (start in chosen):
                stop += 1
            if start in chosen:
                pieces.append((start, stop, _replacement(text, start, stop)))
            start = stop
    return pieces


def _replacement(text: str, start: int, end: int) -> str:
    new = as_windows_1252(text[start:end])
    words = _ALWAYS.sub("", _BLANKS.sub(" ", _NO_BLANKS.sub("", new)))
    if start == 0 or text[start - 1] in WHITE:
        words = words.lstrip(" ")
    if end == len(text) or text[end] in WHITE:
        words = words.rstrip(" ")
    return words


def reason(text: str, position: int) -> str:
    """Return why a character is unwanted: what follows "it" in a sentence."""
    character = text[position]
    if character in "\u200c\u200d":
        return "joins or parts nothing here"
    if character in FILLERS:
        return "shows as a blank and fills nothing here"
    if _WITH_NEIGHBOURS.match(character):
        hides = character >= "\U000e0020"
        return "is invisible and can hide a text from people" if hides else "is invisible and does nothing here"
    if character in _MARKS:
        return "turns nothing here"
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return "is invisible and can turn the text around"
    if character < " " or "\x7f" <= character <= "\x9f":
        meant = as_windows_1252(character)
        return "is a control character" + (f", in the place of {shown(meant)}" if meant != character else "")
    return "is invisible"


def worsened(before: str, after: str) -> bool:
    """Tell whether a rewriting would leave nothing to read, or more unwanted characters than there were."""
    left = unwanted(after)
    return len(left) > len(unwanted(before)) or is_blank(_RUN.sub("", after) if left else after)
