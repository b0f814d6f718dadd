"""NL311: which players may be embedded, and what else is refused."""

from __future__ import annotations

import pytest

from newslint.rules.embeds import unsafe_embed
from tests.conftest import brief, lint
from tests.rules.articles import article, pointed, violations

SRC = "https://www.youtube.com/embed/WJk-Y8LQlfE"
HOSTS = "www.youtube.com, www.youtube-nocookie.com or player.vimeo.com"
ATTRIBUTES = "width, height, frameborder, src, allow, allowfullscreen, title, loading or referrerpolicy"


def embed(attributes: str) -> str:
    return f"<iframe {attributes}></iframe>"


@pytest.mark.parametrize(
    "text",
    [
        embed(f'src="{SRC}"'),
        embed(
            f'width="800" height="500" frameborder="0" src="{SRC}" allow="accelerometer; autoplay; encrypted-media;'
            ' gyroscope; picture-in-picture" allowfullscreen'
        ),
        embed(f'title="x" loading="lazy" referrerpolicy="no-referrer" src="{SRC}" allowfullscreen=""'),
        embed('src="https://www.youtube-nocookie.com/embed/x?rel=0&amp;start=5"'),
        embed('src="https://player.vimeo.com/video/1"') + "\n" + embed(f"SRC={SRC}"),
        embed(f'src="{SRC.replace("www.youtube.com", "WWW.YouTube.com:443")}"'),
    ],
)
def test_players_of_known_hosts(text: str) -> None:
    assert violations(unsafe_embed, article(featuredContent=text)) == []


@pytest.mark.parametrize(
    ("text", "message", "part"),
    [
        (
            embed(f'src="{SRC}" onload="x()"'),
            f'the attribute "onload" is not allowed, where {ATTRIBUTES} is expected',
            'onload="x()"',
        ),
        (
            embed(f'src="{SRC}" SRCDOC=x'),
            f'the attribute "srcdoc" is not allowed, where {ATTRIBUTES} is expected',
            "SRCDOC=x",
        ),
        (
            embed(f'src="{SRC}" src="{SRC}"'),
            'the attribute "src" stands twice, where it is expected once',
            f'src="{SRC}"',
        ),
        (
            embed(f'title="" src="{SRC}" TITLE=x'),
            'the attribute "title" stands twice, where it is expected once',
            "TITLE=x",
        ),
        (embed("width=5"), "the iframe has no src, where the address of a player is expected", "<iframe width=5>"),
        (embed("src"), 'src is "", which is no valid URL: it is empty', "src"),
        (
            embed('src="/embed/x"'),
            'src is "/embed/x", which is no valid URL: it does not begin with https://',
            "/embed/x",
        ),
        (
            embed('src="http://www.youtube.com/embed/x"'),
            'src is "http://www.youtube.com/embed/x", which uses http, where https is expected',
            "http://www.youtube.com/embed/x",
        ),
        (
            embed('src="https://youtube.com/embed/x"'),
            f'src leads to "youtube.com", where {HOSTS} alone is expected',
            "youtube.com",
        ),
        (
            embed('src="https://www.youtube.com@evil.net/embed/x"'),
            f'src leads to "evil.net", where {HOSTS} alone is expected',
            "www.youtube.com@evil.net",
        ),
        (
            embed('src="https://www.youtube.com:8443/embed/x"'),
            f'src leads to "www.youtube.com:8443", where {HOSTS} alone is expected',
            "www.youtube.com:8443",
        ),
        (
            embed('src="https://evil.net&#47;www.youtube.com/"'),
            f'src leads to "evil.net", where {HOSTS} alone is expected',
            "https://evil.net&#47;www.youtube.com/",
        ),
        (
            f"<script>x()</script>{embed(f'src={SRC} id=a')}",
            "the element <script> stands here, where only an iframe is expected (and 2 more)",
            "<script>",
        ),
    ],
)
def test_what_is_refused(text: str, message: str, part: str) -> None:
    data = article(featuredContent=text)
    (found,) = violations(unsafe_embed, data)
    assert found.message == message
    if "twice" not in message:
        assert pointed(data, found) == part
    else:
        assert found.within == (text.rindex(part), text.rindex(part) + len(part))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<object data=https://www.youtube.com/embed/x></object>",
        "<embed src=https://www.youtube.com/embed/x>",
        f"<a href={SRC}>video</a>",
        f"<base href=//evil.net>{embed(f'src={SRC}')}",
        f"<!--{embed(f'src={SRC}')}-->",
        f"<iframe src={SRC}>",
        f"<iframe src={SRC} />",
        f"<noscript>{embed(f'src={SRC}')}</noscript>",
        f"{embed(f'src={SRC}')}<",
        SRC,
        "&lt;iframe&gt;",
        embed("src=javascript:alert(1)"),
        embed("src=data:text/html,<script>alert(1)</script>"),
        embed("src=//www.youtube.com/embed/x"),
        embed("src='https:\\\\www.youtube.com/embed/x'"),
        embed("src='https://www.youtube.com%2eevil.net/'"),
        embed(f"src=' {SRC}'"),
        embed(f"src='{SRC}\t'"),
        embed(f"src={SRC} sandbox"),
        embed(f"src={SRC} style=position:fixed"),
        embed(f"src={SRC} ſrc=x"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    assert len(violations(unsafe_embed, article(featuredContent=text))) == 1


def test_hosts_are_the_users() -> None:
    data = article(featuredContent=embed('src="https://www.dailymotion.com/embed/video/x"'))
    assert violations(unsafe_embed, data, embed_hosts=["www.dailymotion.com"]) == []
    (found,) = violations(unsafe_embed, article(featuredContent=embed(f"src={SRC}")), embed_hosts=["a.com"])
    assert found.message == 'src leads to "www.youtube.com", where a.com alone is expected'


def test_nothing_is_nothing_unsafe() -> None:
    assert violations(unsafe_embed, article(featuredContent="")) == []
    assert violations(unsafe_embed, article(featuredContent=" \n")) == []


def test_a_text_that_is_too_long_is_left_to_nl106() -> None:
    text = article_text("<b>" * 3_400)
    assert {found.code for found in lint(text)} == {"NL106"}


def article_text(embedded: str) -> str:
    from tests.conftest import BASE

    return BASE.replace("published: false\n", f"published: false\n\nfeaturedContent: '{embedded}'\n")


def test_the_place_in_a_value_with_escapes() -> None:
    text = article_text("x").replace("'x'", '"<iframe src=\\"https:\\/\\/evil.net/\\u0065\\"></iframe>"')
    assert brief(lint(text)) == ["13:43-13:51 NL311 /featuredContent"]
    assert text.splitlines()[12][42:50] == "evil.net"
