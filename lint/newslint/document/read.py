"""Reading the front matter: by the accelerator where it can vouch for every part of it, else by libyaml."""

from __future__ import annotations

from newslint.document.lines import read_lines
from newslint.document.reading import Reading
from newslint.document.source import Source
from newslint.finding import Span


def read(source: Source, span: Span, *, exact: bool = False) -> Reading:
    """Read the YAML at ``span`` of the source; ``exact`` does without the accelerator. Never raises on any text."""
    if not exact and (reading := read_lines(source, span)) is not None:
        return reading
    # Imported here because libyaml takes longer to import than to read a thousand files.
    from newslint.document import events

    return events.read(source, span)
