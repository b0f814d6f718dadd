"""NL604 and NL605: what is an HTML reference and what is a tag, and when decoding keeps a text plain."""

from __future__ import annotations

from html.entities import html5

import pytest

from newslint.rules.markup import html_entity, html_markup, references, tags
from tests.conftest import lint
from tests.rules.texts import article, mended, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("it&#8217;s", "it’s"),
        ("it&#x2019;s, it&#X2019;S", "it’s, it’S"),
        ("a&nbsp;b", "a\xa0b"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("&quot;x&quot; &#39;y&#039;", "\"x\" 'y'"),
        ("caf&eacute; &Eacute;", "café É"),
        ("&hellip; &NotEqualTilde; &fjlig;", "… ≂̸ fj"),
        ("?a=b&amp;c=d", "?a=b&c=d"),
        ("R&amp;D; x", "R&D; x"),
        ("&#128105;&zwj;&#128187;", "\U0001f469\u200d\U0001f4bb"),
        ("x&#x1F600;", "x😀"),
        ("x&#0000000038;", "x&"),
    ],
)
def test_references_are_written_out(text: str, expected: str) -> None:
    assert mended(html_entity, text) == expected


# HTML Standard, "numeric character reference end state": the table of C1 controls.
WINDOWS_1252 = {
    0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š",
    0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—",
    0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
}  # fmt: skip


@pytest.mark.parametrize("code", range(0x80, 0xA0))
def test_numbers_of_c1_controls_mean_windows_1252(code: int) -> None:
    meant = WINDOWS_1252.get(code)
    assert references(f"&#{code};") == [(0, 6, meant or chr(code))]
    assert mended(html_entity, f"x&#x{code:X};") == (f"x{meant}" if meant else None)


def test_every_name_of_the_standard_counts_with_its_semicolon_only() -> None:
    for name, meant in html5.items():
        expected = [(0, len(name) + 1, meant)] if name.endswith(";") else []
        assert references(f"&{name}") == expected, name


@pytest.mark.parametrize(
    "text",
    [
        "AT&T", "Q&A", "Q&A; and R&D;", "&copy 2024", "&amp", "&AMP x", "a & b;", "&;", "&#;", "&#x;", "&#xZZ;",
        "&# 8217;", "&bogus;", "&Amp ;", "?a=b&copy=c", "&ąmp;", "&#８２;", "fish & chips; salt",
    ],
)  # fmt: skip
def test_what_is_no_reference(text: str) -> None:
    assert said(html_entity, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "&lt;b&gt;", "x &lt;/p&gt;", "a&lt;b", "List&lt;string&gt;", "&lt;!-- x", "<&#98;>x", "&#60;&#115;cript>",
        "&amp;lt;", "&amp;amp; x", "&amp;#8217;", "&#38;nbsp;", "&amp;copy=1", "&amp;notes",
        "x&shy;y", "x&#8203;y", "x&zwj;y", "x&#7;y", "x&#127;y", "x&#xFEFF;y", "x&#x202E;y", "x&lrm;y", "x&#129;y",
        "&#0;x", "x&#xD800;", "x&#x110000;", "x&#99999999999;", "x&#xFFFE;", "x&#xFDD0;", "x&#xFFFD;",
        "&nbsp;", "&nbsp;&#10;", "&nbsp;\u200b", "<b>AT&amp;T</b>",
    ],
)  # fmt: skip
def test_no_fix_where_the_result_would_not_be_plain_text(text: str) -> None:
    assert len(said(html_entity, text)) == 1
    assert mended(html_entity, text) is None


def test_one_unsafe_reference_keeps_the_others_from_being_mended() -> None:
    assert said(html_entity, "it&#8217;s &lt;b&gt;") == [
        '"&#8217;" is an HTML entity, where "’" itself is expected (and 2 more)'
    ]
    assert mended(html_entity, "it&#8217;s &lt;b&gt;") is None


def test_number_without_end_is_read_quickly() -> None:
    (message,) = said(html_entity, "&#" + "9" * 100_000 + ";")
    assert message.startswith('"&#999')
    assert message.endswith('where "\ufffd" itself is expected')
    assert said(html_entity, "&" * 100_000 + ";" + "&#1" * 50_000) == []


def test_reference_at_an_edge_is_no_white_space_before_it_is_decoded() -> None:
    assert [found.code for found in lint(article("&nbsp;Title&nbsp; &nbsp;"))] == ["NL604"]
    assert mended(html_entity, "&nbsp;Title") == "\xa0Title"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>bold</b>", ["<b>", "</b>"]),
        ("<B>bold</B >", ["<B>", "</B >"]),
        ("one<br>two<br/>three<br />", ["<br>", "<br/>", "<br />"]),
        ("CO<sub>2", ["<sub>"]),
        ("10 m<sup>2</sup>", ["<sup>", "</sup>"]),
        ("word<b>bold</b>", ["<b>", "</b>"]),
        ("Hello<p>World", ["<p>"]),
        ('<a href="https://bbc.com">BBC</a>', ['<a href="https://bbc.com">', "</a>"]),
        ("<a href=https://bbc.com>", ["<a href=https://bbc.com>"]),
        ("<img class='x' src='https://bbc.c ...", ["<img class='x' src='https://bbc.c ..."]),
        ("<script>alert(1)", ["<script>"]),
        ("<svg/onload=alert(1)>", ["<svg/onload=alert(1)>"]),
        ("<img\nsrc=x\nonerror=alert(1)>", ["<img\nsrc=x\nonerror=alert(1)>"]),
        ("cut off </div>", ["</div>"]),
        ("Live <b>facial recogn ...", ["<b>"]),
        ("(<i>sic", ["<i>"]),
        ("<font color='red'>", ["<font color='red'>"]),
        ("<p></p><p>", ["<p>", "</p>", "<p>"]),
        ("<!-- more --> x", ["<!--"]),
        ("<![CDATA[Title]]>", ["<![CDATA["]),
        ("<!doctype html>", ["<!doctype"]),
    ],
)
def test_tags(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in tags(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "List<string>", "Map<String, Object>", "Dictionary<int, List<string>>", "vector<object>", "Promise<data>",
        "Foo<A>", "Component<P>", "Vec<i>::new()", "std::map<a>", "x<y>z", "a<b>c", "f<i>(x)", "a < b", "a <b and c> d",
        "i<3", "<3", "a <b x = 3", "#include <string>", "#include <map>", "#import <time>", "# include<map>",
        "<jane@example.com>", "<https://bbc.com>", "<o:p>", "<my-element>", "<blockchain>", "<h7>", "<>", "< b >",
        "</>", "</ b>", "x <= y", "->", "<-", "<!", "<! b>", "<b", "<em", "1<a", "<пример>", "<ｂ>",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_tag(text: str) -> None:
    assert said(html_markup, text) == []


def test_first_tag_is_shown_and_all_are_counted() -> None:
    assert said(html_markup, "<p>One</p>") == ['"<p>" is HTML, where plain text is expected (and 1 more)']


def test_reference_within_a_tag_belongs_to_the_tag() -> None:
    found = lint(article('See <a href="https://bbc.com/?a=1&amp;b=2">this</a>'))
    assert [(finding.code, finding.message) for finding in found] == [
        ("NL605", '"<a href="https://bbc.com/?a=1&amp;b=2">" is HTML, where plain text is expected (and 1 more)')
    ]


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "<b " * 50_000, "<b a=" * 30_000, "</" * 50_000, "x<b>" * 5_000, "<b" + " " * 100_000]
)
def test_tags_are_found_in_one_pass(text: str) -> None:
    assert len(tags(text)) in (0, 5_000)
