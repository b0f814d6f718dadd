"""The accelerator takes what generated articles are made of, says of it what libyaml says, and passes on all else."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from newslint.document.line_grammar import is_odd, value_of
from newslint.document.lines import read_lines
from newslint.document.reading import Reading
from newslint.document.scalars import resolve
from newslint.document.source import Source
from newslint.finding import Span
from newslint.limits import MAX_DEPTH, MAX_NODES
from tests.document.line_agreement import agree_on_yaml


def _read(yaml_text: str) -> Reading | None:
    return read_lines(Source("a.md", f"---\n{yaml_text}---\n"), Span(3, 4 + len(yaml_text)))


@pytest.mark.parametrize(
    ("yaml_text", "data"),
    [
        ("a: x\n", {"a": "x"}),
        ("a: x y\nb:  z\n", {"a": "x y", "b": "z"}),
        ("a: 2024-01-24T15:00:00Z\n", {"a": "2024-01-24T15:00:00Z"}),
        ("a: http://a.example/?b#c\n", {"a": "http://a.example/?b#c"}),
        ("a: C# [x], {y} & 'z'\n", {"a": "C# [x], {y} & 'z'"}),
        ("a: -1\nb: 012\nc: 1_000\nd: 1.5e+3\n", {"a": -1, "b": 10, "c": 1000, "d": 1500.0}),
        ("a: -x\nb: .5\nc: 1:30\n", {"a": "-x", "b": 0.5, "c": 90}),
        ("a: yes\nb: Off\nc: true\nd: ~\ne: null\nf: y\n", {"a": True, "b": False, "c": True, "d": None, "e": None, "f": "y"}),
        ('a: "x"\nb: ""\nc: "# y: z"\n', {"a": "x", "b": "", "c": "# y: z"}),
        (r'a: "\" \\ \/ \n \r \t \u00e9 \\n \\u0041"' + "\n", {"a": '" \\ / \n \r \t é \\n \\u0041'}),
        ("a: 'x'\nb: ''\nc: 'it''s'\nd: ''''\ne: '\\n'\n", {"a": "x", "b": "", "c": "it's", "d": "'", "e": "\\n"}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("a:\nb: \nc:\n\nd: x\n", {"a": None, "b": None, "c": None, "d": "x"}),
        ("\n\na: x\n\n\nb: y\n\n", {"a": "x", "b": "y"}),
        ("a:\n  b: x\n  c:\n    d: y\n  e: z\nf: w\n", {"a": {"b": "x", "c": {"d": "y"}, "e": "z"}, "f": "w"}),
        ("a:\n  - x\n  - 1\nb:\n- y\n- []\nc: z\n", {"a": ["x", 1], "b": ["y", []], "c": "z"}),
        ("a:\n  - b: x\n    c: y\n  - b: z\n", {"a": [{"b": "x", "c": "y"}, {"b": "z"}]}),
        ("a:\n-   b:\n    - x\n    c:\n      d: y\n- b:\n", {"a": [{"b": ["x"], "c": {"d": "y"}}, {"b": None}]}),
        ("a:\n - b:\n     - c: x\n - y\n", {"a": [{"b": [{"c": "x"}]}, "y"]}),
        ("a-b: x\n_c: y\nD1: z\n", {"a-b": "x", "_c": "y", "D1": "z"}),
        ("k" * 64 + ": x\n", {"k" * 64: "x"}),
        ('a: "é😀\u00a0\u200d"\nb: é\u00a0x\n', {"a": "é😀\u00a0\u200d", "b": "é\u00a0x"}),
        ("a: x\r\nb:\r\n  - y\r\n\r\nc:\r\n", {"a": "x", "b": ["y"], "c": None}),
        ("a: x\r\nb: y\n", {"a": "x", "b": "y"}),
    ],
)  # fmt: skip
def test_it_takes_the_usual(yaml_text: str, data: dict[str, Any]) -> None:
    reading = _read(yaml_text)
    assert reading is not None
    assert repr(reading.data) == repr(data)
    assert agree_on_yaml(yaml_text)


@pytest.mark.parametrize(
    "yaml_text",
    [
        # Nothing, or no mapping.
        "", "\n", "\n\n", "x\n", '""\n', "''\n", "- x\n", "[]\n", "{}\n", " \n",
        # The traps of a first draft: quotes that look like nothing, a lone line of them.
        'a: ""\n  - b\n', "a: ''\n  b: c\n", 'a: x\n""\nb: y\n', 'a:\n""\n', 'a:\n  ""\n', 'a: x\n  ""\n',
        # Values that go on in the next line, and lines that belong to none.
        "a: x\n  y\n", "a:\n  x\n", 'a: "x\n  y"\n', "a: 'x\n  y'\n", "a: x\n  b: y\n", "a: x\n  - y\n", "a: x\n- y\n",
        "a: []\n  - x\n", "a:\n  - x\n    y\n", "a:\n  - x\n    b: y\n", "a:\n  - x\n    - y\n", "a:\n  - x\n  b: y\n",
        "a:\n  b: x\n c: y\n", "a:\n  b: x\n   c: y\n", "a:\n  - x\n - y\n", "a:\n  b: x\n- y\n", " a: x\nb: y\n", "  a: x\n",
        "a:\n  - b: x\n   c: y\n", "a:\n  - b:\n   - y\n", "a:\n  b:\n- x\n", "a:\n  - b: x\n  c: y\n",
        # Items that are empty or begin a list.
        "a:\n  -\n", "a:\n  - \n", "a:\n  - - x\n", "a:\n  -\n    b: x\n", "a:\n  -x\n", "-\n",
        # Keys.
        "a: x\na: y\n", "a:\n  b: x\n  b: y\n", "yes: x\n", "Null: x\n", "OFF: x\n", "1: x\n", "~: x\n", "<<: x\n", '"a": x\n',
        "'a': x\n", "? a\n", ": x\n", "a b: x\n", "a.b: x\n", "é: x\n", "a : x\n", "a:x\n", "k" * 65 + ": x\n", "&b a: x\n",
        "a:\n  - yes: x\n", "%a: x\n", "-a: x\n",
        # Blanks, tabs, comments.
        "a: x \n", 'a: "x" \n', "a: [] \n", "a: x\n \nb: y\n", "a:\tx\n", "a: x\ty\n", 'a: "x\ty"\n', "\ta: x\n", "a: x # c\n",
        "# c\na: x\n", 'a: "x" # c\n', "a: # c\n", "a:\n  # c\n  b: x\n", "a: #c\n",
        # Plain scalars that are none, or are no data.
        "a: x: y\n", "a: x:\n", "a: : x\n", "a: :x\n", "a: - x\n", "a: -\n", "a: --x\n", "a: ? x\n", "a: ?x\n", "a: ,\n", "a: [x]\n",
        "a: {b: c}\n", "a: [ ]\n", "a: ]\n", "a: &b x\n", "a: *b\n", "a: !t x\n", "a: !!str 1\n", "a: |\n  x\n", "a: >-\n  x\n",
        "a: %x\n", "a: @x\n", "a: `x\n", "a: .inf\n", "a: -.INF\n", "a: .nan\n", "a: 123456789012345678901\n", "a: 1.0e+9999\n", "a: 0x_\n",
        # Quotes.
        'a: "x\n', "a: 'x\n", 'a: "x"y\n', "a: 'x'y\n", "a: '''\n", 'a: """\n', 'a: "\\"\n', 'a: "\\q"\n', 'a: "\\x41"\n', 'a: "\\u12"\n',
        'a: "\\ud83d\\ude00"\n', 'a: "\\uDFFF"\n', 'a: "\\0"\n', 'a: "\\\n  x"\n', 'a: "b": c\n', "a: 'b': c\n", 'a:\n  - "b": c\n',
        # Characters that libyaml refuses, or that end lines for it.
        *(f"a: {value}\n" for odd in "\0\x07\x0b\x0c\x1b\x7f\x80\x85\x9f\u2028\u2029\ud83d\udc00\ufeff\ufffe\uffff"
          for value in (odd, f"x{odd}y", f'"x{odd}y"', f"'x{odd}y'")),
        "a: x\ry\n", 'a: "x\ry"\n', "a: x\r\r\nb: y\n", "a: x\n\r\nb: y\r\n\r", "\u2028a: x\n", "a: x\n\ufeff\n",
        # Documents and directives.
        "a: x\n--- \nb: y\n", "...\n", "%YAML 1.1\na: x\n",
    ],
)  # fmt: skip
def test_it_passes_on_all_else(yaml_text: str) -> None:
    assert _read(yaml_text) is None


@pytest.mark.parametrize(
    "span", [Span(3, 3), Span(3, 4), Span(3, 7), Span(4, 9), Span(2, 9), Span(0, 0), Span(9, 99), Span(99, 9)]
)
def test_a_range_that_is_not_whole_lines_is_passed_on(span: Span) -> None:
    assert read_lines(Source("a.md", "---\na: x\n---\n"), span) is None


@pytest.mark.parametrize("text", ["---\na: x\nb: y", "---\r\na: x\r\nb: y\r", "---\n\n\n\n\na", ""])
def test_a_last_line_without_its_end_is_passed_on(text: str) -> None:
    assert read_lines(Source("a.md", text), Span(3, len(text))) is None


@pytest.mark.parametrize("before", ["---\n", "--- \n", "---\r\n", "\n\n\r\rx\n---\r\n", "é😀\u2028\n---\n"])
def test_places_count_from_the_start_of_the_file(before: str) -> None:
    yaml_text = 'a: "x"\nb:\n  - c: y\n'
    source = Source("a.md", f"{before}{yaml_text}---\n")
    reading = read_lines(source, Span(len(before.rstrip("\r\n")), len(before) + len(yaml_text)))
    assert reading is not None
    assert reading.places is not None
    found = [reading.places.value(("a",)), reading.places.key(("b", 0, "c")), reading.places.value(("b",))]
    assert [source.text[place.start : place.end] for place in found if place] == ['"x"', "c", "- c: y"]


@pytest.mark.parametrize(
    ("line", "taken"),
    [("{indent}a:\n", range(1, MAX_DEPTH - 1)), ("{indent}a:\n{indent}- b:\n", range(1, MAX_DEPTH // 3 + 1))],
)
def test_what_is_nested_nearly_too_deep_is_passed_on(line: str, taken: range) -> None:
    def is_taken(levels: int) -> bool:
        nested = "".join(line.format(indent=" " * 3 * level) for level in range(levels))
        return all(agree_on_yaml(f"{nested}{' ' * 3 * levels}c: {value}\n") for value in ("x", "[]", "{}", ""))

    assert [levels for levels in range(1, MAX_DEPTH + 8) if is_taken(levels)] == list(taken)


def test_very_many_values_are_passed_on() -> None:
    few = "".join(f"k{number}: {number}\n" for number in range(5_000))
    assert agree_on_yaml(few)
    assert _read("".join(f"k{number}: {number}\n" for number in range(MAX_NODES // 2))) is None
    assert _read("a:\n" + "- x\n" * MAX_NODES) is None


_LENGTH = 100_000


@pytest.mark.parametrize(
    "piece",
    ["\n", " ", "- ", "-", "a", "a:", "a: ", ": ", ":", "#", " #", "'", "''", "' ", '"', '""', '\\"', "\\", "\\u", "\\u0041",
     "x:", "x#", "x ", "x :", "é", "\r", "\r\n", "\n ", "\n- ", "\na: ", "\n'", '\n"', "[", "{", "\ta", "\u2028", "\ud83d"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_anything_do_no_harm(piece: str) -> None:
    for opening in ("", "a: ", "a:\n  - ", "a: '", 'a: "', "a: x"):
        for closing in ("\n", "'\n", '"\n', " \n", "\0\n"):
            reading = _read(opening + piece * (_LENGTH // len(piece)) + closing)
            # It comes to an end, and says nothing but that all is well.
            assert reading is None or (reading.violations == [] and reading.data)


def test_nothing_heavy_is_imported_for_it() -> None:
    program = (
        "import sys\n"
        "from newslint.document.lines import read_lines\n"
        "from newslint.document.source import Source\n"
        "from newslint.finding import Span\n"
        "reading = read_lines(Source('a.md', '---\\na: x\\n---\\n'), Span(3, 9))\n"
        "print(reading.data, reading.places.value(('a',)), 'yaml' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout == "{'a': 'x'} Place(start=7, end=8, style='plain') False\n"


@pytest.mark.parametrize("text", ["\u2028", "x\u2029", "\ufeffx", "é\ufffe", "\uffff", "\ud83d"])
def test_characters_that_are_odd_for_libyaml(text: str) -> None:
    assert is_odd(text)


@pytest.mark.parametrize("text", ["", "x\n", "é", "\u00a0", "\u200d", "\ufffd", "\ue000", "😀", "\U0010ffff"])
def test_characters_that_are_not(text: str) -> None:
    assert not is_odd(text)


_WORDS = ["null", "yes", "no", "true", "false", "on", "off"]
_FORMS = [form for word in _WORDS for form in (word, word.capitalize(), word.upper())]


@pytest.mark.parametrize("word", _FORMS)
def test_a_word_that_is_no_text_is_no_key(word: str) -> None:
    assert value_of(word) is resolve(word)
    assert _read(f"{word}: x\n") is None
    assert _read(f"a:\n  - {word}: x\n") is None


def test_every_first_character_of_a_plain_scalar_means_the_same() -> None:
    texts = [first + rest for first in map(chr, range(0x21, 0x7F)) for rest in ("", "1", ".5", "x", ".inf", "1:30")]
    assert sum(agree_on_yaml(f"a: {text}\n") + agree_on_yaml(f"a:\n- {text}\n") for text in texts) > 700
