"""What the tests of NL3 and NL4 share: an article as data, one rule alone on it, and what its repair makes of it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from newslint.document.document import Document
from newslint.document.post import read_post
from newslint.finding import Insert, Remove, Replace, Rewrite, Violation, readable_pointer
from newslint.rules.rule import Options, Rule
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW, ROOT

_FIELDS = Runner(Settings(ROOT), Choices(now=NOW)).plan.schema.fields
PAGE = "https://news.met.police.uk/news/croydon-478451"
Article = dict[str, Any]


def article(**fields: Any) -> Article:
    """Return a valid article's data with some fields replaced, added, or (None) taken away."""
    data: Article = {
        "category": "news",
        "title": "Live facial recognition helps deliver justice in Croydon",
        "excerpt": "For the second time in five days, the Met deployed live facial recognition technology.",
        "publishedDateTime": "2024-01-24T15:00:00Z",
        "originalUrl": PAGE,
        "webUrl": PAGE,
        "type": "article",
        "provider": {"name": "Metropolitan Police Service", "domain": "police.uk"},
        "topics": ["AI"],
        "secured": "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA==",
    }
    data.update(fields)
    return {name: value for name, value in data.items() if value is not None}


def image(url: str, width: Any = 1024, height: Any = 576, **fields: Any) -> Article:
    """Return an image's data."""
    return {"url": url, "width": width, "height": height, **fields}


def violations(rule: Rule, data: Mapping[str, Any], **options: Any) -> list[Violation]:
    """Return what one rule says of an article's data; options by their names, with ``_`` for ``-``."""
    assert rule.check is not None
    values = {name: option.default for name, option in rule.options.items()}
    values.update({name.replace("_", "-"): value for name, value in options.items()})
    document = Document("", read_post(data), collect=_FIELDS)
    return list(rule.check(document, Options(values, NOW)))


def places(rule: Rule, data: Mapping[str, Any], **options: Any) -> list[str]:
    """Return the readable pointers at which one rule finds a fault."""
    return [readable_pointer(violation.pointer) for violation in violations(rule, data, **options)]


def pointed(data: Mapping[str, Any], violation: Violation) -> str:
    """Return the part of the value that a violation points at."""
    assert violation.within is not None
    start, end = violation.within
    value = at(data, violation.pointer)
    assert 0 <= start < end <= len(value)
    return str(value[start:end])


def at(data: Any, pointer: tuple[str | int, ...]) -> Any:
    """Return the value at a pointer."""
    for step in pointer:
        data = data[step]
    return data


def mended(data: Mapping[str, Any], violation: Violation) -> Article:
    """Return a copy of the data after a violation's repair."""
    assert violation.repair is not None
    result: Article = copy.deepcopy(dict(data))
    for change in violation.repair.changes:
        owner, step = at(result, change.pointer[:-1]), change.pointer[-1]  # type: ignore[union-attr]
        if isinstance(change, Rewrite):
            text, end = owner[step], len(owner[step])
            for start, stop, new in reversed(change.pieces):
                assert 0 <= start < stop <= end, "pieces must be in order, apart, and not empty"
                text, end = text[:start] + new + text[stop:], start
            owner[step] = text
        elif isinstance(change, Replace):
            owner[step] = change.value
        elif isinstance(change, Remove):
            del owner[step]
        else:
            assert isinstance(change, Insert), change
            assert step not in owner
            assert all(name in owner for name in change.after)
            owner[step] = change.value
    return result


STRANGE_VALUES: list[Any] = [None, True, 0, -1, 1.5, "", " ", "x", [], ["x"], [None], {}, {"x": 1}, [[]], [{}]]
"""Values of the wrong type that a rule may meet at any field."""
