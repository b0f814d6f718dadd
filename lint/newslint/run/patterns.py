"""Patterns of paths as Git understands them in a .gitignore (gitignore(5)), for .gitignore, ``exclude`` and the like.

The meaning is that of Git's own matcher (``dir.c``, ``wildmatch.c``), oddities included; tests/run/test_patterns.py
compares the two. A pattern may come from a stranger: each becomes an expression that does not backtrack over more than
one star at a time, so that no pattern can make the matching hang.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from newslint.late import compiled_late
from newslint.limits import MAX_PATTERN_LENGTH
from newslint.record import Record

_SPECIAL = frozenset("*?[\\")
_FOLDERS = "(?:[^/]*/)*?"
_NAMED = compiled_late(r":([^\]]*):\]")
_CLASSES: dict[str, Callable[[str], bool]] = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "blank": lambda char: char in " \t",
    "cntrl": lambda char: char < " " or char == "\x7f",
    "digit": str.isdigit,
    "graph": lambda char: "!" <= char <= "~",
    "lower": str.islower,
    "print": lambda char: " " <= char <= "~",
    "punct": lambda char: "!" <= char <= "~" and not char.isalnum(),
    "space": lambda char: char in " \t\n\v\f\r",
    "upper": str.isupper,
    "xdigit": lambda char: char in "0123456789abcdefABCDEF",
}
"""The named classes, each with the ASCII characters that are in it."""


class _MalformedError(Exception):
    """A pattern that matches nothing: a bracket that is not closed, a class with an unknown name."""


class _Pattern(Record):
    """One line: ``matches`` takes the whole relative path, or its last part only if the pattern is ``nameless``."""

    include: bool
    folders_only: bool
    name_only: bool
    matches: Callable[[str], object]


class Patterns:
    """The patterns of one .gitignore or one list; paths are relative to its folder, with ``/`` between their parts."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)

    @cached_property
    def _patterns(self) -> list[_Pattern]:
        """The patterns, the last one first: it is the one that counts."""
        parsed = [pattern for line in self._lines if (pattern := _parse(line)) is not None]
        return parsed[::-1]

    def verdict(self, path: str, *, folder: bool = False) -> bool | None:
        """Return whether a path is matched (True), taken back by ``!`` (False), or not spoken of (None).

        Folders around the path are not looked at: whoever walks down does not enter a matched one.
        """
        path = _as_bytes(path)
        name = path[path.rfind("/") + 1 :]
        for include, folders_only, name_only, matches in self._patterns:
            if (folder or not folders_only) and matches(name if name_only else path):
                return include
        return None

    def match(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether a path, or a folder around it, is matched: nothing is taken back below a matched folder."""
        # What leads out of the patterns' own folder is no name that they speak of.
        slash = path.find("/", path.rfind("../") + 3 if path.startswith("../") else 0)
        while slash != -1:
            if self.verdict(path[:slash], folder=True):
                return True
            slash = path.find("/", slash + 1)
        return bool(self.verdict(path, folder=folder))


def read_patterns(data: bytes) -> Patterns:
    """Return the patterns of a .gitignore's bytes; a byte order mark and a CR before LF do not belong to them."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return Patterns(line.removesuffix("\r") for line in text.split("\n"))


def _as_bytes(text: str) -> str:
    """Return a text with one character for each byte that it has in a file name: Git's ``?`` is a byte."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _parse(line: str) -> _Pattern | None:
    """Return the pattern of a line, or None for an empty one, a comment, and what can match nothing."""
    if line.startswith("#"):
        return None
    text = _without_trailing_blanks(line)
    include = not text.startswith("!")
    text = text if include else text[1:]
    folders_only = text.endswith("/")
    text = text[:-1] if folders_only else text
    name_only = "/" not in text
    text = text.removeprefix("/")
    if not text or "\0" in text or len(text) > MAX_PATTERN_LENGTH:
        return None
    text = _as_bytes(text)
    if not _SPECIAL.intersection(text):
        return _Pattern(include, folders_only, name_only, text.__eq__)
    if name_only and text[0] == "*" and not _SPECIAL.intersection(text[1:]):
        ending = text[1:]
        return _Pattern(include, folders_only, name_only, lambda name: name.endswith(ending))
    try:
        expression = _expression(text)
    except _MalformedError:
        return None
    return _Pattern(include, folders_only, name_only, re.compile(expression, re.DOTALL).fullmatch)


def _without_trailing_blanks(line: str) -> str:
    """Return a line without the blanks at its end, but for one that a backslash protects."""
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(line) else bare


def _expression(pattern: str) -> str:
    """Return the regular expression that a whole path is to match.

    A pattern is blocks with ``**`` between them, a block segments with ``/`` between them, a segment chunks with ``*``
    between them. A chunk has a fixed length, a block a fixed number of segments; so the first place where one of them
    fits is as good as any later one, and all but the last go into atomic groups.
    """
    blocks = [[[""]]]
    ends_deep = False
    position = 0
    while position < len(pattern):
        char = pattern[position]
        position += 1
        segment = blocks[-1][-1]
        if char == "*":
            # Git forgets what stands before the first wildcard, so that `a**/b` crosses folders, too.
            opens = segment == [""] or not _SPECIAL.intersection(pattern[: position - 1])
            run = position
            while pattern[position : position + 1] == "*":
                position += 1
            if position > run and opens and pattern[position : position + 1] in ("", "/"):
                ends_deep = position == len(pattern)
                position += 1
                blocks.append([[""]])
            else:
                segment.append("")
        elif char == "/":
            blocks[-1].append([""])
        elif char == "?":
            segment[-1] += "[^/]"
        elif char == "[":
            members, position = _members(pattern, position)
            segment[-1] += f"[{members}]" if members else "(?!)"
        else:
            if char == "\\":
                char = pattern[position : position + 1]
                position += 1
                if not char:
                    raise _MalformedError
            segment[-1] += re.escape(char)
    if len(blocks) == 1:
        return _block(blocks[0])
    between = "".join(f"(?>{_FOLDERS}{_block(block)})" for block in blocks[1:-1])
    return f"{_block(blocks[0])}{between}{'.*' if ends_deep else _FOLDERS + _block(blocks[-1])}"


def _block(segments: list[list[str]]) -> str:
    return "".join(f"(?>{_segment(chunks)}/)" for chunks in segments[:-1]) + _segment(segments[-1])


def _segment(chunks: list[str]) -> str:
    if len(chunks) == 1:
        return chunks[0]
    between = "".join(f"(?>[^/]*?{chunk})" for chunk in chunks[1:-1])
    return f"{chunks[0]}{between}[^/]*{chunks[-1]}"


def _members(pattern: str, position: int) -> tuple[str, int]:
    """Return the bytes that a bracket matches as ranges of an expression, and the place behind it.

    ``position`` is that behind its ``[``.
    """
    negated = pattern[position : position + 1] in ("!", "^")
    position += negated
    found: set[str] = set()
    before = ""
    first = True
    while first or pattern[position : position + 1] != "]":
        first = False
        char = pattern[position : position + 1]
        position += 1
        if char == "-" and before and pattern[position : position + 1] not in ("", "]"):
            char, position = _member(pattern, position)
            found.update(map(chr, range(ord(before), ord(char) + 1)))
            before = ""
        elif char == "[" and (named := _NAMED.match(pattern, position)):
            if named[1] not in _CLASSES:
                raise _MalformedError
            found.update(filter(_CLASSES[named[1]], map(chr, range(128))))
            before, position = "", named.end()
        else:
            before, position = _member(pattern, position - 1)
            found.add(before)
    return _ranges(frozenset(found), negated), position + 1


@lru_cache(maxsize=256)
def _ranges(found: frozenset[str], negated: bool) -> str:
    """Return what a bracket matches as ranges of bytes, since thousands that name 255 characters each take minutes."""
    codes = [code for code in range(256) if (chr(code) in found) != negated and code != ord("/")]
    starts = [code for index, code in enumerate(codes) if index == 0 or codes[index - 1] != code - 1]
    ends = [code for index, code in enumerate(codes) if index == len(codes) - 1 or codes[index + 1] != code + 1]
    return "".join(f"\\x{start:02x}-\\x{end:02x}" for start, end in zip(starts, ends, strict=True))


def _member(pattern: str, position: int) -> tuple[str, int]:
    """Return one character of a bracket, perhaps behind a backslash, and the place behind it."""
    if pattern[position : position + 1] == "\\":
        position += 1
    if position >= len(pattern):
        raise _MalformedError
    return pattern[position], position + 1
