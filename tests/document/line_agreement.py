"""Where the accelerator takes a text, libyaml is asked, too: data, types, order and places are compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.document import events
from newslint.document.lines import read_lines
from newslint.document.source import Fences, Source, decode, find_fences
from newslint.finding import Pointer, Span


def agree(source: Source, span: Span) -> bool:
    """Tell whether the accelerator takes a text; fail where it then says another thing than libyaml."""
    fast = read_lines(source, span)
    if fast is None:
        return False
    text = source.text[span.start : span.end]
    exact = events.read(source, span)
    assert exact.violations == [], text
    assert (exact.unjudged, exact.incomplete, exact.refused) == (set(), set(), {}), text
    assert (fast.violations, fast.unjudged, fast.incomplete, fast.refused) == ([], set(), set(), {}), text
    # The text of the data tells types and the order of the fields as well.
    assert repr(fast.data) == repr(exact.data), text
    assert fast.places is not None
    assert exact.places is not None
    for pointer in pointers(exact.data):
        for place in (pointer, (*pointer, "no"), (*pointer, 0), (*pointer, -1), (*pointer, 99), (*pointer, 0, "a", 1)):
            assert fast.places.value(place) == exact.places.value(place), (text, place)
            assert fast.places.key(place) == exact.places.key(place), (text, place)
            assert fast.places.first_key(place) == exact.places.first_key(place), (text, place)
    return True


def agree_on_file(content: str) -> bool:
    """Do the same with a whole file; one without two fences, or that is no UTF-8, is no matter of YAML."""
    source, problem = decode("a.md", content.encode("utf-8", "surrogatepass"))
    fences = find_fences(source)
    return problem is None and isinstance(fences, Fences) and agree(source, fences.yaml)


def agree_on_yaml(yaml_text: str) -> bool:
    """Do the same with a text between fences, whatever is in it."""
    source = Source("a.md", f"---\n{yaml_text}---\nText\n")
    return agree(source, Span(3, 4 + len(yaml_text)))


def pointers(data: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Yield the pointers of all values."""
    yield at
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from pointers(value, (*at, step))
