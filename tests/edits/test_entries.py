"""Entries taken out, put in and put in order: comments and blank lines stay with what they belong to."""

from __future__ import annotations

import textwrap

import pytest

from newslint.edits.edits import edits_of
from newslint.edits.text import Refused
from newslint.finding import Change, Insert, Pointer, Remove, Rename, Reorder, Replace, Rewrite
from tests.edits.editing import edited, read_text


def check(before: str, after: str, *changes: Change) -> None:
    """Compare with LF and with CRLF; the texts are indented as the test is."""
    before, after = textwrap.dedent(before).lstrip("\n"), textwrap.dedent(after).lstrip("\n")
    assert edited(before, *changes) == after
    assert edited(before.replace("\n", "\r\n"), *changes) == after.replace("\n", "\r\n")


FIELDS = """
    # about the article
    title: x

    # first
    # second
    provider:
      name: BBC # name
      # on its own

      domain: bbc.com
        # deeper

    topics:
    - AI
      # - Robots

    # apart

    end: 1
    """


def test_a_field_goes_with_its_comments_and_one_of_two_blank_lines() -> None:
    after = """
    # about the article
    title: x

    topics:
    - AI
      # - Robots

    # apart

    end: 1
    """
    check(FIELDS, after, Remove(("provider",)))


def test_a_field_goes_with_the_blank_line_below_a_text_that_is_emptied() -> None:
    # Each of the two is right alone; together they once took the line break that both of them counted on.
    changes = (Replace(("a",), ""), Remove(("b",)))
    assert edited("a: |\n  x\n\nb: y\n", *changes) == 'a: ""\n'


def test_the_first_and_the_last_field_take_the_blank_line_beside_them() -> None:
    after = """
    # first
    # second
    provider:
      name: BBC # name
      # on its own

      domain: bbc.com
        # deeper

    topics:
    - AI
      # - Robots

    # apart
    """
    check(FIELDS, after, Remove(("title",)), Remove(("end",)))


def test_fields_change_places_with_all_that_is_theirs() -> None:
    after = """
    # first
    # second
    provider:
      name: BBC # name
      # on its own

      domain: bbc.com
        # deeper

    # apart

    end: 1

    # about the article
    title: x

    topics:
    - AI
      # - Robots
    """
    check(FIELDS, after, Reorder((), ("provider", "end", "title", "topics")))


def test_only_the_fields_between_the_first_and_the_last_out_of_place_are_touched() -> None:
    document, _ = read_text("---\na: 1\nc: 3\nb: 2\nd: 4\n---\n")
    (edit,) = edits_of(document, [Reorder((), ("a", "b", "c", "d"))])
    assert document.source is not None
    assert document.source.text[edit.span.start : edit.span.end] == "\nc: 3\nb: 2"
    assert edits_of(document, [Reorder((), ("a", "c", "b", "d"))]) == ()


def test_blank_lines_belong_to_the_field_below_them() -> None:
    before = """
    type: article

    provider:
      name: BBC

    secured: x
    quality: 39
    """
    after = """
    type: article
    quality: 39

    provider:
      name: BBC

    secured: x
    """
    check(before, after, Reorder((), ("type", "quality", "provider", "secured")))


IMAGES = """
    images:
      # the first
      - width: 1
        # the address
        url: "a"   # a
        height: 2

      # the second
      - url: "b"
        width: 3
      -   url: "c"
    after: 1
    """


def test_the_first_field_of_an_item_changes_places_behind_its_dash() -> None:
    before = """
    l:
      - width: 1 # w
        height: 2
        url: "a"

      - url: "b"
    """
    after = """
    l:
      - url: "a"
        width: 1 # w
        height: 2

      - url: "b"
    """
    check(before, after, Reorder(("l", 0), ("url", "width", "height")))


def test_a_comment_stays_with_the_field_that_comes_to_stand_behind_the_dash() -> None:
    after = """
    images:
      # the first
      - # the address
        url: "a"   # a
        width: 1
        height: 2

      # the second
      - url: "b"
        width: 3
      -   url: "c"
    after: 1
    """
    check(IMAGES, after, Reorder(("images", 0), ("url", "width", "height")))


@pytest.mark.parametrize(
    ("gone", "after"),
    [
        (
            (0,),
            """
            images:
              # the second
              - url: "b"
                width: 3
              -   url: "c"
            after: 1
            """,
        ),
        (
            (1,),
            """
            images:
              # the first
              - width: 1
                # the address
                url: "a"   # a
                height: 2

              -   url: "c"
            after: 1
            """,
        ),
        (
            (1, 2),
            """
            images:
              # the first
              - width: 1
                # the address
                url: "a"   # a
                height: 2

            after: 1
            """,
        ),
    ],
)
def test_items_of_a_list_are_taken_out(gone: tuple[int, ...], after: str) -> None:
    check(IMAGES, after, *(Remove(("images", index)) for index in gone))


def test_the_first_field_of_an_item_is_taken_out() -> None:
    check("l:\n  - a: 1\n    b: 2\n    c: 3\n", "l:\n  - c: 3\n", Remove(("l", 0, "a")), Remove(("l", 0, "b")))
    check("l:\n  - - a\n    - b\n", "l:\n  - - b\n", Remove(("l", 0, 0)))


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Insert(("new",), "x", after=("a", "title")), "title: x\n", "title: x\nnew: x\n"),
        (Insert(("new",), 5, after=("end", "title")), "title: x\n", "title: x\nnew: 5\n"),
        (Insert(("new",), True), "# about the article\n", "new: true\n# about the article\n"),
        (Insert(("new",), "a: b", after=("end",)), "end: 1\n", 'end: 1\nnew: "a: b"\n'),
        (Insert(("a b",), "x", after=("provider",)), "    # deeper\n", "    # deeper\na b: x\n"),
        (Insert(("provider", "new"), "x", after=("name",)), "# name\n", "# name\n  new: x\n"),
        (Insert(("provider", "new"), "x", after=("domain",)), "    # deeper\n", "    # deeper\n  new: x\n"),
        (Insert(("topics", 0), "x"), "- AI\n", "- x\n- AI\n"),
        (Insert(("topics", 1), "yes"), "  # - Robots\n", '  # - Robots\n- "yes"\n'),
    ],
    ids=repr,
)
def test_a_field_or_an_item_is_put_in(change: Insert, old: str, new: str) -> None:
    before = textwrap.dedent(FIELDS).lstrip("\n")
    check(before, before.replace(old, new), change)


def test_new_text_is_quoted_as_its_neighbour_is() -> None:
    check(
        "a: \"x\"\nb: 'y'\n",
        "a: \"x\"\nn: \"z\"\nb: 'y'\nm: 'it''s'\n",
        Insert(("n",), "z", after=("a",)),
        Insert(("m",), "it's", after=("b",)),
    )
    check('l:\n  -   "a"\n', 'l:\n  -   "b"\n  -   "a"\n  -   "c"\n', Insert(("l", 0), "b"), Insert(("l", 1), "c"))
    check('a: "x"\n', 'a: "x"\nn: 5\n', Insert(("n",), 5, after=("a",)))
    check("a: |\n  x\nb: 1\n", "a: |\n  x\nn: y\nb: 1\n", Insert(("n",), "y", after=("a",)))


def test_new_entries_at_the_end_of_an_item_and_of_its_list() -> None:
    before = "l:\n  - a:\n      - b: 1\nend: 1\n"
    after = "l:\n  - a:\n      - b: 1\n        c: 2\n      - x\n    d: 3\n  - y\ne: 4\nend: 1\n"
    news = (
        Insert(("e",), 4, after=("l",)),
        Insert(("l", 1), "y"),
        Insert(("l", 0, "a", 0, "c"), 2, after=("b",)),
        Insert(("l", 0, "d"), 3, after=("a",)),
        Insert(("l", 0, "a", 1), "x"),
    )
    check(before, after, *news)


def test_several_new_items_keep_their_order() -> None:
    check("l:\n- a\n", "l:\n- x\n- y\n- a\n", Insert(("l", 0), "x"), Insert(("l", 0), "y"))
    check("l:\n- a\n", "l:\n- a\n- x\n- y\n", Insert(("l", 1), "x"), Insert(("l", 1), "y"))
    check("l: [a]\n", "l: [x, y, a, z]\n", Insert(("l", 0), "x"), Insert(("l", 0), "y"), Insert(("l", 1), "z"))
    check("l: []\n", "l: [x, y]\n", Insert(("l", 0), "x"), Insert(("l", 0), "y"))


def test_a_field_is_put_in_behind_the_dash() -> None:
    check("l:\n  - a: 1\n    b: 2\n", "l:\n  - n: 0\n    a: 1\n    b: 2\n", Insert(("l", 0, "n"), 0))
    check("l:\n  - a: 1\n", "l:\n  - a: 1\n    n: 0\n", Insert(("l", 0, "n"), 0, after=("a",)))


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("l: [a, b, 'c'] # x\n", (Remove(("l", 0)),), "l: [b, 'c'] # x\n"),
        ("l: [a, b, 'c'] # x\n", (Remove(("l", 2)),), "l: [a, b] # x\n"),
        ("l: [a, b, 'c'] # x\n", (Remove(("l", 0)), Remove(("l", 2))), "l: [b] # x\n"),
        ("l: [ a, b , ] # x\n", (Remove(("l", 1)),), "l: [ a , ] # x\n"),
        ("l: [ a ]\n", (Remove(("l", 0)),), "l: [  ]\n"),
        ("l: [ a, ]\n", (Remove(("l", 0)),), "l: [  ]\n"),
        ("l: {a: 1, b: 2,}\n", (Remove(("l", "a")), Remove(("l", "b"))), "l: {}\n"),
        ("l: [a,\n  b,\n  c]\n", (Remove(("l", 1)),), "l: [a,\n  c]\n"),
        ("l: {a: 1, b: , c: [x, y]}\n", (Remove(("l", "b")),), "l: {a: 1, c: [x, y]}\n"),
        ("l: {a: 1, b: 2, c: 3}\n", (Reorder(("l",), ("c", "a", "b")),), "l: {c: 3, a: 1, b: 2}\n"),
        ("l: {a: 'x', c: 3}\n", (Insert(("l", "b"), "y}", after=("a",)),), "l: {a: 'x', b: 'y}', c: 3}\n"),
        ("l: {a: x, c: 3}\n", (Insert(("l", "b"), "y}", after=("a",)),), 'l: {a: x, b: "y}", c: 3}\n'),
        ("l: {a: 1}\n", (Insert(("l", "b"), 2),), "l: {b: 2, a: 1}\n"),
        ("l: {}\n", (Insert(("l", "b"), 2),), "l: {b: 2}\n"),
        ("l: [a # x\n  ]\n", (Insert(("l", 1), "b"),), "l: [a, b # x\n  ]\n"),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else None,
)
def test_entries_in_brackets(before: str, changes: tuple[Change, ...], after: str) -> None:
    assert edited(before, *changes) == after


@pytest.mark.parametrize(
    ("yaml", "changes"),
    [
        ("a: |+\n  x\n\nb: 2\n", (Reorder((), ("b", "a")),)),
        ("a: |+\n  x\n\nb: 2\n", (Remove(("b",)),)),
        ("a: |+\n  x\n\nb: 2\n", (Insert(("n",), 1, after=("a",)),)),
        ("? a\n: 1\nb: 2\n", (Reorder((), ("b", "a")),)),
        ("a: 1\n? b\n: 2\n", (Remove(("b",)),)),
        ("a: 1\na: 2\nb: 3\n", (Reorder((), ("b", "a")),)),
        ("a: 1\na: 2\nb: 3\n", (Remove(("a",)),)),
        ("b: 3\nyes: 2\na: 1\n", (Reorder((), ("a", "b")),)),
        ("a: &x 1\nb: *x\nc: 2\n", (Reorder((), ("c", "b", "a")),)),
        ("<<: {x: 1}\na: 1\nb: 2\n", (Remove(("a",)),)),
        ("l: [a, # about b\n  b]\n", (Remove(("l", 0)),)),
        ("l: [a, # about b\n  b]\n", (Remove(("l", 1)),)),
        ("l: {a: 1, # about b\n  b: 2}\n", (Reorder(("l",), ("b", "a")),)),
        ("l: [a: 1, b]\n", (Insert(("l", 0, "n"), 1),)),
        ("l:\n  - a: 1\n\n    # apart\n\n    b: 2\n", (Remove(("l", 0, "a")),)),
        ("l: {a: 1, b: , c: [x, y]}\n", (Remove(("l", "c")),)),
        ("l:\n- a\n", (Remove(("l", 0)),)),
        ("a: 1\n", (Remove(("a",)),)),
        ("a: 1\nb: 2\n", (Remove(("c",)),)),
        ("a: 1\nb: 2\n", (Reorder((), ("a",)),)),
        ("a: 1\nb: 2\n", (Reorder(("a",), ("a",)),)),
        ("a: 1\nb: 2\n", (Insert(("a",), 1),)),
        ("a: 1\nb: 2\n", (Insert(("a", "b"), 1),)),
        ("l: [a]\n", (Insert(("l", 2), 1),)),
        ("l: [a]\n", (Insert(("l", "x"), 1),)),
        ("a: 1\nb: 2\n", (Reorder((), ("b", "a")), Remove(("a",)))),
        ("a: 'x'\nb: 2\n", (Remove(("a",)), Rewrite(("a",), ((0, 1, "y"),)))),
        ("a: 1\nb: 2\n", (Rename(("a",), "c"), Rename(("b",), "c"))),
        ("a: 1\nb: 2\n", (Rename(("a",), "c"), Insert(("c",), 1))),
    ],
)
def test_what_cannot_be_exact_is_refused(yaml: str, changes: tuple[Change, ...]) -> None:
    document, _ = read_text(f"---\n{yaml}---\n")
    with pytest.raises(Refused):
        edits_of(document, changes)


def test_what_is_not_moved_keeps_tabs_and_trailing_blanks() -> None:
    check("a:\t1  \nb: 2 \t# c \nc: 3\n", "b: 2 \t# c \na:\t1  \nc: 3\n", Reorder((), ("b", "a", "c")))


def pointer_of(text: str) -> Pointer:
    """Return a pointer written with dots."""
    return tuple(int(step) if step.isdigit() else step for step in text.split("."))


@pytest.mark.parametrize("pointer", ["related.0.images.1", "related.0.images.0", "related.1"])
def test_nested_lists_lose_one_item_and_nothing_else(pointer: str) -> None:
    before = """
    related:
      - title: "a"
        images:
          - url: "1"
            width: 1
          - url: "2"
            width: 2
      - title: "b"
    secured: "x"
    """
    document, _ = read_text(f"---\n{textwrap.dedent(before).lstrip()}---\n")
    (edit,) = edits_of(document, [Remove(pointer_of(pointer))])
    assert document.source is not None
    lines = document.source.text[edit.span.start : edit.span.end]
    expected = {
        "related.0.images.1": '      - url: "2"\n        width: 2\n',
        "related.0.images.0": '      - url: "1"\n        width: 1\n',
        "related.1": '  - title: "b"\n',
    }
    assert lines == expected[pointer]
    assert edit.text == ""
