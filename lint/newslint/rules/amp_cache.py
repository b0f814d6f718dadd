"""The address of a page in an AMP cache: the AMP Project's published algorithm, there and back.

Sources: "AMP Cache URL Format and Request Handling" (amp.dev, guides and tutorials, AMP caches and CORS), the list
``caches.json`` of ampproject/amphtml, and the package ``cache-url`` of ampproject/amp-toolbox, whose published examples
the tests hold. Where they differ, or have changed (amphtml issue 26205), the form of any of them counts as right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

import can_ada

from newslint.late import compiled_late
from newslint.limits import MAX_LABEL_LENGTH
from newslint.url import URL, ascii_host, is_under, unicode_host

CACHE_DOMAINS: Final = ("cdn.ampproject.org", "www.bing-amp.com", "bing-amp.com", "amp.cloudflare.com")
"""The domains of the AMP caches that are, or were, open to the public; the first is Google's."""

_PATH = compiled_late(r"/(c|v|wp|i|ii/w\d{1,5}|r)/(s/)?([^/]*)(.*)", re.DOTALL)
_DOCUMENTS: Final = frozenset({"c", "v", "wp"})
"""How a cache serves a page: as it is (content), in a frame (viewer), or as a signed exchange (web package)."""

_MEDIA = compiled_late(r"\.(?:gif|ico|jpe?g|png|svg|webp|eot|otf|ttf|woff2?)\Z", re.IGNORECASE)
_PERCENT = compiled_late(r"%[0-9A-Fa-f]{2}")


def cache_url(text: str, url: URL, domain: str = CACHE_DOMAINS[0]) -> str | None:
    """Return the address of a page in the AMP cache at ``domain``, or None where no cache can have it.

    ``text`` is the page's URL as it is written, ``url`` the same parsed. A cache fetches from a default port only, and
    never with user information.
    """
    if url.port or url.user_range is not None:
        return None
    serving = "c/s" if url.scheme == "https" else "c"
    return f"https://{cache_prefixes(url.host)[0]}.{domain}/{serving}/{url.host}{text[url.path_start :]}"


def cache_domain(host: str, domains: Sequence[str] = CACHE_DOMAINS) -> str | None:
    """Return the longest of the cache domains that a host is or stands under, or None."""
    found = [domain for domain in domains if is_under(host, domain)]
    return max(found, key=len) if found else None


@lru_cache(maxsize=1024)
def cache_prefixes(host: str) -> tuple[str, ...]:
    """Return the labels under which an AMP cache has the pages of a host (in ASCII form); the first is today's.

    A dot becomes ``-``, a ``-`` becomes ``--``, in the host's Unicode form; where that gives ``--`` in the third and
    fourth place, ``0-`` and ``-0`` go around it. Where the result is no label (over 63 characters, or a mixture of
    writing directions), or the host has no dot, it is the SHA-256 of the host in base32 without padding.
    """
    joined = unicode_host(host).replace("-", "--").replace(".", "-")
    # Until 2020 the hash stood in for such a label. The toolbox still has it where the host itself has these hyphens,
    # and leaves out the 0- and -0 where the label is to be encoded.
    ambiguous = joined[2:4] == "--"
    names = [joined]
    if ambiguous:
        names = [f"0-{joined}-0"] if joined.isascii() else [f"0-{joined}-0", joined]
    labels = [label for name in names if (label := _label(name)) is not None] if "." in host else []
    if not labels or ambiguous or len(host) > MAX_LABEL_LENGTH:
        labels.append(_hashed(host))
    return tuple(labels)


def _label(name: str) -> str | None:
    """Return a name as one label of a host, in ASCII form, or None where it cannot be one."""
    encoded = can_ada.idna_encode(name).decode("ascii")
    return encoded if encoded and len(encoded) <= MAX_LABEL_LENGTH else None


def _hashed(host: str) -> str:
    # Imported here because hardly any host needs them.
    from base64 import b32encode
    from hashlib import sha256

    return b32encode(sha256(host.encode("ascii")).digest()).decode("ascii").rstrip("=").lower()


def mismatch(page: URL, cached: URL, domains: Sequence[str] = CACHE_DOMAINS) -> str | None:
    """Return which part of a cache URL is not that of the page: ``host``, ``path`` or ``both``; None where all is.

    Aside are the fragment, which no cache sees, and the parameters that a cache puts in for itself.
    """
    domain = cache_domain(cached.host, domains)
    host_fits = domain is not None and cached.host[: -len(domain) - 1] in cache_prefixes(page.host)
    path_fits = _path_fits(page, cached)
    if host_fits and path_fits:
        return None
    return "path" if host_fits else "host" if path_fits else "both"


def _path_fits(page: URL, cached: URL) -> bool:
    match = _PATH.fullmatch(cached.path)
    if match is None:
        return False
    serving, secure, host, path = match.groups()
    if serving not in _DOCUMENTS and not _MEDIA.search(page.path):
        return False
    return (
        bool(secure) == (page.scheme == "https")
        and ascii_host(unquote(host)) == page.host
        and _normal(path or "/") == _normal(page.path)
        and _same_query(page.query, cached.query)
    )


def _same_query(page: str, cached: str) -> bool:
    if page == cached:
        return True
    wanted = _normal(page.removeprefix("?")).split("&")
    had = _normal(cached.removeprefix("?")).split("&")
    # Google's cache and viewer add these; they are not passed on to the site.
    kept = [part for part in had if part in wanted or not part.startswith(("amp_", "usqp="))]
    return (kept or [""]) == wanted


def _normal(text: str) -> str:
    """Return a path or a query with its percent-encoding in capitals (RFC 3986, section 6.2.2.1)."""
    return _PERCENT.sub(lambda match: match.group().upper(), text) if "%" in text else text
