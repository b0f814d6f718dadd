"""New text within a scalar: in its own style, with only the named characters touched."""

from __future__ import annotations

import pytest

from newslint.edits.edits import edits_of
from newslint.edits.text import Refused, TextEdit
from newslint.finding import Rewrite, Span
from tests.edits.editing import edited, read_text

Pieces = tuple[tuple[int, int, str], ...]


@pytest.mark.parametrize(
    ("before", "pieces", "after"),
    [
        # Double quotes: escapes beside the named characters stay as they are written.
        ('title: "a &amp; b"\n', ((2, 7, "&"),), 'title: "a & b"\n'),
        ('title: "\\u00e9 &amp; \\t\\x41"\n', ((2, 7, "&"),), 'title: "\\u00e9 & \\t\\x41"\n'),
        ('title: "\\"q\\" &amp; \\\\"\n', ((4, 9, '"'),), 'title: "\\"q\\" \\" \\\\"\n'),
        ('title: "a&quot;b"\n', ((1, 7, '"'),), 'title: "a\\"b"\n'),
        ('title: "a&bsol;b"\n', ((1, 7, "\\"),), 'title: "a\\\\b"\n'),
        ('title: "a\\u200bb"\n', ((1, 2, ""),), 'title: "ab"\n'),
        ('title: "a\\U0001F600b"\n', ((1, 2, "x"),), 'title: "axb"\n'),
        ('title: "ab"\n', ((1, 1, "\x07\u2028\x85\ufeff\x00"),), 'title: "a\\a\\L\\N\\uFEFF\\0b"\n'),
        ('title: "ab"\n', ((1, 1, "\t\n\r\xa0"),), 'title: "a\\t\\n\\r\xa0b"\n'),
        ('title: "😀 é&eacute;"\n', ((3, 11, "é"),), 'title: "😀 éé"\n'),
        ('title: ""\n', ((0, 0, "x"),), 'title: "x"\n'),
        ('title: " a "  # " a "\n', ((0, 1, ""), (2, 3, "")), 'title: "a"  # " a "\n'),
        # Folded lines and continuations stay where they are.
        ('title: "one &amp;\n  two"\n', ((4, 9, "&"),), 'title: "one &\n  two"\n'),
        ('title: "one \\\n  &amp; two"\n', ((4, 9, "&"),), 'title: "one \\\n  & two"\n'),
        ('title: "one\\\n  \\ two"\n', ((4, 7, "2"),), 'title: "one\\\n  \\ 2"\n'),
        ('title: "one\n\n  two"\n', ((3, 4, " "),), 'title: "one two"\n'),
        ('title: " one\n  two "\n', ((0, 1, ""), (8, 9, "")), 'title: "one\n  two"\n'),
        ('title: "one\n  two\n  "\n', ((7, 8, ""),), 'title: "one\n  two"\n'),
        ('title: "a\n  b  c"\n', ((3, 5, " "),), 'title: "a\n  b c"\n'),
        # A blank before a fold would be lost: it becomes an escape.
        ('title: "a x\n  b"\n', ((2, 3, ""),), 'title: "a\\x20\n  b"\n'),
        ('title: "a\n  x b"\n', ((2, 3, ""),), 'title: "a\n  \\x20b"\n'),
        ('title: "a\n  x\n  b"\n', ((2, 3, ""),), 'title: "a\\x20\\x20b"\n'),
        ('title: "a\n  b"\n', ((1, 1, " "),), 'title: "a\\x20\n  b"\n'),
        # Single quotes.
        ("title: 'it''s &amp; it'\n", ((5, 10, "&"),), "title: 'it''s & it'\n"),
        ("title: 'a&apos;b'\n", ((1, 7, "'"),), "title: 'a''b'\n"),
        ("title: 'it''s'\n", ((2, 3, ""),), "title: 'its'\n"),
        ("title: 'one &amp;\n  two'\n", ((4, 9, "&"),), "title: 'one &\n  two'\n"),
        ("title: 'a\\b &amp;'\n", ((4, 9, "&"),), "title: 'a\\b &'\n"),
        # What single quotes cannot hold is put in double ones; lines and blanks stay.
        ("title: 'it''s \"x\" \\\n  and &NewLine; y'\n", ((15, 24, "\n"),), 'title: "it\'s \\"x\\" \\\\\n  and \\n y"\n'),
        ("title: 'a x\n  b'\n", ((2, 3, ""),), 'title: "a\\x20\n  b"\n'),
        # Plain.
        ("title: a &amp; b # c\n", ((2, 7, "&"),), "title: a & b # c\n"),
        ("title: one &amp;\n  two\n", ((4, 9, "&"),), "title: one &\n  two\n"),
        ("title: it's &amp; \"so\"\n", ((5, 10, "&"),), "title: it's & \"so\"\n"),
        ("l: [x&amp; x]\n", ((1, 6, ""),), "l: [x x]\n"),
        # A plain value whose new text would not be the same is double-quoted.
        ("title: a&colon; b\n", ((1, 8, ":"),), 'title: "a: b"\n'),
        ("title: a &num;b # c\n", ((2, 7, "#"),), 'title: "a #b" # c\n'),
        ("title: x- y\n", ((0, 1, ""),), 'title: "- y"\n'),
        ("title: x&amp; y\n", ((0, 6, "&"),), 'title: "& y"\n'),
        ("title: xyes\n", ((0, 1, ""),), 'title: "yes"\n'),
        ("title: x2024\n", ((0, 1, ""),), 'title: "2024"\n'),
        ("title: x2024-01-01\n", ((0, 1, ""),), 'title: "2024-01-01"\n'),
        ("title: x=\n", ((0, 1, ""),), 'title: "="\n'),
        ("title: x:sym\n", ((0, 1, ""),), 'title: ":sym"\n'),
        ("title: x1,000\n", ((0, 1, ""),), 'title: "1,000"\n'),
        ("title: x\n", ((0, 1, ""),), 'title: ""\n'),
        ("title: a b\n", ((1, 3, " "),), 'title: "a "\n'),
        ("title: a \"b\" \\ c&colon; d\n", ((9, 16, ":"),), 'title: "a \\"b\\" \\\\ c: d"\n'),
        ("title: one\n  two&colon; x\n", ((7, 14, ":"),), 'title: "one\n  two: x"\n'),
        ("title: ab\n", ((1, 1, "\x85"),), 'title: "a\\Nb"\n'),
        ("l: [a&comma; b]\n", ((1, 8, ","),), 'l: ["a, b"]\n'),
        ("l: {k: a&rcub; b}\n", ((1, 7, "}"),), 'l: {k: "a} b"}\n'),
        # A text that other readers took for a time before may be one still.
        ("title: 2024-01-01T00:00:00+00:00\n", ((19, 25, "Z"),), "title: 2024-01-01T00:00:00Z\n"),
        # Block scalars: in place, within a line.
        ("title: |\n  a &amp; b\n  c\n", ((2, 7, "&"),), "title: |\n  a & b\n  c\n"),
        ("title: | # &amp;\n  a &amp; b\n", ((2, 7, "&"),), "title: | # &amp;\n  a & b\n"),
        ("title: |\n  a  \n  b\t\n", ((1, 3, ""), (5, 6, "")), "title: |\n  a\n  b\n"),
        ("title: >-\n  a  b\n\n    &amp;\n", ((2, 3, ""), (8, 13, "&")), "title: >-\n  a b\n\n    &\n"),
        ("title: >\n  a \n  b\n", ((1, 3, " "),), "title: >\n  a\n  b\n"),
        ("title: |2-\n    a\n", ((0, 2, ""),), "title: |2-\n  a\n"),
        ("l:\n  - |\n    a \"b\" 'c' \\n\n", ((2, 5, "#"),), "l:\n  - |\n    a # 'c' \\n\n"),
        # CRLF.
        ('title: "a &amp;\r\n  b"\r\n', ((2, 7, "&"),), 'title: "a &\r\n  b"\r\n'),
        ("title: |\r\n  a &amp;\r\n  b\r\n", ((2, 7, "&"),), "title: |\r\n  a &\r\n  b\r\n"),
    ],
)  # fmt: skip
def test_only_the_named_characters_change(before: str, pieces: Pieces, after: str) -> None:
    document, _ = read_text(f"---\n{before}---\n")
    pointer = next(found for found in (("title",), ("l", 0), ("l", "k")) if isinstance(document.get(found), str))
    assert edited(before, Rewrite(pointer, pieces)) == after


def test_one_of_two_equal_values_changes() -> None:
    before = 'a: "x &amp; y"\nb: "x &amp; y" # "x &amp; y"\nc: "x &amp; y"\n'
    assert edited(before, Rewrite(("b",), ((2, 7, "&"),))) == before.replace('b: "x &amp; y"', 'b: "x & y"')


def test_pieces_may_be_named_wider_than_the_change() -> None:
    document, _ = read_text('---\ntitle: "\\u00e9 &amp; \\u00e9"\n---\n')
    (edit,) = edits_of(document, [Rewrite(("title",), ((0, 9, "é & é"),))])
    assert edit == TextEdit(Span(20, 24), "")


def test_rewriting_a_text_to_itself_is_no_edit() -> None:
    document, _ = read_text("---\ntitle: 'it''s'\n---\n")
    assert edits_of(document, [Rewrite(("title",), ((0, 4, "it's"),))]) == ()


@pytest.mark.parametrize(
    ("yaml", "pieces"),
    [
        ("title: |\n  a\n  b\n", ((0, 1, "x\ny"),)),
        ("title: |\n  a\n  b\n", ((3, 4, ""),)),
        ("title: |-\n  a\n", ((1, 1, "\n"),)),
        ("title: |\n  xa\n", ((0, 1, " "),)),
        ("title: |\n  ab\n", ((1, 1, "\x07"),)),
        ("title: >\n  ax\n  b\n", ((0, 1, " "),)),
        ("title: |\n", ((0, 0, "x"),)),
        ('title: "ab"\n', ((1, 1, "\ud83d"),)),
        ('title: "ab"\n', ((0, 2, ""), (1, 2, ""))),
        ('title: "ab"\n', ((1, 3, ""),)),
        ("title: 5\n", ((0, 1, "6"),)),
        ("title: [a]\n", ((0, 1, "6"),)),
        ("other: a\n", ((0, 1, "6"),)),
    ],
)
def test_what_cannot_be_exact_is_refused(yaml: str, pieces: Pieces) -> None:
    document, _ = read_text(f"---\n{yaml}---\n")
    with pytest.raises(Refused):
        edits_of(document, [Rewrite(("title",), pieces)])


@pytest.mark.parametrize("yaml", ["title: !!str a\n", "title: &x a\n", 'title: !!str "a"\n'])
def test_a_text_with_a_tag_or_an_anchor_is_left_alone(yaml: str) -> None:
    document, _ = read_text(f"---\n{yaml}---\n")
    with pytest.raises(Refused):
        edits_of(document, [Rewrite(("title",), ((0, 1, "b"),))])
