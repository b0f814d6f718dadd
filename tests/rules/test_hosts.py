"""NL303 and NL304: whose pages an article links to, and what is a domain; the repair of a domain."""

from __future__ import annotations

import pytest

from newslint.rules.hosts import invalid_domain, provider_domain_mismatch
from tests.rules.articles import article, mended, places, pointed, violations


def provider(domain: object) -> dict[str, object]:
    return {"name": "X", "domain": domain}


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://police.uk/a", "police.uk"),
        ("https://news.met.police.uk/a", "police.uk"),
        ("https://POLICE.uk.:8443/a", "police.uk"),
        ("https://user@police.uk/a", "police.uk"),
        ("https://xn--bcher-kva.ch/a", "bücher.ch"),
        ("https://www.bücher.ch/a", "xn--bcher-kva.ch"),
        ("https://BU\u0308CHER.ch/a", "bücher.ch"),
        ("https://jekyll.github.io/a", "github.io"),
    ],
)
def test_pages_of_the_provider(url: str, domain: str) -> None:
    assert violations(provider_domain_mismatch, article(originalUrl=url, webUrl=url, provider=provider(domain))) == []


@pytest.mark.parametrize(
    ("url", "domain", "host"),
    [
        ("https://fakepolice.uk/a", "police.uk", "fakepolice.uk"),
        ("https://police.uk.evil.net/a", "police.uk", "police.uk.evil.net"),
        ("https://met.police.uk/a", "news.met.police.uk", "met.police.uk"),
        ("https://bücher.com:8443/a", "bücher.ch", "bücher.com"),
        ("https://bucher.ch/a", "bücher.ch", "bucher.ch"),
    ],
)
def test_pages_of_somebody_else(url: str, domain: str, host: str) -> None:
    data = article(webUrl=url, originalUrl=None, provider=provider(domain))
    (found,) = violations(provider_domain_mismatch, data)
    assert pointed(data, found) == host


def test_only_originalurl_of_a_video_may_be_on_a_video_host() -> None:
    video = "https://www.youtube.com/watch?v=WJk-Y8LQlfE"
    assert places(provider_domain_mismatch, article(originalUrl=video, type="video")) == []
    assert places(provider_domain_mismatch, article(originalUrl=video)) == ["originalUrl"]
    assert places(provider_domain_mismatch, article(webUrl=video, type="video")) == ["webUrl"]
    assert places(provider_domain_mismatch, article(originalUrl=video, type="video"), video_hosts=["vimeo.com"])


@pytest.mark.parametrize(
    "domain",
    [
        "bbc.com", "police.uk", "uk", "a-b.c--d.org", "4chan.org", "xn--bcher-kva.ch", "bücher.ch", "faß.de",
        "1.org", "www.com", "wwwhatsnew.com", "www2.bbc.com",
    ],
)  # fmt: skip
def test_domains(domain: str) -> None:
    assert violations(invalid_domain, article(provider=provider(domain))) == []


@pytest.mark.parametrize(
    ("domain", "reason", "part", "hint"),
    [
        ("", "it is empty", None, "Write the bare host name, such as bbc.com"),
        (" bbc.com", "it holds a blank", " ", "Write bbc.com"),
        ("bbc.com\n", "it holds a blank", "\n", "Write bbc.com"),
        ("https://bbc.com", "it begins with https://", "https://", "Write bbc.com"),
        ("//bbc.com", "it holds a path", "//bbc.com", "Write the bare host name, such as bbc.com"),
        ("bbc.com/", "it ends in a slash", "/", "Write bbc.com"),
        ("bbc.com/news", "it holds a path", "/news", "Write bbc.com"),
        ("bbc.com:443", "it holds a port", ":443", "Write bbc.com"),
        ("bbc.com?q", "it holds a query", "?q", "Write bbc.com"),
        ("bbc.com#f", "it holds a fragment", "#f", "Write bbc.com"),
        ("press@bbc.com", "it holds a user name", "press@", "Write bbc.com"),
        ("www.bbc.com", "it begins with www.", "www.", "Write bbc.com"),
        ("bbC.com", "it has capital letters", "C", "Write bbc.com"),
        ("BÜCHER.ch", "it has capital letters", "B", "Write bücher.ch"),
        ("bu\u0308cher.ch", "it is written bücher.ch", None, "Write bücher.ch"),
        ("ｂｂｃ.com", "it is written bbc.com", None, "Write bbc.com"),
        ("bücher.xn--p1ai", "it is written bücher.рф", None, "Write bücher.рф"),
        ("bbc.com.", "it ends in a dot", ".", "Write bbc.com"),
        ("BBC", "it has capital letters", "B", "Write the bare host name, such as bbc.com"),
        ("bbc..com", "it has two dots in a row", None, "Write the bare host name, such as bbc.com"),
        ("b_c.com", 'it holds "_", which no host has', None, "Write the bare host name, such as bbc.com"),
        (".bbc.com", "it begins with a dot", None, "Write the bare host name, such as bbc.com"),
        (
            "news.-bbc.com",
            'it has "-bbc", which begins with a hyphen',
            None,
            "Write the bare host name, such as bbc.com",
        ),
        ("News-.bbc.com", 'it has "news-", which ends in a hyphen', None, "Write the bare host name, such as bbc.com"),
        ("a_b.bbc.com", 'it holds "_", which no host has', None, "Write the bare host name, such as bbc.com"),
        ("10.0.0.1.", "it ends in a dot", ".", "Write the bare host name, such as bbc.com"),
        ("a.1.2.3.4", "no host can have this name", None, "Write the bare host name, such as bbc.com"),
        ("8.8.8.8", "it is an IP address, not a name", None, "Write the bare host name, such as bbc.com"),
        ("0x8.8", "it is an IP address, not a name", None, "Write the bare host name, such as bbc.com"),
        ("[::1]", "it is an IP address, not a name", None, "Write the bare host name, such as bbc.com"),
    ],
)
def test_what_is_no_domain(domain: str, reason: str, part: str | None, hint: str) -> None:
    data = article(provider=provider(domain))
    (found,) = violations(invalid_domain, data)
    assert found.message.endswith(f" is no bare host name: {reason}")
    assert (None if found.within is None else pointed(data, found)) == part
    assert found.hint == hint


@pytest.mark.parametrize(
    ("domain", "result", "safe"),
    [
        ("BBC.com", "bbc.com", True),
        ("https://bbc.com", "bbc.com", True),
        ("HTTP://BBC.com/", "bbc.com", True),
        ("bbc.com/", "bbc.com", True),
        ("Bücher.CH/", "bücher.ch", True),
        ("XN--BCHER-KVA.ch", "xn--bcher-kva.ch", True),
        ("www.bbc.com", "bbc.com", False),
        ("https://WWW.bbc.com/", "bbc.com", False),
    ],
)
def test_repair_of_a_domain(domain: str, result: str, safe: bool) -> None:
    data = article(provider=provider(domain))
    (found,) = violations(invalid_domain, data)
    assert found.repair is not None
    assert found.repair.safe is safe
    assert mended(data, found)["provider"]["domain"] == result
    assert violations(invalid_domain, mended(data, found)) == []


@pytest.mark.parametrize(
    "domain",
    [
        "bbc.com/news", "bbc.com:443", "a@bbc.com", "bbc.com?q", " bbc.com", "bbc.com//", "bbc.com.", "BBC", "b_c.com",
        "bu\u0308cher.ch", "https://8.8.8.8/", "https://", "www.", "https:///", "//bbc.com", "https://bbc.com/#x",
    ],
)  # fmt: skip
def test_what_is_more_than_that_has_no_repair(domain: str) -> None:
    (found,) = violations(invalid_domain, article(provider=provider(domain)))
    assert found.repair is None
