"""Related articles and providers: what is the same address, and what is a name."""

from __future__ import annotations

import pytest

from tests.conftest import brief, lint, with_fields
from tests.rules.spoken import spoken

OWN = "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
OTHER = "https://www.bbc.com/news/uk-england-hampshire-68071705"


def related(*urls: str) -> str:
    return with_fields("related:\n" + "".join(f"  - webUrl: {url}\n" for url in urls))


@pytest.mark.parametrize(
    "url",
    [OWN, OWN.replace("https", "http"), f"{OWN}/", f"{OWN}#x", f"{OWN}?gclid=1", OWN.replace("news.", "www.news.")],
)
def test_the_article_itself_is_told(url: str) -> None:
    (violation,) = spoken("NL704", related(OTHER, url))
    assert violation.pointer == ("related", 1, "webUrl")
    assert violation.message == f'"{url}" is the address of this article itself, its webUrl'
    assert violation.hint == "Take this entry out of related, or correct its webUrl"
    assert [other.pointer for other in violation.related] == [("webUrl",)]


def test_the_original_url_is_the_articles_own_too() -> None:
    text = related(OTHER).replace(f'originalUrl: "{OWN}"', f'originalUrl: "{OTHER}"')
    (violation,) = spoken("NL704", text)
    assert violation.message == f'"{OTHER}" is the address of this article itself, its originalUrl'


@pytest.mark.parametrize(
    "url", [f"{OWN}?page=2", f"{OWN}2", OWN.replace("news/live", "news/Live"), "nonsense", '""', "5", "~"]
)
def test_another_address_is_not(url: str) -> None:
    assert spoken("NL704", related(url)) == []
    assert spoken("NL705", related(url, OTHER, OTHER + "?id=1")) == []


def test_each_later_one_is_told_with_the_first() -> None:
    found = spoken("NL705", related(OTHER, OWN, OTHER.replace("www.", ""), f"{OTHER}/", OWN))
    assert [(violation.pointer, violation.message, violation.related[0].pointer) for violation in found] == [
        (
            ("related", 2, "webUrl"),
            f'"{OTHER.replace("www.", "")}" is the address of related[0] too',
            ("related", 0, "webUrl"),
        ),
        (("related", 3, "webUrl"), f'"{OTHER}/" is the address of related[0] too', ("related", 0, "webUrl")),
        (("related", 4, "webUrl"), f'"{OWN}" is the address of related[1] too', ("related", 1, "webUrl")),
    ]


def test_an_article_that_is_listed_twice_as_its_own_is_told_once_for_each() -> None:
    assert [line for line in brief(lint(related(OWN, OWN))) if "NL70" in line] == [
        "28:13-28:91 NL704 /related/0/webUrl",
        "29:13-29:91 NL704 /related/1/webUrl",
    ]


@pytest.mark.parametrize(
    "related_field", ["related: 5\n", "related:\n", "related: {a: b}\n", "related: [5, x, ~, [a], {}]\n"]
)
def test_what_is_no_list_of_articles_is_left_to_the_schema(related_field: str) -> None:
    for code in ("NL704", "NL705", "NL706"):
        assert spoken(code, with_fields(related_field)) == []


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("bbc.com", "bbc.com"),
        ("BBC.com", "bbc.com"),
        ("bbc.com", "BBC.com"),
        ('" bbc.com"', "bbc.com"),
        ("localhost", "localhost"),
        ("Müller.de", "xn--mller-kva.de"),
        ("xn--mller-kva.de", "müller.de"),
    ],
)
def test_a_domain_is_no_name(name: str, domain: str) -> None:
    (violation,) = spoken("NL706", with_fields(f"provider:\n  name: {name}\n  domain: {domain}\n"))
    assert violation.pointer == ("provider", "name")
    assert violation.message.endswith("is provider.domain, where the provider's name for readers is expected")


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("BBC", "bbc.com"),
        ("www.bbc.com", "bbc.com"),
        ("bbc.co.uk", "bbc.com"),
        ("J.P. Morgan", "jpmorgan.com"),
        ('""', '""'),
        ('" "', '""'),
        ("5", "5"),
        ("~", "~"),
        ("[bbc.com]", "[bbc.com]"),
    ],
)
def test_a_name_of_its_own_is_silent(name: str, domain: str) -> None:
    assert spoken("NL706", with_fields(f"provider:\n  name: {name}\n  domain: {domain}\n")) == []


def test_a_related_articles_provider_is_judged_too() -> None:
    text = with_fields("related:\n  - provider: {name: bbc.com, domain: bbc.com}\n  - provider: bbc.com\n")
    assert [violation.pointer for violation in spoken("NL706", text)] == [("related", 0, "provider", "name")]
