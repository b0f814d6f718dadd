"""The ways in which texts are written that a schema can say: formats, which mean something, and forms of identifiers.

A pattern holds neither a backslash nor a dot, so that the accelerators of the schema check take it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from newslint.late import compiled_late
from newslint.record import Record
from newslint.rules.hosts import why_no_domain
from newslint.rules.timestamps import Timestamp, parse_timestamp
from newslint.url import URL, parse_url

_DAY = "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_BASE64 = "[A-Za-z0-9+/]+={0,2}"

_HOST_END = compiled_late(r"\.[a-z]{2,}")
_FILE_ENDINGS: Final = frozenset(
    {
        *("avif", "bmp", "css", "csv", "doc", "docx", "gif", "gz", "htm", "html", "ico", "ics", "jpeg", "jpg", "js"),
        *("json", "markdown", "md", "mov", "mp3", "mp4", "odt", "ogg", "pdf", "php", "png", "ppt", "pptx", "py", "rb"),
        *("rss", "svg", "tar", "tex", "toml", "ts", "tsv", "txt", "wav", "webm", "webp", "xls", "xlsx", "xml", "yaml"),
        *("yml", "zip"),
    }
)
_LEAST_BASE64: Final = 16
_LEAST_HEX: Final = 8


class Writing(Record):
    """One way of writing: the test of a text, what a schema says of it, and what people call it.

    ``keywords`` are those of a subschema; ``pattern`` is the expression between ``^`` and ``$`` where there is one.
    """

    name: str
    test: Callable[[str], bool]
    keywords: dict[str, Any]
    pattern: str = ""


def _patterned(name: str, pattern: str, also: Callable[[str], bool] | None = None) -> Writing:
    matches = compiled_late(pattern, re.ASCII).fullmatch
    test = (lambda text: matches(text) is not None and also(text)) if also else (lambda text: matches(text) is not None)
    return Writing(name, test, {"pattern": f"^{pattern}$"}, pattern)


def _is_day(text: str) -> bool:
    if len(text) != 10:
        return False
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_host(text: str) -> bool:
    """Tell whether a text is a host's name, and looks like one: ``news`` and ``photo.jpg`` do not."""
    ending = text.rpartition(".")[2]
    has_ending = _HOST_END.fullmatch(f".{ending}") is not None or ending.startswith("xn--")
    return "." in text and has_ending and ending not in _FILE_ENDINGS and why_no_domain(text) is None


FORMATS: Final = (
    Writing("date-time", lambda text: isinstance(parse_timestamp(text), Timestamp), {"format": "date-time"}),
    Writing("date", _is_day, {"format": "date"}),
    _patterned("moment", f"{_DAY}([T ]{_TIME}( ?([+-][0-9]{{2}}:?[0-9]{{2}}|Z))?)?"),
    Writing("uri", lambda text: isinstance(parse_url(text), URL), {"format": "uri"}),
    Writing("hostname", _is_host, {"format": "hostname"}),
)
"""What is hardly ever written by chance: one value is enough to believe it. The first that fits all values is taken."""

FORMS: Final = (
    _patterned("uuid", "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"),
    _patterned("digits", "[0-9]+"),
    _patterned("hex", "[0-9a-f]+", lambda text: len(text) >= _LEAST_HEX),
    _patterned("base64", _BASE64, lambda text: len(text) >= _LEAST_BASE64 and len(text) % 4 == 0),
    _patterned(
        "two in base64", f"{_BASE64};{_BASE64}", lambda text: all(len(part) % 4 == 0 for part in text.split(";"))
    ),
    _patterned("path", "/[^ ]*"),
    _patterned("slug", "[a-z0-9]+(-[a-z0-9]+)*"),
    _patterned("token", "[A-Za-z0-9_-]+", lambda text: len(text) >= _LEAST_HEX),
)
"""What identifiers look like; it takes many different values to believe it."""

ALL: Final = (*FORMATS, *FORMS)
