"""The near miss: which known word somebody may have meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.limits import MAX_NEAR_MISS_LENGTH

_CLOSE_ENOUGH = 0.75


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is close to ``word`` (letter case aside), or None where none is.

    Words over 64 characters are not searched for: the search is quadratic.
    """
    if not word or len(word) > MAX_NEAR_MISS_LENGTH:
        return None
    # Imported here because a clean file never needs it.
    from difflib import get_close_matches

    by_folded = {other.casefold(): other for other in known if len(other) <= MAX_NEAR_MISS_LENGTH}
    folded = word.casefold()
    if folded in by_folded:
        return by_folded[folded]
    close = get_close_matches(folded, by_folded, n=1, cutoff=_CLOSE_ENOUGH)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean "...")``, or an empty text where nothing is close: to be put behind a message."""
    found = near_miss(word, known)
    return f' (did you mean "{found}"?)' if found else ""
