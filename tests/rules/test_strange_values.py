"""NL3 and NL4 judge no value of the wrong type, and fail on none, at whatever field it stands."""

from __future__ import annotations

from typing import Any

import pytest

from newslint.finding import readable_pointer
from newslint.rules import RULES
from newslint.rules.rule import Rule
from tests.rules.articles import Article, article, image, violations

VALUES: list[Any] = [None, True, False, 0, -1, 1.5, [], [None], ["x"], {}, {"x": 1}, [[]], [{}]]
JUDGING = [rule for rule in RULES if rule.code.startswith(("NL3", "NL4"))]
PLACES: list[tuple[str | int, ...]] = [
    ("originalUrl",),
    ("webUrl",),
    ("ampWebUrl",),
    ("cdnAmpWebUrl",),
    ("type",),
    ("featuredContent",),
    ("provider",),
    ("provider", "domain"),
    ("provider", "images"),
    ("provider", "images", 0),
    ("provider", "images", 0, "url"),
    ("images",),
    ("images", 0),
    ("images", 0, "url"),
    ("images", 0, "width"),
    ("images", 0, "height"),
    ("related",),
    ("related", 0),
    ("related", 0, "webUrl"),
    ("related", 0, "provider"),
    ("related", 0, "images"),
]


def full() -> Article:
    """Return an article with every field that NL3 and NL4 look at, in which nothing is wrong."""
    page, cached = "https://www.bbc.com/a.amp", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a.amp"
    provider = {"name": "BBC", "domain": "bbc.com", "images": [image("https://x.org/bbc.com-50x50.jpg", 50, 50)]}
    pictures = [image("https://i.ytimg.com/vi/WJk-Y8LQlfE/0.jpg"), image("https://x.org/a-1024x576.jpg?w=1024")]
    urls = {"webUrl": "https://www.bbc.com/a?b=1", "ampWebUrl": page, "cdnAmpWebUrl": cached}
    return article(
        originalUrl="https://www.bbc.com/a",
        **urls,
        featuredContent='<iframe src="https://www.youtube.com/embed/WJk-Y8LQlfE"></iframe>',
        provider=provider,
        images=pictures,
        related=[{**urls, "type": "article", "provider": provider, "images": pictures}],
    )


def put(data: Any, place: tuple[str | int, ...], value: Any) -> Any:
    """Return a copy of the data with another value at a place."""
    if not place:
        return value
    result: Any = dict(data) if isinstance(data, dict) else list(data)
    result[place[0]] = put(data[place[0]], place[1:], value)
    return result


@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.code)
def test_the_full_article_is_good(rule: Rule) -> None:
    assert violations(rule, full()) == []


@pytest.mark.parametrize("place", PLACES, ids=readable_pointer)
@pytest.mark.parametrize("rule", JUDGING, ids=lambda rule: rule.code)
def test_a_value_of_the_wrong_type_is_left_to_the_schema(rule: Rule, place: tuple[str | int, ...]) -> None:
    for value in VALUES:
        for violation in violations(rule, put(full(), place, value)):
            assert violation.pointer[: len(place)] != place or type(value) is int, (value, violation)
