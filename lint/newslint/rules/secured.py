"""The encrypted data of an article (NL8): a ciphertext and its initialisation vector, unharmed."""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Violation
from newslint.late import compiled_late
from newslint.quote import quote
from newslint.rules.rule import ERROR, Options, rule

if TYPE_CHECKING:
    from newslint.document.document import Document

_BLOCK_BYTES = 16
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_FOREIGN = compiled_late(r"[^A-Za-z0-9+/=]")


@rule("NL801", "invalid-secured", ERROR, replaces=("NL107",))
def invalid_secured(document: Document, options: Options) -> Iterator[Violation]:
    """The encrypted data of an article is cut off or changed.

    ## What it does
    Checks that `secured` is a ciphertext and an initialisation vector in base64 (RFC 4648, section 4) with a semicolon
    between them: the first of a multiple of 16 bytes, the second of 16 bytes. Base64 is taken strictly: no line breaks,
    the padding written out, the bits that belong to no byte zero.

    ## Why is this bad?
    The generator can no longer decrypt it. Mostly a part was lost when the long line was copied, or an editor broke it.

    ## Example
    ```yaml
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAA"
    ```

    Use instead:
    ```yaml
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """
    value = document.data.get("secured")
    if isinstance(value, str) and (wrong := _why_not_secured(value)) is not None:
        reason, within = wrong
        message = f"secured is not two texts in base64 with a semicolon between them: {reason}"
        yield Violation(("secured",), message, within=within, hint="Let the generator write the article anew")


def _why_not_secured(value: str) -> tuple[str, tuple[int, int] | None] | None:
    """Return what is wrong with a value of ``secured`` and the range of the part at fault, or None for a good one."""
    middle = value.find(";")
    if middle < 0:
        return ("there is no semicolon" if value else "it is empty"), None
    if (second := value.find(";", middle + 1)) >= 0:
        return "there is a second semicolon", (second, second + 1)
    for what, start, end in (("ciphertext", 0, middle), ("initialisation vector", middle + 1, len(value))):
        if start == end:
            return f"the {what} is missing", (middle, middle + 1)
        if (wrong := _why_not_base64(value[start:end])) is not None:
            reason, (first, last) = wrong
            return f"the {what} {reason}", (start + first, start + last)
        size = (end - start) // 4 * 3 - value.count("=", start, end)
        if size % _BLOCK_BYTES or (start and size != _BLOCK_BYTES):
            wanted = _BLOCK_BYTES if start else f"a multiple of {_BLOCK_BYTES}"
            return f"the {what} has {size:,} byte{'' if size == 1 else 's'}, where {wanted} is expected", (start, end)
    return None


def _why_not_base64(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return what is wrong with a text and where, or None where it is the one way to write some bytes in base64."""
    if _is_base64(text):
        return None
    digits = text.rstrip("=")
    padding = len(text) - len(digits)
    if foreign := _FOREIGN.search(text):
        return f"holds {_named(foreign.group())}", foreign.span()
    if (early := digits.find("=")) >= 0:
        return 'holds "=" before its end', (early, early + 1)
    if len(text) % 4:
        return f"has {len(text):,} characters, where base64 has a multiple of 4", (0, len(text))
    if padding > 2:
        return 'ends in more padding ("=") than base64 can have', (len(digits), len(text))
    if padding and _BASE64.index(digits[-1]) & (15 if padding == 2 else 3):
        return f"ends in {quote(digits[-1])}, which has bits that belong to no byte", (len(digits) - 1, len(digits))
    return None


def _is_base64(text: str) -> bool:
    """Tell whether a text is what its bytes are in base64: what does not belong there is lost on the way and back."""
    try:
        return b2a_base64(a2b_base64(text), newline=False).decode("ascii") == text
    except ValueError:
        return False


def _named(character: str) -> str:
    names = {" ": "a blank", "\t": "a tab", "\n": "a line break", "\r": "a line break"}
    shown = quote(character) if "!" <= character <= "~" else f"the character U+{ord(character):04X}"
    return names.get(character, shown)
