"""Whether a found file is an article: a look at its text, so that broken YAML or a lost fence hides none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newslint.late import compiled_late
from newslint.limits import MAX_LINES_LOOKED_AT

_LINE_END = compiled_late(r"\r\n|\n|\r")


def looks_like_article(data: bytes, required: Sequence[str]) -> bool:
    """Tell whether at least half of the required field names start lines among the first 60 of a file's bytes.

    A text in UTF-16 is looked at too, so that it is reported (NL002) and not passed over.
    """
    if not required:
        return False
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = _LINE_END.split(data.decode(encoding, "replace"), MAX_LINES_LOOKED_AT)[:MAX_LINES_LOOKED_AT]
    key = _key_of(tuple(required))
    started = {match.group(1) for line in lines if (match := key.match(line))}
    return 2 * len(started) >= len(required)


@lru_cache(maxsize=16)
def _key_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression of a line that starts with one of the names as a key, with or without quotes."""
    alternatives = "|".join(map(re.escape, names))
    return re.compile(rf"""["']?({alternatives})["']?[ \t]*:""")
