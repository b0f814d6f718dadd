"""Which rules and which lines a comment can name, and what it excuses by that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from newslint.rules import RULES
from newslint.rules.selection import ALL, matching

OWN_CODE = "NL998"
"""The code under which wrong and unused comments are told: ALL and prefixes leave it out."""

Lines = tuple[int, int]
"""A first and a last line, 1-based."""

WHOLE_FILE: Lines = (0, 0)


@cache
def excused() -> Mapping[str, frozenset[str]]:
    """Return what each selector (a code, a prefix, a name, ALL) excuses; the empty set for what cannot be excused."""
    # NL99 would name NL998 and NL999 alone, which are no family.
    members = [rule for rule in RULES if rule.code not in (OWN_CODE, "NL999")]
    prefixes = {rule.code[:length] for rule in members for length in range(2, len(rule.code))}
    exact = {selector for rule in RULES for selector in (rule.code, rule.name)}
    mandatory = {rule.code for rule in RULES if rule.mandatory}
    found: dict[str, frozenset[str]] = {}
    for selector in (ALL, *prefixes, *exact):
        found[selector] = matching(selector) - mandatory - (frozenset() if selector in exact else {OWN_CODE})
    return found


def codes_of(selector: str) -> frozenset[str]:
    """Return the codes that a selector excuses; the empty set for one that names no rule."""
    return excused().get(selector, frozenset())
