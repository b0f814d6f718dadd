"""The one function that parses URLs, and the one that compares hosts: a thin, never raising layer over Ada.

``can_ada`` binds Ada, the parser of the WHATWG URL standard (url.spec.whatwg.org) that Node.js uses; it brings UTS 46
with it, is imported in a millisecond and parses in a quarter of a microsecond.
"""

from __future__ import annotations

import re
from functools import lru_cache

import can_ada

from newslint.late import compiled_late
from newslint.limits import MAX_HOST_LENGTH, MAX_LABEL_LENGTH, MAX_URL_LENGTH
from newslint.quote import quote
from newslint.record import Record

_SCHEME = compiled_late(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FORBIDDEN = compiled_late(
    r"[\s\x00-\x1f\x7f-\x9f\\\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufff8"
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""White space, controls, the backslash, and what is invisible and has no business in an address of any script.

Joiners have one in Persian and selectors behind an emoji; so have a few more in the scripts that they are for.
"""

_BROKEN_PERCENT = compiled_late(r"%(?![0-9A-Fa-f]{2})")
_AUTHORITY = compiled_late(r"([A-Za-z]+)://([^/?#]*)")
_PORT = compiled_late(r":(\d*)\Z", re.ASCII)
_TWICE = compiled_late(r"https?:?", re.IGNORECASE)
_NO_NAME = compiled_late(r"[^a-z0-9._-]")
_NOT_SOLD = compiled_late(r"_(?=[^.]*(?:\.[^.]*)?\Z)")
"""An underscore in the last two parts of a host name, which no registry gives to anybody."""

_HOST_SHAPE = compiled_late(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_MAX_PORT = 65535
_DOTS = (".", "\u3002", "\uff0e", "\uff61")
"""The full stops that separate the parts of a host name (UTS #46, section 2.3)."""


class URL(Record):
    """The parts of a valid URL; ``scheme`` is http or https.

    ``host`` is the ASCII form of the host (an IPv4 address in its canonical form, ``127.0.0.1``; an IPv6 address in its
    brackets), ``host_range`` its place in the text. ``path``, ``query`` (with its ``?``) and ``fragment`` (with its
    ``#``) are as the standard writes them; ``port`` is empty where it is the scheme's own. ``user_range`` is the place
    of the user information with its ``@``, None where there is none; ``path_start`` is where the text goes on after
    host and port.
    """

    scheme: str
    host: str
    host_range: tuple[int, int]
    path: str
    query: str
    fragment: str = ""
    port: str = ""
    user_range: tuple[int, int] | None = None
    path_start: int = 0


class InvalidURL(Record):
    """Why a text is no URL; ``within`` is the part at fault where there is one."""

    reason: str
    within: tuple[int, int] | None = None


def parse_url(text: str) -> URL | InvalidURL:
    """Return the parts of an absolute http or https URL, or why the text is none; never raises.

    Stricter than the standard's parser, which repairs in silence: white space, controls, backslashes, a missing ``//``
    and broken percent-encoding are refused before it is asked.
    """
    # Told apart here, so that the cache below never holds on to a long text.
    if len(text) > MAX_URL_LENGTH:
        return InvalidURL(f"it has {len(text):,} characters, more than {MAX_URL_LENGTH:,}")
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> URL | InvalidURL:
    if not text.strip():
        return InvalidURL("it is empty")
    # The quick way to pass a usual one.
    clean = text.isascii() and text.isprintable() and " " not in text and "\\" not in text
    if not clean and (forbidden := _FORBIDDEN.search(text)):
        return InvalidURL(f"it holds {_name(forbidden.group())}", forbidden.span())
    authority = _AUTHORITY.match(text)
    if authority is None or authority.group(1).lower() not in ("http", "https") or not authority.group(2):
        return _why_no_address(text)
    if _TWICE.fullmatch(authority.group(2)):
        return InvalidURL("it has two schemes", authority.span(2))
    if "%" in text and (broken := _BROKEN_PERCENT.search(text)):
        return InvalidURL("a % in it is not followed by two hexadecimal digits", broken.span())
    start, end = _host_range(authority.group(2), authority.start(2))
    try:
        parsed = can_ada.parse(text)
    except (ValueError, TypeError):
        return _why_refused(text, (start, end), authority.end())
    host = parsed.hostname
    if (len(host) > MAX_HOST_LENGTH or not _HOST_SHAPE.fullmatch(host)) and (fault := host_fault(host)):
        return InvalidURL("it names no host" if not host.strip(".") else f"its host name {fault}", (start, end))
    if text.startswith(_DOTS, end - 1, end):
        # The standard's parser has taken it off an address of digits.
        return InvalidURL("its host name ends in a dot", (start, end))
    if parsed.port == "0":
        return InvalidURL("its port 0 is reserved", (end + 1, authority.end()))
    user = (authority.start(2), start) if start > authority.start(2) else None
    return URL(
        authority.group(1).lower(),
        host,
        (start, end),
        parsed.pathname,
        parsed.search,
        parsed.hash,
        parsed.port,
        user,
        authority.end(),
    )


def _why_no_address(text: str) -> InvalidURL:
    """Return what is wrong with the beginning of a text that does not begin with http or https, ``//`` and a host."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return InvalidURL("it does not begin with https://")
    name = scheme.group()[:-1].lower()
    if name not in ("http", "https"):
        return InvalidURL(f"its scheme is {name}:, not https:", (0, len(scheme.group())))
    authority = _AUTHORITY.match(text)
    if authority is None:
        return InvalidURL(f"// is missing after {name}:", (0, len(scheme.group())))
    return InvalidURL("it names no host", (0, authority.end()))


def host_fault(host: str, *, strict: bool = False) -> str | None:
    """Return what keeps a host in ASCII form and lower case from being a host name, or None.

    A name is parts of 1 to 63 letters, digits and hyphens, none at its edges, at most 253 characters with the dots (RFC
    1034, section 3.5; RFC 1123, section 2.1). The standard's parser takes others; its own "valid domain string" does
    not. Left of the last two parts, which a registry gives away, DNS and browsers take underscores and hyphens at an
    edge, too: unless ``strict`` they pass there. An address in brackets has no fault.
    """
    if host.startswith("["):
        return None
    if host.startswith(".") or ".." in host:
        return "begins with a dot" if host.startswith(".") else "has two dots in a row"
    if host.endswith("."):
        return "ends in a dot"
    parts = host.split(".")
    if len(host) > MAX_HOST_LENGTH or any(len(part) > MAX_LABEL_LENGTH for part in parts):
        return f"is longer than {MAX_HOST_LENGTH}, or a part of it than {MAX_LABEL_LENGTH} characters"
    underscore = re.search("_", host) if strict else _NOT_SOLD.search(host)
    if odd := _NO_NAME.search(host) or underscore:
        return f"holds {quote(odd.group())}, which no host has"
    for part in parts if strict else parts[-2:]:
        if part.startswith("-") or part.endswith("-"):
            return f"has {quote(part)}, which {'begins with' if part.startswith('-') else 'ends in'} a hyphen"
    return None


def _host_range(authority: str, start: int) -> tuple[int, int]:
    """Return where the host stands: behind the user information, before the port."""
    if ":" not in authority and "@" not in authority:
        return start, start + len(authority)
    begin = start + authority.rfind("@") + 1
    host = authority[authority.rfind("@") + 1 :]
    port = None if host.startswith("[") and "]" not in host else _PORT.search(host)
    return begin, begin + (port.start() if port else len(host))


def _why_refused(text: str, host_range: tuple[int, int], end: int) -> InvalidURL:
    """Return what made the standard's parser refuse a text; what it refuses lies between ``//`` and ``end``."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        return InvalidURL("it holds half of a character (a lone surrogate)")
    start, stop = host_range
    if start == stop:
        return InvalidURL("it names no host", (0, end))
    port = text[stop + 1 : end].lstrip("0")[:10]
    if port and int(port) > _MAX_PORT:
        return InvalidURL(f"its port {port} is above {_MAX_PORT}", (stop + 1, end))
    return InvalidURL(f'"{text[start:stop]}" is no valid host name', host_range)


def _name(character: str) -> str:
    names = {" ": "a blank", "\t": "a tab", "\n": "a line break", "\r": "a line break", "\\": "a backslash"}
    return names.get(character, f"the character U+{ord(character):04X}")


def ascii_host(host: str) -> str | None:
    """Return a host name in its ASCII form as UTS 46 has it, in lower case, or None where it is no host name."""
    return _ascii_host(host) if host and len(host) <= MAX_HOST_LENGTH else None


@lru_cache(maxsize=4096)
def _ascii_host(host: str) -> str | None:
    try:
        encoded: str = can_ada.idna_encode(host).decode("ascii")
    except (ValueError, TypeError):
        return None
    return encoded if len(encoded) <= MAX_HOST_LENGTH and _HOST_SHAPE.fullmatch(encoded) else None


def unicode_host(host: str) -> str:
    """Return the Unicode form of a host name in ASCII form."""
    # The binding's stub asks for text, the binding itself for bytes.
    return can_ada.idna_decode(host.encode("ascii"))  # type: ignore[arg-type]


def is_under(host: str, domain: str) -> bool:
    """Tell whether a host (in ASCII form) is a domain (in ASCII form) or stands under it."""
    return host == domain or host.endswith(f".{domain}")


def is_address(host: str) -> bool:
    """Tell whether a host, as a valid URL has it, is an IP address: in brackets, or ending in a part of digits."""
    return host.endswith("]") or host.rpartition(".")[2].isdigit()
