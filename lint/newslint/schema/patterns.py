"""The regular expressions of a schema that somebody brings, in an engine whose time is bounded whatever the text is.

Python's own engine takes hours over thirty characters for some (``^(a+)+$``), and who writes the text may choose them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from newslint.late import compiled_late

Search = Callable[[str], bool]
"""Tells whether a pattern is found in a text."""

_SURROGATE = compiled_late("[\ud800-\udfff]")

_BACKTRACKS = 100_000
"""Steps back of one search with look-around or references to groups: a tenth of a second, then it is not found."""


class PatternError(ValueError):
    """A pattern that cannot be run; the message says why."""


def search_with_python(pattern: str) -> Search:
    """Return the search for a pattern of our own, which is known to be harmless; raises PatternError."""
    try:
        found = re.compile(pattern).search
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(str(error)) from error
    return lambda text: found(text) is not None


@lru_cache(maxsize=1_000)
def bounded_search(pattern: str) -> Search:
    """Return the search for a pattern (ECMA-262, as JSON Schema has them) in time that is linear in the text.

    Look-around and references to groups cannot have that; they have so many steps, and are not found after them. Raises
    PatternError for what is no pattern, or needs too much room. Where ``jsonschema-rs`` is not installed, Python's
    engine is all there is.
    """
    try:
        # Imported here because only schemas that a user brings need it.
        import jsonschema_rs as rs
    except ImportError:
        return search_with_python(pattern)
    for options in (rs.RegexOptions(), rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)):
        try:
            is_valid = rs.validator_for({"pattern": pattern}, pattern_options=options).is_valid
        except ValueError:
            continue
        return lambda text: _is_found(is_valid, text)
    raise PatternError("it is no regular expression of ECMA-262, or too large a one")


def _is_found(is_valid: Callable[[str], bool], text: str) -> bool:
    if not text.isascii() and _SURROGATE.search(text) is not None:
        # No file holds half of a character, but a post can, and jsonschema-rs must not be asked then.
        return False
    return is_valid(text)
