"""AMP pages (NL3): ampWebUrl is the provider's, cdnAmpWebUrl the address of the same page in an AMP cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Insert, Repair, Replace, Violation
from newslint.limits import MAX_URL_LENGTH
from newslint.quote import quote
from newslint.rules.amp_cache import CACHE_DOMAINS, cache_domain, cache_url, mismatch
from newslint.rules.rule import ERROR, WARNING, Options, rule
from newslint.rules.values import article_url, articles, articles_with_domain
from newslint.url import is_under

if TYPE_CHECKING:
    from newslint.document.document import Document

_PAGE = "ampWebUrl"
_CACHED = "cdnAmpWebUrl"


@rule("NL305", "amp-cache-mismatch", ERROR, fix="safe", silent_after=("NL301",))
def amp_cache_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """A cdnAmpWebUrl is not the address that ampWebUrl has in an AMP cache.

    ## What it does
    Works out the AMP-cache address of `ampWebUrl` and compares it with `cdnAmpWebUrl`, for the article and for its
    related articles. The algorithm is the AMP Project's ("AMP Cache URL Format" on amp.dev): the host becomes one label
    (`www.bbc.com` is `www-bbc-com`, `en-us.example.com` is `0-en--us-example-com-0`, what is too long is a hash),
    `/c/s/` stands for https and `/c/` for http, and host, path and query follow. Google's cache, `cdn.ampproject.org`,
    counts as well as those of Bing and Cloudflare; so does the viewer's form `/v/`. Aside are the fragment and the
    parameters that a cache puts in for itself (`amp_...`, `usqp`).

    ## Why is this bad?
    The fast link shows another article than the slow one, or an error of the cache.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://news.met.police.uk/news/croydon-478451/amp"
    cdnAmpWebUrl: "https://news-met-police-uk.cdn.ampproject.org/c/s/news.met.police.uk/news/hackney-478460/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://news.met.police.uk/news/croydon-478451/amp"
    cdnAmpWebUrl: "https://news-met-police-uk.cdn.ampproject.org/c/s/news.met.police.uk/news/croydon-478451/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    ## Fix safety
    The fix is safe: the address follows from `ampWebUrl`. There is none where it would be too long for a URL.
    """
    for pointer, article in articles(document):
        page, cached = article_url(article, _PAGE), article_url(article, _CACHED)
        if page is None or cached is None or cache_domain(page.host) is not None:
            continue
        domain = cache_domain(cached.host)
        expected = cache_url(article[_PAGE], page, domain or CACHE_DOMAINS[0])
        part = mismatch(page, cached)
        if part is None or expected is None:
            continue
        place = (*pointer, _CACHED)
        within = None
        if part != "both":
            within = cached.host_range if part == "host" else _difference(article[_CACHED], expected)
        message = f"{quote(article[_CACHED])} is not ampWebUrl in an AMP cache, where {quote(expected)} is expected"
        repair = Repair("Write the AMP-cache address of ampWebUrl", (Replace(place, expected),))
        yield Violation(
            place,
            message,
            within=within,
            hint=f"Write that address, or correct {_PAGE}",
            uses=((*pointer, _PAGE),),
            repair=repair if len(expected) <= MAX_URL_LENGTH else None,
        )


def _difference(text: str, expected: str) -> tuple[int, int]:
    """Return the range of a text, at least one character long, that is not as expected."""
    start = _shared(text, expected)
    end = len(text) - _shared(text[start:][::-1], expected[start:][::-1])
    return min(start, end - 1), end


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


@rule("NL306", "amp-pair", WARNING, fix="safe")
def amp_pair(document: Document, options: Options) -> Iterator[Violation]:
    """An article has one of ampWebUrl and cdnAmpWebUrl without the other.

    ## What it does
    Checks that the article and each related article have both fields or none.

    ## Why is this bad?
    The site takes one for a promise of the other and shows a link that leads nowhere. Mostly a field got lost when the
    file was edited.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://news.met.police.uk/news/croydon-478451/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://news.met.police.uk/news/croydon-478451/amp"
    cdnAmpWebUrl: "https://news-met-police-uk.cdn.ampproject.org/c/s/news.met.police.uk/news/croydon-478451/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    ## Fix safety
    The fix adds a missing `cdnAmpWebUrl`, which follows from `ampWebUrl`, and is safe. A missing `ampWebUrl` has no
    fix: only its author knows whether the cached page still exists.
    """
    for pointer, article in articles(document):
        if (_PAGE in article) == (_CACHED in article):
            continue
        there, missing = (_PAGE, _CACHED) if _PAGE in article else (_CACHED, _PAGE)
        page = article_url(article, _PAGE)
        address = None
        if page is not None and cache_domain(page.host) is None:
            address = cache_url(article[_PAGE], page)
        repair = None
        if address is not None and len(address) <= MAX_URL_LENGTH:
            repair = Repair("Add cdnAmpWebUrl", (Insert((*pointer, _CACHED), address, after=(_PAGE,)),))
        message = f"{missing} is missing, although {there} is there"
        hint = f"Add {missing}{f', which is {address}' if address else ''}, or delete {there}"
        yield Violation((*pointer, missing), message, part="missing", hint=hint, repair=repair)


@rule("NL307", "amp-domain-mismatch", ERROR, silent_after=("NL301", "NL304", "NL309"))
def amp_domain_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """An article's ampWebUrl is not on its provider's domain.

    ## What it does
    Checks that the host of `ampWebUrl` is `provider.domain` or stands under it, for the article and for its related
    articles.

    ## Why is this bad?
    The AMP page is the provider's own page in another dress. On another domain it is somebody else's page, or an
    address of a cache or of a search engine that was put into the wrong field.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://amp.bbc.com/news/croydon-478451/amp"
    cdnAmpWebUrl: "https://amp-bbc-com.cdn.ampproject.org/c/s/amp.bbc.com/news/croydon-478451/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    ampWebUrl: "https://amp.police.uk/news/croydon-478451/amp"
    cdnAmpWebUrl: "https://amp-police-uk.cdn.ampproject.org/c/s/amp.police.uk/news/croydon-478451/amp"
    type: article

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """
    for pointer, article, domain in articles_with_domain(document):
        url = article_url(article, _PAGE)
        if url is None or is_under(url.host, domain.ascii):
            continue
        message = f'the host "{url.host}" is neither provider.domain, which is {quote(domain.written)}, nor under it'
        hint = f"Correct {_PAGE} or provider.domain, so that both are the same provider's"
        yield Violation((*pointer, _PAGE), message, within=url.host_range, hint=hint, uses=domain.uses)
