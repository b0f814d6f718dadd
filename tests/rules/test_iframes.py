"""Embeds: plain iframes are read as browsers read them, and nothing else goes unnoticed."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint.rules.iframes import Embed, read_embed

SRC = "https://www.youtube.com/embed/WJk-Y8LQlfE"
PLAIN = f'<iframe width="800" src="{SRC}" allowfullscreen></iframe>'


def attributes(text: str) -> list[list[tuple[str, str | None]]]:
    return [[(attribute.name, attribute.value) for attribute in frame.attributes] for frame in read_embed(text).frames]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, [[("width", "800"), ("src", SRC), ("allowfullscreen", None)]]),
        ("<iframe></iframe>", [[]]),
        ("<IFRAME SRC=x></Iframe\n>", [[("src", "x")]]),
        ("<iframe\n\tsrc\f=\r\n'x'  ></iframe>", [[("src", "x")]]),
        ("<iframe src=x?a=b/ width=5></iframe>", [[("src", "x?a=b/"), ("width", "5")]]),
        ("<iframe title='a > b < c \"d\"'></iframe>", [[("title", 'a > b < c "d"')]]),
        ("<iframe src=\"a&amp;b&#x3A;c&colon;\" title='&'></iframe>", [[("src", "a&b:c:"), ("title", "&")]]),
        ("<iframe src=''></iframe> \n <iframe src=y> </iframe>\n", [[("src", "")], [("src", "y")]]),
        ("<iframe src=x src=y SRC=z></iframe>", [[("src", "x"), ("src", "y"), ("src", "z")]]),
    ],
)
def test_plain_iframes(text: str, expected: list[list[tuple[str, str | None]]]) -> None:
    assert attributes(text) == expected
    assert read_embed(text).faults == ()


def test_places_of_a_plain_iframe() -> None:
    text = f"\n {PLAIN}"
    (frame,) = read_embed(text).frames
    assert text[frame.start : frame.end] == PLAIN.removesuffix("</iframe>")
    width, src, full = frame.attributes
    assert text[width.start : width.end] == 'width="800"'
    assert text[src.value_start : src.value_end] == SRC
    assert text[full.start : full.end] == "allowfullscreen"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Watch this", [("text stands outside the iframe, where nothing is expected", "Watch this")]),
        (f"{PLAIN} and that", [("text stands outside the iframe, where nothing is expected", "and that")]),
        (f"{PLAIN}\xa0", [("text stands outside the iframe, where nothing is expected", "\xa0")]),
        ("<p>", [("the element <p> stands here, where only an iframe is expected", "<p>")]),
        (
            f"{PLAIN}\n<img\n src=x onerror=alert(1)>",
            [("the element <img> stands here, where only an iframe is expected", "<img\n src=x onerror=alert(1)>")],
        ),
        (f"{PLAIN}<!-- x -->", [("a comment stands here, where only an iframe is expected", "<!-- x -->")]),
        (
            f"<!DOCTYPE html>{PLAIN}",
            [("a declaration stands here, where only an iframe is expected", "<!DOCTYPE html>")],
        ),
        (f"<iframe src={SRC}>", [("the iframe is never closed, where </iframe> is expected", f"<iframe src={SRC}>")]),
        ("<iframe />", [("the iframe is never closed, where </iframe> is expected", "<iframe />")]),
        (
            f"{PLAIN}</iframe>",
            [("the end tag </iframe> closes nothing, where an iframe is expected before it", "</iframe>")],
        ),
        (
            f"{PLAIN}<script src=//evil.net ",
            [("a tag is broken off, where its > is expected", "<script src=//evil.net ")],
        ),
        (f"{PLAIN}<", [("a tag is broken off, where its > is expected", "<")]),
    ],
)
def test_what_is_no_plain_iframe(text: str, faults: list[tuple[str, str]]) -> None:
    assert [(fault.message, text[fault.start : fault.end]) for fault in read_embed(text).faults] == faults


@pytest.mark.parametrize(
    "text",
    [
        f"<iframe/src={SRC}></iframe>",
        f'<iframe src="{SRC}"onload=alert(1)></iframe>',
        f"<iframe \x0bsrc={SRC}></iframe>",
        f"<iframe src={SRC} o\0nload=x></iframe>",
        f"<iframe src=`{SRC}`></iframe>",
        f"<iframe src=\"{SRC}\" =onload='x'></iframe>",
        f"<iframe src={SRC}><b>x</b></iframe>",
        f"<iframe src={SRC}></iframe x>",
        f"< iframe src={SRC}></iframe>",
        f"<iframe src={SRC}></ iframe>",
        f"<iframesrc={SRC}></iframe>",
        f"<iframe src={SRC}></iframe><![CDATA[x]]>",
        f"<![if x]>{PLAIN}<![endif]>",
        f"<?xml version='1.0'?>{PLAIN}",
        f"</br>{PLAIN}",
        f"{PLAIN}&lt;script&gt;",
        f"{PLAIN}\0",
        "<ıframe></ıframe>",
        "<iframe ſrc=x></iframe>",
    ],
)
def test_what_browsers_may_read_in_another_way_is_a_fault(text: str) -> None:
    assert read_embed(text).faults


@pytest.mark.parametrize(
    "text",
    [
        "<" * 10_000,
        "<a " * 3_333,
        "<a" + " /" * 4_999,
        "<iframe " + "a " * 4_996,
        "<iframe " + "a=" * 4_996,
        "<iframe " + 'a="' * 3_330,
        "<iframe" + " " * 9_980 + "x",
        "<iframe>" * 1_250,
        "<iframe></iframe>" * 588 + "x",
        "</" * 5_000,
        "<!--" * 2_500,
        "<!" * 5_000,
        "<![" * 3_333,
        "<?" * 5_000,
        "&#" * 5_000,
        "&" * 10_000,
        "\n" * 10_000,
        "<svg><style>" + "</" * 4_990,
        "\ud800<\udfff",
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hostile_texts_are_read_to_the_end(text: str) -> None:
    assert read_embed(text).faults


PIECES = st.sampled_from(
    [
        "<iframe", "</iframe>", "<", ">", "/", " ", "\n", "\f", "\v", "\0", "=", '"', "'", "`", "src", "onload", "x",
        "&amp;", "&", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<script>", "</script>", "<!", f'src="{SRC}"',
        " width=5", "/>",
    ]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(string.printable, max_size=40))
@example(f"{PLAIN}{PLAIN}")
def test_what_has_no_fault_is_iframes_to_the_last_character(text: str) -> None:
    """What is passed, minus the iframes it is said to have and their end tags, is nothing but white space."""
    embed: Embed = read_embed(text)
    if embed.faults:
        assert all(0 <= fault.start <= fault.end <= len(text) for fault in embed.faults)
        return
    rest = text
    for frame in reversed(embed.frames):
        rest = rest[: frame.start] + rest[frame.end :]
    assert rest.lower().replace("</iframe", "").strip(" \t\n\r\f>") == ""
    for frame in embed.frames:
        inside = text[frame.start + len("<iframe") : frame.end - 1]
        for attribute in reversed(frame.attributes):
            start = attribute.start - frame.start - len("<iframe")
            inside = inside[:start] + inside[start + attribute.end - attribute.start :]
        assert inside.strip(" \t\n\r\f") == "", (text, inside)
