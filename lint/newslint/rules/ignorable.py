"""When a character that a program may leave out when it shows a text does something where it stands.

Unicode calls them default ignorable (DerivedCoreProperties.txt, Default_Ignorable_Code_Point; Unicode Standard, section
5.21). Here are those that are for certain neighbours and are no joiner, directional mark or zero width space, which
``newslint.rules.invisible`` judges. Where Unicode leaves room, a character is taken for one that does something.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from newslint.late import compiled_late

FILLERS: Final = "\u115f\u1160\u3164\uffa0"
"""Empty letters, which keep a place in a Korean syllable and show as a blank elsewhere (section 18.6)."""

TAGS: Final = "\U000e0020-\U000e007f"
"""A range of a set of characters: invisible letters, which spell the region of a flag (UTS #51, ED-14a)."""

SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Ranges of a set of characters: they choose between forms of the character before them (section 23.4)."""

DEPENDENT: Final = (
    f"\u034f{FILLERS}\u17b4\u17b5\u180b-\u180f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a{SELECTORS}{TAGS}"
)
"""What :func:`does_something` judges, as ranges of a set of characters."""

SHOWN_BY_PYTHON: Final = f"\u034f{FILLERS}\u17b4\u17b5\u180b-\u180d\u180f{SELECTORS}"
"""Those among them that ``str.isprintable`` takes for visible, because they are letters or marks."""

_FLAG = compiled_late("\U0001f3f4\ufe0f?[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,7}\U000e007f")
"""The flag of a part of a country: a black flag, the tags of its code, and the one that ends them (UTS #51, C.1)."""

_TAG = compiled_late(f"[{TAGS}]")
_SELECTOR = compiled_late(f"[{SELECTORS}]")
_DEPENDS = compiled_late(f"[{DEPENDENT}]")
_KEYCAPS: Final = "0123456789#*"
_LAST_LETTER: Final = "\u052f"
"""Up to here letters are Latin, Greek or Cyrillic, none of which has a variant (StandardizedVariants.txt)."""

_NEAR: Final = 3
"""How far away its neighbour may be: a Korean syllable has three parts."""

_NEIGHBOURS = (
    (compiled_late("[\u115f\u1160]"), compiled_late("[\u1100-\u115e\u1161-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")),
    (compiled_late("\u3164"), compiled_late("[\u3131-\u3163\u3165-\u318e]")),
    (compiled_late("\uffa0"), compiled_late("[\uffa1-\uffdc]")),
    (compiled_late("[\u17b4\u17b5]"), compiled_late("[\u1780-\u17b3\u17b6-\u17ff]")),
    (compiled_late("[\u180b-\u180f]"), compiled_late("[\u1800-\u180a\u1810-\u18af\U00011660-\U0001167f]")),
    (compiled_late("[\U0001bca0-\U0001bca3]"), compiled_late("[\U0001bc00-\U0001bc9f]")),
    (compiled_late("[\U0001d173-\U0001d17a]"), compiled_late("[\U0001d100-\U0001d172\U0001d17b-\U0001d1ff]")),
)
"""Characters of a script or a notation, and the others of it, which they need near them."""


def spelled_flags(text: str) -> set[int]:
    """Return the positions of the tags in a text that belong to a flag."""
    if _TAG.search(text) is None:
        return set()
    return {at for flag in _FLAG.finditer(text) for at in range(flag.start() + 1, flag.end())}


def does_something(text: str, position: int, flags: set[int]) -> bool:
    """Tell whether a character of ``DEPENDENT`` has the neighbour that it is for.

    ``flags`` are the positions that :func:`spelled_flags` has found. Takes the same time wherever it stands.
    """
    character = text[position]
    before = text[position - 1] if position > 0 else ""
    if _TAG.match(character):
        return position in flags
    if _SELECTOR.match(character):
        return _has_variants(before) if character < "\U000e0100" else _is_ideograph(before)
    if character == "\u034f":
        return _is_word(before) and _is_word(text[position + 1 : position + 2])
    near = text[max(0, position - _NEAR) : position + _NEAR + 1]
    return any(kind.match(character) and other.search(near) for kind, other in _NEIGHBOURS)


def _has_variants(base: str) -> bool:
    """Tell whether a character may have an emoji, a text or another standardized form."""
    if base in _KEYCAPS:
        return base != ""
    if base.isascii() or (base <= _LAST_LETTER and base.isalpha()):
        return False
    return unicodedata.category(base)[0] in "LMNPS" and _DEPENDS.match(base) is None


def _is_ideograph(character: str) -> bool:
    """Tell whether a character stands in the blocks of ideographs: only they have more than 16 forms (UTS #37)."""
    # Compared, since a set of so many characters takes 20 ms to compile.
    blocks = (
        ("\u3005", "\u3007"),
        ("\u3400", "\u9fff"),
        ("\uf900", "\ufaff"),
        ("\U00017000", "\U00018dff"),
        ("\U0001b170", "\U0001b2ff"),
        ("\U00020000", "\U0003ffff"),
    )
    return any(first <= character <= last for first, last in blocks)


def _is_word(character: str) -> bool:
    """Tell whether a character is a letter or a mark that can be seen: a joiner of graphemes works between two."""
    return character != "" and unicodedata.category(character)[0] in "LM" and _DEPENDS.match(character) is None
