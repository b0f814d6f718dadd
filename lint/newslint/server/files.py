"""File URIs and paths (RFC 8089): how an editor calls a file, and where that is."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

from newslint.output.uri import uri


def path_of(address: str) -> str | None:
    """Return the absolute path that a URI of the scheme ``file`` names, or None for any other document."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    path = os.fsdecode(unquote_to_bytes(parts.path))
    if os.name == "nt":
        # "/c:/news/a.md", and "//server/share/a.md" by its authority.
        path = f"//{parts.netloc}{path}" if parts.netloc else path.lstrip("/")
    return os.path.abspath(path) if path and "\0" not in path else None


def uri_of(path: str) -> str:
    """Return the URI of an absolute path, as newslint's formats write it."""
    return uri(path.replace(os.sep, "/"))
