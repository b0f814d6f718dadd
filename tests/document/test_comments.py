"""Comments are exactly what YAML passes over: every one is found, and no ``#`` inside a value is taken for one."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint.document.comments import comments
from newslint.document.source import Fences, Source, find_fences


def _comments(yaml_text: str, line_end: str = "\n") -> list[str]:
    """Return the texts of the comments, after a check that each stands at its span."""
    source = Source("a.md", f"---{line_end}{yaml_text}---{line_end}")
    fences = find_fences(source)
    assert isinstance(fences, Fences), fences
    found = comments(source, fences)
    for span, text in found:
        assert source.text[span.start : span.end] == text
    return [text for _, text in found]


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        ("a: b\n", []),
        ("# top\na: b # end\n  # deep\n", ["# top", "# end", "# deep"]),
        ("a: b#c\n", []),
        ("a: b #\n", ["#"]),
        ("a: b\t# after a tab\n", ["# after a tab"]),
        ("a: 'x # y' # z\n", ["# z"]),
        ('a: "x # y"#z\n', ["#z"]),
        ('a: "x\n  # y\n  z" # after\n', ["# after"]),
        ('a: "x \\" # y"\n', []),
        ("a: 'it''s # x' # y\n", ["# y"]),
        ("a: one\n  two # three\n", ["# three"]),
        ("a: |  # head\n  # text\n # outside\nb: 1\n", ["# head", "# outside"]),
        ("a: |#tight\n  # text\n", ["#tight"]),
        ("a: >2- # folded\n  # text\n\n# after\n", ["# folded", "# after"]),
        ("a: |+\n  x\n\n  # text\n\n# after\n", ["# after"]),
        ("a: |\n# nothing in it\nb: c\n", ["# nothing in it"]),
        ('a: {b: c#d, # one\n  "e":#two\n  f} # three\n', ["# one", "#two", "# three"]),
        ("a: [ # one\n  b, # two\n  'c # d' ] # three\n", ["# one", "# two", "# three"]),
        ("a: # before the value\n  b\n", ["# before the value"]),
        ("a:\n  - # item\n    b: c # d\n", ["# item", "# d"]),
        ("? # key\n  a\n: # value\n  b\n", ["# key", "# value"]),
        ("a: !!str # tag\n  b\nc: &d # anchor\n  e\n", ["# tag", "# anchor"]),
        ("é: 漢😀 # ü😀 z\nb: c # d\n", ["# ü😀 z", "# d"]),
        ("a: b # x ## y # z\n", ["# x ## y # z"]),
        ("a: b # to a NEL\x85c: d # e\n", ["# to a NEL", "# e"]),
        ("# nothing else\n", ["# nothing else"]),
        ("a: b # one\n--- # two\nc: d # three\n", ["# one"]),
        ("a: b # one\n--- # two\nc: [ # three\n", ["# one"]),
        ("a: b # one\n... # two\n# three\n", ["# one", "# two", "# three"]),
    ],
)
def test_comments_of_every_kind(yaml_text: str, expected: list[str]) -> None:
    assert _comments(yaml_text) == expected


def test_carriage_returns_are_no_part_of_a_comment() -> None:
    assert _comments("a: b # c\r\nd: |  # e\r\n  # f\r\n", "\r\n") == ["# c", "# e"]


@pytest.mark.parametrize(
    "yaml_text", ["a: [ # b\n", 'a: "b # c\n', "a: b: c # d\n", "# e\na: \x07\n", "a: b # \ud800\n"]
)
def test_text_that_is_no_yaml_has_no_comments(yaml_text: str) -> None:
    assert _comments(yaml_text) == []


def test_the_opening_line_is_no_part_of_the_front_matter() -> None:
    source = Source("a.md", "---\n# a\nb: c\n---\n# Heading of the body\n")
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    assert [text for _, text in comments(source, fences)] == ["# a"]


_PARTS = st.sampled_from(
    [
        *("a", "b: ", "c:", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", " ", "\t", "\r\n", "\u2028", "\x85", "é", "😀"),
        *(
            "#",
            " #",
            "# ",
            "# z\n",
            "'",
            '"',
            "\\",
            "|",
            ">",
            "-",
            "+",
            "2",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "? ",
            "!t ",
            "&x ",
        ),
        *("|\n  ", ">-\n  ", "'x # y'", '"x\n # y"', "\nk: ", "\n  - {l: ", "[m, "),
    ]
)
_FENCE = re.compile(r"^(?:---|\.\.\.)", re.MULTILINE)


@given(st.lists(_PARTS, min_size=1, max_size=14))
@settings(max_examples=1000, deadline=None)
@example(["b: ", "|", " #", "# ", "\n  ", "#", "\n", "#"])
@example(["[", "#", "\n", "]"])
def test_a_comment_is_what_can_be_changed_without_any_effect(parts: list[str]) -> None:
    yaml_text = "".join(parts) + "\n"
    if _FENCE.search(yaml_text) is None:
        assert _comments(yaml_text) == _slow_comments(yaml_text)


def _slow_comments(yaml_text: str) -> list[str]:
    """Return the comments by brute force: a ``#`` is in a comment when a letter put behind it changes no event."""
    original = _events(f"\n{yaml_text}")
    if original is None:
        return []
    found: list[str] = []
    end = 0
    for match in re.finditer("#", yaml_text):
        at = match.start()
        if at >= end and _events(f"\n{yaml_text[: at + 1]}Z{yaml_text[at + 1 :]}") == original:
            end = min(place for char in "\r\n\x85\u2028\u2029" if (place := yaml_text.find(char, at)) >= 0)
            found.append(yaml_text[at:end])
    return found


def _events(text: str) -> list[tuple[object, ...]] | None:
    """Return all events without their places, or None where there is a syntax error."""
    names = ("anchor", "tag", "implicit", "value", "style", "flow_style")
    try:
        return [
            (type(event), *(getattr(event, name, None) for name in names))
            for event in yaml.parse(text, yaml.CSafeLoader)
        ]
    except yaml.YAMLError:
        return None
