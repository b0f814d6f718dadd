"""Related articles and providers (NL7): each related article is another one, and a provider has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.address import canonical_address
from newslint.finding import Pointer, RelatedViolation, Violation
from newslint.quote import quote
from newslint.rules.rule import INFO, WARNING, Options, rule
from newslint.rules.values import articles
from newslint.url import ascii_host

if TYPE_CHECKING:
    from newslint.document.document import Document


def _related_addresses(document: Document) -> Iterator[tuple[Pointer, str, str]]:
    """Yield the pointer, the text and the address of each related article's webUrl that is a URL."""
    for pointer, article in articles(document):
        url = article.get("webUrl") if pointer else None
        if isinstance(url, str) and (address := canonical_address(url)) is not None:
            yield (*pointer, "webUrl"), url, address


@rule("NL704", "related-to-itself", WARNING, silent_after=("NL301",))
def related_to_itself(document: Document, options: Options) -> Iterator[Violation]:
    """An article is listed among the articles that are related to it.

    ## What it does
    Compares the `webUrl` of each related article with the article's own `webUrl` and `originalUrl`. As in NL901 the
    scheme, `www.`, a slash at the end, tracking parameters, the fragment and the letter case of the host do not count;
    a video on YouTube is known by its identifier.

    ## Why is this bad?
    Readers who want to know more are sent to the article that they come from.

    ## Example
    ```yaml
    related:
      - title: "Live facial recognition helps deliver justice in Croydon"
        excerpt: "For the second time in five days, the Met deployed live facial recognition technology."
        publishedDateTime: 2024-01-24T15:00:00Z
        webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451#latest"
        type: article
        provider:
          name: Metropolitan Police Service
          domain: police.uk
    ```

    Use instead:
    ```yaml
    related:
      - title: "Southampton trials facial recognition cameras in pubs and clubs"
        excerpt: "Facial recognition cameras are being trialled to help stop those banned from pubs and clubs."
        publishedDateTime: 2024-01-29T06:18:00Z
        webUrl: "https://www.bbc.com/news/uk-england-hampshire-68071705"
        type: article
        provider:
          name: BBC
          domain: bbc.com
    ```
    """
    if not document.data.get("related"):
        return
    own: dict[str, str] = {}
    for name in ("originalUrl", "webUrl"):
        url = document.data.get(name)
        if isinstance(url, str) and (address := canonical_address(url)) is not None:
            own[address] = name
    for pointer, url, address in _related_addresses(document):
        if address in own:
            name = own[address]
            message = f"{quote(url)} is the address of this article itself, its {name}"
            hint = "Take this entry out of related, or correct its webUrl"
            related = (RelatedViolation((name,), f"{name} stands here"),)
            yield Violation(pointer, message, hint=hint, uses=((name,),), related=related)


@rule("NL705", "repeated-related", WARNING, silent_after=("NL301", "NL704"))
def repeated_related(document: Document, options: Options) -> Iterator[Violation]:
    """An article is listed twice among the related ones.

    ## What it does
    Compares the `webUrl` of the related articles with each other, as NL704 does. The finding stands at the later one.

    ## Why is this bad?
    Readers are offered the same article twice, and the place of another one is lost.

    ## Example
    ```yaml
    related:
      - title: "Southampton trials facial recognition cameras in pubs and clubs"
        excerpt: "Facial recognition cameras are being trialled to help stop those banned from pubs and clubs."
        publishedDateTime: 2024-01-29T06:18:00Z
        webUrl: "https://www.bbc.com/news/uk-england-hampshire-68071705"
        type: article
        provider:
          name: BBC
          domain: bbc.com
      - title: "Facial recognition cameras trialled in Southampton nightclubs"
        excerpt: "The scheme is running for three months across six venues in Southampton, Hampshire."
        publishedDateTime: 2024-01-29T06:27:00Z
        webUrl: "https://bbc.com/news/uk-england-hampshire-68071705/"
        type: article
        provider:
          name: BBC
          domain: bbc.com
    ```

    Use instead:
    ```yaml
    related:
      - title: "Southampton trials facial recognition cameras in pubs and clubs"
        excerpt: "Facial recognition cameras are being trialled to help stop those banned from pubs and clubs."
        publishedDateTime: 2024-01-29T06:18:00Z
        webUrl: "https://www.bbc.com/news/uk-england-hampshire-68071705"
        type: article
        provider:
          name: BBC
          domain: bbc.com
      - title: "Facial recognition cameras trialled in Southampton nightclubs"
        excerpt: "The scheme is running for three months across six venues in Southampton, Hampshire."
        publishedDateTime: 2024-01-29T06:27:00Z
        webUrl: "https://www.bbc.com/news/uk-england-hampshire-68104580"
        type: article
        provider:
          name: BBC
          domain: bbc.com
    ```
    """
    first: dict[str, Pointer] = {}
    for pointer, url, address in _related_addresses(document):
        earlier = first.setdefault(address, pointer)
        if earlier != pointer:
            message = f"{quote(url)} is the address of related[{earlier[1]}] too"
            hint = "Take one of the two out of related, or correct its webUrl"
            related = (RelatedViolation(earlier, "first named here"),)
            yield Violation(pointer, message, hint=hint, related=related)


@rule("NL706", "provider-name-is-domain", INFO)
def provider_name_is_domain(document: Document, options: Options) -> Iterator[Violation]:
    """A provider has its domain in place of a name.

    ## What it does
    Compares `provider.name` with `provider.domain`, for the article and for its related articles. Letter case does not
    count, nor does it matter whether a name beyond ASCII stands in its Unicode or in its ASCII form.

    ## Why is this bad?
    Programs fill the name with the domain where they know no name. Readers then see `bbc.com` where they expect `BBC`.

    ## Example
    ```yaml
    provider:
      name: Police.uk
      domain: police.uk
    ```

    Use instead:
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```
    """
    for pointer, article in articles(document):
        provider = article.get("provider")
        if not isinstance(provider, dict):
            continue
        name, domain = provider.get("name"), provider.get("domain")
        if isinstance(name, str) and isinstance(domain, str) and _same_host(name.strip(), domain.strip()):
            message = f"{quote(name)} is provider.domain, where the provider's name for readers is expected"
            hint = "Write the name that the provider goes by"
            uses = ((*pointer, "provider", "domain"),)
            yield Violation((*pointer, "provider", "name"), message, hint=hint, uses=uses)


def _same_host(name: str, domain: str) -> bool:
    """Tell whether two texts are the same, letter case and the form of a host name aside."""
    if name.casefold() == domain.casefold():
        return bool(name)
    return "." in name and (host := ascii_host(name)) is not None and host == ascii_host(domain)
