"""A path as a URI: what SARIF calls a file by."""

from __future__ import annotations

import os
from urllib.parse import quote

from newslint.late import compiled_late

_SCHEME = compiled_late(r"[A-Za-z][A-Za-z0-9+.-]*://")


def uri(path: str) -> str:
    """Return a path as a URI reference (RFC 3986), relative where the path is, else of the scheme ``file`` (RFC 8089).

    The path is ``/``-separated. What is no unreserved character is percent-encoded as UTF-8, a byte of a name that is
    no UTF-8 (PEP 383) as that byte; so is a colon, which could pass for the end of a scheme.
    """
    if scheme := _SCHEME.match(path):
        # A file that was named by its URL.
        return scheme.group() + _quoted(path[scheme.end() :])
    if not os.path.isabs(path):
        return _quoted(path)
    drive, rest = os.path.splitdrive(path)
    if drive.startswith("//"):
        # The share of another Windows machine: its name is the URI's authority.
        return f"file:{_quoted(path)}"
    return f"file:///{drive}{_quoted(rest)}" if drive else f"file://{_quoted(rest)}"


def _quoted(path: str) -> str:
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # A surrogate that stands for no byte: the name of a stream, or a name on Windows.
        raw = path.encode("utf-8", "surrogatepass")
    return quote(raw, safe="/")
