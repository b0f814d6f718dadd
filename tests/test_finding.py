"""How findings are named: pointers for programs and for people."""

from __future__ import annotations

import pytest

from newslint.finding import Pointer, pointer_text, readable_pointer


@pytest.mark.parametrize(
    ("pointer", "text", "readable"),
    [
        ((), "", ""),
        (("related", 0, "webUrl"), "/related/0/webUrl", "related[0].webUrl"),
        (("a/b", "c~d"), "/a~1b/c~0d", '["a/b"]["c~d"]'),
        (("", "x y", "größe"), "//x y/größe", '[""]["x y"].größe'),
        # The whole key is for programs; people get its first 79 characters.
        (("k" * 100,), f"/{'k' * 100}", f"{'k' * 79}…"),
        (("a b" * 100,), f"/{'a b' * 100}", f'["{("a b" * 100)[:79]}…"]'),
        (("k" * 80,), f"/{'k' * 80}", "k" * 80),
    ],
)
def test_a_pointer_in_both_writings(pointer: Pointer, text: str, readable: str) -> None:
    assert (pointer_text(pointer), readable_pointer(pointer)) == (text, readable)
