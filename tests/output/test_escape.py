"""Nothing that comes from a file can steer a terminal, and cells are counted as a terminal fills them."""

from __future__ import annotations

import unicodedata

import pytest

from newslint.output.escape import is_portable, line_start, portable, terminal, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain caf\u00e9 \u65e5\u672c \U0001f600", "plain caf\u00e9 \u65e5\u672c \U0001f600"),
        ("\x1b[31m\x1b]8;;http://x\x07", r"\x1b[31m\x1b]8;;http://x\x07"),
        ("a\tb\nc\rd\0", r"a\tb\nc\rd\x00"),
        ("\x7f\x80\x9b\x9f", r"\x7f\x80\x9b\x9f"),
        ("\u202a\u202e\u2066\u2069\u200e\u200f\u061c", r"\u202a\u202e\u2066\u2069\u200e\u200f\u061c"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\xad\u200b\u2060\ufeff\ufffe\uffff", r"\xad\u200b\u2060\ufeff\ufffe\uffff"),
        ("\u2063\u206f\u3164\uffa0\ufff0", r"\u2063\u206f\u3164\uffa0\ufff0"),
        ("\U000e0001\U000e0041\U000e007f", r"\U000e0001\U000e0041\U000e007f"),
        ("\u2764\ufe0f \u845b\U000e0100 u\u034f\u0308", "\u2764\ufe0f \u845b\U000e0100 u\u034f\u0308"),
        ("\udc80\udcff", r"\x80\xff"),
        ("\ud83d\udfff", r"\ud83d\udfff"),
        ("\u200d\u200c\xa0\u3000", "\u200d\u200c\xa0\u3000"),
        ("##vso[task.complete]x", r"\x23#vso[task.complete]x"),
        ("a ##[error]x", r"a \x23#[error]x"),
        ("##teamcity[x]", r"\x23#teamcity[x]"),
        ("####[x]", r"##\x23#[x]"),
        ("## heading, #1 [x] ##vs[", "## heading, #1 [x] ##vs["),
    ],
)
def test_what_steers_is_shown_and_what_is_text_stays(text: str, shown: str) -> None:
    assert terminal(text) == shown


def test_no_character_slips_by_as_one_that_is_printable() -> None:
    """A text of printable characters is not searched, unless there is a # in it."""
    alone = [char for char in map(chr, range(0x110000)) if terminal(char) != char]
    searched = [char for char in map(chr, range(0x110000)) if terminal(f"{char}#") != f"{char}#"]
    assert alone == searched


def test_no_control_and_no_surrogate_passes() -> None:
    everything = "".join(map(chr, range(0x110000)))
    passed = [char for char in terminal(everything) if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert passed == []
    directed = {
        char for char in terminal(everything) if unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
    }
    isolates = {
        char for char in terminal(everything) if unicodedata.bidirectional(char) in {"LRI", "RLI", "FSI", "PDI"}
    }
    assert directed | isolates == set()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("caf\u00e9", 4),
        ("cafe\u0301", 4),
        ("\u65e5\u672c\u8a9e", 6),
        ("\uff21\uff22", 4),
        ("\uff71", 1),
        ("\U0001f600", 2),
        ("\U0001f1ec\U0001f1e7", 2),
        ("\U0001f468\u200d\U0001f469", 4),
        ("\u2764\ufe0f", 1),
        ("\u1112\u1161\u11ab", 2),
        ("\u0e01\u0e38", 1),
        ("\u05e9\u05b8", 1),
        ("\t", 2),
        ("\x1b", 4),
        ("\u202e", 6),
        ("\xad", 4),
        ("\ud800", 6),
        ("\xa0\u3000", 3),
    ],
)
def test_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("::error::x.md", r"\x3a:error::x.md"),
        (" \u3000::x.md", " \u3000\\x3a:x.md"),
        ("a::b.md", "a::b.md"),
        (":a.md", ":a.md"),
        ("\t::x.md", r"\t::x.md"),
    ],
)
def test_a_text_at_the_start_of_a_line_is_no_workflow_command(path: str, shown: str) -> None:
    assert line_start(path) == shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\tb\nc\rd \u202e\u2028\xad\ufeff\U0010ffff ##[x]", None),
        ("\0\x1b\x7f\x85", r"\x00\x1b\x7f\x85"),
        ("\ufffe\uffff", r"\ufffe\uffff"),
        ("\ud800\udcff", r"\ud800\xff"),
    ],
)
def test_portable_text_has_what_readers_of_xml_and_json_take(text: str, kept: str | None) -> None:
    assert portable(text) == (text if kept is None else kept)
    assert is_portable(text) is (kept is None)
