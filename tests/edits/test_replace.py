"""New values and new keys, in the style of the old ones."""

from __future__ import annotations

import pytest

from newslint.edits.edits import edits_of
from newslint.edits.text import Refused
from newslint.finding import Pointer, Rename, Replace, Scalar
from tests.edits.editing import edited, read_text


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ('k: "a" # c\n', 'b "q" \\', 'k: "b \\"q\\" \\\\" # c\n'),
        ("k: 'a'\n", "it's", "k: 'it''s'\n"),
        ("k: 'a'\n", "a\nb", 'k: "a\\nb"\n'),
        ("k: a # c\n", "b", "k: b # c\n"),
        ("k: a\n", "b: c", 'k: "b: c"\n'),
        ("k: a\n", "b #c", 'k: "b #c"\n'),
        ("k: a\n", " b", 'k: " b"\n'),
        ("k: a\n", "", 'k: ""\n'),
        ("k: a\n", "2024-01-01", 'k: "2024-01-01"\n'),
        ("k: 2023-01-01\n", "2024-01-01", "k: 2024-01-01\n"),
        ("k: one\n  two\n", "b", "k: b\n"),
        ('k: "one\\\n  two"\n', "b", 'k: "b"\n'),
        # A number where text should be, and the other way round.
        ("k: 2024\n", "2024", 'k: "2024"\n'),
        ("k: 012 # c\n", "012", 'k: "012" # c\n'),
        ("k: No\n", "No", 'k: "No"\n'),
        ("k: 'a'\n", 39, "k: 39\n"),
        ('k: "true"\n', True, "k: true\n"),
        ("k: a\n", None, "k: null\n"),
        ("k: 1\n", -5, "k: -5\n"),
        ("k: 1\n", 1e30, "k: 1.0e+30\n"),
        ("k: 1\n", 0.25, "k: 0.25\n"),
        # A field without a value.
        ("k:\nb: 1\n", "x", "k: x\nb: 1\n"),
        ("k: # c\nb: 1\n", "x", "k: x # c\nb: 1\n"),
        ("l:\n  -\n  - a\n", "x", "l:\n  - x\n  - a\n"),
        ("f: {k: , b: 1}\n", "x", "f: {k: x , b: 1}\n"),
        # In brackets.
        ("f: [a, b]\n", "x, y", 'f: ["x, y", b]\n'),
        ("f: {k: a, b: 1}\n", "x}", 'f: {k: "x}", b: 1}\n'),
        ("f: [https://a.b/c, b]\n", "https://d.e/f", "f: [https://d.e/f, b]\n"),
        # Block scalars: in place, or given up for a value that is no text.
        ("k: |\n  artcle\nb: 1\n", "article\n", "k: |\n  article\nb: 1\n"),
        ("k: |\n  5\n\nb: 1\n", 5, "k: 5\n\nb: 1\n"),
        ("k: |\n  a b\n\nb: 1\n", "", 'k: ""\n\nb: 1\n'),
        ("k: |\n  a\n  c\nb: 1\n", "a\n", "k: |\n  a\nb: 1\n"),
    ],
)
def test_a_value_is_written_in_the_style_of_the_old_one(before: str, value: Scalar, after: str) -> None:
    pointer: Pointer = ("k",) if before.startswith("k") else ("f", "k") if "{" in before else (before[0], 0)
    assert edited(before, Replace(pointer, value)) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ('k: "2024-01-24T15:00:00Z" # c\n', "2024-01-24T15:00:00Z", "k: 2024-01-24T15:00:00Z # c\n"),
        ("k: '2024-01-24T15:00:00Z'\n", "2024-01-24T15:00:00Z", "k: 2024-01-24T15:00:00Z\n"),
        ("k: >-\n  2024-01-24T15:00:00Z\nb: 1\n", "2024-01-24T15:00:00Z", "k: 2024-01-24T15:00:00Z\nb: 1\n"),
        ("k: 'a'\n", "it's: b", "k: 'it''s: b'\n"),
        ('k: "a"\n', "=", 'k: "="\n'),
        ('k: "a"\n', "yes", 'k: "yes"\n'),
        ("f: {k: 'a'}\n", "a b", "f: {k: a b}\n"),
    ],
)
def test_plain_takes_quotes_away_where_the_value_allows_it(before: str, value: Scalar, after: str) -> None:
    pointer: Pointer = ("k",) if before.startswith("k") else ("f", "k")
    assert edited(before, Replace(pointer, value, plain=True)) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("k: Sharp reply #AI\n", "Sharp reply #AI", 'k: "Sharp reply #AI"\n'),
        ("k: a  #b c  \n", "a  #b c", 'k: "a  #b c"  \n'),
        ('k: it\'s "x" #\\y\n', 'it\'s "x" #\\y', 'k: "it\'s \\"x\\" #\\\\y"\n'),
        ("l:\n  - a #b\n  - a #b\n", "a #b", 'l:\n  - "a #b"\n  - a #b\n'),
        ("k: one\n  two #b\n", "one two #b", 'k: "one two #b"\n'),
    ],
)
def test_the_comment_is_replaced_together_with_the_value(before: str, value: str, after: str) -> None:
    pointer: Pointer = ("k",) if before.startswith("k") else ("l", 0)
    assert edited(before, Replace(pointer, value, comment=True)) == after


@pytest.mark.parametrize(
    "change",
    [
        Replace(("k",), "b", comment=True),
        Replace(("l",), "b"),
        Replace(("none",), "b"),
        Replace(("k",), "\udc80"),
        Replace(("k",), float("inf")),
        Replace(("headed",), "b", plain=True),
        Replace(("headed",), 5),
        Replace(("headed",), "other\nlines\n"),
        Replace(("headed",), ""),
        Replace(("tagged",), "b"),
        Replace((), "b"),
    ],
    ids=repr,
)
def test_what_cannot_be_exact_is_refused(change: Replace) -> None:
    document, _ = read_text("---\nk: a\nl: [a]\nheaded: | # comment\n  a\ntagged: !x 'a'\n---\n")
    with pytest.raises(Refused):
        edits_of(document, [change])


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    document, _ = read_text("---\nk: a\n---\n")
    with pytest.raises(Refused):
        edits_of(document, [Replace(("k",), 10**5000)])


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("pubDate: x # pubDate\n", "published", "published: x # pubDate\n"),
        ('"pubDate" : x\n', "published", '"published" : x\n'),
        ("'pubDate': 'pubDate'\n", "it's", "'it''s': 'pubDate'\n"),
        ("pubDate:\n  pubDate: 1\n", "published", "published:\n  pubDate: 1\n"),
        ("pubDate: x\n", "a: b", '"a: b": x\n'),
        ("pubDate: x\n", "yes", '"yes": x\n'),
        ("pubDate: x\n", "a b", "a b: x\n"),
        ("# pubDate\npubDate: x\r\n".replace("\n", "\r\n").replace("\r\r", "\r"), "p", "# pubDate\r\np: x\r\n"),
    ],
)
def test_a_key_is_renamed_in_its_own_style(before: str, key: str, after: str) -> None:
    assert edited(before, Rename(("pubDate",), key)) == after


def test_keys_in_lists_and_brackets_are_renamed() -> None:
    before = "l:\n  - ttl: x\n    url: y\nf: {ttl: x, url: y}\n"
    after = "l:\n  - title: x\n    url: y\nf: {title: x, url: y}\n"
    assert edited(before, Rename(("l", 0, "ttl"), "title"), Rename(("f", "ttl"), "title")) == after


@pytest.mark.parametrize(
    "change", [Rename(("a",), "b"), Rename(("x",), "y"), Rename(("l", 0), "y"), Rename((), "y")], ids=repr
)
def test_a_key_that_cannot_be_renamed_is_refused(change: Rename) -> None:
    document, _ = read_text("---\na: 1\nb: 2\nl: [a]\n---\n")
    with pytest.raises(Refused):
        edits_of(document, [change])
