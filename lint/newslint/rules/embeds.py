"""Embeds (NL311): HTML fields hold players of known hosts and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from newslint.finding import Violation
from newslint.limits import MAX_TEXT_LENGTH
from newslint.quote import listed, quote
from newslint.rules.iframes import Attribute, Embed, Fault, Frame, read_embed
from newslint.rules.rule import ERROR, Option, Options, rule
from newslint.url import URL, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

ATTRIBUTES: Final = (
    "width",
    "height",
    "frameborder",
    "src",
    "allow",
    "allowfullscreen",
    "title",
    "loading",
    "referrerpolicy",
)
"""The attributes that an iframe may have: they say where and how large it is, and what it may do."""


@rule(
    "NL311",
    "unsafe-embed",
    ERROR,
    options={
        "embed-hosts": Option(
            ["www.youtube.com", "www.youtube-nocookie.com", "player.vimeo.com"], "hosts whose players may be embedded"
        )
    },
)
def unsafe_embed(document: Document, options: Options) -> Iterator[Violation]:
    """An HTML field holds something else than players of known hosts.

    ## What it does
    Reads every HTML field with an HTML parser and refuses whatever is not on the list: elements other than `iframe`,
    attributes other than `width`, `height`, `frameborder`, `src`, `allow`, `allowfullscreen`, `title`, `loading` and
    `referrerpolicy`, repeated attributes, a `src` that is not https on one of the `embed-hosts`, text, comments, and
    iframes that are not closed.

    ## Why is this bad?
    The site puts this HTML into its pages as it is. A script, an event handler (`onload`), a `srcdoc` or a frame of a
    strange host can do there what the site itself can do, and an iframe that is not closed swallows the rest of the
    page.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/croydon-478451"
    webUrl: "https://news.met.police.uk/news/croydon-478451"
    type: article

    featuredContent: '<iframe src="https://www.youtube.com/embed/WJk-Y8LQlfE" onload="track()"></iframe>'

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
    type: article

    featuredContent: '<iframe src="https://www.youtube.com/embed/WJk-Y8LQlfE" allowfullscreen></iframe>'

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """
    hosts: Sequence[str] = options["embed-hosts"]
    for pointer, value in document.fields("html"):
        if not isinstance(value, str) or len(value) > MAX_TEXT_LENGTH or not value.strip():
            continue
        faults = _faults(value, read_embed(value), hosts)
        if faults:
            first = faults[0]
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            hint = f"Leave nothing but iframes of {listed(list(hosts))}, with their end tags"
            yield Violation(pointer, first.message + more, within=(first.start, first.end), hint=hint)


def _faults(text: str, embed: Embed, hosts: Sequence[str]) -> list[Fault]:
    """Return everything in an embed that is not on the list, in the order of the text."""
    faults = list(embed.faults)
    for frame in embed.frames:
        faults.extend(_frame_faults(text, frame, hosts))
    return sorted(faults, key=lambda fault: fault.start)


def _frame_faults(text: str, frame: Frame, hosts: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for attribute in frame.attributes:
        name = attribute.name
        if name not in ATTRIBUTES:
            message = f"the attribute {quote(name)} is not allowed, where {listed(list(ATTRIBUTES))} is expected"
            yield Fault(message, attribute.start, attribute.end)
        elif name in seen:
            message = f"the attribute {quote(name)} stands twice, where it is expected once"
            yield Fault(message, attribute.start, attribute.end)
        elif name == "src":
            yield from _source_faults(text, attribute, hosts)
        seen.add(name)
    if "src" not in seen:
        yield Fault("the iframe has no src, where the address of a player is expected", frame.start, frame.end)


def _source_faults(text: str, attribute: Attribute, hosts: Sequence[str]) -> Iterator[Fault]:
    value = attribute.value or ""
    place = (attribute.value_start, attribute.value_end) if value else (attribute.start, attribute.end)
    url = parse_url(value)
    if not isinstance(url, URL):
        yield Fault(f"src is {quote(value)}, which is no valid URL: {url.reason}", *place)
        return
    if url.scheme != "https":
        yield Fault(f"src is {quote(value)}, which uses http, where https is expected", *place)
        return
    if url.host in hosts and not url.port and url.user_range is None:
        return
    if text[slice(*place)] == value:
        place = (place[0] + (url.user_range or url.host_range)[0], place[0] + url.path_start)
    server = f"{url.host}:{url.port}" if url.port else url.host
    yield Fault(f"src leads to {quote(server)}, where {listed(list(hosts))} alone is expected", *place)
