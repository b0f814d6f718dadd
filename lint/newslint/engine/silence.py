"""One fault, one finding: which violations keep silent because another one has said it already."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.document.source import Coded
from newslint.finding import Pointer
from newslint.rules import BY_CODE

_READING = "NL0"


def keep(
    coded: Sequence[Coded],
    unjudged: frozenset[Pointer] = frozenset(),
    incomplete: frozenset[Pointer] = frozenset(),
    refused: frozenset[Pointer] = frozenset(),
) -> list[Coded]:
    """Return the violations that are to be told.

    Dropped are those at or below a value that is not judged, of a field missing from a mapping that may get it from
    elsewhere, at or resting on a value after whose finding nothing else is said, of a rule whose premise another
    finding took away, and of a code that another finding at the same place stands in for.
    """
    spoken: dict[Pointer, set[str]] = {}
    settled: set[Pointer] = set(refused)
    for code, violation in coded:
        if violation.part == "value":
            spoken.setdefault(violation.pointer, set()).add(code)
            if BY_CODE[code].final:
                settled.add(violation.pointer)
    # What a rule says of a number that cannot be used, which is 0 in the data, is not told and replaces nothing.
    replaced = {
        (code, pointer)
        for pointer, codes in spoken.items()
        if pointer not in refused
        for other in codes
        for code in BY_CODE[other].replaces
    }
    kept: list[Coded] = []
    for code, violation in coded:
        rule, pointer = BY_CODE[code], violation.pointer
        if not _is_of_reading(code):
            if unjudged and any(_is_below(place, unjudged) for place in (pointer, *violation.uses)):
                continue
            if violation.part == "missing" and pointer[:-1] in incomplete:
                continue
        places = (pointer, *violation.uses)
        if settled and not _speaks_last(code, pointer, refused) and any(_is_below(place, settled) for place in places):
            continue
        if rule.silent_after and any(rule.silent_after & spoken.get(place, set()) for place in places):
            continue
        if (code, pointer) in replaced and violation.part == "value":
            continue
        kept.append((code, violation))
    return kept


def _is_of_reading(code: str) -> bool:
    """Tell whether reading speaks with this code: what it says of the text no value can settle."""
    return code.startswith(_READING) and BY_CODE[code].check is None


def _is_below(pointer: Pointer, places: frozenset[Pointer] | set[Pointer]) -> bool:
    """Tell whether a pointer is one of the places or lies in one of them."""
    return any(pointer[:length] in places for length in range(len(pointer) + 1))


def _speaks_last(code: str, pointer: Pointer, refused: frozenset[Pointer]) -> bool:
    """Tell whether this is the finding that settles its value, or one about the text, which no value settles."""
    return _is_of_reading(code) or BY_CODE[code].final or (code == "NL105" and pointer in refused)
