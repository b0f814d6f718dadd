"""Scores (NL5): quality, heat and published agree with their ranges and with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newslint.finding import Repair, Replace, Violation
from newslint.rules.rule import ERROR, UNSAFE, WARNING, Option, Options, rule
from newslint.rules.values import articles, whole_number

if TYPE_CHECKING:
    from newslint.document.document import Document

_NOT_RANKED = -1


def _number(mapping: Mapping[str, Any], name: str) -> int | None:
    """Return an integer field, or None where it is absent or something else (a boolean is no number)."""
    return whole_number(mapping.get(name))


@rule(
    "NL501",
    "quality-out-of-range",
    ERROR,
    options={"quality-range": Option([0, 200], "the lowest and the highest quality")},
    replaces=("NL105",),
)
def quality_out_of_range(document: Document, options: Options) -> Iterator[Violation]:
    """A quality is outside its range.

    ## What it does
    Checks `quality` of the article and of its related articles against the option `quality-range`.

    ## Why is this bad?
    The score comes from a program; a value far outside its range is a fault in that program or a mistyped digit, and it
    moves the article to a place in the ranking that it does not deserve.

    ## Example
    ```yaml
    quality: 390
    heat: 390
    published: true
    ```

    Use instead:
    ```yaml
    quality: 39
    heat: 39
    published: false
    ```
    """
    low, high = options["quality-range"]
    for pointer, article in articles(document):
        quality = _number(article, "quality")
        if quality is not None and not low <= quality <= high:
            message = f"quality is {quality}, where {low} to {high} is expected"
            yield Violation((*pointer, "quality"), message, hint="Correct the number")


@rule(
    "NL502",
    "heat-out-of-range",
    ERROR,
    options={"heat-range": Option([0, 1000], "the lowest and the highest heat")},
    replaces=("NL105",),
)
def heat_out_of_range(document: Document, options: Options) -> Iterator[Violation]:
    """A heat is outside its range and not -1.

    ## What it does
    Checks `heat` against the option `heat-range`; -1 means that the article is not ranked.

    ## Why is this bad?
    The heat decides whether an article is published and where it stands; a value outside the range is no heat at all.

    ## Example
    ```yaml
    heat: -7
    published: false
    ```

    Use instead:
    ```yaml
    heat: -1
    published: false
    ```
    """
    low, high = options["heat-range"]
    heat = _number(document.data, "heat")
    if heat is not None and heat != _NOT_RANKED and not low <= heat <= high:
        message = f"heat is {heat}, where {low} to {high}, or -1 for not ranked, is expected"
        yield Violation(("heat",), message, hint="Correct the number, or write -1")


@rule(
    "NL503",
    "publish-threshold",
    ERROR,
    fix=UNSAFE,
    options={"threshold": Option(70, "heat at and above which an article is published")},
    silent_after=("NL502",),
)
def publish_threshold(document: Document, options: Options) -> Iterator[Violation]:
    """An article is published although its heat is too low, or is not although its heat is high enough.

    ## What it does
    Checks that `published` is `true` exactly when `heat` is at or above the option `threshold`.

    ## Why is this bad?
    One of the two fields was changed without the other: an article that should not be seen is live, or one that should
    be is not, and nobody is told.

    ## Example
    ```yaml
    quality: 39
    heat: 39
    published: true
    ```

    Use instead:
    ```yaml
    quality: 39
    heat: 39
    published: false
    ```

    ## Fix safety
    The fix makes `published` agree with `heat`. It is unsafe, because it publishes or withdraws the article, and
    because `heat` may be the field that is wrong.
    """
    heat = _number(document.data, "heat")
    published = document.data.get("published")
    threshold = options["threshold"]
    if heat is None or not isinstance(published, bool) or published == (heat >= threshold):
        return
    if published:
        message = f"published is true, but heat is {heat}, below the threshold of {threshold}"
    else:
        message = f"published is false, but heat is {heat}, at or above the threshold of {threshold}"
    right = "false" if published else "true"
    hint = f"Write published: {right}, or correct heat"
    repair = Repair(f"Set published to {right}", (Replace(("published",), not published),), safe=False)
    yield Violation(("published",), message, hint=hint, uses=(("heat",),), repair=repair)


@rule("NL504", "heat-below-quality", WARNING, silent_after=("NL501", "NL502"))
def heat_below_quality(document: Document, options: Options) -> Iterator[Violation]:
    """An article's heat is lower than its quality.

    ## What it does
    Checks that `heat` is -1 (not ranked) or at least `quality`.

    ## Why is this bad?
    Heat is quality plus what the moment adds to it. A lower heat means that one of the two was changed alone.

    ## Example
    ```yaml
    quality: 39
    heat: 20
    published: false
    ```

    Use instead:
    ```yaml
    quality: 39
    heat: 39
    published: false
    ```
    """
    heat, quality = _number(document.data, "heat"), _number(document.data, "quality")
    if heat is not None and quality is not None and heat != _NOT_RANKED and heat < quality:
        message = f"heat is {heat}, lower than quality, which is {quality}"
        hint = "Write a heat of at least the quality, or -1 for not ranked"
        yield Violation(("heat",), message, hint=hint, uses=(("quality",),))


@rule("NL505", "incomplete-scores", WARNING)
def incomplete_scores(document: Document, options: Options) -> Iterator[Violation]:
    """An article has some of quality, heat and published, but not all three.

    ## What it does
    Checks that `quality`, `heat` and `published` are all there or all absent; one finding for each that is missing.

    ## Why is this bad?
    The three are written together. Where one is lost, the site falls back to a default that nobody chose.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    quality: 39
    published: false

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```yaml
    quality: 39
    heat: 39
    published: false
    ```
    """
    names = ("quality", "heat", "published")
    present = [name for name in names if name in document.data]
    if not present or len(present) == len(names):
        return
    for name in names:
        if name not in document.data:
            have = " and ".join(present)
            message = f"{name} is missing, although {have} {'is' if len(present) == 1 else 'are'} there"
            yield Violation((name,), message, part="missing", hint=f"Add {name}, or take {have} away")
