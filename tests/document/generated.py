"""Front matters of every style, made at random: what they mean is for libyaml to say, where it stands is for us."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = ["a", "b:c", "é", "😀", "x#y", "it's", 'q"r', "漢字", "1", "yes", "Met", "w-v", "\u200d", "z\u00a0z"]
_FIRST_WORDS = ["a", "é", "😀", "b:c", "012", "yes", "~", "Met", "2024-01-24", "漢"]
_SINGLE = ["a", "''", " ", "  ", "\t", "é", "😀", "\\", "#", " # ", ": ", '"', "- ", "Z", "{", "\u2028"]
_DOUBLE = ["a", r"\n", r"\t", r"\u00e9", r"\U0001F600", r"\x41", r"\"", r"\\", r"\ ", r"\L", r"\_", r"\/", r"\0", r"\e"]
_DOUBLE += [" ", "\t", "😀", "'", " # ", ": ", "Z", "}", "\x85"]
_LINES = ["", "", "a b", "# no comment", "é😀", "- x", "k: v", "Z", "'q'", "a  b"]
_DEEPER = ["  more", "\tx", " y"]


@st.composite
def front_matters(draw: st.DrawFn) -> bytes:
    """Return a file whose front matter is a mapping of values in all styles, in LF or CRLF, perhaps with a BOM."""
    line_end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    bom = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    text = "---\n" + draw(_block_mapping(0, 2)) + "---\n"
    return bom + text.replace("\n", line_end).encode()


@st.composite
def _block_mapping(draw: st.DrawFn, column: int, depth: int, *, inline: bool = False) -> str:
    """Return the lines of a mapping; the first one has no indentation where it is ``inline``, behind a ``- ``."""
    lines: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        if number or not inline:
            lines.append(draw(_between(column)))
            lines.append(" " * column)
        lines.append(draw(_entry(column, depth, number)))
    return "".join(lines)


@st.composite
def _entry(draw: st.DrawFn, column: int, depth: int, number: int) -> str:
    key = draw(st.sampled_from([f"k{number}", f"'k {number}'", f'"k\\u003{number}"', f"é{number}:😀", f"? k{number}"]))
    explicit = key.startswith("?")
    if explicit:
        key += "\n" + " " * column
    return (
        key
        + draw(st.sampled_from([":", ":", " :"] if not explicit else [":"]))
        + draw(_value(column, depth, tab="" if explicit else "\t"))
    )


@st.composite
def _block_list(draw: st.DrawFn, column: int, depth: int) -> str:
    """Return the lines of a list whose dashes stand in a column."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        lines.append(draw(_between(column)))
        kind = draw(st.sampled_from(["scalar", "mapping", "list"] if depth else ["scalar"]))
        if kind == "mapping":
            lines.append(" " * column + "- " + draw(_block_mapping(column + 2, depth - 1, inline=True)))
        elif kind == "list":
            lines.append(" " * column + "- - " + draw(_scalar(column + 2)).lstrip() + "\n")
        else:
            lines.append(" " * column + "-" + draw(_value(column, 0, tab="")))
    return "".join(lines)


@st.composite
def _value(draw: st.DrawFn, column: int, depth: int, tab: str) -> str:
    """Return what follows a colon or a dash, with its line end; ``tab`` may stand before a value on the same line."""
    kinds = ["scalar"] * 3 + ["block", "empty", "flow"]
    kind = draw(st.sampled_from(kinds + ["mapping", "list"] * 2 if depth else kinds))
    if kind == "mapping":
        deeper = column + draw(st.integers(1, 4))
        return draw(_end()) + draw(_block_mapping(deeper, depth - 1))
    if kind == "list":
        return draw(_end()) + draw(_block_list(column + draw(st.integers(0, 3)), depth - 1))
    if kind == "block":
        return " " + draw(_block_scalar(column))
    if kind == "empty":
        return draw(_end())
    written = draw(_flow(column, 2)) if kind == "flow" else draw(_scalar(column))
    return draw(st.sampled_from([" ", " ", "  ", tab or " ", "\n" + " " * (column + 1)])) + written + draw(_end())


@st.composite
def _scalar(draw: st.DrawFn, column: int, *, flow: bool = False) -> str:
    """Return a plain or quoted scalar, perhaps of several lines."""
    fold = st.sampled_from(["\n", " \n", "\n\n", "\n \t\n"]).flatmap(
        lambda breaks: st.integers(1, 3).map(lambda more: breaks + " " * (column + more))
    )
    style = draw(st.sampled_from(["plain", "single", "double"]))
    if style == "plain":
        words = [draw(st.sampled_from(_FIRST_WORDS))]
        for word in draw(st.lists(st.sampled_from(_WORDS), max_size=3)):
            words += [draw(st.one_of(st.sampled_from([" ", "  ", "\t"]), fold)), word]
        return "".join(words)
    if style == "single":
        return "'" + "".join(draw(st.lists(st.one_of(st.sampled_from(_SINGLE), fold), max_size=8))) + "'"
    escaped_fold = fold.map(lambda text: "\\" + text.lstrip(" "))
    return '"' + "".join(draw(st.lists(st.one_of(st.sampled_from(_DOUBLE), fold, escaped_fold), max_size=8))) + '"'


@st.composite
def _block_scalar(draw: st.DrawFn, column: int) -> str:
    """Return a literal or folded scalar with its header and all of its lines."""
    lines = draw(st.lists(st.sampled_from(_LINES + _DEEPER), max_size=5))
    deeper = draw(st.integers(1, 4))
    visible = [line for line in lines if line.strip()]
    must = bool(visible) and visible[0][0] in " \t"
    increment = str(deeper) if must or draw(st.booleans()) else ""
    chomping = draw(st.sampled_from(["", "-", "+"]))
    header = draw(st.sampled_from("|>")) + draw(st.sampled_from([increment + chomping, chomping + increment]))
    blank = draw(st.sampled_from(["", " " * column]))
    indent = " " * (column + deeper)
    return header + draw(_end()) + "".join(f"{indent}{line}\n" if line else f"{blank}\n" for line in lines)


@st.composite
def _flow(draw: st.DrawFn, column: int, depth: int) -> str:
    """Return a list or a mapping in brackets, perhaps over several lines with comments among them."""
    space = st.sampled_from(["", " ", "\n" + " " * (column + 1), " # x, y\n" + " " * (column + 2)])
    parts: list[str] = []
    mapping = draw(st.booleans())
    for number in range(draw(st.integers(0, 3))):
        item = draw(_flow(column, depth - 1)) if depth and draw(st.booleans()) else draw(_scalar(column))
        key = draw(st.sampled_from([f"k{number}: ", f'"k {number}": '])) if mapping else ""
        parts.append(draw(space) + key + item + draw(space))
    return ("{" if mapping else "[") + ",".join(parts) + ("}" if mapping else "]")


@st.composite
def _between(draw: st.DrawFn, column: int) -> str:
    return draw(st.sampled_from(["", "", "", "\n", "# note: x\n", " " * column + "# 'quoted'\n", " \n"]))


@st.composite
def _end(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["\n", "\n", "  \n", " # why: 'not'\n"]))
