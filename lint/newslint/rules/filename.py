"""What the name of an article's file says, the day and the slug of ``YYYY-MM-DD-slug.ext``, and what a slug is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from newslint.late import compiled_late
from newslint.record import Record

_DATED = compiled_late(r"(\d{4})-(\d{2})-(\d{2})-([^/]+)\.[^./]+", re.ASCII)


class DatedName(Record):
    """A file's name taken apart; ``start`` is what stands before the slug, ``extension`` begins with a dot."""

    day: date
    start: str
    slug: str
    extension: str


def dated_name(name: str) -> DatedName | None:
    """Return what a file's name (without its folder) says, or None where it does not begin with a day that exists.

    The form is that of Jekyll's posts; years have four, months and days two digits.
    """
    match = _DATED.fullmatch(name)
    if match is None:
        return None
    try:
        day = date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None
    return DatedName(day, name[: match.start(4)], match.group(4), name[match.end(4) :])


def slugify(text: str) -> str:
    """Return the slug that Jekyll's ``slugify`` makes of a text in its default mode.

    Runs of anything but letters, marks and decimal digits (Unicode's categories L, M and Nd) become one hyphen, one at
    an edge goes away, and each letter becomes small by itself (``Jekyll::Utils.slugify``, Jekyll 4).
    """
    kept = [character.lower() if _belongs_to_slug(character) else "-" for character in text]
    return re.sub("-{2,}", "-", "".join(kept)).strip("-")


def _belongs_to_slug(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"
