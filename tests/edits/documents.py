"""Generated front matter in all layouts: every style of scalar, folds, escapes, comments, blank lines, brackets."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Draw = Any

_WORDS = st.sampled_from(
    [
        "a",
        "b c",
        "it's",
        'say "x"',
        "\\",
        "é",
        "漢",
        "😀",
        "#tag",
        "a: b",
        "- x",
        "&amp;",
        "0",
        "yes",
        "2024-01-01",
        "~",
        "%",
        "\xa0",
    ]
)
_KEYS = ["title", "b", "c d", "url", "x-y", "è", "12a", "'q'"]
_COMMENT_TEXTS = st.sampled_from(["# note", "#tight", '# "quoted: text"', "# title: no field", "# é😀"])


def texts() -> st.SearchStrategy[str]:
    """Return texts of words, blanks and, seldom, line breaks and controls."""
    glue = st.sampled_from([" ", " ", " ", "  ", "", "\n", "\t", "\u200b"])
    return st.lists(st.tuples(_WORDS, glue), min_size=1, max_size=4).map(
        lambda parts: "".join(word + end for word, end in parts)
    )


def scalars() -> st.SearchStrategy[Any]:
    """Return values that are neither lists nor mappings."""
    return st.one_of(
        texts(),
        texts(),
        st.integers(-9, 2000),
        st.booleans(),
        st.none(),
        st.sampled_from([1.5, 2e30, -0.25]),
        st.just(""),
    )


@st.composite
def front_matters(draw: Draw) -> str:
    """Return the YAML of a front matter, with LF line ends, whose root is a block mapping."""
    return "".join(_mapping(draw, 0, 0))


def _mapping(draw: Draw, column: int, depth: int, first: str | None = None) -> list[str]:
    """Return the lines of a block mapping; ``first`` is what stands on its first line before the first key."""
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(_KEYS), min_size=1, max_size=4, unique=True)):
        margin = " " * column
        if first is not None:
            margin, first = first, None
        else:
            lines += _above(draw, column)
        written = (
            draw(st.sampled_from([key, f'"{key}"', "'" + key.replace("'", "''") + "'"])) if key != "'q'" else f'"{key}"'
        )
        lines += _value(draw, f"{margin}{written}:", column, depth)
    return lines


def _sequence(draw: Draw, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        lines += _above(draw, column)
        blanks = " " * draw(st.integers(1, 3))
        start = f"{' ' * column}-"
        if depth < 3 and draw(st.integers(0, 2)) == 0:
            lines += _mapping(draw, column + 1 + len(blanks), depth + 1, f"{start}{blanks}")
        else:
            lines += _value(draw, start, column, depth, item=True)
    return lines


def _above(draw: Draw, column: int) -> list[str]:
    """Return blank lines and comments before an entry."""
    kind = draw(st.integers(0, 9))
    own, apart = f"{' ' * column}{draw(_COMMENT_TEXTS)}\n", f"{' ' * draw(st.integers(0, 6))}{draw(_COMMENT_TEXTS)}\n"
    return {
        0: ["\n"],
        1: [own],
        2: ["\n", own],
        3: [own, own],
        4: [apart, "\n"],
        5: ["\n", "\n"],
        6: ["  \n", apart],
    }.get(kind, [])


def _value(draw: Draw, start: str, column: int, depth: int, *, item: bool = False) -> list[str]:
    """Return the lines of an entry from its key or dash on."""
    kind = draw(st.integers(0, 11))
    if kind == 0 and depth < 3:
        return [f"{start}{_after(draw)}\n", *_mapping(draw, column + draw(st.integers(1, 4)), depth + 1)]
    if kind == 1 and depth < 3:
        deeper = draw(st.integers(1 if item else 0, 4))
        return [f"{start}{_after(draw)}\n", *_sequence(draw, column + deeper, depth + 1)]
    if kind in (2, 3):
        return _block_scalar(draw, start, column)
    if kind == 4:
        written = _flow(draw, column, depth)
    elif kind == 5 and not item:
        return [f"{start}{_after(draw)}\n"]
    else:
        written = scalar(draw, column, flow=False)
    return f"{start} {written}{_after(draw)}\n".splitlines(keepends=True)


def _after(draw: Draw) -> str:
    return str(draw(st.sampled_from(["", "", "", " ", " # after", "  #x"])))


def _block_scalar(draw: Draw, start: str, column: int) -> list[str]:
    indent = draw(st.integers(1, 3))
    mark = (
        draw(st.sampled_from(["|", ">"]))
        + draw(st.sampled_from(["", str(indent)]))
        + draw(st.sampled_from(["", "-", "+"]))
    )
    line = st.sampled_from(["a b", "it's &amp; x", "  deeper", "", "tail  ", "# text", "é😀", "k: v"])
    lines = draw(st.lists(line, min_size=1, max_size=4))
    margin = " " * (column + indent)
    return [
        f"{start} {mark}{draw(st.sampled_from(['', ' # header']))}\n",
        *(f"{margin}{text}\n" if text else "\n" for text in lines),
    ]


def _flow(draw: Draw, column: int, depth: int) -> str:
    comma = draw(st.sampled_from([", ", ",", " , ", f",\n{' ' * (column + 2)}", f", # in\n{' ' * (column + 2)}"]))
    count = draw(st.integers(0, 3))
    values = [
        _flow(draw, column, depth + 1)
        if depth < 2 and draw(st.integers(0, 5)) == 0
        else scalar(draw, column, flow=True)
        for _ in range(count)
    ]
    end = draw(st.sampled_from(["", ",", " "])) if values else ""
    if draw(st.booleans()):
        return f"[{comma.join(values)}{end}]"
    return str(
        "{" + comma.join(f"{key}: {value}" for key, value in zip(_KEYS[:count], values, strict=True)) + end + "}"
    )


def scalar(draw: Draw, column: int, *, flow: bool) -> str:
    """Return a flow scalar in some style, with escapes, folds and continued lines."""
    value, style = draw(texts()), draw(st.sampled_from(["plain", "single", "double", "double"]))
    fold = "\n" * draw(st.integers(1, 2)) + " " * (column + draw(st.integers(1, 3)))
    if style == "double":
        return '"' + "".join(_double(draw, char, fold) for char in value) + '"'
    value = "".join(
        fold if char == " " and draw(st.integers(0, 5)) == 0 else char for char in value if char not in "\n\t"
    )
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    plain = value.strip() or "x"
    unsafe = (
        plain[0] in "-?:,[]{}#&*!|>'\"%@`"
        or ": " in plain
        or " #" in plain
        or "\n" in plain[-2:]
        or (flow and set(plain) & set(",[]{}"))
    )
    return "plain words" if unsafe else plain


def _double(draw: Draw, char: str, fold: str) -> str:
    kind = draw(st.integers(0, 7))
    if char == " " and kind == 0:
        return fold
    if kind == 1:
        return (
            f"\\\n{fold.lstrip(chr(10))}{_escape(char)}" if char in " \t" else f"\\\n{fold.lstrip(chr(10))}{_raw(char)}"
        )
    return _escape(char) if kind == 2 else _raw(char)


def _escape(char: str) -> str:
    return (
        f"\\U{ord(char):08X}"
        if ord(char) > 0xFFFF
        else f"\\u{ord(char):04x}"
        if ord(char) > 0xFF
        else f"\\x{ord(char):02X}"
    )


def _raw(char: str) -> str:
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n"}.get(char, char)
