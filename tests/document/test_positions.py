"""Positions are exact: the text at a value's span, read as YAML alone, is the value, whatever style it is written in."""

from __future__ import annotations

import itertools

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

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
