"""The repairs of NL6 hold: each mends what it found, all of it, once and for all, and brings no new error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newslint.finding import Rewrite
from newslint.rules import BY_CODE
from newslint.rules.invisible import unwanted
from tests.rules.texts import apply, judged, mended, said

MENDING = ["NL602", "NL603", "NL604", "NL606", "NL607", "NL609"]
SAFE = [code for code in MENDING if code != "NL606"]

PARTS = st.sampled_from(
    [
        "word", "a", "AI", "é", "東京", "می", "क्", "👩", "\ufe0f", "7", ".", "&", ";", "<", ">", "#", "/",
        " ", "  ", "\t", "\n", "\r\n", "\xa0", "\u2000", "\u2028", "\u3000", "\x85", "\v", "\f",
        "&amp;", "&lt;", "&gt;", "&nbsp;", "&shy;", "&zwj;", "&#8217;", "&#x200b;", "&#0;", "lt;", "<b>", "</b>",
        "\xad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\ufeff", "\0", "\x1b", "\x80", "\x92", "\x9d",
        "e\u0301", "\u0301", "\u212b", "\u1112\u1161", "\u0344", "=\u0338",
        "â€™", "Ã©", "Ã\xa0", "Ã ", "Â\xa0", "Â", "â", "€", "â€‹", "ÃƒÂ©", "Ã\xad", "\ufffd", "â€\ufffd",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=8).map("".join) | st.text(max_size=12)
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_wrong(code: str, text: str) -> bool:
    return bool(said(BY_CODE[code], text))


@pytest.mark.parametrize("code", MENDING)
@MANY
@given(TEXTS)
@example(" a\xa0 b &amp; c\xad e\u0301 â€™ ")
@example("â€‹\x9dâ€™éâ€™")
@example("â€™â\x85\u2028word")
@example("€\u200bÃ\xad")
def test_repair_mends_all_and_for_good(code: str, text: str) -> None:
    result = mended(BY_CODE[code], text)
    if result is not None:
        assert said(BY_CODE[code], result) == []


@pytest.mark.parametrize("code", MENDING)
@MANY
@given(TEXTS)
def test_repair_brings_no_new_error(code: str, text: str) -> None:
    """What a repair uncovers (a control that was taken for a part of a wrong decoding) must have been there before."""
    result = mended(BY_CODE[code], text)
    if result is not None:
        assert is_wrong("NL601", text) or not is_wrong("NL601", result)
        assert len(unwanted(result)) <= len(unwanted(text))


@MANY
@given(TEXTS)
def test_white_space_references_and_controls_are_mended_side_by_side(text: str) -> None:
    """NL602, NL603, NL604 and NL607 never want the same characters, so one round can apply them all."""
    pieces: list[tuple[int, int, str]] = []
    for code in ("NL602", "NL603", "NL604", "NL607"):
        for violation in judged(BY_CODE[code], {"title": text}):
            if violation.repair is not None:
                (change,) = violation.repair.changes
                assert isinstance(change, Rewrite)
                pieces += change.pieces
    apply(text, tuple(sorted(pieces)))


@MANY
@given(TEXTS)
def test_safe_repairs_come_to_an_end(text: str) -> None:
    for _ in range(10):
        before = text
        for code in SAFE:
            text = mended(BY_CODE[code], text) or text
        if text == before:
            return
    raise AssertionError("ten rounds of safe repairs are not enough")


@MANY
@given(TEXTS)
def test_no_rule_fails_and_every_place_is_in_the_text(text: str) -> None:
    for code in (*MENDING, "NL601", "NL605", "NL608"):
        for violation in judged(BY_CODE[code], {"title": text}):
            start, end = violation.within or (0, len(text))
            assert 0 <= start <= end <= len(text)
            assert violation.hint
            assert not violation.message.endswith(".")


@MANY
@given(TEXTS)
def test_a_blank_text_is_one_finding(text: str) -> None:
    if is_wrong("NL601", text):
        assert [code for code in (*MENDING, "NL605", "NL608") if is_wrong(code, text)] == []
