"""Bytes to text: encoding, byte order mark, line ends, and fences as Jekyll and python-frontmatter both see them."""

from __future__ import annotations

import re

import pytest
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.document.source import Fences, Source, check_text, decode, find_fences
from newslint.finding import Span
from tests.document.reading import read_file


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "2:11-2:12", "the byte 0xE9 is not UTF-8 text"),
        (b"\xff", "1:1-1:2", "the byte 0xFF is not UTF-8 text"),
        ("---\ntitle: é😀漢".encode() + b"\x92s\n---\n", "2:11-2:12", "the byte 0x92 is not UTF-8 text"),
        (b"---\r\n\xe2\x82\xac\r\n\xe2\x82", "3:1-3:2", "the byte 0xE2 is not UTF-8 text"),
        (b"\xef\xbb\xbf---\na: \x80\n---\n", "2:4-2:5", "the byte 0x80 is not UTF-8 text"),
        (b"a\xed\xa0\x80", "1:2-1:3", "the byte 0xED is not UTF-8 text"),
        (b"a\xc0\xaf", "1:2-1:3", "the byte 0xC0 is not UTF-8 text"),
    ],
)
def test_a_wrong_byte_is_found_at_its_line_and_column(content: bytes, place: str, message: str) -> None:
    found, data = read_file(content)
    hint = "Save the file in the encoding UTF-8 (it may have been written as Windows-1252 or Latin-1)"
    assert found == [(place, "NL002", "", message, hint)]
    assert data is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_called_by_its_name(encoding: str) -> None:
    found, _ = read_file("\ufeff---\na: b\n---\n".encode(encoding))
    message = "the file is written in UTF-16, not in UTF-8"
    assert found == [("1:1-1:2", "NL002", "", message, "Save the file in the encoding UTF-8")]
    found, _ = read_file("---\na: b\n---\n".encode(encoding))
    message = "the first line holds NUL characters, as text in UTF-16 does"
    assert found == [("1:1-1:1", "NL003", "", message, "Save the file in the encoding UTF-8")]


def test_a_byte_order_mark_is_found_and_is_no_column() -> None:
    found, data = read_file(b"\xef\xbb\xbf---\na: 1\na: 2\n---\n")
    assert [(one.place, one.code) for one in found] == [("1:1-1:1", "NL010"), ("3:1-3:2", "NL006")]
    assert found[0].message == (
        "the file begins with a byte order mark (BOM), so Jekyll and python-frontmatter see no front matter in it"
    )
    assert found[0].hint == "Save the file as UTF-8 without BOM"
    assert data == {"a": 2}


def test_two_byte_order_marks_are_one_too_many() -> None:
    found, _ = read_file(b"\xef\xbb\xbf\xef\xbb\xbf---\na: 1\n---\n")
    assert [(one.code, one.message) for one in found][1] == ("NL003", "the file begins with two byte order marks (BOM)")


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("a\nb\nc\r\n", "3:2-4:1", "line ends are mixed: 2 in LF, 1 in CRLF", "Save the file with LF line ends"),
        ("a\r\nb\r\nc\n", "3:2-4:1", "line ends are mixed: 2 in CRLF, 1 in LF", "Save the file with CRLF line ends"),
        ("a\r\nb\n", "1:2-2:1", "line ends are mixed: 1 in LF, 1 in CRLF", "Save the file with LF line ends"),
        ("a\nb\rc", "2:2-3:1", "line ends are mixed: 1 in LF, 1 in CR", "Save the file with LF line ends"),
        ("a\rb\rc\r\n", "1:2-2:1", "line ends are mixed: 1 in CRLF, 2 in CR", "Save the file with CRLF line ends"),
        (
            "a\n\r\n\r",
            "2:1-3:1",
            "line ends are mixed: 1 in LF, 1 in CRLF and 1 in CR",
            "Save the file with LF line ends",
        ),
    ],
)
def test_mixed_line_ends_stand_at_the_first_of_the_minority(text: str, place: str, message: str, hint: str) -> None:
    source = Source("a.md", text)
    ((code, violation),) = check_text(source)
    assert violation.span is not None
    start, end = source.position(violation.span.start), source.position(violation.span.end)
    assert f"{start[0]}:{start[1]}-{end[0]}:{end[1]}" == place
    assert (code, violation.message, violation.hint) == ("NL011", message, hint)


@pytest.mark.parametrize("text", ["", "a", "a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\x85b\u2028c\u2029d\n\x0b\x0c"])
def test_one_kind_of_line_end_is_no_mixture(text: str) -> None:
    assert check_text(Source("a.md", text)) == []


def test_lines_end_where_editors_and_git_end_them() -> None:
    source = Source("a.md", "a\r\nb\rc\nd\x85e\u2028f\u2029g\x0ch")
    assert source.line_starts == [0, 3, 5, 7]
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d\x85e\u2028f\u2029g\x0ch"]
    assert source.position(7) == (4, 1)
    assert source.position(len(source.text)) == (4, 10)
    assert [source.line_end(offset) for offset in (0, 3, 7)] == [1, 4, 16]


def test_columns_count_code_points() -> None:
    source, _ = decode("a.md", "é😀\u200d漢x".encode())
    assert source.position(source.text.index("x")) == (1, 5)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "the file is empty", 'Begin the file with a line "---", then the fields, then a line "---"'),
        (" \n\t", "the file is empty", 'Begin the file with a line "---", then the fields, then a line "---"'),
        (
            "title: x\n",
            'the first line is not "---", so the file has no front matter',
            'Begin the file with a line "---"',
        ),
        (
            "--\na: b\n---\n",
            'the first line is not "---", so the file has no front matter',
            'Begin the file with a line "---"',
        ),
        (
            "\n---\na: b\n---\n",
            'there is blank space before the opening "---", so Jekyll sees no front matter',
            'Delete what stands before the "---"',
        ),
        (
            "----\na: b\n---\n",
            'the first line has 4 dashes, where Jekyll takes exactly three ("---")',
            'Write "---"',
        ),
        (
            "---\ra: b\r---\r",
            "the lines end in lone carriage returns (CR), so Jekyll sees no front matter",
            "Save the file with LF or CRLF line ends",
        ),
        ("--- # x\na: b\n---\n", 'the first line has more on it than "---"', 'Write "---" alone on the first line'),
        ("---\xa0\na: b\n---\n", 'the first line has more on it than "---"', 'Write "---" alone on the first line'),
    ],
)
def test_no_opening_line(text: str, message: str, hint: str) -> None:
    assert read_file(text)[0] == [("1:1-1:1", "NL003", "", message, hint)]


_NOT_CLOSED = (
    'the front matter is opened by "---" here, but no "---" line closes it',
    'Write a line "---" after the last field',
)
_EXACTLY = 'Close the front matter with a line "---" of exactly three dashes'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("---", *_NOT_CLOSED),
        ("---\n", *_NOT_CLOSED),
        ("---\na: b\n", *_NOT_CLOSED),
        (
            "---\na: b\n ---\n",
            _NOT_CLOSED[0],
            'Delete the blank in front of the "---" in line 3, if that is where the fields end',
        ),
        ("---\na: b\n--- x\n", *_NOT_CLOSED),
        ("---\na: b\n--\n....\n...\xa0\n", *_NOT_CLOSED),
        ("---\na: b\r---\r", *_NOT_CLOSED),
        (
            "---\na: b\n...\n---\n",
            'the front matter is closed by "..." in line 3, which Jekyll takes as its end and python-frontmatter does not',
            _EXACTLY,
        ),
        (
            "---\r\na: b\r\n----  \r\n---\r\n",
            'the front matter is closed by "----" in line 3, which python-frontmatter takes as its end and Jekyll does not',
            _EXACTLY,
        ),
        (
            "---\na: b\n" + "-" * 70,
            'the front matter is closed by "----------…" in line 3, which python-frontmatter takes as its end and Jekyll'
            " does not",
            _EXACTLY,
        ),
        (
            "---\na: b\n---\xa0\n---\n",
            'the front matter is closed by "---" and an odd blank (U+00A0) in line 3, which python-frontmatter takes as'
            " its end and Jekyll does not",
            _EXACTLY,
        ),
    ],
)
def test_no_closing_line_or_one_that_only_one_reader_takes(text: str, message: str, hint: str) -> None:
    found = [one for one in read_file(text)[0] if one.code != "NL011"]
    assert found == [("1:1-1:4", "NL004", "", message, hint)]


@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: b\n---\n", "\na: b\n", ""),
        ("---\na: b\n---", "\na: b\n", ""),
        ("---\na: b\n--- \t\nbody\n", "\na: b\n", "body\n"),
        ("--- \t\na: b\n---\nbody", "\na: b\n", "body"),
        ("---\r\na: b\r\n---\r\nbody\r\n", "\r\na: b\r\n", "body\r\n"),
        ("---\n---\n", "\n", ""),
        ("---\na: |\n  x\n---\n  y\n---\n", "\na: |\n  x\n", "  y\n---\n"),
        ('---\na: "x\n---\ny"\n---\n', '\na: "x\n', 'y"\n---\n'),
        ("---\na: |\n  ---\n  ...\n---\n", "\na: |\n  ---\n  ...\n", ""),
        ("---\na: b\n---\x0c\n", "\na: b\n", ""),
        ("---\n# --- x\n--- x\n---\n", "\n# --- x\n--- x\n", ""),
    ],
)
def test_what_stands_between_the_fences_and_behind_them(text: str, yaml: str, body: str) -> None:
    fences = find_fences(Source("a.md", text))
    assert isinstance(fences, Fences)
    assert text[fences.yaml.start : fences.yaml.end] == yaml
    assert text[fences.body :] == body
    assert fences.opening == Span(0, 3)
    assert text[fences.closing.start : fences.closing.end] == "---"


_FIRST = st.sampled_from(["---", "--- ", "---\t", "----", "--", "---x", "---\xa0", "", "---\r"])
_OTHER = st.sampled_from(
    [
        "a: b",
        "---",
        "--- ",
        "----",
        "...",
        "... ",
        "---\t",
        " ---",
        "---\xa0",
        "--- x",
        "a: |",
        "\x0c---",
        "---\x0c",
        "",
        "....",
        "...\xa0",
        "---\x85",
        "---\x1c",
        "---\u2028",
        "---\rb",
        "a\r---",
    ]
)
_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])


@given(_FIRST, st.lists(st.tuples(_ENDS, _OTHER), max_size=6), st.sampled_from(["", "\n", "\r\n"]))
@settings(deadline=None, max_examples=500)
def test_a_front_matter_is_what_both_readers_close_in_the_same_line(
    first: str, lines: list[tuple[str, str]], end: str
) -> None:
    text = first + "".join(line_end + line for line_end, line in lines) + end
    jekyll, frontmatter = _closing_line_of_jekyll(text), _closing_line_of_frontmatter(text)
    fences = find_fences(Source("a.md", text))
    if jekyll is not None and jekyll == frontmatter:
        assert isinstance(fences, Fences)
        assert text.count("\n", 0, fences.closing.start) == jekyll
    else:
        assert not isinstance(fences, Fences)


# Document::YAML_FRONT_MATTER_REGEXP and Utils.has_yaml_header? of Jekyll 4 in Python: Ruby's classes are ASCII, its "m"
# is Python's DOTALL, and its ^ and $ always stand for lines that end in LF.
_JEKYLL = re.compile(r"\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)", re.DOTALL | re.MULTILINE | re.ASCII)
_JEKYLL_HEADER = re.compile(r"---\s*\r?\n", re.ASCII)


def _closing_line_of_jekyll(text: str) -> int | None:
    """Return the 0-based line, counted in LF, that ends the front matter for Jekyll."""
    match = _JEKYLL.match(text)
    if match is None or not _JEKYLL_HEADER.match(text[: text.index("\n") + 1]):
        return None
    return text.count("\n", 0, match.start(2))


def _closing_line_of_frontmatter(text: str) -> int | None:
    """Return the same for python-frontmatter, by its own expression and as its ``split`` uses it."""
    assert YAMLHandler.FM_BOUNDARY is not None
    text = text.replace("\r\n", "\n")
    found = list(YAMLHandler.FM_BOUNDARY.finditer(text))
    if len(found) < 2 or found[0].start() > 0:
        return None
    return text.count("\n", 0, found[1].start())
