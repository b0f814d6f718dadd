"""Addresses in AMP caches: the published examples of the AMP Project, and what else counts as the same address."""

from __future__ import annotations

import pytest

from newslint.rules.amp_cache import cache_domain, cache_prefixes, cache_url, mismatch
from newslint.url import URL, parse_url


def url(text: str) -> URL:
    parsed = parse_url(text)
    assert isinstance(parsed, URL)
    return parsed


DOCUMENTED = [
    ("example.com", "example-com"),
    ("foo.example.com", "foo-example-com"),
    ("foo-example.com", "foo--example-com"),
    ("xn--57hw060o.com", "xn---com-p33b41770a"),
    ("⚡😊.com", "xn---com-p33b41770a"),
    ("en-us.example.com", "0-en--us-example-com-0"),
]
"""amp.dev, "AMP Cache URL Format and Request Handling", basic algorithm."""

TOOLBOX = [
    ("something.com", "something-com"),
    ("SOMETHING.COM", "something-com"),
    ("hello-world.com", "hello--world-com"),
    ("hello--world.com", "hello----world-com"),
    ("toplevelnohyphens", "qsgpfjzulvuaxb66z77vlhb5gu2irvcnyp6t67cz6tqo5ae6fysa"),
    ("no-dot-domain", "4lxc7wqq7b25walg4rdiil62veijrmqui5z3ept2lyfqqwpowryq"),
    (
        "itwasadarkandstormynight.therainfellintorrents.exceptatoccasionalintervalswhenitwascheckedby"
        ".aviolentgustofwindwhichsweptupthestreets.com",
        "dgz4cnrxufaulnwku4ow5biptyqnenjievjht56hd7wqinbdbteq",
    ),
    ("xn--bcher-kva.ch", "xn--bcher-ch-65a"),
    ("xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c", "xn-------i5fvcbaopc6fkc0de0d9jybegt6cd"),
    (
        "hello.xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c",
        "a6h5moukddengbsjm77rvbosevwuduec2blkjva4223o4bgafgla",
    ),
    ("en-us.example.com", "0-en--us-example-com-0"),
]
"""ampproject/amp-toolbox, packages/cache-url, the tests of createCurlsSubdomain."""

OTHERS = [
    ("xn--xgb49a.xn--xgb6g", "asdk26k2mfqxgc6cdx3oh3vlnx42rqwn6uvsuqrufnx622tguq6q"),
    ("xn--xgb49a.xn--xgb49a", "xn----lncb27eca"),
    ("faß.de", "xn--fa-de-mqa"),
    ("βόλοσ.com", "xn---com-4ld8c2a6a8e"),
    ("0" * 60 + ".com", "stejanx4hsijaoj4secyecy4nvqodk56kw72whwcmvdbtucibf5a"),
    ("0" * 59 + "a.com", "jdcvbsorpnc3hcjrhst56nfm6ymdpovlawdbm2efyxpvlt4cpbya"),
]
"""Tests of ampproject/amppackager and of another implementation that was checked against the toolbox."""


@pytest.mark.parametrize(("host", "prefix"), [*DOCUMENTED, *TOOLBOX, *OTHERS])
def test_published_prefixes(host: str, prefix: str) -> None:
    assert cache_prefixes(url(f"https://{host}/").host)[0] == prefix


@pytest.mark.parametrize(
    ("host", "prefixes"),
    [
        # amphtml issue 26205 names the hash that stood for this host until 2020.
        (
            "en-us.example.com",
            ("0-en--us-example-com-0", "covfmowbjemnekovz6xlilc56old3te5kbdukxjd6ypb7buewh5a"),
        ),
        # The documentation's form, and the one of the toolbox and of amppackager.
        ("in--trouble.com", ("0-in----trouble-com-0", "r5s7rxu53tjelpr7ngbxkxpirbrylvbwcuueckh7gmn5mim5cjna")),
        ("bbc.com", ("bbc-com",)),
    ],
)
def test_where_the_sources_differ_all_of_them_count(host: str, prefixes: tuple[str, ...]) -> None:
    assert cache_prefixes(host) == prefixes


@pytest.mark.parametrize("length", range(40, 64))
def test_a_prefix_is_always_one_label(length: int) -> None:
    for host in (f"{'a-' * (length // 2)}b.com", f"{'é' * (length // 4)}.com", f"ab-{'c' * (length - 10)}.com"):
        for prefix in cache_prefixes(url(f"https://{host}/").host):
            assert "." not in prefix
            assert 1 <= len(prefix) <= 63


@pytest.mark.parametrize(
    ("page", "cached"),
    [
        ("https://www.example.com", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com"),
        ("http://www.example.com", "https://www-example-com.cdn.ampproject.org/c/www.example.com"),
        (
            "https://www.example.com/index.html",
            "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/index.html",
        ),
        ("http://www.example.com/index.html", "https://www-example-com.cdn.ampproject.org/c/www.example.com/index.html"),
        (
            "https://example.com/g?value=Hello%20World",
            "https://example-com.cdn.ampproject.org/c/s/example.com/g?value=Hello%20World",
        ),
        ("https://example.com/amp_document.html", "https://example-com.cdn.ampproject.org/c/s/example.com/amp_document.html"),
        ("http://example.com:80/a%2Fb?a=1#f", "https://example-com.cdn.ampproject.org/c/example.com/a%2Fb?a=1#f"),
    ],
)  # fmt: skip
def test_published_addresses(page: str, cached: str) -> None:
    assert cache_url(page, url(page)) == cached
    assert mismatch(url(page), url(cached)) is None


@pytest.mark.parametrize(
    ("page", "cached"),
    [
        # The toolbox keeps the host in the path as it is written, and serves images and fonts in their own way.
        ("https://點看.com", "https://xn---com-k47jg78q.cdn.ampproject.org/c/s/點看.com"),
        ("https://點看.com", "https://xn---com-k47jg78q.cdn.ampproject.org/c/s/xn--c1yn36f.com/"),
        ("https://www.example.com/image.png", "https://www-example-com.cdn.ampproject.org/i/s/www.example.com/image.png"),
        ("http://www.example.com/image.png", "https://www-example-com.cdn.ampproject.org/i/www.example.com/image.png"),
        ("https://www.example.com/image.png", "https://www-example-com.cdn.ampproject.org/ii/w800/s/www.example.com/image.png"),
        ("https://www.example.com/font.woff2", "https://www-example-com.cdn.ampproject.org/r/s/www.example.com/font.woff2"),
        ("https://www.example.com", "https://www-example-com.cdn.ampproject.org/v/s/www.example.com"),
        ("https://www.example.com/a", "https://www-example-com.cdn.ampproject.org/wp/s/www.example.com/a"),
        ("https://www.example.com/a", "https://www-example-com.cdn.ampproject.org/v/s/www.example.com/a?amp_js_v=0.1#origin=x"),
        ("https://www.example.com/?a&b", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/?a&b&usqp=mq331AQ"),
        ("https://www.example.com/?amp_x=1", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/?amp_x=1"),
        ("https://www.example.com/%c3%a9", "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/é"),
        ("https://www.example.com/a", "https://www-example-com.www.bing-amp.com/c/s/www.example.com/a"),
        ("https://www.example.com/a", "https://www-example-com.bing-amp.com/c/s/www.example.com/a"),
        ("https://en-us.example.com/a", "https://covfmowbjemnekovz6xlilc56old3te5kbdukxjd6ypb7buewh5a.cdn.ampproject.org/c/s/en-us.example.com/a"),
    ],
)  # fmt: skip
def test_other_ways_to_write_the_same_address(page: str, cached: str) -> None:
    assert mismatch(url(page), url(cached)) is None


@pytest.mark.parametrize(
    ("page", "cached", "part"),
    [
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/b", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a/", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/A", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/bbc.com/a", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/www.bbc.com/a", "path"),
        ("http://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/i/s/www.bbc.com/a", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/x/s/www.bbc.com/a", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/", "path"),
        ("https://www.bbc.com/a?b", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a", "path"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a?b", "path"),
        ("https://www.bbc.com/a?b&c", "https://www-bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a?c&b", "path"),
        ("https://www.bbc.com/a", "https://bbc-com.cdn.ampproject.org/c/s/www.bbc.com/a", "host"),
        ("https://www.bbc.com/a", "https://cdn.ampproject.org/c/s/www.bbc.com/a", "host"),
        ("https://www.bbc.com/a", "https://www-bbc-com.ampproject.org/c/s/www.bbc.com/a", "host"),
        ("https://www.bbc.com/a", "https://www-bbc-com.cdn.ampproject.org.evil.net/c/s/www.bbc.com/a", "host"),
        ("https://a-b.com/a", "https://a-b-com.cdn.ampproject.org/c/s/a-b.com/a", "host"),
        ("https://www.bbc.com/a", "https://www.google.com/amp/s/www.bbc.com/a", "both"),
    ],
)
def test_what_is_another_address(page: str, cached: str, part: str) -> None:
    assert mismatch(url(page), url(cached)) == part


@pytest.mark.parametrize("page", ["https://bbc.com:8443/a", "https://user@bbc.com/a", "http://bbc.com:443/"])
def test_what_no_cache_can_have(page: str) -> None:
    assert cache_url(page, url(page)) is None


def test_the_longest_cache_domain_counts() -> None:
    assert cache_domain("bbc-com.www.bing-amp.com") == "www.bing-amp.com"
    assert cache_domain("bbc-com.bing-amp.com") == "bing-amp.com"
    assert cache_domain("notcdn.ampproject.org") is None
