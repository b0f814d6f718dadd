"""From two texts to the edits that make one of the other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")

from newslint.edits.text import TextEdit, apply
from newslint.finding import Span
from newslint.limits import MAX_LINES_COMPARED
from newslint.server.differences import differences

TEXTS = st.lists(st.sampled_from(["a", "b", "a b", "\r\n", "\n", "\r", "😀"]), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_the_edits_make_the_second_text_of_the_first(before: str, after: str) -> None:
    edits = differences(before, after)
    assert apply(before, edits) == after
    assert all(edit.span.end <= later.span.start for edit, later in pairwise(edits))
    for edit in edits:
        for place in edit.span:
            assert before[place - 1 : place + 1] != "\r\n" or place == 0, "no position lies within a line end"


def test_only_what_differs_is_replaced() -> None:
    before = 'title: "Ten  blanks"\nheat: 1\ntopics:\n- AI\n'
    after = 'title: "Ten blanks"\nheat: 1\ntopics:\n- AI\n- ML\n'
    assert differences(before, after) == (
        TextEdit(Span(12, 13), ""),
        TextEdit(Span(len(before), len(before)), "- ML\n"),
    )


def test_very_long_texts_are_replaced_in_one_piece() -> None:
    lines = [f"{number}\n" for number in range(MAX_LINES_COMPARED + 1)]
    before, after = "".join(lines), "".join(f"x{line}" for line in lines)
    (edit,) = differences(before, after)
    assert apply(before, [edit]) == after
