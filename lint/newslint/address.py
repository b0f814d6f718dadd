"""When two URLs are the same address: one form that all ways to write it share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

from newslint.late import compiled_late
from newslint.limits import MAX_URL_LENGTH
from newslint.tracking import is_tracking
from newslint.url import URL, is_under, parse_url

_PORT = compiled_late(r":0*(\d{1,5})(?![\d@])")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PERCENT = compiled_late(r"%[0-9A-Fa-f]{2}")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_VIDEO_ID = compiled_late(r"[A-Za-z0-9_-]{11}")
_VIDEO_FOLDERS: Final = frozenset({"embed", "v", "e", "shorts", "live"})
_NO_VIDEOS: Final = frozenset({"videoseries", "live_stream"})
"""Words of eleven characters that stand where an embedded player's URL has a video: a playlist, a channel's stream."""


def canonical_address(url: str) -> str | None:
    """Return the form that all URLs of one page share, for comparison and not for opening, or None where it is no URL.

    Aside are the scheme with its default port, user information, ``www.``, slashes at the end of the path, tracking
    parameters (``newslint.tracking``) and empty ones, the fragment, the letter case of the host, and ways of
    percent-encoding that RFC 3986 (section 6.2.2) calls equivalent. Everything else counts, the order of the parameters
    too. A video on YouTube is known by its identifier alone: ``youtube.com/watch?v=ID``.
    """
    # What is too long to be a URL is not worth the memory that it would be kept in.
    return _address(url) if len(url) <= MAX_URL_LENGTH else None


@lru_cache(maxsize=4096)
def _address(url: str) -> str | None:
    parsed = parse_url(url)
    if not isinstance(parsed, URL):
        return None
    if (video := video_id(parsed)) is not None:
        return f"youtube.com/watch?v={video}"
    host = parsed.host
    if host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    parts = [part for part in parsed.query.removeprefix("?").split("&") if part]
    kept = [part for part in parts if not is_tracking(unquote_plus(part.partition("=")[0], errors="replace"))]
    query = f"?{'&'.join(kept)}" if kept else ""
    address = f"{host}{_port(url, parsed)}{parsed.path.rstrip('/')}{query}"
    return _PERCENT.sub(_normal_percent, address) if "%" in address else address


def video_id(url: URL) -> str | None:
    """Return the identifier of the YouTube video that a URL leads to, in any of the forms YouTube gives, or None.

    These are ``watch?v=ID``, ``embed/ID``, ``v/ID``, ``e/ID``, ``shorts/ID`` and ``live/ID`` on youtube.com,
    youtube-nocookie.com and hosts under them, and ``youtu.be/ID``. An identifier has eleven letters, digits, ``-`` or
    ``_``: so it has been for all videos so far, although YouTube's documentation does not promise it.
    """
    if "youtu" not in url.host:
        return None
    steps = [step for step in url.path.split("/") if step]
    found = None
    if is_under(url.host, "youtu.be"):
        found = steps[0] if steps else None
    elif is_under(url.host, "youtube.com") or is_under(url.host, "youtube-nocookie.com"):
        if steps == ["watch"]:
            pairs = (part.partition("=") for part in url.query.removeprefix("?").split("&"))
            found = next((value for name, _, value in pairs if name == "v"), None)
        elif len(steps) >= 2 and steps[0] in _VIDEO_FOLDERS:
            found = steps[1]
    return found if found and found not in _NO_VIDEOS and _VIDEO_ID.fullmatch(found) else None


def _port(text: str, url: URL) -> str:
    """Return the port that a URL names, with its colon, or nothing where it names none or the scheme's own."""
    port = _PORT.match(text, url.host_range[1])
    return f":{port.group(1)}" if port and port.group(1) != _DEFAULT_PORTS[url.scheme] else ""


def _normal_percent(match: re.Match[str]) -> str:
    """Return a percent-encoded byte in the one form that RFC 3986 (section 6.2.2) recommends."""
    character = chr(int(match.group()[1:], 16))
    return character if character in _UNRESERVED else match.group().upper()
