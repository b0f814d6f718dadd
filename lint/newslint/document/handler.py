"""The strict reader as a handler of python-frontmatter: ``frontmatter.load(path, handler=StrictYAMLHandler())``."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from newslint.document import events
from newslint.document.post import rfc3339
from newslint.document.source import Coded, Fences, Source, find_fences
from newslint.finding import Span, Violation, readable_pointer
from newslint.late import compiled_late

_TIMESTAMP_TAG = "tag:yaml.org,2002:timestamp"
_TIMESTAMP = compiled_late(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_UNFOLDED = 1_000_000


class FrontMatterError(Exception):
    """The front matter is not plain, unambiguous YAML data.

    ``line`` and ``column`` are 1-based and count from the start of the text that python-frontmatter hands on (it strips
    blank space in front of the file first). Not a ValueError, because python-frontmatter swallows those in silence.
    """

    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(f"{line}:{column}: {code} {message}")
        self.code = code
        self.line = line
        self.column = column


class StrictYAMLHandler(YAMLHandler):
    """Reads what python-frontmatter's YAMLHandler reads, but loses nothing in silence.

    Timestamps stay text. A missing or unclosed front matter, a list or a scalar in its place, a repeated key, an
    anchor, an alias, a tag and a key that is no text raise :class:`FrontMatterError`, where the usual handler gives
    ``{}``, keeps the last of two values or raises one of six other exceptions. What it writes (``frontmatter.dumps``)
    is in the style of the format: fields in their order, one line each, timestamps without quotes.
    """

    def detect(self, text: str) -> bool:  # noqa: ARG002 - the signature is python-frontmatter's
        """Claim every text: one without front matter is an error here, not an article without fields."""
        return True

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML between the fences and the text after them.

        Raises FrontMatterError where there is no opening or no closing line ``---``.
        """
        source = Source("", text.removeprefix("\ufeff"), bom=text.startswith("\ufeff"))
        fences = find_fences(source)
        if not isinstance(fences, Fences):
            raise _error(source, fences)
        return source.text[fences.yaml.start : fences.yaml.end], source.text[fences.body :]

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:  # noqa: ARG002 - the same
        """Return the fields of the YAML text ``fm``; raises FrontMatterError at the first thing that is wrong in it."""
        source = Source("", fm)
        reading = events.read(source, Span(0, len(fm)))
        found = list(reading.violations)
        for pointer, reason in reading.refused.items():
            place = reading.places.value(pointer) if reading.places is not None else None
            span = Span(place.start, place.end) if place is not None else None
            found.append(
                ("NL105", Violation(pointer, f"the number at {readable_pointer(pointer)} {reason}", span=span))
            )
        if found:
            raise _error(source, min(found, key=lambda coded: _start(coded[1])))
        return reading.data or {}

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """Return the metadata as YAML text; the options are those of ``yaml.dump``."""
        options: dict[str, object] = {"Dumper": _Dumper, "sort_keys": False, "width": _UNFOLDED, **kwargs}
        return str(super().export(metadata, **options))


class _Dumper(yaml.CSafeDumper):
    """Writes what a SafeDumper writes, and timestamps as the format has them."""


def _represent_text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    tag = _TIMESTAMP_TAG if _TIMESTAMP.fullmatch(value) else "tag:yaml.org,2002:str"
    return dumper.represent_scalar(tag, value)


def _represent_datetime(dumper: _Dumper, value: datetime) -> yaml.ScalarNode:
    return dumper.represent_scalar(_TIMESTAMP_TAG, rfc3339(value))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(datetime, _represent_datetime)


def _start(violation: Violation) -> int:
    return violation.span.start if violation.span is not None else 0


def _error(source: Source, coded: Coded) -> FrontMatterError:
    code, violation = coded
    return FrontMatterError(code, violation.message, *source.position(_start(violation)))
