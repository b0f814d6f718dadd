"""What the accelerator is tried on: articles with a fault put in, and small documents made of its own tokens."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

from tests.conftest import BASE, ROOT, SEED

LONG = int(os.environ.get("NEWSLINT_LONG", "1"))
"""How many times as much as the suite tries is to be tried; a longer run begins with what the suite tries."""

ARTICLES = [
    BASE,
    SEED.read_text("utf-8"),
    *(path.read_text("utf-8") for path in sorted((ROOT / "tests" / "articles" / "bad").glob("*.md"))),
    "---\n"
    "title: 'It''s  \"quoted\"'\n"
    'excerpt: "a \\"b\\" \\\\ \\/ \\n \\r\\n \\t \\u00e9 é 😀 \u00a0#x: y"\n'
    "type: C# x:y a,b [c] {d} e-f\n"
    "quality: -1\n"
    "heat: 1_0.5\n"
    "empty:\n"
    "none: \n"
    "related:\n"
    "- title: a\n"
    "  images: []\n"
    "  provider:\n"
    "    name:\n"
    "-   title: b\n"
    "    topics:\n"
    "    - a\n"
    "    - 012\n"
    "\n"
    "    images:\n"
    "     - url: http://a.example/?x=1#y\n"
    "       width: ~\n"
    "other: {}\n"
    "---\n"
    "Text\n",
]
"""Articles that come with the project, and one in all the ways of writing that the accelerator takes."""

_HOSTILE: list[str] = [
    *"\"'\\:#-?,[]{}&*!|>%@`~<=. \t\n\r\0aZé0_9nyT\x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe\ufffd\ud83d\u200d😀",
    "\r\n", ": ", " #", "- ", '""', "''", "[]", "{}", "<<", "---", "...", "\\u", "\\ud83d", "\\x41", "\\\n", ":\n", "  ",
]  # fmt: skip

_TAME_KEYS = [*"abcdefghijklm", "a-b", "X_1", "title"]
_WILD_KEYS = [
    "yes", "null", "On", "FALSE", "y", "n", "off", "1", "012", "~", "<<", "=", "", "é", "a b", "a.b", "-a", "_", "__", "'q'",
    '"q"', '""', "''", "? a", "&x a", "*x", "!t a", "[a]", "{}", "%a", "@a", "---", "...", "k" * 64, "k" * 65, "a:b", "a:",
]  # fmt: skip
_TAME_VALUES = [
    "", "", "", "x", "x y", "7", "-1", "0.5", "true", '"x"', '""', "''", "'x'", "[]", "{}", "2024-01-24T15:00:00Z", '"x: y"',
    "http://a.example/b", "Met", "C#", '"a \\" b"', "'it''s'", '"\\n"', "null", "~",
]  # fmt: skip
_WILD_VALUES = [
    "yes", "No", "on", "OFF", "y", "n", "tRue", "012", "08", "0x1f", "0b1", "0o7", "1_000", "1:30", "1:30.5", ".inf", "-.INF",
    ".nan", "1e5", "1.5e+3", ".5", "+1", "-0", "1.", "1" * 21, "9" * 20, "1.0e+9999", "-", "- x", "--", "-a", "-:", "-1-", "---",
    "...", "?", "? x", "?x", ":", ":x", ": x", "x:", "x: y", "x:y", "x::y", "x:#y", "x#y", "x #y", "#y", "x ", '"x" ', "'x' ",
    '"x"y', "'x'y", '"x', "'x", 'x"', "x'", "'''", "''''", "'x'''", '"""', '"\\', '"\\"', '"\\\\"', '"\\x41"', '"\\u00e9"',
    '"\\uD83D"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\uFEFF"', '"\\q"', '"\\ "', '"\\0"', '"\\u12"', '"\\\\u0041"', '"\\/"',
    "[x]", "[ ]", "{ }", "{a: b}", "[", "]", "{", "}", "[]x", "[] ", "{}: x", ",", ",x", "&a", "&a x", "*a", "!", "!!str 1",
    "!t x", "|", ">", "|-", ">+ # c", "%x", "@x", "`x", "<<", "=", "<x", "x\ty", "\tx", '"x\ty"', "'\x85'", '"\u2028"', "\u2029",
    "\xa0", "\xa0x", "é", "😀", '"😀é"', "\x7f", '"\x80"', "\ufeff", "'\ufeff'", "\ufffe", "\ud83d", '"\ud83d"', "\0", "x\u200d",
    '"\\u2028"', '"\\xa0"', "\\", "\\n", "a\\", "x\\: y", '"a": b', "'a': b", '"": x', "a, b", "a]", "a}", "2024-01-24",
    "2024-02-30", "=", "x  y", "x  :", "x :y", "x : y", "Null", "NULL", "nUll", "~~", "~x", "_1", "0_7", "0x_", "0b_",
]  # fmt: skip
_TAME_LEADS = ["", "", "", "", "", "- ", "- "]
_WILD_LEADS = ["-", "-  ", "-    ", "- - ", "-\t", "- ? ", "? ", ": ", "# ", "\t", "\xa0", "-\xa0", "-- "]
_WILD_GAPS = ["", "  ", "   ", "\t", " \t", "\xa0", "\n", "\n ", "\n   ", " # c\n"]
_WILD_ENDS = [
    " \n",
    "  \n",
    "\t\n",
    " # c\n",
    "# c\n",
    "\n# c\n",
    "\n  # c\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n\n\n",
    "\n \n",
    "\n\t\n",
    "\r\r\n",
]
_WILD_ENDS += [
    "\x85",
    "\u2028",
    "\n\u2029\n",
    "",
    "\n---\n",
    "\n...\n",
    "\n%YAML 1.1\n",
    "\n\ufeff",
    "\n''\n",
    '\n""\n',
    "\n-\n",
    "\nx\n",
]
_TOKENS = [
    *_TAME_KEYS,
    *_TAME_VALUES,
    ":",
    ":",
    ": ",
    ": ",
    "- ",
    "- ",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n    ",
    " ",
]
_TOKENS += [*_WILD_KEYS, *_WILD_VALUES, *_WILD_LEADS, *_WILD_ENDS]


def mutants(articles: list[str], count: int) -> Iterator[str]:
    """Yield articles in which one to three things were changed."""
    choice = random.Random("mutants")
    for _ in range(count):
        text = choice.choice(articles)
        for _ in range(choice.choice([1, 1, 1, 2, 3])):
            text = choice.choice(_CHANGES)(choice, text)
        yield text


def _change_characters(choice: random.Random, text: str) -> str:
    start = choice.randint(0, len(text))
    end = min(len(text), start + choice.choice([0, 0, 1, 1, 2]))
    return text[:start] + choice.choice(["", *_HOSTILE]) + text[end:]


def _change_lines(choice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    first, second = choice.randrange(len(lines)), choice.randrange(len(lines))
    how = choice.choice(["delete", "repeat", "swap", "empty", "join", "crlf", "all crlf", "insert"])
    if how == "delete":
        del lines[first]
    elif how == "repeat":
        lines.insert(second, lines[first])
    elif how == "swap":
        lines[first], lines[second] = lines[second], lines[first]
    elif how == "empty":
        lines.insert(first, choice.choice(["\n", "\n\n", "  \n", "\t\n", "# c\n", "-\n", '""\n']))
    elif how == "join":
        lines[first] = lines[first].rstrip("\n")
    elif how == "crlf":
        lines[first] = lines[first].replace("\n", "\r\n")
    elif how == "all crlf":
        lines = [line.replace("\n", "\r\n") for line in lines]
    else:
        lines.insert(first, _line(choice, choice.choice([0, 2, 4, 6]), 0.5))
    return "".join(lines)


def _change_indent(choice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = choice.randrange(len(lines))
    if choice.random() < 0.5:
        lines[at] = choice.choice([" ", "  ", "   ", "- ", "-   "]) + lines[at]
    else:
        lines[at] = lines[at].removeprefix(choice.choice([" ", "  ", "  - ", "    "]))
    return "".join(lines)


def _change_value(choice: random.Random, text: str) -> str:
    """Put another value behind a key, or behind what stands in its place."""
    lines = text.splitlines(keepends=True)
    at = choice.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    value = choice.choice(choice.choice([_TAME_VALUES, _WILD_VALUES]))
    lines[at] = f"{key}{colon} {value}\n"
    return "".join(lines)


_Change = Callable[[random.Random, str], str]
_CHANGES: list[_Change] = [_change_characters, _change_characters, _change_lines, _change_indent, _change_value]


def small_documents(count: int) -> Iterator[str]:
    """Yield YAML texts made of the accelerator's own tokens: well-formed, nearly so, line by line, and mere heaps."""
    choice = random.Random("small documents")
    for _ in range(count):
        wildness = choice.choice([0.0, 0.02, 0.05, 0.2])
        kind = choice.choice(["nested", "nested", "lines", "heap"])
        if kind == "nested":
            text = "".join(_mapping(choice, 0, choice.choice([1, 2, 3, 4]), wildness))
            yield _change_characters(choice, text) if choice.random() < wildness * 2 else text
        elif kind == "lines":
            yield "".join(
                _line(choice, choice.choice([0, 0, 1, 2, 2, 4]), wildness) for _ in range(choice.randint(1, 5))
            )
        else:
            yield "".join(choice.choices(_TOKENS, k=choice.randint(1, 10))) + "\n"


def _mapping(choice: random.Random, column: int, depth: int, wildness: float) -> Iterator[str]:
    """Yield the lines of a mapping: well-formed ones where nothing is wild."""
    for key in choice.sample(_TAME_KEYS, choice.randint(1, 3)):
        at = column if choice.random() >= wildness else choice.randint(0, column + 2)
        kind = choice.choice(["scalar", "mapping", "list"]) if depth > 1 else "scalar"
        if kind == "scalar":
            yield " " * at + f"{key}:{_value(choice, wildness)}"
            continue
        yield " " * at + key + choice.choice([":\n", ":\n", ": \n", ":\n\n"])
        if kind == "mapping":
            yield from _mapping(choice, column + choice.choice([1, 2, 2, 3]), depth - 1, wildness)
        else:
            yield from _list(choice, column + choice.choice([0, 1, 2, 2]), depth - 1, wildness)


def _list(choice: random.Random, column: int, depth: int, wildness: float) -> Iterator[str]:
    """Yield the lines of a list."""
    for _ in range(choice.randint(1, 3)):
        at = column if choice.random() >= wildness else choice.randint(0, column + 2)
        if depth > 1 and choice.random() < 0.6:
            dash = choice.choice(["- ", "- ", "-   "])
            lines = list(_mapping(choice, column + len(dash), depth - 1, wildness))
            yield " " * at + dash + lines[0].lstrip(" ")
            yield from lines[1:]
        else:
            yield " " * at + "-" + _value(choice, wildness, item=True)


def _value(choice: random.Random, wildness: float, *, item: bool = False) -> str:
    """Return what stands behind a colon or a dash, up to the end of the line."""
    value = choice.choice(_WILD_VALUES if choice.random() < wildness else _TAME_VALUES)
    if item and not value and choice.random() >= wildness:
        value = "x"
    gap = choice.choice(_WILD_GAPS) if choice.random() < wildness else " "
    end = choice.choice(_WILD_ENDS) if choice.random() < wildness else choice.choice(["\n", "\n", "\n", "\n\n", "\r\n"])
    return gap + value + end if value else end


def _line(choice: random.Random, indent: int, wildness: float) -> str:
    def pick(tame: list[str], wild: list[str]) -> str:
        return choice.choice(wild if choice.random() < wildness else tame)

    lead = " " * indent + pick(_TAME_LEADS, _WILD_LEADS)
    key = pick(_TAME_KEYS, _WILD_KEYS) + ":" if choice.random() < 0.75 else ""
    value = pick(_TAME_VALUES, _WILD_VALUES)
    gap = pick([" "], _WILD_GAPS) if key and value else ""
    return lead + key + gap + value + pick(["\n"] * 7 + ["\n\n"], _WILD_ENDS)
