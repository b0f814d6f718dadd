"""Images (NL4): width and height are those of an image that can be shown with an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newslint.finding import Pointer, Violation
from newslint.rules.rule import ERROR, WARNING, Option, Options, rule
from newslint.rules.values import images, whole_number

if TYPE_CHECKING:
    from newslint.document.document import Document


def side_of(image: Mapping[str, Any], name: str) -> int | None:
    """Return a side of an image in pixels, or None where it is absent or no whole number."""
    return whole_number(image.get(name))


def _is_logo(pointer: Pointer) -> bool:
    """Tell whether an image belongs to a provider: it is then a logo, which is small by nature."""
    return "provider" in pointer


@rule(
    "NL401",
    "image-dimensions",
    ERROR,
    options={"max-side": Option(20000, "the longest side that an image can have, in pixels")},
    replaces=("NL105",),
)
def image_dimensions(document: Document, options: Options) -> Iterator[Violation]:
    """An image's width or height is no size that an image can have.

    ## What it does
    Checks that `width` and `height` of every image are within 1 and the option `max-side`.

    ## Why is this bad?
    A width or height of 0 comes from a program that could not measure the image. The page then reserves no room for it,
    divides by zero when it works out the ratio, or shows nothing.

    ## Example
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 0
        height: 0
        isCached: true
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
        isCached: true
    ```
    """
    longest = options["max-side"]
    for pointer, image in images(document):
        for name in ("width", "height"):
            side = side_of(image, name)
            if side is not None and not 1 <= side <= longest:
                message = f"{name} is {side}, where 1 to {longest} pixels are expected"
                yield Violation(
                    (*pointer, name), message, hint="Write the real size of the image, or take the image away"
                )


@rule(
    "NL402",
    "image-too-small",
    WARNING,
    options={
        "min-width": Option(64, "the least width of an article's image, in pixels"),
        "min-height": Option(64, "the least height of an article's image, in pixels"),
        "logo-min-width": Option(16, "the least width of a provider's logo, in pixels"),
        "logo-min-height": Option(16, "the least height of a provider's logo, in pixels"),
    },
    silent_after=("NL401", "NL404"),
)
def image_too_small(document: Document, options: Options) -> Iterator[Violation]:
    """An image is too small to be shown with an article.

    ## What it does
    Checks every image against the least width and height; a provider's logo has a minimum of its own.

    ## Why is this bad?
    An image of 1x1 is a tracking pixel that a scraper took for the article's image, and one of 32x32 an icon; stretched
    to the width of a page both are an ugly surprise.

    ## Example
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/pixel.gif"
        width: 1
        height: 1
        isCached: true
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
        isCached: true
    ```
    """
    for pointer, image in images(document):
        width, height = side_of(image, "width"), side_of(image, "height")
        prefix, what = ("logo-", "a logo") if _is_logo(pointer) else ("", "an image")
        least_width, least_height = options[f"{prefix}min-width"], options[f"{prefix}min-height"]
        if width is None or height is None or (width >= least_width and height >= least_height):
            continue
        place = "width" if width < least_width else "height"
        message = (
            f"the image is {width}x{height} pixels, where {what} of at least {least_width}x{least_height} is expected"
        )
        uses = (pointer, (*pointer, "width"), (*pointer, "height"))
        hint = "Replace the image by a larger one, or take it away"
        yield Violation((*pointer, place), message, hint=hint, uses=uses)


@rule(
    "NL403",
    "extreme-aspect-ratio",
    WARNING,
    options={"max-ratio": Option(4, "how many times as long as the other a side of an image may be")},
    silent_after=("NL401", "NL404"),
)
def extreme_aspect_ratio(document: Document, options: Options) -> Iterator[Violation]:
    """An image is many times as wide as it is high, or as high as it is wide.

    ## What it does
    Checks that no side of an image is more than `max-ratio` (4) times as long as the other.

    ## Why is this bad?
    Such an image is a banner, a menu or a divider that a scraper took for the article's image; cut to the shape of the
    page, nothing of it can be recognised.

    ## Example
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/banner.jpg"
        width: 1456
        height: 180
        isCached: true
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://ichef.bbci.co.uk/news/branded_news/production/image.jpg"
        width: 1024
        height: 576
        isCached: true
    ```
    """
    longest = options["max-ratio"]
    for pointer, image in images(document):
        width, height = side_of(image, "width"), side_of(image, "height")
        if width is None or height is None or width < 1 or height < 1:
            continue
        if width <= longest * height and height <= longest * width:
            continue
        place = "width" if width > height else "height"
        message = f"the image is {width}x{height} pixels, where a shape from {longest}:1 to 1:{longest} is expected"
        uses = (pointer, (*pointer, "width"), (*pointer, "height"))
        hint = "Replace the image by one of an ordinary shape, or take it away"
        yield Violation((*pointer, place), message, hint=hint, uses=uses)
