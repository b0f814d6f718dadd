"""Addresses: which URLs count as the same page, and which do not."""

from __future__ import annotations

import pytest

from newslint.address import canonical_address, video_id
from newslint.url import URL, parse_url

ID = "WJk-Y8LQlfE"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.bbc.com/news/uk-68071705", "bbc.com/news/uk-68071705"),
        ("http://bbc.com/news/uk-68071705", "bbc.com/news/uk-68071705"),
        ("HTTPS://WWW.BBC.COM/news/uk-68071705/", "bbc.com/news/uk-68071705"),
        ("https://bbc.com:443/news/uk-68071705#comments", "bbc.com/news/uk-68071705"),
        ("https://bbc.com/news/uk-68071705?utm_source=x&utm_medium=y", "bbc.com/news/uk-68071705"),
        ("https://bbc.com/news?id=1&fbclid=2&page=3", "bbc.com/news?id=1&page=3"),
        ("https://bbc.com/news?&id=1&&", "bbc.com/news?id=1"),
        ("https://bbc.com/news?", "bbc.com/news"),
        ("https://bbc.com/news?utm%5Fsource=x&id=1", "bbc.com/news?id=1"),
        ("https://bbc.com:443/news", "bbc.com/news"),
        ("http://bbc.com:80/news", "bbc.com/news"),
        ("http://bbc.com:443/news", "bbc.com:443/news"),
        ("https://bbc.com:08443/news", "bbc.com:8443/news"),
        ("https://bbc.com:/news", "bbc.com/news"),
        ("https://editor:secret@bbc.com:8443/news", "bbc.com:8443/news"),
        ("https://[2001:DB8::1]:443/news", "[2001:db8::1]/news"),
        ("https://bbc.com", "bbc.com"),
        ("https://bbc.com/", "bbc.com"),
        ("https://bbc.com//", "bbc.com"),
        ("https://bbc.com/a/../news", "bbc.com/news"),
        ("https://bbc.com/%7Eeditor/caf%c3%a9?q=%2f", "bbc.com/~editor/caf%C3%A9?q=%2F"),
        ("https://bbc.com/~editor/café?q=%2F", "bbc.com/~editor/caf%C3%A9?q=%2F"),
        ("https://MÜLLER.de/x", "xn--mller-kva.de/x"),
        ("https://www.com/x", "www.com/x"),
        ("https://www.www.com/x", "www.com/x"),
    ],
)
def test_all_ways_to_write_an_address_have_one_form(url: str, address: str) -> None:
    assert canonical_address(url) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bbc.com/news/A", "https://bbc.com/news/a"),
        ("https://bbc.com/news?id=1", "https://bbc.com/news?id=2"),
        ("https://bbc.com/news?id=1", "https://bbc.com/news"),
        ("https://bbc.com/news?ref=a", "https://bbc.com/news?ref=b"),
        ("https://bbc.com/news?a=1&b=2", "https://bbc.com/news?b=2&a=1"),
        ("https://m.bbc.com/news", "https://bbc.com/news"),
        ("https://bbc.com/news.amp", "https://bbc.com/news"),
        ("https://bbc.com/a%2Fb", "https://bbc.com/a/b"),
        ("https://youtube.com/watch?v=WJk-Y8LQlfE", "https://youtube.com/watch?v=WJk-Y8LQlfe"),
    ],
)
def test_what_may_be_two_pages_is_two_addresses(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)


@pytest.mark.parametrize(
    "text", ["", " ", "bbc.com/news", "ftp://bbc.com/", "https://", "https://b c.com/", "https://x/%"]
)
def test_what_is_no_url_has_no_address(text: str) -> None:
    assert canonical_address(text) is None


@pytest.mark.parametrize(
    "url",
    [
        f"https://youtube.com/watch?v={ID}",
        f"https://www.youtube.com/watch?v={ID}&t=42s&list=PLx",
        f"https://m.youtube.com/watch?app=desktop&v={ID}",
        f"https://music.youtube.com/watch?v={ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://youtube.com/v/{ID}",
        f"https://youtube.com/e/{ID}",
        f"https://youtube.com/shorts/{ID}/",
        f"https://youtube.com/live/{ID}?feature=share",
        f"http://youtu.be/{ID}#t=3",
        f"https://www.youtu.be/{ID}?si=abc",
    ],
)
def test_a_video_is_known_by_its_identifier(url: str) -> None:
    assert canonical_address(url) == f"youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/embed/videoseries?list=PLx",
        "https://www.youtube.com/embed/live_stream?channel=UCx",
        "https://www.youtube.com/playlist?list=PLx",
        "https://www.youtube.com/@bbcnews",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://www.youtube.com/watch?vi={ID}",
        f"https://www.youtube.com/results?v={ID}",
        f"https://www.youtube.com/embed?v={ID}",
        f"https://notyoutube.com/watch?v={ID}",
        f"https://youtube.com.evil.example/watch?v={ID}",
        "https://youtu.be/",
    ],
)
def test_what_names_no_video_is_an_address_like_any_other(url: str) -> None:
    parsed = parse_url(url)
    assert isinstance(parsed, URL)
    assert video_id(parsed) is None
    assert canonical_address(url) != f"youtube.com/watch?v={ID}"
