"""Whatever is changed in whatever layout: the data is what it should be, and nothing outside the edits has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from newslint.document import events
from newslint.document.comments import comments
from newslint.document.document import Document
from newslint.document.source import Coded, Fences, Source, find_fences
from newslint.edits.edits import Editor, edits_of
from newslint.edits.intended import intended, same
from newslint.edits.text import Refused, TextEdit, apply
from newslint.finding import (
    Change,
    Finding,
    Insert,
    Pointer,
    Remove,
    Rename,
    Reorder,
    Repair,
    Replace,
    Rewrite,
    Severity,
    Violation,
)
from newslint.fix.choice import Candidate, choose
from newslint.fix.proof import prove
from tests.document.reading import read
from tests.edits.documents import front_matters, scalars, texts


def pointers(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Yield each value of some data with its pointer, the root first."""
    yield pointer, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        yield from pointers(child, (*pointer, step))


@st.composite
def changes(draw: Any, data: Any) -> Change:
    """Return one change that is possible on some data."""
    pointer, value = draw(st.sampled_from(list(pointers(data))))
    if isinstance(value, dict) and value:
        kind = draw(st.sampled_from(["remove", "insert", "rename", "reorder"]))
        if kind == "remove":
            return Remove((*pointer, draw(st.sampled_from(list(value)))))
        if kind == "rename":
            return Rename(
                (*pointer, draw(st.sampled_from(list(value)))),
                draw(st.sampled_from(["neu", "a: b", "yes", "2024", "it's"])),
            )
        if kind == "insert":
            return Insert((*pointer, "new"), draw(scalars()), tuple(draw(st.permutations(list(value)))[:2]))
        return Reorder(pointer, tuple(draw(st.permutations(list(value)))))
    if isinstance(value, list) and value:
        if draw(st.booleans()):
            return Remove((*pointer, draw(st.integers(0, len(value) - 1))))
        return Insert((*pointer, draw(st.integers(0, len(value)))), draw(scalars()))
    if isinstance(value, str) and draw(st.integers(0, 3)):
        return Rewrite(pointer, draw(pieces(value)))
    return Replace(pointer, draw(scalars()), plain=draw(st.booleans()))


@st.composite
def pieces(draw: Any, value: str) -> tuple[tuple[int, int, str], ...]:
    """Return new text for some ranges of a text."""
    cuts = sorted(draw(st.lists(st.integers(0, len(value)), min_size=2, max_size=6)))
    new = st.one_of(st.sampled_from(["", "", " ", "'", '"', "\\", "x", "# ", ": ", "\n", "\x07", "é"]), texts())
    return tuple((start, end, draw(new)) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


def in_crlf(yaml: str) -> str:
    """Return a text with CRLF line ends."""
    return yaml.replace("\n", "\r\n")


def outside(text: str, edits: tuple[TextEdit, ...]) -> list[str]:
    """Return the parts of a text that no edit covers."""
    ends = [0, *(edit.span.end for edit in edits)]
    starts = [*(edit.span.start for edit in edits), len(text)]
    return [text[start:end] for start, end in zip(ends, starts, strict=True)]


def documents(yaml: str, *, crlf: bool) -> Document:
    """Read generated YAML; what is not good YAML is not looked at."""
    document, violations = read(in_crlf(yaml) if crlf else yaml, fence="---\r\n" if crlf else "---\n")
    assume(not violations and document.data)
    return document


def reread(text: str) -> tuple[Document, list[Coded]]:
    """Read the whole text of a file."""
    source = Source("a.md", text)
    fences = find_fences(source)
    assert isinstance(fences, Fences), fences
    reading = events.read(source, fences.yaml)
    return Document("a.md", reading, source, fences), reading.violations


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(front_matters(), st.booleans(), st.data())
def test_one_change_does_what_it_says_and_nothing_else(yaml: str, crlf: bool, data: st.DataObject) -> None:
    document = documents(yaml, crlf=crlf)
    assert document.source is not None
    assert document.fences is not None
    change = data.draw(changes(document.data))
    try:
        wanted, _ = intended(document.data, [change])
        edits = Editor(document).edits([change], read_again=False)
    except Refused as refused:
        event(f"{type(change).__name__} refused: {refused}")
        return
    event(f"{type(change).__name__} {'done' if edits else 'nothing to do'}")
    text = document.source.text
    new_text = apply(text, edits)
    new, violations = reread(new_text)
    assert violations == []
    assert same(new.data, wanted)
    assert new.source is not None
    assert new.fences is not None
    assert all(edit.text != text[edit.span.start : edit.span.end] for edit in edits)
    if crlf:
        assert "\n" not in new_text.replace("\r\n", "")[:-4]
    assert document.source is not None
    assert document.fences is not None
    before = Counter(found for _, found in comments(document.source, document.fences))
    after = Counter(found for _, found in comments(new.source, new.fences))
    if isinstance(change, Remove):
        assert after <= before
    elif not (isinstance(change, Replace | Rewrite) and document.style(change.pointer) in ("literal", "folded")):
        assert after == before


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(front_matters(), st.booleans(), st.data())
def test_changes_that_are_chosen_together_do_all_that_they_say(yaml: str, crlf: bool, data: st.DataObject) -> None:
    document = documents(yaml, crlf=crlf)
    assert document.source is not None
    drawn = data.draw(st.lists(changes(document.data), min_size=2, max_size=8))
    chosen = [candidate.repair.changes[0] for candidate in choose(map(candidate_of, drawn))]
    possible: list[Change] = []
    for change in chosen:
        try:
            edits_of(document, [change])
        except Refused:
            continue
        possible.append(change)
    try:
        wanted, origins = intended(document.data, possible)
        edits = Editor(document).edits(possible, read_again=False)
    except Refused as refused:
        event(f"refused together: {refused}")
        return
    event(f"{len(possible)} changes done")
    text = apply(document.source.text, edits)
    new, violations = reread(text)
    assert violations == []
    assert same(new.data, wanted)
    assert prove(document, new, possible, edits) == origins


def candidate_of(change: Change) -> Candidate:
    """Return a candidate for a repair that makes one change."""
    violation = Violation((), "", repair=Repair("", (change,)))
    finding = Finding("", 1, 1, 1, 1, "", "", "NL602", "", Severity.WARNING, "", None, "", "")
    return Candidate(finding, violation, violation.repair or Repair("", ()))
