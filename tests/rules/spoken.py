"""What one rule says of one text, as violations with their repairs: nothing silenced, nothing put in its place."""

from __future__ import annotations

from typing import Any

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Fences, decode, find_fences
from newslint.finding import Remove, Replace, Violation
from newslint.rules import BY_CODE
from newslint.rules.rule import Options
from newslint.schema.schema import article_schema
from newslint.vocabulary import Vocabulary
from tests.conftest import NOW


def read(text: str, name: str = "article.md") -> Document:
    """Return the document of a text with good fences and YAML."""
    source, _ = decode(name, text.encode())
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    return Document(name, events.read(source, fences.yaml), source, fences, article_schema().fields)


def spoken(
    code: str, text: str, *, name: str = "article.md", vocabulary: Vocabulary | None = None, **values: Any
) -> list[Violation]:
    """Return what a rule says, with other values for some of its options (``_`` for ``-`` in their names)."""
    rule = BY_CODE[code]
    assert rule.check is not None
    defaults = {option: declared.default for option, declared in rule.options.items()}
    chosen = {option.replace("_", "-"): value for option, value in values.items()}
    return list(rule.check(read(text, name), Options(defaults | chosen, NOW, vocabulary)))


def fixed_list(items: list[str], violation: Violation) -> list[str]:
    """Return a list after the repair of one violation: items replaced, removed, inserted, all counted as before it."""
    assert violation.repair is not None
    before: dict[int, list[str]] = {}
    kept: dict[int, str | None] = dict(enumerate(items))
    for change in violation.repair.changes:
        index = change.pointer[-1]  # type: ignore[union-attr]
        assert isinstance(index, int)
        if isinstance(change, Remove):
            kept[index] = None
        elif isinstance(change, Replace):
            kept[index] = str(change.value)
        else:
            before.setdefault(index, []).append(str(change.value))  # type: ignore[union-attr]
    result: list[str] = []
    for index in range(len(items) + 1):
        result += before.get(index, [])
        if (item := kept.get(index)) is not None:
            result.append(item)
    return result
