"""Addresses of images (NL4): a list names an image once, and a provider's logo is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newslint.finding import Pointer, RelatedViolation, Remove, Repair, Violation, readable_pointer
from newslint.late import compiled_late
from newslint.quote import quote
from newslint.rules.rule import WARNING, Options, rule
from newslint.rules.values import articles_with_domain, images
from newslint.url import URL, ascii_host, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_LOGO_NAME = compiled_late(r"[^?#]*/([^/?#]+)-\d{1,5}x\d{1,5}\.[A-Za-z0-9]+(?=[?#]|\Z)", re.ASCII)
_TOP_LEVEL = compiled_late(r"\.(?:[a-z]{2,}|xn--[a-z0-9-]+)\Z")


@rule("NL405", "repeated-image", WARNING, fix="safe or unsafe", silent_after=("NL301",))
def repeated_image(document: Document, options: Options) -> Iterator[Violation]:
    """An image stands twice in one list.

    ## What it does
    Compares the URLs of the images of each list: those of the article, of a related article, of a provider. Ways to
    write a URL that the WHATWG URL standard takes for the same do not count as different.

    ## Why is this bad?
    The page shows the same picture twice, or counts it twice and leaves room for one that is not there.

    ## Example
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
    ```

    ## Fix safety
    The fix takes the later image out, and is safe where the first one says everything that the later one says. Where
    they differ in anything but the URL (another size, a title), one of the two is lost, and the fix is unsafe.
    """
    firsts: dict[object, tuple[Pointer, Mapping[str, Any]]] = {}
    for pointer, image in images(document):
        value = image.get("url")
        url = parse_url(value) if isinstance(value, str) and isinstance(pointer[-1], int) else None
        if not isinstance(url, URL):
            continue
        key = (pointer[:-1], url.scheme, url.host, url.port, url.path, url.query, url.fragment)
        first, earlier = firsts.setdefault(key, (pointer, image))
        if first == pointer:
            continue
        safe = all(name == "url" or (name in earlier and earlier[name] == image[name]) for name in image)
        place = (*pointer, "url")
        yield Violation(
            place,
            f"{quote(value)} is the URL of {readable_pointer(first)}, too, where every image is expected once",
            hint="Delete the later one",
            related=(RelatedViolation((*first, "url"), "the same URL"),),
            repair=Repair("Take the repeated image out", (Remove(pointer),), safe=safe),
        )


@rule("NL406", "logo-domain-mismatch", WARNING, silent_after=("NL301", "NL304", "NL309"))
def logo_domain_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """A provider's logo is named after the domain of another provider.

    ## What it does
    Looks at the names of logos, the images of a provider. Where a name is a domain and a size (`bbc.com-50x50.jpg`),
    the domain must be `provider.domain`, for the article and for its related articles. Other names are not judged.

    ## Why is this bad?
    The article appears under somebody else's logo. Mostly the provider was changed, or its block copied from another
    article, and the logo forgotten.

    ## Example
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
      images:
        - url: "https://everyday-cc.github.io/powerapps/assets/images/organizations/bbc.com-50x50.jpg"
          width: 50
          height: 50
    ```

    Use instead:
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
      images:
        - url: "https://everyday-cc.github.io/powerapps/assets/images/organizations/police.uk-50x50.jpg"
          width: 50
          height: 50
    ```
    """
    for pointer, article, domain in articles_with_domain(document):
        logos = article["provider"].get("images")
        if not isinstance(logos, list):
            continue
        for index, logo in enumerate(logos):
            value = logo.get("url") if isinstance(logo, dict) else None
            url = parse_url(value) if isinstance(value, str) else None
            if not isinstance(value, str) or not isinstance(url, URL):
                continue
            name = _LOGO_NAME.match(value, url.path_start)
            host = ascii_host(unquote(name.group(1), errors="replace")) if name else None
            if name is None or host is None or host == domain.ascii or not _TOP_LEVEL.search(host):
                continue
            message = f"the logo is named after {quote(name.group(1))}, where {quote(domain.written)} is expected"
            place = (*pointer, "provider", "images", index, "url")
            hint = "Give the provider its own logo, or correct provider.domain"
            yield Violation(place, message, within=name.span(1), hint=hint, uses=domain.uses)
