"""NL405 and NL406: images that stand twice in a list, and logos of another provider; the repair of the first."""

from __future__ import annotations

import pytest

from newslint.rules.image_urls import logo_domain_mismatch, repeated_image
from tests.conftest import lint, with_fields
from tests.rules.articles import article, image, mended, places, pointed, violations

URL = "https://x.org/a.jpg"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (URL, URL),
        (URL, "HTTPS://X.org:443/a.jpg"),
        (URL, "https://x.org/b/../a.jpg"),
        ("https://bücher.ch/ü", "https://xn--bcher-kva.ch/%C3%BC"),
    ],
)
def test_one_url_twice(first: str, second: str) -> None:
    data = article(images=[image(first), image(second)])
    (found,) = violations(repeated_image, data)
    assert found.pointer == ("images", 1, "url")
    assert found.message == f'"{second}" is the URL of images[0], too, where every image is expected once'
    assert found.repair is not None
    assert found.repair.safe
    assert mended(data, found)["images"] == [image(first)]


@pytest.mark.parametrize(
    "second",
    [
        "http://x.org/a.jpg", "https://x.org/A.jpg", "https://x.org/a.jpg?v=2",
        "https://x.org:8443/a.jpg", "https://www.x.org/a.jpg", "https://x.org/a.jpg#b", "a.jpg",
    ],
)  # fmt: skip
def test_other_urls(second: str) -> None:
    assert violations(repeated_image, article(images=[image(URL), image(second)])) == []


@pytest.mark.parametrize(
    ("earlier", "later", "safe"),
    [
        (image(URL), image(URL), True),
        (image(URL, isCached=True), image(URL), True),
        (image(URL), image(URL, isCached=True), False),
        (image(URL), image(URL, 512, 288), False),
        (image(URL, title="a"), image(URL, title="b"), False),
    ],
)
def test_a_repair_that_loses_something_is_unsafe(
    earlier: dict[str, object], later: dict[str, object], safe: bool
) -> None:
    (found,) = violations(repeated_image, article(images=[earlier, later]))
    assert found.repair is not None
    assert found.repair.safe is safe


def test_each_list_is_its_own() -> None:
    twice = [image(URL), image("https://x.org/b.jpg"), image(URL), image(URL)]
    provider = {"name": "X", "domain": "x.org", "images": [image(URL)]}
    data = article(images=twice, provider=provider, related=[{"images": [image(URL)] * 2, "provider": provider}])
    assert places(repeated_image, data) == ["images[2].url", "images[3].url", "related[0].images[1].url"]


def logo(name: str, domain: str) -> dict[str, object]:
    return article(provider={"name": "X", "domain": domain, "images": [image(f"https://x.org/logos/{name}", 50, 50)]})


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("police.uk-50x50.jpg", "police.uk"),
        ("Police.UK-50x50.jpg?v=1#x", "police.uk"),
        ("xn--bcher-kva.ch-50x50.png", "bücher.ch"),
        ("b%C3%BCcher.ch-50x50.png", "xn--bcher-kva.ch"),
        ("my-site.com-100x100.svg", "my-site.com"),
        ("logo-50x50.jpg", "police.uk"),
        ("logo.v2-50x50.jpg", "police.uk"),
        ("bbc.com-1-50x50.jpg", "police.uk"),
        ("bbc.com.jpg", "police.uk"),
        ("bbc.com-50.jpg", "police.uk"),
        ("bbc.com_50x50.jpg", "police.uk"),
        ("bbc.com-50x50", "police.uk"),
        ("bbc.com-50x50.jpg/x.jpg", "police.uk"),
        ("x.jpg?/bbc.com-50x50.jpg", "police.uk"),
        ("a b.com-50x50.jpg", "police.uk"),
        ("bbc.com-50x50.jpg", "no domain"),
    ],
)
def test_logos_of_the_provider_or_without_a_domain(name: str, domain: str) -> None:
    assert violations(logo_domain_mismatch, logo(name, domain)) == []


@pytest.mark.parametrize(
    ("name", "domain", "host"),
    [
        ("bbc.com-50x50.jpg", "police.uk", "bbc.com"),
        ("met.police.uk-50x50.jpg", "police.uk", "met.police.uk"),
        ("police.uk-50x50.jpg", "met.police.uk", "police.uk"),
        ("www.police.uk-50x50.jpg", "police.uk", "www.police.uk"),
        ("b%C3%BCcher.com-50x50.png?x", "bücher.ch", "b%C3%BCcher.com"),
    ],
)
def test_logos_of_another_provider(name: str, domain: str, host: str) -> None:
    data = logo(name, domain)
    (found,) = violations(logo_domain_mismatch, data)
    assert pointed(data, found) == host
    assert found.message == f'the logo is named after "{host}", where "{domain}" is expected'


def test_only_logos_are_judged_and_those_of_related_articles_too() -> None:
    bad = image("https://x.org/bbc.com-50x50.jpg", 50, 50)
    provider = {"name": "X", "domain": "x.org", "images": [bad]}
    data = article(images=[bad], related=[{"provider": provider, "images": [bad]}])
    assert places(logo_domain_mismatch, data) == ["related[0].provider.images[0].url"]


def test_one_fault_is_one_finding() -> None:
    """A domain that is none, or that nobody can reach, says nothing of the logo."""
    logos = '  images:\n    - url: "https://x.org/bbc.com-50x50.jpg"\n      width: 50\n      height: 50\n'
    for domain, code in (("police.uk", "NL406"), ("www.police.uk", "NL304"), ("localhost", "NL309")):
        text = with_fields(f"provider:\n  name: Metropolitan Police Service\n  domain: {domain}\n{logos}")
        assert [found.code for found in lint(text)] == [code]
