"""What rules share is worked out once, and a text that rules about characters do not see has nothing for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.document.document import Document
from newslint.document.reading import Reading
from newslint.rules import BY_CODE
from newslint.rules.rule import Options
from newslint.rules.values import articles, is_plain, odd_texts, texts, whole_number
from tests.conftest import NOW

ABOUT_CHARACTERS = ("NL602", "NL603", "NL604", "NL605", "NL606", "NL607", "NL608", "NL609")

_PIECES = st.one_of(
    st.sampled_from(["a", "Z", "0", " ", ".", ";", "#", "'", '"', ">", "=", "/", "%", "amp", "b", "x", "\\", "-"]),
    st.sampled_from(list("®–—‘’“”•…™")),
    st.sampled_from(["&", "<", "é", "Â", "Ã", "â€™", "\xa0", "\u200d", "\ufffd", "\u0301", "\t", "\n", "\x92", "  "]),
)


def _document(text: str) -> Document:
    return Document("a.md", Reading(data={"title": text}), collect=lambda data: {"text": [(("title",), data["title"])]})


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_rules_find_nothing_in_a_plain_text(text: str) -> None:
    document = _document(text)
    if not is_plain(text):
        assert odd_texts(document) == texts(document)
        return
    assert odd_texts(document) == []
    # As if the text had to be looked at.
    document.made[odd_texts.__wrapped__] = texts(document)  # type: ignore[attr-defined]
    for code in ABOUT_CHARACTERS:
        check = BY_CODE[code].check
        assert check is not None
        assert list(check(document, Options({}, NOW))) == [], code


@pytest.mark.parametrize(
    "text",
    [
        "Live facial recognition helps deliver justice in Croydon",
        "Microsoft® fixes the ‘sensitive data’ leak – again…",
        "a > b; 100 % of #1",
        "",
    ],
)
def test_most_texts_are_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "text", [" a", "a ", "a  b", "a\tb", "a\nb", "a\xa0b", "AT&T", "a < b", "café", "\u200b", "文"]
)
def test_a_text_that_a_rule_may_judge_is_not_plain(text: str) -> None:
    assert not is_plain(text)


def test_what_is_made_of_a_document_is_made_once() -> None:
    document = _document("a")
    assert texts(document) is texts(document)
    assert articles(document) is articles(document)
    assert articles(_document("a")) is not articles(document)


@pytest.mark.parametrize(
    ("value", "number"), [(300, 300), (300.0, 300), (-1, -1), (300.5, None), (True, None), ("300", None), (None, None)]
)
def test_a_whole_number_is_what_json_schema_calls_an_integer(value: object, number: int | None) -> None:
    assert whole_number(value) == number
