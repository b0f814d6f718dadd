"""NL309: which hosts the public can reach, in every way to write them."""

from __future__ import annotations

import pytest

from newslint.rules.public_hosts import non_public_host
from tests.conftest import brief, lint, with_fields
from tests.rules.articles import article, image, places, pointed, violations


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("localhost", 'the host "localhost" is the reader\'s own computer'),
        ("LOCALHOST", 'the host "localhost" is the reader\'s own computer'),
        ("news.localhost", 'the host "news.localhost" is the reader\'s own computer'),
        ("127.0.0.1", 'the host "127.0.0.1" is the reader\'s own computer'),
        ("127.1", 'the host "127.1", which is "127.0.0.1", is the reader\'s own computer'),
        ("0x7f.1", 'the host "0x7f.1", which is "127.0.0.1", is the reader\'s own computer'),
        ("0177.0.0.1", 'the host "0177.0.0.1", which is "127.0.0.1", is the reader\'s own computer'),
        ("2130706433", 'the host "2130706433", which is "127.0.0.1", is the reader\'s own computer'),
        ("%31%32%37.0.0.1", 'the host "%31%32%37.0.0.1", which is "127.0.0.1", is the reader\'s own computer'),
        ("１２７.0.0.1", 'the host "１２７.0.0.1", which is "127.0.0.1", is the reader\'s own computer'),
        ("[::1]", 'the host "[::1]" is the reader\'s own computer'),
        ("[::ffff:7F00:1]", 'the host "[::ffff:7f00:1]" is the reader\'s own computer'),
        ("10.0.0.1", 'the host "10.0.0.1" is a private address'),
        ("172.16.0.1", 'the host "172.16.0.1" is a private address'),
        ("172.31.255.255", 'the host "172.31.255.255" is a private address'),
        ("192.168.0.1", 'the host "192.168.0.1" is a private address'),
        ("[fd00::1]", 'the host "[fd00::1]" is a private address'),
        ("[::ffff:10.0.0.1]", 'the host "[::ffff:10.0.0.1]", which is "[::ffff:a00:1]", is a private address'),
        ("169.254.169.254", 'the host "169.254.169.254" is a link-local address'),
        ("[fe80::1]", 'the host "[fe80::1]" is a link-local address'),
        ("224.0.0.1", 'the host "224.0.0.1" is a multicast address'),
        ("[ff02::1]", 'the host "[ff02::1]" is a multicast address'),
        ("0.0.0.0", 'the host "0.0.0.0" is a reserved address'),
        ("[::]", 'the host "[::]" is a reserved address'),
        ("100.64.0.1", 'the host "100.64.0.1" is a reserved address'),
        ("192.0.2.1", 'the host "192.0.2.1" is a reserved address'),
        ("240.0.0.1", 'the host "240.0.0.1" is a reserved address'),
        ("255.255.255.255", 'the host "255.255.255.255" is a reserved address'),
        ("[4000::1]", 'the host "[4000::1]" is a reserved address'),
        ("[2001:db8::1]", 'the host "[2001:db8::1]" is a reserved address'),
        ("intranet", 'the host "intranet" has no dot, so that only a local network can know it'),
        ("nas.local", 'the host "nas.local" ends in .local, which is reserved for local networks (RFC 6762)'),
        ("a.b.test", 'the host "a.b.test" ends in .test, which is reserved for tests (RFC 6761)'),
        ("x.invalid", 'the host "x.invalid" ends in .invalid, which is reserved for names that are none (RFC 6761)'),
        ("x.example", 'the host "x.example" ends in .example, which is reserved for examples (RFC 6761)'),
        ("pi.home.arpa", 'the host "pi.home.arpa" ends in .home.arpa, which is reserved for home networks (RFC 8375)'),
    ],
)  # fmt: skip
def test_hosts_that_are_not_public(host: str, why: str) -> None:
    data = article(webUrl=f"https://{host}:8443/news")
    (found,) = violations(non_public_host, data)
    assert found.message == f"{why}, where a public site is expected"
    assert pointed(data, found) == host


@pytest.mark.parametrize(
    "host",
    [
        "news.met.police.uk", "example.com", "www.example.org", "localhost.com", "local.com", "internal.net",
        "test.com", "mylocalhost.org", "nas.locals.uk", "arpa.com", "1.in-addr.arpa", "xn--p1ai.com", "bücher.ch",
        "8.8.8.8", "172.32.0.1", "172.15.0.1", "11.0.0.1", "192.167.0.1", "100.128.0.1", "0x8080808",
        "[2606:4700:4700::1111]", "[::ffff:8.8.8.8]",
    ],
)  # fmt: skip
def test_hosts_that_are_public(host: str) -> None:
    assert violations(non_public_host, article(webUrl=f"https://{host}/news")) == []


@pytest.mark.parametrize(
    ("url", "part", "user"),
    [
        ("https://editor@bbc.com/a", "editor@", "editor"),
        ("https://editor:s3cr@t@bbc.com:8443/a", "editor:s3cr@t@", "editor"),
        ("https://bbc.com@evil.net", "bbc.com@", "bbc.com"),
        ("https://@bbc.com/a", "@", ""),
        ("https://:@bbc.com/a", ":@", ""),
    ],
)
def test_user_information(url: str, part: str, user: str) -> None:
    data = article(webUrl=url)
    (found,) = violations(non_public_host, data)
    assert found.message.startswith(f'the URL holds user information, "{user}", in front of its host, where "')
    assert pointed(data, found) == part
    assert "s3cr" not in found.message


def test_an_at_sign_elsewhere_is_no_user_information() -> None:
    assert violations(non_public_host, article(webUrl="https://medium.com/@editor/a?mail=a@b#c@d")) == []


@pytest.mark.parametrize(
    "domain",
    ["localhost", "intranet", "news.local", "10.0.0.1", "0x7f.1", "0xc0a8000a", "[::1]", "x.internal"],
)
def test_domains_that_are_not_public(domain: str) -> None:
    data = article(provider={"name": "X", "domain": domain})
    assert places(non_public_host, data) == ["provider.domain"]


@pytest.mark.parametrize(
    "domain",
    ["police.uk", "8.8.8.8", "LOCALHOST", "localhost:80", "https://localhost", "a@localhost", "127.0.0.1/", ""],
)
def test_domains_that_are_public_or_no_domains(domain: str) -> None:
    assert violations(non_public_host, article(provider={"name": "X", "domain": domain})) == []


def test_one_fault_is_one_finding() -> None:
    """No NL303 for a host that nobody can reach, no NL304 for a domain that is a private address."""
    text = with_fields('webUrl: "https://localhost:4000/news"\n')
    assert brief(lint(text)) == ["7:18-7:27 NL309 /webUrl"]
    text = with_fields("provider:\n  name: Metropolitan Police Service\n  domain: 10.0.0.1\n")
    assert brief(lint(text)) == ["15:11-15:19 NL309 /provider/domain"]


def test_images_and_related_articles_are_judged() -> None:
    bad = "https://10.0.0.1/a.jpg"
    data = article(images=[image(bad)], related=[{"webUrl": bad, "images": [image(bad)]}])
    assert places(non_public_host, data) == ["images[0].url", "related[0].webUrl", "related[0].images[0].url"]
