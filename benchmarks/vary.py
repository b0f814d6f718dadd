"""One article made into another: its own title, addresses, pictures and ``secured``, and all its faults as they were.

Copies that are equal would flatter whoever remembers what it has seen, and be faults of their own (NL9). So what tells
articles apart is changed, in the way in which it is written, and nothing that a rule about one article looks at.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

_FIELD = re.compile(r"([ \t]*(?:- )?)(\w+):[ \t]+(\S.*?)(\s*)", re.DOTALL)
_OWNER = re.compile(r"( *(?:- )?)provider:\s*")
_VIDEO = re.compile(r"(watch\?v=|youtu\.be/|/embed/|/shorts/|/live/|/vi/|/vi_webp/)([\w-]{11})(?![\w-])", re.ASCII)
_URL = re.compile(r"(https?://[^/?#\s]+)([^?#]*)(.*)", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"""\s*(?:[^\s\\]|\\["\\/])+""")
_NO_PLAIN = "|>&*!{}[]%@`,?#-"


def vary(text: str, number: int) -> str:
    """Return the copy with this number (1 and up) of an article's text; only its front matter changes.

    A value of several lines stays as it is.
    """
    end = text.find("\n---", 3)
    front, rest = (text[:end], text[end:]) if end >= 0 else (text, "")
    if "youtu" in front or "ytimg" in front:
        front = _VIDEO.sub(lambda match: match.group(1) + _video(match.group(2), number), front)
    lines: list[str] = []
    owner: int | None = None
    for line in front.splitlines(keepends=True):
        depth = len(line) - len(line.lstrip(" "))
        if owner is not None and depth <= owner and line.strip():
            owner = None
        if match := _OWNER.fullmatch(line):
            owner = len(match.group(1))
        # Articles of one provider share its logo in any archive.
        lines.append(line if owner is not None else _vary_line(line, number))
    return "".join(lines) + rest


def _vary_line(line: str, number: int) -> str:
    match = _FIELD.fullmatch(line)
    change = _CHANGES.get(match.group(2)) if match else None
    if match is None or change is None:
        return line
    value = match.group(3)
    if value[0] in "\"'" and value[-1] == value[0] and len(value) > 2:
        value = value[0] + change(value[1:-1], number) + value[0]
    elif value[0] not in "\"'" and value[0] not in _NO_PLAIN and " #" not in value and ": " not in value:
        value = change(value, number)
    return line[: match.start(3)] + value + match.group(4)


def _text(text: str, number: int) -> str:
    """Put the number behind the first word: what is wrong with a text is mostly wrong at one of its ends."""
    match = _WORD.match(text)
    return f"{match.group()} {number}{text[match.end() :]}" if match else text


def _address(url: str, number: int) -> str:
    """Put the number at the end of the path, where the address in an AMP cache has it in the same place."""
    match = _URL.fullmatch(url)
    if match is None or "youtube.com/" in url or "youtu.be/" in url:
        return url
    host, path, rest = match.groups()
    folders = path.rstrip("/")
    if folders:
        return f"{host}{folders}-{number}{path[len(folders) :]}{rest}"
    query = rest[1:] if rest.startswith("?") else ""
    return f"{host}{path}?copy={number}" + (f"&{query}" if query else rest.removeprefix("?"))


def _picture(url: str, number: int) -> str:
    """Put the number in front of the path: names of pictures tell sizes and domains at their ends."""
    match = _URL.fullmatch(url)
    if match is None or "ytimg.com/" in url or "img.youtube.com/" in url:
        return url
    return f"{match.group(1)}/{number}{match.group(2)}{match.group(3)}"


def _secret(secured: str, number: int) -> str:
    """Change the first six bytes of the ciphertext."""
    return base64.b64encode(number.to_bytes(6, "big")).decode("ascii") + secured[8:] if len(secured) > 24 else secured


def _video(identifier: str, number: int) -> str:
    """Return another identifier, the same wherever the article has this one."""
    if identifier == "videoseries":
        return identifier
    digest = hashlib.blake2b(f"{number} {identifier}".encode(), digest_size=9).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")[:11]


_CHANGES: dict[str, Callable[[str, int], str]] = {
    "title": _text,
    "excerpt": _text,
    "webUrl": _address,
    "originalUrl": _address,
    "ampWebUrl": _address,
    "cdnAmpWebUrl": _address,
    "url": _picture,
    "secured": _secret,
}
