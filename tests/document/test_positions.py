"""Positions are exact: the text at a value's span, read as YAML alone, is the value, whatever style it is written in."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Fences, Source, decode, find_fences
from newslint.finding import Pointer
from tests.document.generated import front_matters
from tests.document.reading import read, text_at


@pytest.mark.parametrize(
    ("yaml_text", "pointer", "within", "expected"),
    [
        ('title: "a &amp; b"\n', ("title",), (2, 7), "&amp;"),
        ("title: 'it''s here'\n", ("title",), (2, 3), "''"),
        ("title: 'it''s here'\n", ("title",), (5, 9), "here"),
        ('title: "tab\\there"\n', ("title",), (3, 4), "\\t"),
        ('title: "\\u00e9t\\U0001F600!"\n', ("title",), (2, 3), "\\U0001F600"),
        ('title: "😀 astral é x"\n', ("title",), (11, 12), "x"),
        ('title: "one\n  two"\n', ("title",), (3, 4), "\n  "),
        ('title: "one \n\n  two"\n', ("title",), (3, 4), " \n\n  "),
        ('title: "one\\\n   two"\n', ("title",), (3, 6), "two"),
        ('title: "one \\\n   \\ two"\n', ("title",), (3, 5), " \\\n   \\ "),
        ("title: plain\n  goes on\n", ("title",), (6, 10), "goes"),
        ("title: |\n  first\n  second\n", ("title",), (6, 12), "second"),
        ("title: |2\n    deep\n", ("title",), (0, 2), "  "),
        ("title: |2\n    deep\n", ("title",), (2, 6), "deep"),
        ("title: >-\n  one\n  two\n\n  three\n", ("title",), (3, 4), "\n  "),
        ("title: >-\n  one\n  two\n\n  three\n", ("title",), (8, 13), "three"),
        ("title: |+ # comment\n\n  x\n\n", ("title",), (1, 2), "x"),
        ("list:\n- |\n x\n", ("list", 0), (0, 1), "x"),
        ("list:\n- |2\n   x\n", ("list", 0), (0, 1), " "),
        ("a:\n  - b: |2\n        x\n", ("a", 0, "b"), (2, 3), "x"),
        ('flow: {a: [x, "y z"]}\n', ("flow", "a", 1), (2, 3), "z"),
        ('title: "a\r\n  b"\r\n', ("title",), (1, 2), "\r\n  "),
        ("title: |\r\n  a\r\n  b\r\n", ("title",), (2, 3), "b"),
        ('title: "\tx"\n', ("title",), (1, 2), "x"),
        ("title: a\u2028 b\n", ("title",), (1, 2), "\u2028 "),
        ("a: b\x85c:\x85  d: |2\n      x\n", ("c", "d"), (2, 3), "x"),
        ("a:\n    b: |\n\n        x\n      \n", ("a", "b"), (1, 2), "x"),
    ],
)
def test_a_range_of_the_value_is_a_range_of_the_source(
    yaml_text: str, pointer: tuple[str | int, ...], within: tuple[int, int], expected: str
) -> None:
    document, violations = read(yaml_text, fence="---\r\n" if "\r" in yaml_text else "---\n")
    assert violations == []
    assert text_at(document, pointer, within=within) == expected


@pytest.mark.parametrize(
    ("yaml_text", "pointer", "part", "expected"),
    [
        ("a: b # c\n", ("a",), "value", "b"),
        ("a: b   \n", ("a",), "value", "b"),
        ("'a b': c\n", ("a b",), "key", "'a b'"),
        ("a:\nb: c\n", ("a",), "value", "a"),
        ("a:\n  -\n  - b\n", ("a", 0), "value", "-"),
        ("a:\n  b: c\n  d: e\n\nf: g\n", ("a",), "value", "b: c\n  d: e"),
        ("a:\n- b\n- c\n# note\nd: e\n", ("a",), "value", "- b\n- c"),
        ("a: {b: c}\n", ("a",), "value", "{b: c}"),
        ("a: |\n  x\n\n\nb: c\n", ("a",), "value", "|\n  x"),
        ("a: b\n", ("x",), "missing", "---"),
        ("a:\n  b: c\n", ("a", "x"), "missing", "a"),
        ("a:\n  - b: c\n    d: e\n", ("a", 0, "x"), "missing", "b"),
        ("a: {}\n", ("a", "x"), "missing", "{}"),
        ("a:\n  - {}\n", ("a", 0, "x"), "missing", "{}"),
    ],
)
def test_parts_stand_where_the_catalogue_says(
    yaml_text: str, pointer: tuple[str | int, ...], part: str, expected: str
) -> None:
    document, violations = read(yaml_text)
    assert violations == []
    assert text_at(document, pointer, part) == expected


_CHARACTERS = st.sampled_from(list("ab :#'\"\\-,[]{}&*!|>%@`\téß\u00a0\u2028\u200d😀漢0"))
_TEXTS = st.text(_CHARACTERS, max_size=12)


def _double(value: str) -> str:
    escaped = {"\u2028": "\\L"}
    return (
        '"'
        + "".join(escaped.get(char) or (f"\\x{ord(char):02x}" if char in '"\\\t\u00a0' else char) for char in value)
        + '"'
    )


@given(st.lists(_TEXTS, min_size=1, max_size=5), st.data())
@example(["a  b"], None)
def test_every_character_of_generated_scalars_is_found(values: list[str], data: st.DataObject | None) -> None:
    styles = ["double", "single", "json", "literal"] if data else ["double"]
    lines, expected = [], {}
    for index, value in enumerate(values):
        style = data.draw(st.sampled_from(styles)) if data else "double"
        if style == "single" and "\u2028" not in value:
            written = "'" + value.replace("'", "''") + "'"
        elif style == "literal" and value.strip() and "\u2028" not in value:
            written = f"|2-\n    {value}\n\n"
        else:
            written = _double(value)
        lines.append(f"k{index}: {written}\n" if not written.endswith("\n") else f"k{index}: {written}")
        expected[f"k{index}"] = f"  {value}".rstrip("\n") if written.startswith("|") else value
    document, violations = read("".join(lines))
    assert violations == []
    assert document.data == expected
    for key, value in expected.items():
        for at in range(len(value)):
            found = text_at(document, (key,), within=(at, at + 1))
            assert _decoded(found, document.style((key,))) == value[at]


def _decoded(written: str, style: str | None) -> str:
    if style == "double":
        return str(yaml.safe_load(f'"{written}"'))
    return written.replace("''", "'") if style == "single" else written


_FOLDED = st.lists(st.sampled_from(["a", "b c", " ", "  ", "\n", "\n\n", "\\\n", "\\n", "é", "\t", "\\ "]), max_size=10)


@given(_FOLDED, st.sampled_from(["\n", "\r\n"]))
def test_folded_lines_of_double_quotes_are_decoded_as_libyaml_does(parts: list[str], line_end: str) -> None:
    inner = "".join(parts).replace("\n", "\n ").replace("\n", line_end)
    document, violations = read(f'key: "{inner}"{line_end}', fence=f"---{line_end}")
    if violations:
        return
    value = document.data["key"]
    assert document.source is not None
    spans = [document.span(("key",), within=(at, at + 1)) for at in range(len(value))]
    whole = document.span(("key",))
    assert all(span != whole or len(value) == 0 for span in spans), "a range fell back to the whole value"
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start
    # An escaped line break stands for nothing, so some source characters may belong to no character of the value.
    for span, char in zip(spans, value, strict=True):
        text = document.source.text[span.start : span.end]
        assert text, "no source characters for a character of the value"
        if not char.isspace():
            assert text == char


_BLOCK_LINES = st.lists(
    st.sampled_from(["", " ", "a", "b c", "  more", "\tx", "# no comment", "é😀"]), min_size=1, max_size=7
)


@given(_BLOCK_LINES, st.sampled_from("|>"), st.sampled_from(["", "-", "+"]), st.sampled_from(["", "1", "2"]))
def test_block_scalars_are_decoded_as_libyaml_does(lines: list[str], kind: str, chomp: str, increment: str) -> None:
    indent = " " * int(increment or 2)
    body = "".join(f"{indent}{line}\n" if line.strip() else f"{line}\n" for line in lines)
    document, violations = read(
        f"outer:\n  key: {kind}{increment}{chomp}\n"
        + "".join(f"  {line}\n" for line in body.splitlines())
        + "next: 1\n"
    )
    if violations or "key" not in (document.data.get("outer") or {}):
        return
    value = document.data["outer"]["key"]
    whole = document.span(("outer", "key"))
    assert document.source is not None
    for at, char in enumerate(value):
        span = document.span(("outer", "key"), within=(at, at + 1))
        assert span != whole or span.end - span.start == 1, "a range fell back to the whole value"
        text = document.source.text[span.start : span.end]
        if not char.isspace():
            assert text == char
        elif char == "\n":
            assert "\n" in text


class _Loader(yaml.CSafeLoader):
    """PyYAML without timestamps."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _load(text: str) -> Any:
    return yaml.load(text, _Loader)


def _read_text(text: str) -> Document | None:
    """Return the document of a whole file, or None where anything is said against it."""
    source = Source("a.md", text)
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    reading = events.read(source, fences.yaml)
    return None if reading.violations else Document("a.md", reading, source, fences)


def _document(content: bytes) -> Document | None:
    source, problem = decode("a.md", content)
    assert problem is None
    return _read_text(source.text)


def _walk(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Yield every value of the data with its pointer."""
    yield pointer, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        yield from _walk(child, (*pointer, step))


def _column(document: Document, pointer: Pointer) -> int:
    """Return the 0-based column at which a value begins, counted by hand."""
    assert document.places is not None
    assert document.source is not None
    place = document.places.value(pointer)
    assert place is not None
    return len(re.split("[\r\n\x85\u2028\u2029]", document.source.text[: place.start])[-1])


def _without_last_breaks(value: Any) -> Any:
    """Return data without the blank space at the ends of its texts, which a span leaves out at its own end."""
    if isinstance(value, dict):
        return {key: _without_last_breaks(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_without_last_breaks(child) for child in value]
    return value.rstrip() if isinstance(value, str) else value


@given(front_matters())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_text_at_a_span_read_alone_is_the_value(content: bytes) -> None:
    document = _document(content)
    if document is None or document.places is None:
        return
    for pointer, value in _walk(document.data):
        text, style, place = text_at(document, pointer), document.style(pointer), document.places.value(pointer)
        assert place is not None
        if place.start == place.end:
            assert value is None
            assert text == (text_at(document, pointer, "key") if isinstance(pointer[-1], str) else "-")
        elif style in ("plain", "single", "double") or place.style == "flow":
            assert _load(text) == value
        elif style is not None:
            alone = " " * _column(document, pointer[:-1]) + f"k: {text}\n"
            assert _load(alone)["k"].rstrip() == value.rstrip()
        else:
            alone = " " * _column(document, pointer) + text
            assert _without_last_breaks(_load(alone)) == _without_last_breaks(value)
            assert text == text.rstrip()
        if pointer and isinstance(pointer[-1], str):
            assert _load(text_at(document, pointer, "key")) == pointer[-1]


@given(front_matters(), st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_character_that_is_changed_at_its_place_changes_in_the_value_and_nothing_else_does(
    content: bytes, data: st.DataObject
) -> None:
    document = _document(content)
    texts = [] if document is None else [one for one in _walk(document.data) if isinstance(one[1], str) and one[1]]
    if document is None or document.source is None or not texts:
        return
    pointer, value = data.draw(st.sampled_from(texts))
    spans = [document.span(pointer, within=(at, at + 1)) for at in range(len(value))]
    for before, after in itertools.pairwise(spans):
        assert before.start < before.end <= after.start
    # What stands for a line break may be half of what stands for two: only the others can be changed alone.
    visible = [at for at, char in enumerate(value) if not char.isspace()]
    for at in visible[:2] + visible[2:-2][:4] + visible[-2:]:
        start, end = spans[at]
        changed = _read_text(document.source.text[:start] + "Q" + document.source.text[end:])
        assert changed is not None
        expected = copy.deepcopy(document.data)
        owner = expected
        for step in pointer[:-1]:
            owner = owner[step]
        owner[pointer[-1]] = value[:at] + "Q" + value[at + 1 :]  # type: ignore[index]
        assert changed.data == expected
