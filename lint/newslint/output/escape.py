"""The one place where what comes from files, names and parsers is made harmless for a terminal and for a CI's log."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from newslint.late import compiled_late

# C0 and C1 controls, DEL, the bidirectional controls of Unicode (UAX #9) and lone surrogates; and what nobody sees,
# so that a finding about it shows it: soft hyphen, zero width space, word joiner, byte order mark, fillers, tags, no
# characters. Joiners and variation selectors stay: emoji are made with them.
_SEEN_BY_NOBODY = (
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164"
    r"\ud800-\udfff\ufeff\uffa0\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
COMMAND = r"#(?=#(?:vso|teamcity)?\[)"
"""What opens a command anywhere in a line of a log: ##[ for GitHub's runner, ##vso[ Azure's agent, ##teamcity[."""

_UNSAFE = compiled_late(f"{_SEEN_BY_NOBODY}|{COMMAND}")
# What XML 1.0 forbids or advises against (section 2.2, "Char"), which is also what strict readers of JSON and databases
# refuse: controls other than tab and line ends, lone surrogates, U+FFFE and U+FFFF.
_UNPORTABLE = compiled_late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NAMES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def terminal(text: str) -> str:
    r"""Return a text with everything that could steer a terminal written as an escape (``\x1b``, ``\u202e``).

    So is the first sign of what a CI's log takes for a command wherever it stands, such as ``##vso[``.
    """
    # Nearly all texts are so, and to see that takes a tenth of the time of the expression. The two fillers are letters.
    if text.isprintable() and "#" not in text and "\u3164" not in text and "\uffa0" not in text:
        return text
    return _UNSAFE.sub(_escape, text)


def line_start(text: str) -> str:
    r"""Return a text for the start of a line, escaped; a ``::`` there becomes ``\x3a:``.

    GitHub's runner takes a line that begins with ``::``, blanks aside, for a workflow command.
    """
    shown = terminal(text)
    return shown.replace(":", r"\x3a", 1) if "::" in shown and shown.lstrip().startswith("::") else shown


def portable(text: str) -> str:
    """Return a text with what XML, strict JSON readers or databases refuse written as an escape; the rest stays."""
    return _UNPORTABLE.sub(_escape, text)


def is_portable(text: str) -> bool:
    """Tell whether ``portable`` leaves a text as it is, so that a fix may carry it."""
    return _UNPORTABLE.search(text) is None


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        # A byte of a file name that is no UTF-8 (PEP 383).
        return f"\\x{code - 0xDC00:02x}"
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _NAMES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def width(text: str) -> int:
    """Return how many cells of a terminal a text fills when it is escaped.

    Wide characters fill two (UAX #11), combining ones none; an emoji of several characters fills as many as its parts,
    which is what most terminals give it.
    """
    text = terminal(text)
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        # The latter are the vowels and finals of decomposed Hangul, which join the syllable's wide first letter.
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
