"""The archive (NL9): what two files cannot both have, judged over all files of a run.

Each rule is two functions: what a file adds (its facts, which are small and plain, so that they can be kept and sent
about), and a judge of all facts with an equal key. Both take time linear in the number of facts.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.address import canonical_address
from newslint.components import components
from newslint.document.document import once
from newslint.limits import MAX_RELATED
from newslint.quote import listed, quote
from newslint.rules.rule import ERROR, WARNING, Conflict, Fact, FiledFact, Options, archive_rule
from newslint.rules.values import articles
from newslint.url import ascii_host

if TYPE_CHECKING:
    from newslint.document.document import Document

_NAMES_SHOWN = 3


@once
def _addresses(document: Document) -> Mapping[str, str]:
    """Return marks of an article's addresses as they are compared, each with its field (webUrl, if both have it)."""
    found: dict[str, str] = {}
    for name in ("webUrl", "originalUrl"):
        value = document.data.get(name)
        if isinstance(value, str) and (address := canonical_address(value)) is not None:
            found.setdefault(address, name)
    return {_mark(address): name for address, name in found.items()}


def _mark(text: str) -> str:
    """Return 16 characters that stand for a text: the facts of a large archive wait in memory for each other."""
    # Imported here because one article alone is compared with nothing.
    from newslint.digest import blake2b

    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return b2a_base64(digest, newline=False).decode("ascii")


def _domain(provider: Any) -> str | None:
    """Return a provider's domain as it is compared, or None where there is none."""
    domain = provider.get("domain") if isinstance(provider, dict) else None
    return ascii_host(domain.lower()) if isinstance(domain, str) else None


def _others(count: int, what: str = "article") -> str:
    return f"another {what}" if count == 1 else f"{count:,} other {what}s"


def _files(group: Sequence[FiledFact]) -> int:
    return len({fact.path for fact in group})


def _same_address(group: Sequence[FiledFact]) -> Iterator[Conflict]:
    count = _files(group) - 1
    for fact in group if count else ():
        message = f"{quote(fact.value)} is the address of {_others(count)}, too"
        hint = "Delete the file that is the repetition, or correct the address"
        yield Conflict(fact, group, count, message, hint, "the same address")


@archive_rule("NL901", "duplicate-url", ERROR, _same_address, once=True)
def duplicate_url(document: Document, options: Options) -> Iterator[Fact]:
    """Two files are about the same page: one article stands in the archive twice.

    ## What it does
    Compares `webUrl` and `originalUrl` of every file with those of all others. The scheme, `www.`, a slash at the end,
    tracking parameters, the fragment and the letter case of the host do not count; the addresses of a YouTube video are
    compared by the video. One finding a file: at `webUrl`, or else at `originalUrl` where that is the one shared.

    ## Why is this bad?
    Readers meet the same article twice in lists, feeds and search, and a correction made in one file is not made in the
    other. Mostly a program has fetched the page again under another title or on another day.

    ## Example
    ```files
    2024-01-24-live-facial-recognition.md
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    2024-01-25-eight-arrested-in-croydon.md
    title: "Eight people arrested in Croydon"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451/#top"
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```

    Use instead:
    ```files
    2024-01-24-live-facial-recognition.md
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    2024-01-25-knife-found-in-croydon.md
    title: "Knife found in Croydon"
    originalUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    webUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """
    for mark, name in _addresses(document).items():
        yield Fact(mark, (name,), document.data[name])


def _same_title(group: Sequence[FiledFact]) -> Iterator[Conflict]:
    count = _files(group) - 1
    for fact in group if count else ():
        message = f"{quote(fact.value)} is the title of {_others(count)} of this provider, too"
        hint = "Delete the file that is the repetition, or say in the title what is different"
        yield Conflict(fact, group, count, message, hint, "the same title")


@archive_rule("NL902", "duplicate-title", WARNING, _same_title)
def duplicate_title(document: Document, options: Options) -> Iterator[Fact]:
    """Two articles of one provider have the same title.

    ## What it does
    Compares the title of every file with those of all other files with the same `provider.domain`. Letter case and
    white space do not count.

    ## Why is this bad?
    Often the provider has published one article under two addresses, which no comparison of addresses finds. And even
    where the articles differ, readers cannot tell them apart in a list.

    ## Example
    ```files
    2024-01-24-live-facial-recognition.md
    title: "Live facial recognition helps deliver justice in Croydon"
    2024-01-25-live-facial-recognition-helps-deliver-justice-in-croydon.md
    title: "Live Facial Recognition helps deliver justice in Croydon"
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-478999"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-478999"
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```

    Use instead:
    ```files
    2024-01-24-live-facial-recognition.md
    title: "Live facial recognition helps deliver justice in Croydon"
    2024-01-25-live-facial-recognition-helps-again-in-croydon.md
    title: "Live facial recognition helps deliver justice in Croydon a second time"
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-478999"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-478999"
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """
    title = document.data.get("title")
    domain = _domain(document.data.get("provider"))
    if isinstance(title, str) and title.strip() and domain is not None:
        yield Fact(_mark(f"{domain} {' '.join(title.casefold().split())}"), ("title",), title)


def _names_of_one_domain(group: Sequence[FiledFact]) -> Iterator[Conflict]:
    by_name: dict[str, list[FiledFact]] = {}
    for fact in group:
        by_name.setdefault(fact.value, []).append(fact)
    if len(by_name) == 1:
        return
    files = {name: _files(facts) for name, facts in by_name.items()}
    most = max(files.values())
    usual = [name for name in by_name if files[name] == most]
    for name, facts in by_name.items():
        if usual == [name]:
            continue
        rivals = [other for other in usual[: MAX_RELATED + 1] if other != name]
        others = [fact for other in rivals for fact in by_name[other][: MAX_RELATED + 1]]
        count = most * (len(usual) - (name in usual))
        shown = listed(
            [quote(other) for other in rivals[:_NAMES_SHOWN]] + ["others"] * (len(rivals) > _NAMES_SHOWN), "and"
        )
        hint = f"Write {quote(usual[0])}, or correct the others" if len(usual) == 1 else "Decide on one name for all"
        for fact in facts:
            message = f"{quote(name)} is called {shown} in {_others(count, 'file')} with the domain {quote(fact.key)}"
            yield Conflict(fact, others, count, message, hint, "another name for this domain")


@archive_rule("NL903", "provider-name-conflict", WARNING, _names_of_one_domain, differing=True)
def provider_name_conflict(document: Document, options: Options) -> Iterator[Fact]:
    """One provider has different names in different files.

    ## What it does
    Collects the names that go with each `provider.domain`, in articles and in their related articles. Where there are
    several, the files with the less frequent ones are reported; where no name is more frequent than another, all are.

    ## Why is this bad?
    The site groups articles by the provider's name: a mistyped one becomes a provider of its own, with one article.

    ## Example
    ```files
    2024-01-24-live-facial-recognition.md
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    2024-01-25-knife-found-in-croydon.md
    title: "Knife found in Croydon"
    originalUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    webUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    provider:
      name: Metropolitan Police
      domain: police.uk
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```

    Use instead:
    ```files
    2024-01-24-live-facial-recognition.md
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    2024-01-25-knife-found-in-croydon.md
    title: "Knife found in Croydon"
    originalUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    webUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """
    seen: set[tuple[str, str]] = set()
    for pointer, article in articles(document):
        provider = article.get("provider")
        domain = _domain(provider)
        name = provider.get("name") if isinstance(provider, dict) else None
        if domain is not None and isinstance(name, str) and name.strip() and (domain, name) not in seen:
            seen.add((domain, name))
            yield Fact(domain, (*pointer, "provider", "name"), name)


def _same_secret(group: Sequence[FiledFact]) -> Iterator[Conflict]:
    # Files that share an address are the same article, which is NL901's to tell.
    article_of = components(fact.value.split(" ") for fact in group)
    sizes = Counter(article_of)
    if len(sizes) == 1:
        return
    shown: dict[int, list[FiledFact]] = {}
    for fact, article in zip(group, article_of, strict=True):
        if article in shown or len(shown) <= MAX_RELATED:
            shown.setdefault(article, []).append(fact)
    for fact, article in zip(group, article_of, strict=True):
        others = [other for number, facts in shown.items() if number != article for other in facts[:MAX_RELATED]]
        count = len(group) - sizes[article]
        message = f"this encrypted text is that of {_others(count)}, too, with another address"
        hint = "Take the text from the generator again: each article has its own"
        yield Conflict(fact, others, count, message, hint, "the same secured")


@archive_rule("NL904", "duplicate-secured", ERROR, _same_secret, differing=True)
def duplicate_secured(document: Document, options: Options) -> Iterator[Fact]:
    """Two different articles carry the same `secured`.

    ## What it does
    Compares `secured` of every file with that of all files that have another address.

    ## Why is this bad?
    The field is encrypted for one article alone. Where two have the same, one file was made by copying the other, and
    the generator takes it for the wrong article.

    ## Example
    ```files
    2024-01-24-live-facial-recognition.md
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    2024-01-25-knife-found-in-croydon.md
    title: "Knife found in Croydon"
    originalUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    webUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```

    Use instead:
    ```files
    2024-01-24-live-facial-recognition.md
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    2024-01-25-knife-found-in-croydon.md
    title: "Knife found in Croydon"
    originalUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    webUrl: "https://news.met.police.uk/news/knife-found-in-croydon-478999"
    secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """
    secured = document.data.get("secured")
    addresses = _addresses(document)
    if isinstance(secured, str) and secured.strip() and addresses:
        yield Fact(_mark(secured), ("secured",), " ".join(addresses))
