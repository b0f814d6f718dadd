"""The border between offsets and positions: three encodings, three line ends, and what editors send that is no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.server.driving import ENCODINGS, lines_of, offset, position

from newslint.server.texts import Text  # isort: skip - it needs pygls, without which these tests are skipped
from lsprotocol.types import Position, Range

CHARACTERS = st.text(alphabet="ab\n\r\u2028\x85\té\u0301€😀", max_size=20)


@given(CHARACTERS, st.sampled_from(ENCODINGS))
def test_every_offset_has_a_position_and_comes_back(text: str, encoding: str) -> None:
    border = Text(text, encoding)
    for place in range(len(text) + 1):
        if text[place - 1 : place + 1] == "\r\n":
            continue
        there = border.position(place)
        assert there == position(text, place, encoding)
        assert border.offset(there) == place == offset(text, there, encoding)


@given(CHARACTERS, st.sampled_from(ENCODINGS), st.integers(0, 30), st.integers(0, 200))
def test_a_position_that_is_no_place_is_the_nearest_before_it(text: str, encoding: str, line: int, column: int) -> None:
    lines = lines_of(text)
    place = Text(text, encoding).offset(Position(line, column))
    if line >= len(lines):
        assert place == len(text)
    else:
        begin = sum(map(len, lines[:line]))
        assert begin <= place <= begin + len(lines[line].rstrip("\r\n"))


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)])
def test_columns_are_the_encodings_units(encoding: str, column: int) -> None:
    assert Text("é😀x", encoding).position(3) == Position(0, column)


def test_the_line_separators_of_unicode_end_no_line() -> None:
    text = Text("a\u2028b\x85c\x0bd\ne", "utf-32")
    assert text.position(8) == Position(1, 0)
    assert text.line(0) == "a\u2028b\x85c\x0bd"


def test_an_edit_replaces_its_range_and_one_without_a_range_everything() -> None:
    text = Text("one\r\ntwo 😀 three\n", "utf-16")
    edited = text.changed(Range(Position(0, 3), Position(1, 6)), ", ")
    assert edited.text == "one,  three\n"
    assert edited.changed(None, "new").text == "new"
    # No range of the protocol ends before it begins; an editor that sends one loses nothing by it.
    assert text.changed(Range(Position(1, 0), Position(0, 1)), "!").text == "one\r\n!two 😀 three\n"


def test_halves_of_a_character_that_meet_are_one() -> None:
    text = Text("", "utf-16").changed(None, "a\ud83d")
    assert text.data == b"a\xed\xa0\xbd"
    whole = text.changed(Range(Position(0, 2), Position(0, 2)), "\ude00")
    assert whole.text == "a😀"


def test_a_byte_order_mark_is_a_character_of_the_editor_and_no_column_of_a_finding() -> None:
    text = Text("\ufeff---\ntitle: x\n", "utf-16")
    assert text.position(text.at(1, 1)) == Position(0, 1)
    assert text.position(text.at(2, 1)) == Position(1, 0)
    assert text.at(9, 9) == len(text.text)
