"""NL602 and NL603: which white space is a fault, in which style of scalar, and what is written in its place."""

from __future__ import annotations

import pytest

from newslint.rules.whitespace import edge_whitespace, repeated_whitespace
from tests.conftest import lint, with_fields
from tests.rules.texts import mended, said

WHITE_SPACE = (
    "\t\n\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
LINE_BREAKS = "\n\r\x85\u2028\u2029"


def places(fields: str, code: str) -> list[str]:
    return [
        f"{found.line}:{found.column}-{found.end_line}:{found.end_column} {found.message}"
        for found in lint(with_fields(fields))
        if found.code == code
    ]


@pytest.mark.parametrize("blank", WHITE_SPACE, ids=ascii)
def test_every_kind_of_white_space_counts_at_both_edges(blank: str) -> None:
    assert mended(edge_whitespace, f"{blank}x") == "x"
    assert mended(edge_whitespace, f"x{blank}") == "x"
    assert mended(edge_whitespace, f"{blank} x y {blank}") == "x y"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" x", "the text begins with a space, where a visible character is expected"),
        ("x\t", "the text ends with a tab, where a visible character is expected"),
        ("x\r\n", "the text ends with a line break, where a visible character is expected"),
        (
            "x  \xa0\xa0",
            "the text ends with 2 spaces and U+00A0 NO-BREAK SPACE (2 times), where a visible character is expected",
        ),
        ("\n\nx ", "the text begins with 2 line breaks and ends with a space, where a visible character is expected"),
        (
            "x" + WHITE_SPACE,
            "the text ends with a tab, 2 line breaks, a space and 19 other kinds of blanks, "
            "where a visible character is expected",
        ),
    ],
    ids=ascii,
)
def test_edges_are_described(text: str, message: str) -> None:
    assert said(edge_whitespace, text) == [message]


@pytest.mark.parametrize("text", ["x", "\x1fx", "\u200bx", "&nbsp;x", "x\u2800", "x y", "\vx"], ids=ascii)
def test_what_is_no_white_space_at_an_edge(text: str) -> None:
    assert said(edge_whitespace, text) == []


@pytest.mark.parametrize(
    "fields",
    [
        "title: |\n  Words\n",
        "title: >\n  Words\n  more\n",
        "title: |+\n  Words\n",
        "title: |-\n  Words\n",
        "title: >-\n  Words\n\n",
        "title:   Words   \n",
        'title: "Words\n  more"\n',
    ],
)
def test_the_final_line_break_of_a_block_is_none(fields: str) -> None:
    assert places(fields, "NL602") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title: |+\n  Words\n\n\n", "4:8-6:1 the text ends with 2 line breaks, where a visible character is expected"),
        ("title: |\n  Words \n", "4:8-4:9 the text ends with a space, where a visible character is expected"),
        ("title: |\n\n  Words\n", "4:1-5:1 the text begins with a line break, where a visible character is expected"),
        ("title: |2\n    Words\n", "4:3-4:5 the text begins with 2 spaces, where a visible character is expected"),
        ('title: "Words\n  "\n', "3:14-4:3 the text ends with a space, where a visible character is expected"),
        ("title: 'Words\n\n  '\n", "3:14-5:3 the text ends with a line break, where a visible character is expected"),
    ],
)
def test_edges_in_every_style(fields: str, expected: str) -> None:
    assert places(fields, "NL602") == [expected]


@pytest.mark.parametrize("blank", WHITE_SPACE, ids=ascii)
def test_two_blanks_of_any_kind_are_one_too_many(blank: str) -> None:
    kept = blank if not blank.isascii() and blank not in LINE_BREAKS else " "
    assert mended(repeated_whitespace, f"a{blank}{blank}b") == f"a{kept}b"
    assert mended(repeated_whitespace, f"a{blank} b") == ("a b")


@pytest.mark.parametrize("blank", WHITE_SPACE, ids=ascii)
def test_one_blank_is_fine_unless_it_ends_a_line(blank: str) -> None:
    assert mended(repeated_whitespace, f"a{blank}b") == ("a b" if blank in LINE_BREAKS else None)


def test_first_run_is_shown_and_all_are_mended() -> None:
    text = "a  b\nc \xa0 d"
    assert said(repeated_whitespace, text) == [
        "the text has 2 spaces inside, where a single blank is expected (and 2 more)"
    ]
    assert mended(repeated_whitespace, text) == "a b c d"


def test_edges_are_another_rules_affair() -> None:
    assert said(repeated_whitespace, "  a b\n\n") == []
    assert said(edge_whitespace, "a  b") == []


@pytest.mark.parametrize(
    "fields",
    [
        "title: |\n  One line\n  another  \n\n    - indented\n",
        'title: "Folded\n  words"\n',
        "title: >\n  Folded\n  words\n",
        'title: "An escaped\\\n  \\ line break"\n',
    ],
)
def test_layout_of_the_source_is_no_fault(fields: str) -> None:
    assert places(fields, "NL603") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            "title: |\n  One  line\n  another\n",
            "4:6-4:8 the text has 2 spaces inside, where a single blank is expected",
        ),
        (
            "title: >\n  Two\n\n  paragraphs\n",
            "5:1-6:1 the text has a line break inside, where a single blank is expected",
        ),
        ('title: "One \\\n  \\  line"\n', "3:12-4:6 the text has 3 spaces inside, where a single blank is expected"),
    ],
)
def test_runs_in_every_style(fields: str, expected: str) -> None:
    assert places(fields, "NL603") == [expected]


def test_a_blank_that_is_half_a_wrongly_decoded_letter_is_left_to_that_rule() -> None:
    assert said(edge_whitespace, "VoilÃ\xa0") == []
    assert said(edge_whitespace, "VoilÃ\xa0 ") == ["the text ends with a space, where a visible character is expected"]
    assert said(repeated_whitespace, "VoilÃ\xa0 le travail") == []
    assert mended(repeated_whitespace, "VoilÃ\xa0  le travail") == "VoilÃ\xa0 le travail"


def test_very_long_runs_are_read_in_one_pass() -> None:
    assert mended(edge_whitespace, "x" + " " * 200_000) == "x"
    assert mended(repeated_whitespace, "x" + " \xa0" * 100_000 + "y") == "x y"
    assert mended(repeated_whitespace, "a  " * 50_000 + "b") == "a " * 50_000 + "b"
