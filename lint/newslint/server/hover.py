"""What is shown at a place: the page of the rule that found something there, and what the schema says of a field."""

from __future__ import annotations

from lsprotocol import types

from newslint.finding import readable_pointer
from newslint.rules import BY_CODE
from newslint.rules.page import page
from newslint.server.abilities import Abilities
from newslint.server.actions import findings_in
from newslint.server.diagnostics import span_of
from newslint.server.fields import field_page
from newslint.server.outline import outline
from newslint.server.snapshot import Snapshot


def hover(snapshot: Snapshot, position: types.Position, abilities: Abilities) -> types.Hover | None:
    """Return what is to be shown at a position, or None where there is nothing to say."""
    if snapshot.kind is None:
        return None
    text = snapshot.text
    offset = text.offset(position)
    parts: list[str] = []
    span: tuple[int, int] | None = None
    line = text.line_of(offset)
    entry = next((entry for entry in outline(text) if entry.line == line), None)
    if entry is not None and entry.key is not None and entry.key.start <= offset <= entry.key.end and entry.pointer:
        described = snapshot.kind.schema.describe(entry.pointer)
        if described is not None:
            span = entry.key
            parts.append(field_page(readable_pointer(entry.pointer), described))
    here = findings_in(snapshot, types.Range(position, position))
    parts += [page(BY_CODE[code]) for code in dict.fromkeys(finding.code for finding in here)]
    if here and span is None:
        span = span_of(here[0], text)
    if not parts or span is None:
        return None
    kind = types.MarkupKind.Markdown if abilities.markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n\n---\n\n".join(parts)), text.range(*span))
