"""Hostile input made at random: articles with something wrong at every place, real files with bytes changed, settings."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from tests.conftest import BASE, CORPUS, ROOT
from tests.document.generated import front_matters
from tests.edits import documents

_FIELDS = [line.split(":")[0] for line in BASE.split("---\n")[1].splitlines() if line[:1].isalpha()]
_NAMES = [
    *_FIELDS,
    "ampWebUrl",
    "cdnAmpWebUrl",
    "featuredContent",
    "related",
    "titel",
    "self",
    "yes",
    '"~1"',
    "<<",
    "?",
]

_TOKENS = [
    *[
        '"',
        "'",
        ":",
        ": ",
        "#",
        " # x",
        "-",
        "- ",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\n\n",
        "[",
        "]",
        "{",
        "}",
        ",",
    ],
    *[
        "|",
        ">",
        "|2-\n",
        "&a ",
        "*a",
        "!t ",
        "<<: *a",
        "? ",
        "---\n",
        "...\n",
        "%",
        "@",
        "`",
        "\\",
        "\\\n",
        "~",
        "=",
        "\0",
    ],
    *[".inf", "1e999", "0x", "9" * 30, "012", "null", "true", "2024-02-30", "2024-01-24T15:00:00+01:00", "190:20:30"],
    *[
        "&amp;",
        "&#38;",
        "&nbsp",
        "<b>",
        "<iframe src='x'>",
        "</script>",
        "\\u2028",
        "\\x41",
        "\\N",
        "\\ud83d",
        "%41",
        "%",
    ],
    *[
        "http://",
        "https://[",
        "//x",
        "javascript:",
        "www.bbc.com",
        "XN--",
        "?utm_source=x",
        "#",
        "..",
        "@",
        ":99999",
        ":0/",
        "-.",
    ],
    *[
        "\u00c3\u00a9",
        "\u00e9",
        "e\u0301",
        "\u2028",
        "\u0085",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\ufffd",
        "\U0001f600",
        "\u00ad",
        "\ufe0f",
        "\u200d",
        "\u034f",
        "\u3164",
        "\U000e0041",
        "\U0001f3f4\U000e0067",
    ],
    *["# newslint: ignore[NL6] x", "# newslint: ignore-file[ALL] x", "# newslint: ignore[", "# newslint", "::error::x"],
    *["##vso[x]", "##teamcity[x]", "]]>", "\x1b[2J", "\x9b", "AAAA==;AAAA==", "a" * 200, " " * 200],
]
"""What means something to YAML, to a rule, to a reader of a format, or is refused by one."""

_BYTES = [*(token.encode() for token in _TOKENS), b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf0\x9f", b"\xe2\x80"]


def tokens() -> st.SearchStrategy[str]:
    """Return texts of a few tokens and words."""
    words = st.sampled_from(["Live", "facial", "recognition", "in", "Croydon", "Met", "a", "1"])
    return st.lists(st.one_of(words, st.just(" "), st.sampled_from(_TOKENS)), max_size=5).map("".join)


@st.composite
def _values(draw: st.DrawFn, indent: int) -> str:
    """Return what stands behind a key: something in a style of its own, or a token where no token should be."""
    kind = draw(st.integers(0, 7))
    if kind < 3:
        return f" {documents.scalar(draw, indent, flow=False)}\n"
    if kind == 3:
        return f" {json.dumps(draw(tokens()))}\n"
    if kind == 4:
        return f" {json.dumps(draw(_data()))}\n"
    if kind == 5:
        lines = draw(st.lists(st.sampled_from(["Live  facial", "Q&amp;A ", "", "  x", "# x"]), min_size=1, max_size=3))
        header = draw(st.sampled_from(["|", ">", "|-", ">+", "|2", "> # x"]))
        return f" {header}\n" + "".join(f"{' ' * (indent + 2)}{line}\n" for line in lines)
    return f" {draw(tokens())}\n"


def _data() -> st.SearchStrategy[Any]:
    """Return values of any type and depth."""
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(-(10**22), 10**22), st.sampled_from([0.5, 1e300]), tokens()
    )
    names = st.sampled_from(["name", "domain", "url", "width", "height", "title", "webUrl", "images", "provider", "x"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
        max_leaves=8,
    )


@lru_cache(maxsize=1)
def _blocks() -> dict[str, str]:
    """Return the fields of the valid article as they are written."""
    blocks: dict[str, str] = {}
    name = ""
    for line in BASE.split("---\n")[1].splitlines(keepends=True):
        name = line.split(":")[0] if line[:1].isalpha() else name
        blocks[name] = blocks.get(name, "") + line
    return blocks


@st.composite
def articles(draw: st.DrawFn) -> bytes:
    """Return a file whose fields are mostly an article's: some with other values, lost, doubled, in another order."""
    blocks = dict(_blocks())
    for name in draw(st.lists(st.sampled_from(_NAMES), max_size=4, unique=True)):
        blocks[name] = f"{name}:" + draw(_values(0))
    written = list(blocks.values())
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(written) - 1))
        kind = draw(st.integers(0, 5))
        if kind == 0:
            written.append(written.pop(place))
        elif kind == 1:
            written.insert(draw(st.integers(0, len(written))), written[place])
        elif kind == 2:
            del written[place]
            written.append("")
        elif kind == 3:
            codes = draw(st.sampled_from(["NL602", "NL6, NL104", "ALL", "html-entity", "", "x"]))
            written.insert(place, f"# newslint: {draw(st.sampled_from(['ignore', 'ignore-file']))}[{codes}] x\n")
        elif kind == 4:
            written[place] = written[place].rstrip("\n") + f" {draw(tokens())}\n"
        else:
            written[place] = draw(tokens()) + written[place]
    opening, closing = draw(
        st.sampled_from([("---\n", "---\n")] * 8 + [("--- \n", "---"), ("", "---\n"), ("---\n", "...\n")])
    )
    body = draw(st.sampled_from(["", "", "Body.\n", "# newslint: ignore[ALL]"]))
    text = f"{opening}{''.join(written)}{closing}{body}"
    if draw(st.integers(0, 7)) == 0:
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n\n"])))
    if draw(st.integers(0, 15)) == 0:
        text = "\ufeff" + text
    return text.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _originals() -> list[bytes]:
    """Return real files and those of the cases, the smaller ones first: that is what a failure shrinks to."""
    paths = [*(ROOT / "tests" / "cases").glob("NL*/*.md"), *(ROOT / "tests" / "articles").glob("*/*.md")]
    paths += sorted((CORPUS / "_news").glob("*.md"))[::5] if CORPUS.is_dir() else []
    return sorted({path.read_bytes() for path in paths if path.is_file()}, key=lambda data: (len(data), data))


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """Return a file of the cases or of real articles with some of its bytes or lines changed."""
    data = bytearray(draw(st.sampled_from(_originals())))
    for _ in range(draw(st.sampled_from([1, 1, 2, 3, 8]))):
        kind = draw(st.integers(0, 6))
        if kind < 4:
            place = draw(st.integers(0, len(data)))
            cut = draw(st.sampled_from([0, 0, 1, 2, 10]))
            data[place : place + cut] = draw(st.sampled_from(_BYTES)) if kind < 3 else b""
            continue
        lines = bytes(data).split(b"\n")
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        if kind == 4:
            lines.insert(one, lines[other])
        elif kind == 5:
            lines[one] = b"  " + lines[one]
        else:
            lines[one] = lines[other]
        data = bytearray(b"\n".join(lines))
    return bytes(data)


def files() -> st.SearchStrategy[bytes]:
    """Return the bytes of a file, mostly of one that nearly is an article."""
    return st.one_of(articles(), articles(), mutants(), front_matters(), st.binary(max_size=60))


_RULES = ['["NL6"]', '["ALL"]', '["html-entity"]', '["nope"]', '[""]', "[]"]
_PATHS = ['["_news"]', '["**"]', '[".."]', '["/"]', '["["]', '["a\\u0000"]']
_SETTINGS = {
    "select": _RULES,
    "ignore": _RULES,
    "extend-select": _RULES,
    "extend-ignore": _RULES,
    "fixable": _RULES,
    "unfixable": _RULES,
    "include": _PATHS,
    "exclude": _PATHS,
    "corpus": _PATHS,
    "extensions": ['["md"]', '[".MD", ""]', "[]"],
    "severity": ['{NL6 = "info"}', '{ALL = "error"}', '{"" = "error"}', '{NL602 = "fatal"}'],
    "fail-on": ['"error"', '"info"', '"never"'],
    "topics": ['["AI"]', "[]", '"a.json"', '".."', '"/dev/zero"', '["a", "A", "a"]'],
    "baseline": ['"a.json"', '""', '"/dev/zero"'],
    "max-file-size": ["1", "0", "-1", "1048576", "9" * 30],
    "max-findings": ["1", "0", "9" * 30],
    "required-version": ['"0.1"', '">=0.1"', '"999.0"', '"0.0.0.0.0.0"'],
    "rules": ["{publish-threshold = {threshold = 1}}", "{publish-threshold = {threshold = nan}}", "{x = {}}"],
    "per-file-ignores": ['{"*" = ["NL6"]}', '{"[" = ["NL6"]}', '{"" = [""]}', '{"**" = ["nope"]}'],
    "kinds": [
        '[{name = "x", files = ["**"], schema = "a.json"}]',
        '[{name = "article", files = ["**"], schema = "a.json", select = ["ALL"]}]',
        '[{name = "x", files = ["**"], schema = "../../../etc/passwd"}]',
        '[{name = "x", files = ["**"], schema = "https://a.example/"}]',
        '[{name = "post", files = [], schema = "post"}]',
        "[{}]",
    ],
    "selct": ["1"],
    "tool": ["1"],
    '"\\u0000"': ["1"],
    "kinds.name": ["1"],
}
_WRONG = [
    *[
        "true",
        "-1",
        "1.5",
        "nan",
        "[]",
        "{}",
        '""',
        "[[[[]]]]",
        "2024-01-24",
        '"""\n',
        "'\\'",
        '"\\uD800"',
        "{a = {b = {}}}",
    ]
]


@st.composite
def configurations(draw: st.DrawFn) -> bytes:
    """Return a newslint.toml that is good, or nearly good, or none."""
    lines: list[str] = []
    for name in draw(st.lists(st.sampled_from(list(_SETTINGS)), max_size=4, unique=True)):
        kind = draw(st.integers(0, 9))
        value = _WRONG if kind == 0 else _SETTINGS[name]
        lines.append(
            f"{name} = {draw(st.sampled_from(value) if kind else st.one_of(st.sampled_from(value), tokens()))}\n"
        )
    return "".join(lines).encode("utf-8", "surrogatepass") + draw(st.sampled_from([b""] * 12 + [b"\xff", b"\0", b"[["]))


_SCHEMA_KEYWORDS = [
    *[
        "type",
        "properties",
        "required",
        "items",
        "pattern",
        "patternProperties",
        "enum",
        "const",
        "minimum",
        "multipleOf",
    ],
    *[
        "anyOf",
        "oneOf",
        "allOf",
        "not",
        "if",
        "then",
        "$ref",
        "$defs",
        "$dynamicRef",
        "format",
        "minLength",
        "uniqueItems",
    ],
    *[
        "additionalProperties",
        "unevaluatedProperties",
        "dependentRequired",
        "contains",
        "prefixItems",
        "$schema",
        "$id",
    ],
]


@st.composite
def schemas(draw: st.DrawFn) -> bytes:
    """Return a JSON Schema that is nearly good, or is none."""
    leaves = st.one_of(
        st.booleans(),
        st.integers(-1, 10),
        st.sampled_from(
            ["object", "string", "array", "#", "#/$defs/a", "#/properties/title", "b.json", "https://a.example/"]
        ),
        st.sampled_from(["(a+)+$", "[", "^\\p{L}+$", "(?=x)", "date-time", "uri", "email", "", "../../etc/passwd"]),
        st.lists(st.sampled_from(["title", "type", 1, None]), max_size=2),
    )
    names = st.sampled_from([*_SCHEMA_KEYWORDS, "title", "a"])
    nested = st.recursive(
        leaves,
        lambda inner: st.one_of(st.dictionaries(names, inner, max_size=4), st.lists(inner, max_size=2)),
        max_leaves=12,
    )
    schema = draw(st.dictionaries(names, nested, max_size=5))
    if draw(st.booleans()):
        fields = st.sampled_from([*_FIELDS, "related"])
        schema["properties"] = draw(st.dictionaries(fields, st.dictionaries(names, nested, max_size=3), max_size=3))
    return json.dumps(schema).encode()
