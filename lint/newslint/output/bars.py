"""Bars and small charts of text, for the formats for people; plain signs where the terminal has no others."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_PLAIN_HEIGHTS = "_.:-=+*#"


def bar(part: int, whole: int, width: int, *, plain: bool = False) -> str:
    """Return a bar that is ``width`` cells long where ``part`` is ``whole``; something is never nothing."""
    if not part or not whole:
        return ""
    eighths = max(round(8 * width * part / whole), 1)
    if plain:
        return "#" * max(round(eighths / 8), 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def heights(numbers: Sequence[int], most: int, *, plain: bool = False) -> str:
    """Return one sign a number, as high as the number beside ``most``; a dot for none."""
    signs = _PLAIN_HEIGHTS if plain else _HEIGHTS
    none = " " if plain else "·"
    return "".join(signs[max(-(-number * 8 // most) - 1, 0)] if number else none for number in numbers)
