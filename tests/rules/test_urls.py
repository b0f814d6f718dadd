"""NL301, NL302 and NL312: what is no URL, what is not secure, what is a front page, and the repair of http."""

from __future__ import annotations

import pytest

from newslint.rules.amp import amp_cache_mismatch
from newslint.rules.urls import front_page_url, insecure_url, invalid_url
from tests.rules.articles import article, image, mended, places, pointed, violations


def test_every_url_of_the_schema_is_judged() -> None:
    bad = "htp://x"
    logo = {"name": "BBC", "domain": "bbc.com", "images": [image(bad)]}
    related = {"webUrl": bad, "ampWebUrl": bad, "cdnAmpWebUrl": bad, "provider": logo, "images": [image(bad)]}
    data = article(
        originalUrl=bad,
        webUrl=bad,
        ampWebUrl=bad,
        cdnAmpWebUrl=bad,
        provider={"name": "x", "domain": "police.uk", "images": [image(bad)]},
        images=[image(bad)],
        related=[related],
    )
    found = places(invalid_url, data)
    assert sorted(found) == sorted(
        [
            "originalUrl",
            "webUrl",
            "ampWebUrl",
            "cdnAmpWebUrl",
            "provider.images[0].url",
            "images[0].url",
            "related[0].webUrl",
            "related[0].ampWebUrl",
            "related[0].cdnAmpWebUrl",
            "related[0].provider.images[0].url",
            "related[0].images[0].url",
        ]
    )


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("http://police.uk/a", "https://police.uk/a"),
        ("HTTP://police.uk/a", "https://police.uk/a"),
        ("http://police.uk:80/a:80", "https://police.uk/a:80"),
        ("http://police.uk:080", "https://police.uk"),
        ("http://police.uk:/a", "https://police.uk/a"),
        ("http://user@police.uk:80?q", "https://user@police.uk?q"),
    ],
)
def test_http_is_mended_with_its_port(text: str, result: str) -> None:
    data = article(webUrl=text)
    (found,) = violations(insecure_url, data)
    assert pointed(data, found).lower() == "http"
    assert found.repair is not None
    assert not found.repair.safe
    assert mended(data, found)["webUrl"] == result
    assert violations(insecure_url, mended(data, found)) == []


def test_a_page_and_its_cache_address_are_secured_together() -> None:
    page, cached = "http://police.uk:80/a?b", "https://police-uk.cdn.ampproject.org/c/police.uk/a?b"
    data = article(ampWebUrl=page, cdnAmpWebUrl=cached)
    assert violations(amp_cache_mismatch, data) == []
    (found,) = violations(insecure_url, data)
    result = mended(data, found)
    assert result["ampWebUrl"] == "https://police.uk/a?b"
    assert result["cdnAmpWebUrl"] == "https://police-uk.cdn.ampproject.org/c/s/police.uk/a?b"
    assert violations(amp_cache_mismatch, result) == []
    data = article(ampWebUrl=page, cdnAmpWebUrl=cached.replace("/a", "/other"))
    (found,) = violations(insecure_url, data)
    assert mended(data, found)["cdnAmpWebUrl"] == data["cdnAmpWebUrl"]


@pytest.mark.parametrize("text", ["http://police.uk:8080/a", "http://police.uk:443/"])
def test_http_on_a_port_of_its_own_has_no_repair(text: str) -> None:
    (found,) = violations(insecure_url, article(webUrl=text))
    assert found.repair is None


@pytest.mark.parametrize(
    "text", ["https://police.uk/a", "https://police.uk/http://x", "httpx://police.uk", "http:police"]
)
def test_what_is_not_http(text: str) -> None:
    assert violations(insecure_url, article(webUrl=text)) == []


@pytest.mark.parametrize("text", ["https://bbc.com", "https://bbc.com/", "https://bbc.com//?", "https://bbc.com/#"])
def test_front_pages(text: str) -> None:
    assert places(front_page_url, article(webUrl=text)) == ["webUrl"]
    assert places(front_page_url, article(originalUrl=text)) == ["originalUrl"]
    assert places(front_page_url, article(ampWebUrl=text)) == []


@pytest.mark.parametrize("text", ["https://bbc.com/?utm_source=x&&fbclid", "https://bbc.com/./?gclid=1"])
def test_a_tracking_parameter_makes_no_article_of_a_front_page(text: str) -> None:
    assert places(front_page_url, article(webUrl=text)) == ["webUrl"]


@pytest.mark.parametrize(
    "text",
    [
        "https://bbc.com/a",
        "https://bbc.com/?p=1",
        "https://bbc.com/?utm_source=x&p",
        "https://bbc.com/#!/a",
        "https:/",
        "x",
    ],
)
def test_what_is_no_front_page(text: str) -> None:
    assert violations(front_page_url, article(webUrl=text)) == []
