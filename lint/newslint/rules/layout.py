"""Layout (NL8): fields in the format's order, a file named after its title, and the fields that go with a type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newslint.finding import Pointer, Reorder, Repair, Violation
from newslint.limits import MAX_NEAR_MISSES, MAX_TEXT_LENGTH
from newslint.near import near_miss
from newslint.quote import listed, quote
from newslint.rules.filename import dated_name, slugify
from newslint.rules.rule import INFO, SAFE, WARNING, Option, Options, rule
from newslint.rules.values import articles, images
from newslint.url import URL, is_under, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_ARTICLE_ORDER = [
    *("category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl"),
    *("type", "quality", "heat", "published", "featuredContent", "provider", "topics", "images", "related", "secured"),
]
_RELATED_ORDER = [
    *("title", "excerpt", "publishedDateTime", "webUrl", "ampWebUrl", "cdnAmpWebUrl"),
    *("type", "provider", "quality", "images"),
]


@rule(
    "NL802",
    "field-order",
    INFO,
    fix=SAFE,
    options={
        "article-order": Option(_ARTICLE_ORDER, "the order of an article's fields"),
        "related-order": Option(_RELATED_ORDER, "the order of a related article's fields"),
        "provider-order": Option(["name", "domain", "images"], "the order of a provider's fields"),
        "image-order": Option(["url", "width", "height", "title", "isCached"], "the order of an image's fields"),
    },
)
def field_order(document: Document, options: Options) -> Iterator[Violation]:
    """Fields do not stand in the order that all articles have them in.

    ## What it does
    Compares the order of the fields of an article, a related article, a provider and an image with that of the format.
    Fields that the order does not name can stand anywhere. One finding for each mapping: at the first field that does
    not fit in with as many of the others as possible.

    ## Why is this bad?
    Files in one order are easy to read and to compare: a change shows as the lines that changed, and a field that is
    missing is seen at once.

    ## Example
    ```yaml
    provider:
      domain: police.uk
      name: Metropolitan Police Service
    ```

    Use instead:
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```
    """
    if document.source is None:
        return
    ranks_of = {option: _ranks(tuple(order)) for option, order in options.values.items()}
    for pointer, mapping, option in _ordered_mappings(document):
        ranks = ranks_of[option]
        ordered = list(filter(None, map(ranks.get, mapping)))
        if ordered == sorted(ordered):
            continue
        known = [name for name in mapping if name in ranks]
        in_order = _longest_run(ordered)
        first, *others = [name for index, name in enumerate(known) if index not in in_order]
        place = _expected_place(first, [known[index] for index in in_order], ranks)
        also = f" ({listed(others, 'and')} {'is' if len(others) == 1 else 'are'} out of order too)" if others else ""
        message = f"{first} is out of order: it belongs {place}{also}"
        # A merge key is no field of the data, so that no order could name it.
        can_move = pointer not in document.incomplete
        repair = (
            Repair("Put the fields in order", (Reorder(pointer, _reordered(mapping, ranks)),)) if can_move else None
        )
        yield Violation((*pointer, first), message, part="key", hint=f"Move {first} {place}", repair=repair)


def _ordered_mappings(document: Document) -> Iterator[tuple[Pointer, Mapping[str, Any], str]]:
    """Yield each mapping whose fields have an order, with the name of the option that says which."""
    for pointer, article in articles(document):
        yield pointer, article, "related-order" if pointer else "article-order"
        provider = article.get("provider")
        if isinstance(provider, dict):
            yield (*pointer, "provider"), provider, "provider-order"
    for pointer, image in images(document):
        yield pointer, image, "image-order"


@lru_cache(maxsize=64)
def _ranks(order: tuple[str, ...]) -> Mapping[str, int]:
    """Return the place of each field in an order, the first being 1."""
    return {name: rank for rank, name in enumerate(order, 1)}


def _longest_run(ranks: Sequence[int]) -> list[int]:
    """Return the indexes of a longest rising run, of several the one that keeps the earlier indexes.

    Takes time quadratic in the number of ranks, which is at most that of the fields in an order.
    """
    lengths = [1] * len(ranks)
    for index in range(len(ranks) - 2, -1, -1):
        after = [lengths[other] for other in range(index + 1, len(ranks)) if ranks[other] > ranks[index]]
        lengths[index] = 1 + max(after, default=0)
    run: list[int] = []
    wanted = max(lengths, default=0)
    for index, length in enumerate(lengths):
        if length == wanted and (not run or ranks[index] > ranks[run[-1]]):
            run.append(index)
            wanted -= 1
    return run


def _expected_place(name: str, in_order: Sequence[str], ranks: Mapping[str, int]) -> str:
    """Return where a field belongs among those that stand in order: ``after title``, or ``before`` the first."""
    before = [other for other in in_order if ranks[other] < ranks[name]]
    return f"after {before[-1]}" if before else f"before {in_order[0]}"


def _reordered(mapping: Mapping[str, Any], ranks: Mapping[str, int]) -> tuple[str, ...]:
    """Return all keys in order; one that the order does not name stays behind the one that it follows, or in front."""
    front: list[str] = []
    blocks: list[list[str]] = []
    for key in mapping:
        if key in ranks:
            blocks.append([key])
        else:
            (blocks[-1] if blocks else front).append(key)
    blocks.sort(key=lambda block: ranks[block[0]])
    return (*front, *(key for block in blocks for key in block))


@rule(
    "NL803",
    "filename-slug-mismatch",
    INFO,
    silent_after=("NL601", "NL604", "NL605", "NL606", "NL607", "NL608"),
    default=False,
)
def filename_slug_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """A file's name is not made of its article's title.

    ## What it does
    Compares the slug in a name such as `2024-01-24-live-facial-recognition.md` with the one that Jekyll's `slugify`
    makes of `title`: small letters, and a hyphen for all that is neither letter nor digit. Names that do not begin with
    a day are passed over. The rule is off unless it is selected.

    ## Why is this bad?
    The slug is the address of the page. Where a title was changed and the name was not, readers and search engines see
    the old words, and nobody finds the file by its title.

    ## Example
    ```files
    newslint.toml
    extend-select = ["NL803"]
    2024-01-24-live-facial-recognition.md
    title: "Eight people arrested in Croydon"
    ```

    Use instead:
    ```files
    newslint.toml
    extend-select = ["NL803"]
    2024-01-24-eight-people-arrested-in-croydon.md
    title: "Eight people arrested in Croydon"
    ```
    """
    named = dated_name(document.name)
    title = document.data.get("title")
    if named is None or not isinstance(title, str) or len(title) > MAX_TEXT_LENGTH:
        return
    slug = slugify(unicodedata.normalize("NFC", title))
    # Some file systems keep names in another normal form than the one they were given.
    if slug and unicodedata.normalize("NFC", named.slug) != slug:
        message = f"the file's name has the slug {quote(named.slug)}, where the title makes {quote(slug)}"
        hint = f"Rename the file to {quote(f'{named.start}{slug}{named.extension}')}, or correct the title"
        yield Violation(("title",), message, hint=hint)


@rule(
    "NL804",
    "type-field-mismatch",
    WARNING,
    options={"video-hosts": Option(["youtube.com", "youtu.be", "vimeo.com"], "hosts that only videos are on")},
    silent_after=("NL301",),
)
def type_field_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """An article lacks a field of its type, or has one of the other type.

    ## What it does
    Checks that a video has `featuredContent` and no `webUrl`, and that an article has `webUrl` and no `originalUrl` on
    one of the `video-hosts`. One finding for each of them.

    ## Why is this bad?
    Templates choose the layout by `type`: a video without its player is an empty frame, an article without `webUrl` has
    no link to read on. Or the type itself is wrong.

    ## Example
    ```yaml
    type: video
    ```

    Use instead:
    ```yaml
    type: article
    ```
    """
    data = document.data
    kind = data.get("type")
    if kind == "video":
        if _lacks(data, "featuredContent"):
            hint = "Add featuredContent with the player, or correct the type"
            yield _missing("featuredContent", "type is video, but featuredContent is missing", hint)
        if "webUrl" in data:
            message = "webUrl is there, although type is video: a video has its address in originalUrl alone"
            yield Violation(
                ("webUrl",), message, part="key", hint="Delete webUrl, or correct the type", uses=(("type",),)
            )
    elif kind == "article":
        if _lacks(data, "webUrl"):
            hint = "Add webUrl with the address of the page, or correct the type"
            yield _missing("webUrl", "type is article, but webUrl is missing", hint)
        original = data.get("originalUrl")
        url = parse_url(original) if isinstance(original, str) else None
        if isinstance(url, URL) and any(is_under(url.host, host) for host in options["video-hosts"]):
            message = f"{quote(original)} is the address of a video, but type is article"
            hint = "Write the address of the article, or type: video"
            yield Violation(("originalUrl",), message, within=url.host_range, hint=hint, uses=(("type",),))


def _missing(name: str, message: str, hint: str) -> Violation:
    return Violation((name,), message, part="missing", hint=hint, uses=(("type",),))


def _lacks(data: Mapping[str, Any], name: str) -> bool:
    """Tell whether a field is missing, and no unknown one is a misspelling of it (which is NL104's to say)."""
    if name in data:
        return False
    return near_miss(name, [key for key in data if key not in _ARTICLE_ORDER][:MAX_NEAR_MISSES]) is None
