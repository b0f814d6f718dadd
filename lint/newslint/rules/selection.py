"""Which rules are meant: codes, prefixes, names and ALL, and which of select and ignore has the last word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newslint.near import did_you_mean
from newslint.record import Record
from newslint.rules import RULES

ALL = "ALL"
_OWN_AFFAIRS = frozenset({"NL998", "NL999"})


class UnknownRuleError(ValueError):
    """A text that names no rule."""

    def __init__(self, selector: str) -> None:
        known = [ALL, *(rule.code for rule in RULES), *(rule.name for rule in RULES)]
        super().__init__(f'"{selector}" is no rule{did_you_mean(selector, known)}')


class Layer(Record):
    """One source of selections (the configuration, the command line); ``select`` is None where it has none."""

    select: Sequence[str] | None = None
    ignore: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    extend_ignore: Sequence[str] = ()


def matching(selector: str) -> frozenset[str]:
    """Return the codes that a selector names: ALL, a code, a prefix (``NL2``) or a name.

    A prefix is a family, so ``NL9`` leaves out NL998 and NL999. Raises UnknownRuleError where it names nothing.
    """
    if selector == ALL:
        return frozenset(rule.code for rule in RULES)
    found = frozenset(rule.code for rule in RULES if selector in (rule.code, rule.name))
    if not found and selector.startswith("NL"):
        found = frozenset(rule.code for rule in RULES if rule.code.startswith(selector)) - _OWN_AFFAIRS
    if not found:
        raise UnknownRuleError(selector)
    return found


def union(selectors: Iterable[str]) -> frozenset[str]:
    """Return the codes that any of the selectors names; raises UnknownRuleError."""
    return frozenset[str]().union(*map(matching, selectors))


def selected(layers: Iterable[Layer]) -> frozenset[str]:
    """Return the codes that are on after all layers, the last layer being the strongest.

    A layer with ``select`` starts anew; without it, it changes what the layers before it left. Within a layer the more
    specific selector wins (a code over a prefix over ALL), and ignore wins a tie. Mandatory rules are always on.
    """
    chosen = frozenset(rule.code for rule in RULES if rule.default)
    for layer in layers:
        on = [*(layer.select or ()), *layer.extend_select]
        off = [*layer.ignore, *layer.extend_ignore]
        before = chosen if layer.select is None else frozenset()
        strength_on, strength_off = _strengths(on), _strengths(off)
        chosen = frozenset(
            rule.code
            for rule in RULES
            if (strength_on.get(rule.code, 0) > strength_off.get(rule.code, 0))
            or (rule.code in before and rule.code not in strength_off)
        )
    return chosen | {rule.code for rule in RULES if rule.mandatory}


def _strengths(selectors: Iterable[str]) -> dict[str, int]:
    """Return for each code how specific its most specific selector is: 1 for ALL, more for longer ones."""
    strengths: dict[str, int] = {}
    for selector in selectors:
        codes = matching(selector)
        strength = 1 if selector == ALL else len(selector) if selector.startswith("NL") else 5
        for code in codes:
            strengths[code] = max(strengths.get(code, 0), strength)
    return strengths
