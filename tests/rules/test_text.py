"""NL601 and NL610, and what a text with several faults, or a value that is no text, comes to."""

from __future__ import annotations

from typing import Any

import pytest

from newslint.rules import BY_CODE, RULES
from newslint.rules.text import blank_text, excerpt_repeats_title, shown
from tests.conftest import brief, lint, with_fields
from tests.rules.texts import article, judged, said

WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
FAMILY = [rule for rule in RULES if rule.code.startswith("NL6")]


def test_the_family_is_complete() -> None:
    assert [rule.code for rule in FAMILY] == [f"NL{number}" for number in range(601, 611)]


@pytest.mark.parametrize("text", ["", *WHITE_SPACE, WHITE_SPACE], ids=ascii)
def test_blank_text_is_one_finding(text: str) -> None:
    what = "nothing but white space" if text else "empty"
    assert said(blank_text, text) == [f"the text is {what}, where words are expected"]
    assert [found.code for found in lint(article(text)) if not found.code.startswith("NL8")] == ["NL601"]


@pytest.mark.parametrize("text", [".", "0", "\u200b", "\u2800", "\u3164", "&nbsp;", "\ufffd", " x "], ids=ascii)
def test_text_with_something_in_it_is_not_blank(text: str) -> None:
    assert said(blank_text, text) == []


def test_blank_text_stands_in_for_the_schema_and_leaves_a_value_without_text_alone() -> None:
    assert brief(lint(with_fields('title: ""\nexcerpt:\n'))) == [
        "3:8-3:10 NL601 /title",
        "4:1-4:8 NL102 /excerpt",
    ]


@pytest.mark.parametrize("value", [None, True, 7, 1.5, [], {}, ["x"], {"a": " "}, [[" "]]], ids=repr)
@pytest.mark.parametrize("rule", FAMILY, ids=lambda rule: rule.code)
def test_a_value_that_is_no_text_is_no_affair_of_these_rules(rule: Any, value: Any) -> None:
    image = {"url": value, "title": value}
    related = [value, {"title": value, "excerpt": value, "provider": value, "images": value}]
    data = {"title": value, "excerpt": value, "provider": {"name": value}, "topics": value, "images": [image]}
    assert judged(rule, {**data, "related": related}) == []
    assert (
        judged(rule, {"title": "A title", "excerpt": value, "provider": value, "topics": [value], "related": value})
        == []
    )


def test_every_text_of_an_article_is_looked_at() -> None:
    related = {"title": " x", "excerpt": " y", "provider": {"name": " z"}, "images": [{"title": " i"}]}
    data = {"title": " a", "excerpt": " b", "provider": {"name": " c"}, "topics": ["AI", " d"], "related": [related]}
    assert [violation.pointer for violation in judged(BY_CODE["NL602"], data)] == [
        ("title",),
        ("excerpt",),
        ("provider", "name"),
        ("topics", 1),
        ("related", 0, "title"),
        ("related", 0, "excerpt"),
        ("related", 0, "provider", "name"),
        ("related", 0, "images", 0, "title"),
    ]


def test_each_fault_of_a_text_is_told_once() -> None:
    text = " Marks &amp; Spencer\xad  <b>cafe\u0301</b> â€™ \ufffd"
    assert [found.code for found in lint(article(text))] == [
        "NL602",
        "NL604",
        "NL607",
        "NL603",
        "NL605",
        "NL609",
        "NL606",
        "NL608",
    ]


@pytest.mark.parametrize(
    ("title", "excerpt"),
    [
        ("A title", "A title"),
        ("A title", "A TITLE"),
        (" A title", "A title\xa0\n"),
        ("STRASSE", "straße"),
        ("x" * 20_000, "X" * 20_000),
    ],
    ids=lambda text: ascii(text[:10]),
)
def test_excerpt_that_repeats_the_title(title: str, excerpt: str) -> None:
    (found,) = judged(excerpt_repeats_title, {"title": title, "excerpt": excerpt})
    assert (found.pointer, found.within, found.repair) == (("excerpt",), None, None)


@pytest.mark.parametrize(
    ("title", "excerpt"),
    [
        ("A title", "A title."),
        ("A title", "A title ..."),
        ("A title", "A  title"),
        ("A title", "A"),
        (" ", " "),
        ("", ""),
    ],
)
def test_excerpt_that_says_something_else(title: str, excerpt: str) -> None:
    assert judged(excerpt_repeats_title, {"title": title, "excerpt": excerpt}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("’", '"’"'),
        ("two words", '"two words"'),
        ("\xa0", "U+00A0 NO-BREAK SPACE"),
        ("\n", "U+000A LINE FEED"),
        ("\x92", "U+0092"),
        ("â\x80\x99", '"â", U+0080, U+0099'),
        ("\xad" * 9, ", ".join(["U+00AD SOFT HYPHEN"] * 6) + " …"),
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_is_shown_by_name(text: str, expected: str) -> None:
    assert shown(text) == expected
