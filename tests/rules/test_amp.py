"""NL305, NL306 and NL307: the AMP pages of the article and of its related articles, and their repairs."""

from __future__ import annotations

import pytest

from newslint.rules.amp import amp_cache_mismatch, amp_domain_mismatch, amp_pair
from tests.conftest import SEED, brief, lint
from tests.rules.articles import article, mended, places, pointed, violations

PAGE = "https://news.met.police.uk/croydon/amp"
CACHED = "https://news-met-police-uk.cdn.ampproject.org/c/s/news.met.police.uk/croydon/amp"


@pytest.mark.parametrize(
    ("page", "cached", "part", "expected"),
    [
        (PAGE, CACHED.replace("croydon", "hackney"), "hackney", CACHED),
        (PAGE, CACHED.replace("/c/s/", "/c/"), "/", CACHED),
        (PAGE, CACHED + "/", "/", CACHED),
        (PAGE, CACHED.removesuffix("/amp"), "n", CACHED),
        (PAGE, CACHED.replace("-uk", "-co-uk"), "news-met-police-co-uk.cdn.ampproject.org", CACHED),
        (PAGE, PAGE, PAGE, CACHED),
        (
            PAGE,
            CACHED.replace("news-met-police-uk.cdn.ampproject.org", "x.www.bing-amp.com"),
            "x.www.bing-amp.com",
            CACHED.replace("cdn.ampproject.org", "www.bing-amp.com"),
        ),
        (PAGE + "?a=1#b", CACHED, "p", CACHED + "?a=1#b"),
        ("HTTPS://NEWS.met.police.uk:443/croydon/amp", CACHED + "x", "x", CACHED),
        (
            "https://bücher.ch/ü",
            "https://bücher.ch/",
            "https://bücher.ch/",
            "https://xn--bcher-ch-65a.cdn.ampproject.org/c/s/xn--bcher-kva.ch/ü",
        ),
    ],
)
def test_a_cache_address_of_another_page(page: str, cached: str, part: str, expected: str) -> None:
    data = article(ampWebUrl=page, cdnAmpWebUrl=cached)
    (found,) = violations(amp_cache_mismatch, data)
    assert (cached if found.within is None else pointed(data, found)) == part
    assert found.message == f'"{cached}" is not ampWebUrl in an AMP cache, where "{expected}" is expected'
    assert found.repair is not None
    assert found.repair.safe
    assert found.uses == (("ampWebUrl",),)
    assert mended(data, found)["cdnAmpWebUrl"] == expected
    assert violations(amp_cache_mismatch, mended(data, found)) == []


@pytest.mark.parametrize(
    ("page", "cached"),
    [
        (PAGE, CACHED),
        (PAGE, CACHED.replace("https", "http", 1)),
        (PAGE, "nonsense"),
        ("nonsense", CACHED),
        (None, CACHED),
        (PAGE, None),
        ("https://police.uk:8443/amp", "https://police-uk.cdn.ampproject.org/c/s/police.uk/amp"),
        ("https://a@police.uk/amp", "https://police-uk.cdn.ampproject.org/c/s/police.uk/other"),
        (CACHED, CACHED),
        (CACHED, CACHED.replace("croydon", "hackney")),
    ],
)
def test_what_cannot_be_compared_or_is_right(page: str | None, cached: str | None) -> None:
    assert violations(amp_cache_mismatch, article(ampWebUrl=page, cdnAmpWebUrl=cached)) == []


def test_no_repair_makes_a_url_too_long() -> None:
    page = "https://police.uk/" + "a" * 8_170
    (found,) = violations(amp_cache_mismatch, article(ampWebUrl=page, cdnAmpWebUrl=CACHED))
    assert found.repair is None
    (found,) = violations(amp_pair, article(ampWebUrl=page))
    assert found.repair is None


def test_a_missing_cache_address_is_added() -> None:
    data = article(ampWebUrl=PAGE)
    (found,) = violations(amp_pair, data)
    assert found.part == "missing"
    assert found.pointer == ("cdnAmpWebUrl",)
    assert found.message == "cdnAmpWebUrl is missing, although ampWebUrl is there"
    assert found.hint == f"Add cdnAmpWebUrl, which is {CACHED}, or delete ampWebUrl"
    assert found.repair is not None
    assert found.repair.safe
    assert mended(data, found)["cdnAmpWebUrl"] == CACHED
    assert violations(amp_cache_mismatch, mended(data, found)) == []


def test_in_a_related_article_as_well() -> None:
    related = [{"webUrl": PAGE}, {"ampWebUrl": PAGE}, {"cdnAmpWebUrl": CACHED}]
    data = article(related=related)
    assert places(amp_pair, data) == ["related[1].cdnAmpWebUrl", "related[2].ampWebUrl"]
    first, second = violations(amp_pair, data)
    assert mended(data, first)["related"][1]["cdnAmpWebUrl"] == CACHED
    assert second.repair is None
    assert second.hint == "Add ampWebUrl, or delete cdnAmpWebUrl"


@pytest.mark.parametrize("page", ["nonsense", 5, "https://police.uk:8443/amp", CACHED])
def test_a_page_that_no_cache_has_gives_no_address(page: object) -> None:
    (found,) = violations(amp_pair, article(ampWebUrl=page))
    assert found.repair is None


def test_both_or_none_is_a_pair() -> None:
    assert violations(amp_pair, article()) == []
    assert violations(amp_pair, article(ampWebUrl=PAGE, cdnAmpWebUrl=CACHED)) == []


@pytest.mark.parametrize(
    ("page", "domain", "host"),
    [
        ("https://amp.bbc.com/a", "police.uk", "amp.bbc.com"),
        ("https://police.uk.amp.net/a", "police.uk", "police.uk.amp.net"),
        ("https://www.google.com/amp/s/police.uk/a", "police.uk", "www.google.com"),
        (CACHED, "police.uk", "news-met-police-uk.cdn.ampproject.org"),
    ],
)
def test_an_amp_page_of_somebody_else(page: str, domain: str, host: str) -> None:
    data = article(ampWebUrl=page, provider={"name": "X", "domain": domain})
    (found,) = violations(amp_domain_mismatch, data)
    assert pointed(data, found) == host


@pytest.mark.parametrize(
    ("page", "domain"),
    [(PAGE, "police.uk"), ("https://amp.BÜCHER.ch/", "xn--bcher-kva.ch"), ("nonsense", "police.uk"), (PAGE, "?")],
)
def test_an_amp_page_of_the_provider(page: str, domain: str) -> None:
    assert violations(amp_domain_mismatch, article(ampWebUrl=page, provider={"name": "X", "domain": domain})) == []


def test_one_fault_is_one_finding() -> None:
    """A domain that is none says nothing of the AMP page, and a URL that is none nothing of its cache address."""
    seed = SEED.read_text("utf-8")
    assert seed.count("domain: bbc.com") == 2
    text = seed.replace("domain: bbc.com", "domain: www.bbc.co.uk", 1)
    assert brief(lint(text)) == ["37:15-37:19 NL304 /related/0/provider/domain"]
    text = seed.replace('ampWebUrl: "https://www.bbc', 'ampWebUrl: "https//www.bbc')
    assert brief(lint(text)) == ["32:16-32:75 NL301 /related/0/ampWebUrl"]
