"""URLs (NL3): fields of format uri are addresses of pages and images, given securely, not the front door of a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Change, Pointer, Repair, Replace, Rewrite, Violation
from newslint.quote import quote
from newslint.rules.amp_cache import cache_domain, cache_url, mismatch
from newslint.rules.rule import ERROR, WARNING, Options, rule
from newslint.rules.values import article_url, articles, invalid_urls, urls
from newslint.tracking import is_tracking
from newslint.url import URL, InvalidURL, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_URL_HINTS = {
    "it holds a backslash": "Write / in place of the backslash",
    "it holds": "Delete the character, or percent-encode it if it belongs to the address",
    "a % in it": "Write %25 for a percent sign, or complete the code of the character that is meant",
    "its port": "Delete the port, or correct it",
    "its host name": "Correct the host name",
    "it has": "Delete what the address does not need",
}
"""What to do, by how the reason begins (the first that fits); the rest of a reason may be text from the file."""


@rule("NL301", "invalid-url", ERROR, replaces=("NL106", "NL107"))
def invalid_url(document: Document, options: Options) -> Iterator[Violation]:
    """A URL is not an absolute http or https URL.

    ## What it does
    Checks every field of format `uri` with a parser of the WHATWG URL standard, and refuses what that parser would
    repair in silence: blanks, controls, invisible characters, backslashes, a missing `//`, a `%` without two
    hexadecimal digits. It refuses, too, what leads nowhere: port 0, and host names that DNS cannot have, with an empty
    part (`https://..bbc.com/`; a dot at the end makes one, too), a part of more than 63 characters or with a hyphen at
    its edge, or punctuation. Characters beyond ASCII are fine in host, path and query. Over 8,192 characters a URL is
    none.

    ## Why is this bad?
    The link on the site leads nowhere, or somewhere else than the browser's address bar makes believe.

    ## Example
    ```yaml
    webUrl: "https//news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    ```

    Use instead:
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    ```
    """
    for pointer, value, invalid in invalid_urls(document):
        message = f"{quote(value)} is no valid URL: {invalid.reason}"
        yield Violation(pointer, message, within=invalid.within, hint=_url_hint(invalid))


def _url_hint(invalid: InvalidURL) -> str:
    """Return what to do about a URL that is none."""
    for beginning, hint in _URL_HINTS.items():
        if invalid.reason.startswith(beginning):
            return hint
    if invalid.reason.endswith("host name"):
        return "Correct the host name"
    return "Write the whole address, beginning with https://"


@rule("NL302", "insecure-url", WARNING, fix="unsafe")
def insecure_url(document: Document, options: Options) -> Iterator[Violation]:
    """A URL begins with http:// where https:// is expected.

    ## What it does
    Checks the scheme of every valid URL.

    ## Why is this bad?
    A page served over https does not show images that come over http, and browsers warn of links to such pages.

    ## Example
    ```yaml
    webUrl: "http://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    ```

    Use instead:
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    ```

    ## Fix safety
    The fix writes `https` for `http` (and takes the port 80 away), and is unsafe: nobody asked the site whether it
    answers there, and with the same page. A URL with another port has no fix. Where the URL is an `ampWebUrl`, its
    `cdnAmpWebUrl` is changed along, so that the two still agree.
    """
    for pointer, value, url in urls(document):
        if url.scheme == "http":
            message = f"{quote(value)} uses http, where https is expected"
            hint = "Write https:// if the site answers there"
            yield Violation(pointer, message, within=(0, 4), hint=hint, repair=_secured(document, pointer, value, url))


def _secured(document: Document, pointer: Pointer, value: str, url: URL) -> Repair | None:
    """Return the repair that makes https of http, or None where the port tells that this would be another server."""
    if url.port:
        return None
    pieces = [(0, 4, "https")]
    if url.path_start > url.host_range[1]:
        pieces.append((url.host_range[1], url.path_start, ""))
    changes: list[Change] = [Rewrite(pointer, tuple(pieces))]
    place = (*pointer[:-1], "cdnAmpWebUrl")
    written = document.get(place) if pointer[-1:] == ("ampWebUrl",) else None
    cached = parse_url(written) if isinstance(written, str) else None
    if isinstance(cached, URL) and mismatch(url, cached) is None:
        # The address in a cache tells the scheme: the two are a pair that agrees, before and after.
        secured = f"https{value[4 : url.host_range[1]]}{value[url.path_start :]}"
        parsed = parse_url(secured)
        domain = cache_domain(cached.host)
        address = cache_url(secured, parsed, domain) if isinstance(parsed, URL) and domain else None
        if address is not None:
            changes.append(Replace(place, address))
    return Repair("Write https://", tuple(changes), safe=False)


@rule("NL312", "front-page-url", WARNING, silent_after=("NL301",))
def front_page_url(document: Document, options: Options) -> Iterator[Violation]:
    """An article's URL leads to the front page of a site, not to the article.

    ## What it does
    Checks that `webUrl` and `originalUrl` of the article and of its related articles have a path. A fragment is as
    good, and so is a query that does more than measure readers: `https://example.com/?p=478451` may be an article.

    ## Why is this bad?
    The front page shows other news every day; readers who follow the link do not find what the title promised. Mostly
    the site has taken the article away and sends visitors to its front page, which the scraper followed.

    ## Example
    ```yaml
    webUrl: "https://news.met.police.uk/"
    ```

    Use instead:
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    ```
    """
    for pointer, article in articles(document):
        for name in ("originalUrl", "webUrl"):
            url = article_url(article, name)
            if url is not None and not url.path.strip("/") and not url.fragment and not _selects(url.query):
                message = f"{quote(article[name])} is the front page of a site"
                message += ", where the address of an article is expected"
                yield Violation((*pointer, name), message, hint=f"Write the article's own address to {name}")


def _selects(query: str) -> bool:
    """Tell whether a query has a parameter that may select a page."""
    parts = query.removeprefix("?").split("&")
    return any(part and not is_tracking(part.partition("=")[0]) for part in parts)
