"""The lenient look at the lines of a front matter, whole or in the making."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")

from newslint.server.outline import Entry, front_matter, outline
from newslint.server.texts import Text
from tests.conftest import BASE, SEED, lint

SEEN = st.lists(
    st.sampled_from(["a", ": ", ":", "- ", "-", "  ", "\n", '"', "'", "|", "[", "{", "]", "#", "---\n", "é"]),
    max_size=40,
).map("".join)


def _shown(text: str, cursor: int | None = None) -> list[tuple[object, ...]]:
    seen = Text(text)
    return [
        (entry.line, entry.last, entry.parent, entry.pointer, text[entry.value.start : entry.value.end])
        for entry in outline(seen, cursor)
    ]


def test_fields_items_and_what_belongs_to_them() -> None:
    text = "---\na: 1 # x\nb:\n  c: 'x # y'\n\n  d:\n  - e: 2\n    f: 3\n  - g\nh: |\n  i: 4\n\n  j\nk: [1,\n  2]\n---\nl: 5\n"
    assert _shown(text) == [
        (1, 1, (), ("a",), "1"),
        (2, 8, (), ("b",), ""),
        (3, 3, ("b",), ("b", "c"), "'x # y'"),
        (5, 8, ("b",), ("b", "d"), ""),
        (6, 6, ("b", "d", 0), ("b", "d", 0, "e"), "2"),
        (7, 7, ("b", "d", 0), ("b", "d", 0, "f"), "3"),
        (8, 8, ("b", "d", 1), ("b", "d", 1), "g"),
        (9, 12, (), ("h",), "|"),
        (13, 14, (), ("k",), "[1,"),
    ]


def test_a_word_that_is_no_field_yet_is_seen_at_the_cursor_alone_and_closes_nothing() -> None:
    text = "---\na:\n  b: 1\nti\n  c: 2\n"
    assert [shown[3] for shown in _shown(text)] == [("a",), ("a", "b"), ("a", "c")]
    assert (3, 3, (), None, "ti") in _shown(text, 3)
    assert [shown[3] for shown in _shown(text, 3)] == [("a",), ("a", "b"), None, ("a", "c")]


@pytest.mark.parametrize(("line", "parent"), [("", ()), ("  ", ("a",)), ("    ", ("a", "b"))])
def test_a_blank_line_belongs_where_its_cursor_stands(line: str, parent: tuple[str, ...]) -> None:
    entry = outline(Text(f"---\na:\n  b:\n{line}\n---\n"), 3)[-1]
    assert (entry.parent, entry.pointer, entry.line) == (parent, None, 3)


def test_a_quote_that_is_open_swallows_no_field() -> None:
    assert [shown[3] for shown in _shown('---\na: "open\nb: 1\nc: "x\n  y: z"\nd: 2\n---\n')] == [
        ("a",), ("b",), ("c",), ("d",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\na\n---\nb\n", range(1, 2)),
        ("\ufeff---  \na\n", range(1, 3)),
        ("---\n...\n", range(1, 1)),
        ("a: 1\n---\n", None),
        ("", None),
    ],
)
def test_where_the_front_matter_is(text: str, lines: range | None) -> None:
    assert front_matter(Text(text)) == lines


def test_the_outline_of_a_sound_article_is_what_libyaml_reads() -> None:
    for text in (BASE, SEED.read_text("utf-8")):
        data: object = __import__("frontmatter").parse(text)[0]
        for entry in outline(Text(text)):
            value = data
            assert entry.pointer is not None
            for step in entry.pointer:
                value = value[step]  # type: ignore[index]
    assert lint(BASE) == ()


@given(SEEN, st.integers(0, 10))
def test_no_text_is_too_odd(text: str, cursor: int) -> None:
    seen = Text(f"---\n{text}")
    entries: list[Entry] = outline(seen, cursor)
    assert all(entry.line <= entry.last for entry in entries)
    assert [entry.line for entry in entries] == sorted(entry.line for entry in entries)
