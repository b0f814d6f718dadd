"""What many rules look at: a document's texts, URLs, images and providers, worked out once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.document.document import once
from newslint.finding import Pointer
from newslint.late import compiled_late
from newslint.record import Record
from newslint.url import URL, InvalidURL, ascii_host, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_BEYOND_TYPOGRAPHY = compiled_late("[^\0-\x7f®–—‘’“”•…™]")


class Domain(Record):
    """A provider's domain in ASCII form, as it is written, and the places that a judgment on it rests on."""

    ascii: str
    written: str
    uses: tuple[Pointer, ...]


@once
def texts(document: Document) -> Sequence[tuple[Pointer, str]]:
    """Return every text for people."""
    return [(pointer, value) for pointer, value in document.fields("text") if isinstance(value, str)]


@once
def odd_texts(document: Document) -> Sequence[tuple[Pointer, str]]:
    """Return the texts for people that a rule about characters may find something in: few, as a rule."""
    return [(pointer, text) for pointer, text in texts(document) if not is_plain(text)]


def is_plain(text: str) -> bool:
    """Tell, as quickly as can be, whether a text is nothing but words with a space between each two of them.

    It has no character but those of ASCII and the usual typographic ones, and none that begins a tag or a character
    reference.
    """
    return (
        text.isprintable()
        and "  " not in text
        and "&" not in text
        and "<" not in text
        and not text.startswith(" ")
        and not text.endswith(" ")
        and (text.isascii() or not _BEYOND_TYPOGRAPHY.search(text))
    )


@once
def _parsed_urls(document: Document) -> Sequence[tuple[Pointer, str, URL | InvalidURL]]:
    return [(pointer, value, parse_url(value)) for pointer, value in document.fields("uri") if isinstance(value, str)]


@once
def urls(document: Document) -> Sequence[tuple[Pointer, str, URL]]:
    """Return every field of format ``uri`` that is a valid URL, as it is written and in its parts."""
    return [(pointer, text, url) for pointer, text, url in _parsed_urls(document) if isinstance(url, URL)]


@once
def invalid_urls(document: Document) -> Sequence[tuple[Pointer, str, InvalidURL]]:
    """Return every field of format ``uri`` that is a text and no valid URL, and why it is none."""
    return [(pointer, text, url) for pointer, text, url in _parsed_urls(document) if isinstance(url, InvalidURL)]


@once
def images(document: Document) -> Sequence[tuple[Pointer, Mapping[str, Any]]]:
    """Return every image that is a mapping."""
    return [(pointer, value) for pointer, value in document.fields("image") if isinstance(value, dict)]


@once
def articles(document: Document) -> Sequence[tuple[Pointer, Mapping[str, Any]]]:
    """Return the article itself and each related one."""
    related = document.data.get("related")
    items = enumerate(related) if isinstance(related, list) else ()
    return [((), document.data), *((("related", index), item) for index, item in items if isinstance(item, dict))]


@once
def articles_with_domain(document: Document) -> Sequence[tuple[Pointer, Mapping[str, Any], Domain]]:
    """Return the article and the related ones whose provider has a domain that is a host name, each with that."""
    found: list[tuple[Pointer, Mapping[str, Any], Domain]] = []
    for pointer, article in articles(document):
        provider = article.get("provider")
        written = provider.get("domain") if isinstance(provider, dict) else None
        if isinstance(written, str) and (encoded := ascii_host(written)) is not None:
            uses = ((*pointer, "provider", "domain"), (*pointer, "provider"))
            found.append((pointer, article, Domain(encoded, written, uses)))
    return found


def whole_number(value: object) -> int | None:
    """Return a value that JSON Schema calls an integer (300.0 is one, too), or None for any other."""
    # A boolean is an int for Python, but of another type.
    if type(value) is int:
        return value
    return int(value) if isinstance(value, float) and value.is_integer() else None


def article_url(article: Mapping[str, Any], name: str) -> URL | None:
    """Return a field of an article as a URL, or None where it is absent or no valid one."""
    value = article.get(name)
    url = parse_url(value) if isinstance(value, str) else None
    return url if isinstance(url, URL) else None
