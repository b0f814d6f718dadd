"""What the tests of NL6 share: one rule alone on one text, and what its repair makes of the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newslint.document.document import Document
from newslint.document.post import read_post
from newslint.finding import Rewrite, Violation
from newslint.rules.rule import Options, Rule
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW, ROOT, with_fields

_FIELDS = Runner(Settings(ROOT), Choices(now=NOW)).plan.schema.fields


def judged(rule: Rule, data: Mapping[Any, Any]) -> list[Violation]:
    """Return what one rule says of an article's data."""
    assert rule.check is not None
    return list(rule.check(Document("", read_post(data), collect=_FIELDS), Options({}, NOW)))


def said(rule: Rule, text: str) -> list[str]:
    """Return the messages of one rule about a title."""
    return [violation.message for violation in judged(rule, {"title": text})]


def mended(rule: Rule, text: str) -> str | None:
    """Return a title after one rule's repair, or None where the rule has nothing to mend or nothing to mend it with."""
    found = judged(rule, {"title": text})
    if not found or found[0].repair is None:
        return None
    (change,) = found[0].repair.changes
    assert isinstance(change, Rewrite)
    assert change.pointer == ("title",)
    return apply(text, change.pieces)


def apply(text: str, pieces: tuple[tuple[int, int, str], ...]) -> str:
    """Return a text with its pieces replaced, from the back; they must be in order and apart."""
    ends = [0]
    for start, end, new in pieces:
        assert ends[-1] <= start < end <= len(text), "pieces must be in order, apart, and not empty"
        assert text[start:end] != new, "a piece must change something"
        ends.append(end)
    for start, end, new in reversed(pieces):
        text = text[:start] + new + text[end:]
    return text


def in_quotes(text: str) -> str:
    """Return a text as a double-quoted YAML scalar with an escape for all that is not printable ASCII."""
    escaped = (
        character if " " <= character <= "~" and character not in '"\\' else f"\\U{ord(character):08X}"
        for character in text
    )
    return f'"{"".join(escaped)}"'


def article(title: str) -> str:
    """Return a valid article with a title that is written in double quotes."""
    return with_fields(f"title: {in_quotes(title)}\n")
