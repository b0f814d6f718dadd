"""How the tests of this folder edit: YAML and changes in, the new YAML out, read again and compared with what was meant."""

from __future__ import annotations

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Coded, Fences, Source, find_fences
from newslint.edits.edits import edits_of
from newslint.edits.intended import intended, same
from newslint.edits.text import apply
from newslint.finding import Change


def read_text(text: str) -> tuple[Document, list[Coded]]:
    """Read the whole text of a file."""
    source = Source("a.md", text)
    fences = find_fences(source)
    assert isinstance(fences, Fences), fences
    reading = events.read(source, fences.yaml)
    return Document("a.md", reading, source, fences), reading.violations


def edited(yaml: str, *changes: Change) -> str:
    """Return YAML after changes; what it says then is checked. Raises Refused for what cannot be written."""
    fence = "---\r\n" if "\r\n" in yaml else "---\n"
    document, violations = read_text(f"{fence}{yaml}{fence}the body: # stays\n")
    assert violations == []
    assert document.source is not None
    wanted, _ = intended(document.data, changes)
    text = apply(document.source.text, edits_of(document, changes))
    new, violations = read_text(text)
    assert violations == []
    assert same(new.data, wanted)
    assert text.startswith(fence)
    assert text.endswith(f"\n{fence}the body: # stays\n")
    return text[len(fence) : -len(f"{fence}the body: # stays\n")]
