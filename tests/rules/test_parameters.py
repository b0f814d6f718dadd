"""NL308: which parameters of a URL only measure readers, and what is left when they are gone."""

from __future__ import annotations

import pytest

from newslint.finding import Rewrite
from newslint.rules.parameters import tracking_parameters
from tests.rules.articles import PAGE, article, image, mended, places, pointed, violations


@pytest.mark.parametrize(
    ("query", "first", "result"),
    [
        ("?utm_source=x", "utm_source=x", ""),
        ("?fbclid", "fbclid", ""),
        ("?fbclid=", "fbclid=", ""),
        ("?utm_source=x#top", "utm_source=x", "#top"),
        ("?utm_source=x&a=1", "utm_source=x", "?a=1"),
        ("?a=1&utm_source=x", "utm_source=x", "?a=1"),
        ("?a=1&utm_source=x&b=2", "utm_source=x", "?a=1&b=2"),
        ("?a=1&utm_source=x#utm_medium=y", "utm_source=x", "?a=1#utm_medium=y"),
        ("?utm_source=x&utm_medium=y&a=1&gclid=z&b=%2F+é&fbclid=1&fbclid=2", "utm_source=x", "?a=1&b=%2F+é"),
        ("?utm_source=x&&utm_medium=y", "utm_source=x", ""),
        ("?&a=1&utm_source=x&&b", "utm_source=x", "?&a=1&&b"),
        ("?UTM_Source=x&A=1", "UTM_Source=x", "?A=1"),
        ("?utm%5Fsource=x&a=1", "utm%5Fsource=x", "?a=1"),
        ("?a=1&amp;utm_source=x&amp;b=2", "amp;utm_source=x", "?a=1&amp;b=2"),
        ("?_mc=NL&cid=NL&elq_mid=1&elqTrackId=2", "_mc=NL", "?cid=NL"),
        ("?q=?&mkt_tok=?x?", "mkt_tok=?x?", "?q=?"),
        ("?utm_a=1&utm_b=2&utm_c=3&d", "utm_a=1", "?d"),
        ("?d&utm_a=1&utm_b=2&utm_c=3", "utm_a=1", "?d"),
    ],
)
def test_only_these_parameters_go(query: str, first: str, result: str) -> None:
    data = article(webUrl=PAGE + query)
    (found,) = violations(tracking_parameters, data)
    assert pointed(data, found) == first
    assert found.repair is not None
    assert not found.repair.safe
    (change,) = found.repair.changes
    assert isinstance(change, Rewrite)
    assert all(piece[2] == "" for piece in change.pieces)
    assert mended(data, found)["webUrl"] == PAGE + result
    assert violations(tracking_parameters, mended(data, found)) == []


@pytest.mark.parametrize(
    "rest",
    [
        "", "?", "?#", "?a=utm_source", "?utm=1", "?xutm_source=1", "?source=rss&ref=x&cid=5&mid=1&si=2&t=3", "?mc=1",
        "?amp", "?amp;", "/utm_source=x", "#utm_source=x", "#?utm_source=x", "?gclid_x=1", "?a=1;utm_source=x",
    ],
)  # fmt: skip
def test_other_parameters_stay(rest: str) -> None:
    assert violations(tracking_parameters, article(webUrl=PAGE + rest)) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?gclid=1", 'the parameter "gclid" only measures where readers come from'),
        (
            "?gclid=1&a&fbclid=2",
            'the parameter "gclid" only measures where readers come from, and so does 1 more ("fbclid")',
        ),
        (
            "?gclid=1&utm_b&utm_b&utm_c&utm_d&utm_e",
            'the parameter "gclid" only measures where readers come from,'
            ' and so do 5 more ("utm_b", "utm_c", "utm_d" ...)',
        ),
    ],
)
def test_the_message_counts_the_others(query: str, message: str) -> None:
    (found,) = violations(tracking_parameters, article(webUrl=PAGE + query))
    assert found.message == message


def test_every_url_but_those_of_images() -> None:
    bad = f"{PAGE}?utm_source=x"
    provider = {"name": "X", "domain": "police.uk", "images": [image(bad)]}
    related = [{"webUrl": bad, "ampWebUrl": bad, "provider": provider, "images": [image(bad)]}]
    data = article(originalUrl=bad, webUrl=bad, images=[image(bad)], provider=provider, related=related)
    assert places(tracking_parameters, data) == ["originalUrl", "webUrl", "related[0].webUrl", "related[0].ampWebUrl"]


def test_the_list_is_the_users() -> None:
    data = article(webUrl=f"{PAGE}?utm_source=x&ref=y&refx=z")
    assert [pointed(data, found) for found in violations(tracking_parameters, data)] == ["utm_source=x"]
    (found,) = violations(tracking_parameters, data, tracking_parameters=["REF*"])
    assert pointed(data, found) == "ref=y"
    assert mended(data, found)["webUrl"] == f"{PAGE}?utm_source=x"
    assert violations(tracking_parameters, data, tracking_parameters=[]) == []


def test_what_is_no_url_is_not_judged() -> None:
    assert violations(tracking_parameters, article(webUrl="police.uk?utm_source=x")) == []
