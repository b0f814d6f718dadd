"""Scores: the repair that makes published agree with heat."""

from __future__ import annotations

import pytest

from newslint.finding import Repair, Replace
from tests.conftest import with_fields
from tests.rules.spoken import spoken


@pytest.mark.parametrize(
    ("heat", "published", "message", "title"),
    [
        (70, "false", "published is false, but heat is 70, at or above the threshold of 70", "Set published to true"),
        (69, "true", "published is true, but heat is 69, below the threshold of 70", "Set published to false"),
        (-1, "true", "published is true, but heat is -1, below the threshold of 70", "Set published to false"),
        (69, "yes", "published is true, but heat is 69, below the threshold of 70", "Set published to false"),
    ],
)
def test_published_is_set_but_never_without_being_asked(heat: int, published: str, message: str, title: str) -> None:
    (violation,) = spoken("NL503", with_fields(f"heat: {heat}\npublished: {published}\n"))
    assert violation.message == message
    changes = (Replace(("published",), title.endswith("true")),)
    assert violation.repair == Repair(title, changes, safe=False)


@pytest.mark.parametrize(
    ("heat", "published"),
    [("70", "true"), ("69", "false"), ("-1", "false"), ("69.5", "true"), ("yes", "true"), ("69", "1")],
)
def test_nothing_to_repair(heat: str, published: str) -> None:
    assert spoken("NL503", with_fields(f"heat: {heat}\npublished: {published}\n")) == []
