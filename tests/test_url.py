"""URLs: what is one, which part keeps a text from being one, and the parts of those that are."""

from __future__ import annotations

import pytest

from newslint.limits import MAX_URL_LENGTH
from newslint.url import URL, InvalidURL, ascii_host, is_address, is_under, parse_url, unicode_host

LONG = "a" * 64 + ".com"


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", "it is empty", None),
        (" \t", "it is empty", None),
        ("https://bbc.com/a b", "it holds a blank", " "),
        ("https://bbc.com/ ", "it holds a blank", " "),
        ("https://bbc.com/a\tb", "it holds a tab", "\t"),
        ("https://bbc.com/a\r\n", "it holds a line break", "\r"),
        ("https://bbc.com/a\xa0b", "it holds the character U+00A0", "\xa0"),
        ("https://bbc.com/\u2028", "it holds the character U+2028", "\u2028"),
        ("https://bbc.com/\x00", "it holds the character U+0000", "\x00"),
        ("https://bbc.com/\x7f\x80", "it holds the character U+007F", "\x7f"),
        ("https://bbc.com\\news", "it holds a backslash", "\\"),
        ("https://bbc.com/100%", "a % in it is not followed by two hexadecimal digits", "%"),
        ("https://bbc.com/?q=%zz", "a % in it is not followed by two hexadecimal digits", "%"),
        ("https://bbc.com/#%e", "a % in it is not followed by two hexadecimal digits", "%"),
        ("bbc.com/news", "it does not begin with https://", None),
        ("//bbc.com/news", "it does not begin with https://", None),
        ("/news", "it does not begin with https://", None),
        ("https//bbc.com", "it does not begin with https://", None),
        ("ftp://bbc.com/news", "its scheme is ftp:, not https:", "ftp:"),
        ("javascript:alert(1)", "its scheme is javascript:, not https:", "javascript:"),
        ("data:image/png;base64,AAAA", "its scheme is data:, not https:", "data:"),
        ("https:bbc.com", "// is missing after https:", "https:"),
        ("HTTP:/bbc.com", "// is missing after http:", "HTTP:"),
        ("https:///news", "it names no host", "https://"),
        ("https://?q", "it names no host", "https://"),
        ("https://:443/news", "it names no host", "https://:443"),
        ("https://user@/news", "it names no host", "https://user@"),
        ("https://../news", "it names no host", ".."),
        ("https://bbc com/", "it holds a blank", " "),
        ("https://user@b<c.com:80/", '"b<c.com" is no valid host name', "b<c.com"),
        ("https://xn--a/", '"xn--a" is no valid host name', "xn--a"),
        ("https://[::1/", '"[::1" is no valid host name', "[::1"),
        ("https://1.2.3.256/", '"1.2.3.256" is no valid host name', "1.2.3.256"),
        ("https://bbc.com:65536/", "its port 65536 is above 65535", "65536"),
        ("https://bbc.com:99999999999999/", "its port 9999999999 is above 65535", "99999999999999"),
        ("https://bbc.com:٣/", '"bbc.com:٣" is no valid host name', "bbc.com:٣"),
        ("https://bbc.com/\ud800", "it holds half of a character (a lone surrogate)", None),
        ("https://..bbc.com/", "its host name begins with a dot", "..bbc.com"),
        ("https://bbc..com/", "its host name has two dots in a row", "bbc..com"),
        ("https://bbc.com./", "its host name ends in a dot", "bbc.com."),
        ("https://user@bbc.com\u3002:8080/", "its host name ends in a dot", "bbc.com\u3002"),
        ("https://127.1./", "its host name ends in a dot", "127.1."),
        ("https://bbc.com../", "its host name has two dots in a row", "bbc.com.."),
        ("https://-bbc.com/", 'its host name has "-bbc", which begins with a hyphen', "-bbc.com"),
        ("https://news.bbc-.com/", 'its host name has "bbc-", which ends in a hyphen', "news.bbc-.com"),
        ("https://bbc,com/", 'its host name holds ",", which no host has', "bbc,com"),
        ("https://*.bbc.com/", 'its host name holds "*", which no host has', "*.bbc.com"),
        ("https://{host}.bbc.com/", 'its host name holds "{", which no host has', "{host}.bbc.com"),
        ("https://b_c.com/", 'its host name holds "_", which no host has', "b_c.com"),
        ("https://bbc.com:0/", "its port 0 is reserved", "0"),
        ("https://bbc.com:000/", "its port 0 is reserved", "000"),
        ("https://https://bbc.com/", "it has two schemes", "https:"),
        ("https://http//bbc.com/", "it has two schemes", "http"),
        ("https://bbc.com/a\u200b", "it holds the character U+200B", "\u200b"),
        ("https://bbc.com/a\u061c", "it holds the character U+061C", "\u061c"),
        ("https://bbc.com/\U000e0041", "it holds the character U+E0041", "\U000e0041"),
        ("https://bb\xadc.com/", "it holds the character U+00AD", "\xad"),
        ("https://bbc.com/\u202ea", "it holds the character U+202E", "\u202e"),
        ("https://bbc.com\ufeff/", "it holds the character U+FEFF", "\ufeff"),
        (f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 58}.com/", "its host name is longer than 253, or a part of it than 63 characters", f"{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 58}.com"),
        (f"https://{LONG}/", "its host name is longer than 253, or a part of it than 63 characters", LONG),
    ],
)  # fmt: skip
def test_what_is_no_url_and_why(text: str, reason: str, part: str | None) -> None:
    parsed = parse_url(text)
    assert isinstance(parsed, InvalidURL)
    assert parsed.reason == reason
    assert (None if parsed.within is None else text[slice(*parsed.within)]) == part


def test_length_is_judged_before_anything_else() -> None:
    longest = "https://bbc.com/" + "a" * (MAX_URL_LENGTH - 16)
    assert isinstance(parse_url(longest), URL)
    assert parse_url(longest + "b") == InvalidURL("it has 8,193 characters, more than 8,192")
    assert isinstance(parse_url("%" * 1_000_000), InvalidURL)


@pytest.mark.parametrize(
    ("text", "host", "path", "query", "fragment", "port"),
    [
        ("https://bbc.com", "bbc.com", "/", "", "", ""),
        ("https://-a_b-.tumblr.com/", "-a_b-.tumblr.com", "/", "", "", ""),
        ("https://bbc.com/❤\ufe0f", "bbc.com", "/%E2%9D%A4%EF%B8%8F", "", "", ""),
        ("HTTPS://BBC.com:443/News?Q#F", "bbc.com", "/News", "?Q", "#F", ""),
        ("http://bbc.com:80", "bbc.com", "/", "", "", ""),
        ("http://bbc.com:443/", "bbc.com", "/", "", "", "443"),
        ("https://bücher.ch/ü?ü#ü", "xn--bcher-kva.ch", "/%C3%BC", "?%C3%BC", "#%C3%BC", ""),
        ("https://ex%61mple.com/a/../b/./c", "example.com", "/b/c", "", "", ""),
        ("https://0x7f.1/", "127.0.0.1", "/", "", "", ""),
        ("https://2130706433:8080/", "127.0.0.1", "/", "", "", "8080"),
        ("https://[::FFFF:127.0.0.1]/", "[::ffff:7f00:1]", "/", "", "", ""),
        ("https://a@b:c@bbc.com:/x", "bbc.com", "/x", "", "", ""),
        ("https://_a_.a--b.co_.bbc.com/?", "_a_.a--b.co_.bbc.com", "/", "", "", ""),
        ("https://r3---sn.bbc.com:65535/", "r3---sn.bbc.com", "/", "", "", "65535"),
        ("https://ｂｂｃ。com/", "bbc.com", "/", "", "", ""),
        (
            f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 57}.com/",
            f"{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 57}.com",
            "/",
            "",
            "",
            "",
        ),
        (
            "https://fa.wikipedia.org/wiki/می\u200cخواهم",
            "fa.wikipedia.org",
            "/wiki/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85",
            "",
            "",
            "",
        ),
        ("https://http.bbc.com/", "http.bbc.com", "/", "", "", ""),
    ],
)
def test_parts_of_a_url(text: str, host: str, path: str, query: str, fragment: str, port: str) -> None:
    url = parse_url(text)
    assert isinstance(url, URL)
    assert (url.host, url.path, url.query, url.fragment, url.port) == (host, path, query, fragment, port)
    assert url.scheme == text[: text.index(":")].lower()


@pytest.mark.parametrize(
    ("text", "user", "host", "rest"),
    [
        ("https://bbc.com/x", None, "bbc.com", "/x"),
        ("https://bbc.com:8443?x", None, "bbc.com", "?x"),
        ("https://a:b@c@BBC.com:8443", "a:b@c@", "BBC.com", ""),
        ("https://[::1]:80/", None, "[::1]", "/"),
        ("https://@bbc.com#x@y", "@", "bbc.com", "#x@y"),
    ],
)
def test_places_in_a_url(text: str, user: str | None, host: str, rest: str) -> None:
    url = parse_url(text)
    assert isinstance(url, URL)
    assert (None if url.user_range is None else text[slice(*url.user_range)]) == user
    assert text[slice(*url.host_range)] == host
    assert text[url.path_start :] == rest


@pytest.mark.parametrize(
    ("host", "encoded"),
    [
        ("bbc.com", "bbc.com"),
        ("BBC.com", "bbc.com"),
        ("Bücher.ch", "xn--bcher-kva.ch"),
        ("bu\u0308cher.ch", "xn--bcher-kva.ch"),
        ("faß.de", "xn--fa-hia.de"),
        ("ｂｂｃ.com", "bbc.com"),
        ("localhost", "localhost"),
        ("", None),
        ("bbc..com", None),
        ("bbc.com.", None),
        ("-bbc.com", None),
        ("bbc-.com", None),
        ("b_c.com", None),
        ("b c.com", None),
        ("xn--a", None),
        ("\ud800.com", None),
        ("a" * 64 + ".com", None),
        (".".join(["a" * 61] * 5), None),
        ("ü" * 60 + ".ch", None),
    ],
)
def test_host_names_in_their_ascii_form(host: str, encoded: str | None) -> None:
    assert ascii_host(host) == encoded


def test_host_names_in_their_unicode_form() -> None:
    assert unicode_host("xn--bcher-kva.ch") == "bücher.ch"
    assert unicode_host("bbc.com") == "bbc.com"


def test_a_host_is_under_a_domain_only_behind_a_dot() -> None:
    assert is_under("bbc.com", "bbc.com")
    assert is_under("news.bbc.com", "bbc.com")
    assert not is_under("fakebbc.com", "bbc.com")
    assert not is_under("com", "bbc.com")


def test_which_hosts_are_addresses() -> None:
    assert is_address("127.0.0.1")
    assert is_address("[::1]")
    assert not is_address("bbc.com")
    assert not is_address("4chan.org")
    assert not is_address("1.org")
