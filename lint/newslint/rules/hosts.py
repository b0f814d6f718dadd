"""Hosts (NL3): a domain is a bare host name, and an article's URLs are on its provider's domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint.finding import Pointer, Repair, Replace, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_HOST_LENGTH
from newslint.quote import quote
from newslint.rules.rule import ERROR, Option, Options, rule
from newslint.rules.values import article_url, articles_with_domain
from newslint.url import URL, ascii_host, host_fault, is_address, is_under, parse_url, unicode_host

if TYPE_CHECKING:
    from newslint.document.document import Document

_SCHEME = compiled_late(r"[A-Za-z][A-Za-z0-9+.-]*:/*")
_WWW = compiled_late(r"www\.(?=[^.]+\.)", re.IGNORECASE)
_NOT_IN_A_HOST = (("/", "a path"), ("@", "a user name"), (":", "a port"), ("?", "a query"), ("#", "a fragment"))
_ADDRESS = "it is an IP address, not a name"


@rule(
    "NL303",
    "provider-domain-mismatch",
    ERROR,
    options={
        "video-hosts": Option(["youtube.com", "youtu.be", "vimeo.com"], "hosts that originalUrl of a video may be on")
    },
    silent_after=("NL301", "NL304", "NL309", "NL804"),
)
def provider_domain_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """An article's URL is not on its provider's domain.

    ## What it does
    Checks that the host of `webUrl` and of `originalUrl` is `provider.domain` or stands under it, for the article and
    for its related articles. The `originalUrl` of a video may be on one of the `video-hosts` too.

    ## Why is this bad?
    Either the link leads to somebody else's page, or the article is credited to somebody else.

    ## Example
    ```yaml
    webUrl: "https://www.bbc.com/news/uk-england-hampshire-68071705"
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```

    Use instead:
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```
    """
    video_hosts = options["video-hosts"]
    for pointer, article, domain in articles_with_domain(document):
        for name in ("originalUrl", "webUrl"):
            url = article_url(article, name)
            if url is None or is_under(url.host, domain.ascii):
                continue
            is_video = name == "originalUrl" and article.get("type") == "video"
            if is_video and any(is_under(url.host, host) for host in video_hosts):
                continue
            is_not = f"is neither provider.domain, which is {quote(domain.written)}, nor under it"
            message = f'the host "{url.host}" {is_not}'
            hint = f"Correct {name} or provider.domain, so that both are the same provider's"
            yield Violation((*pointer, name), message, within=url.host_range, hint=hint, uses=domain.uses)


@rule("NL304", "invalid-domain", ERROR, fix="safe or unsafe", silent_after=("NL309",), replaces=("NL106", "NL107"))
def invalid_domain(document: Document, options: Options) -> Iterator[Violation]:
    """A domain is not a bare host name in lower case.

    ## What it does
    Checks every field of format `hostname`: no scheme, no path, no port, no blanks, no `www.`, no capital letters, no
    IP address, no label over 63 and no name over 253 characters. Names beyond ASCII stand in their Unicode or their
    ASCII form, each as UTS 46 writes it.

    ## Why is this bad?
    The domain is compared with the hosts of the article's URLs and names the provider all over the site; `BBC.com`,
    `www.bbc.com` and `bbc.com` would be three providers.

    ## Example
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: https://www.police.uk/
    ```

    Use instead:
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```

    ## Fix safety
    Where only letter case, scheme or a slash at the end is wrong, the fix writes the same host as it should be, and is
    safe. Without its `www.` it is another host, mostly but not always of the same provider: that fix is unsafe. Where
    there is more (a path, a port, a user name, a name that no host can have), there is no fix.
    """
    for pointer, value in document.fields("hostname"):
        if not isinstance(value, str) or (invalid := why_no_domain(value)) is None:
            continue
        reason, within = invalid
        bare = _bare_host(value)
        hint = f"Write {bare}" if bare and bare != value else "Write the bare host name, such as bbc.com"
        repair = _domain_repair(pointer, value, bare) if bare else None
        message = f"{quote(value)} is no bare host name: {reason}"
        yield Violation(pointer, message, within=within, hint=hint, repair=repair)


def why_no_domain(value: str) -> tuple[str, tuple[int, int] | None] | None:
    """Return what keeps a text from being a bare host name, and which part of it, or None for a good one."""
    # The same few providers stand in many files; a text that is too long for a host is not kept.
    return _kept_judgment(value) if len(value) <= MAX_HOST_LENGTH else _judge_domain(value)


def _judge_domain(value: str) -> tuple[str, tuple[int, int] | None] | None:
    if not value.strip():
        return "it is empty", None
    scheme = _SCHEME.match(value)
    if scheme and "//" in scheme.group():
        return f"it begins with {scheme.group()}", scheme.span()
    if value.startswith("["):
        return _ADDRESS, None
    for character, what in _NOT_IN_A_HOST:
        if (at := value.find(character)) >= 0:
            within = (0, at + 1) if character == "@" else (at, len(value))
            return ("it ends in a slash" if value[at:] == "/" else f"it holds {what}"), within
    if blank := re.search(r"\s", value):
        return "it holds a blank", blank.span()
    if _WWW.match(value):
        return "it begins with www.", (0, 4)
    encoded = ascii_host(value)
    if encoded is None:
        if value.endswith(".") and ascii_host(value[:-1]):
            return "it ends in a dot", (len(value) - 1, len(value))
        fault = host_fault(value.lower(), strict=True) if value.isascii() else None
        return f"it {fault}" if fault else "no host can have this name", None
    url = parse_url(f"https://{encoded}/")
    if not isinstance(url, URL):
        return "no host can have this name", None
    if is_address(url.host):
        return _ADDRESS, None
    if value in (encoded, unicode_host(encoded)):
        return None
    if capital := re.search(r"[A-Z]", value):
        return "it has capital letters", capital.span()
    return f"it is written {unicode_host(encoded)}", None


_kept_judgment = lru_cache(maxsize=1024)(_judge_domain)


def _bare_host(value: str) -> str | None:
    """Return the bare host name that a text must mean, or None where that cannot be told."""
    rest = _SCHEME.sub("", value.strip(), count=1) if "//" in value else value.strip()
    host = re.split(r"[/?#:]", rest.rpartition("@")[2], maxsplit=1)[0].removesuffix(".")
    encoded = ascii_host(_WWW.sub("", host, count=1) if _WWW.match(host) else host)
    if encoded is None or is_address(encoded) or "." not in encoded:
        return None
    return encoded if host.isascii() else unicode_host(encoded)


def _domain_repair(pointer: Pointer, value: str, bare: str) -> Repair | None:
    """Return the repair of a domain with nothing wrong but scheme, letter case, a slash at the end or ``www.``."""
    scheme = _SCHEME.match(value)
    rest = value[scheme.end() :] if scheme and "//" in scheme.group() else value
    host = rest.removesuffix("/").lower()
    without = _WWW.sub("", host, count=1) if _WWW.match(host) else host
    if without != bare or ascii_host(bare) is None:
        return None
    return Repair(f"Write {bare}", (Replace(pointer, bare),), safe=host == without)
