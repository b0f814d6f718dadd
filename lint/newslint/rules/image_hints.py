"""Hints in the addresses of images (NL404): what a URL says of an image's size, and whether that can be so.

Such numbers are hints, not facts: they may be the size of the original, of a box that the image was fitted into, or
half of it for screens with more pixels. So an image is at odds with its URL only where no hint in it explains the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newslint.finding import RelatedViolation, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_URL_LENGTH
from newslint.quote import listed
from newslint.record import Record
from newslint.rules.images import side_of
from newslint.rules.rule import WARNING, Options, rule
from newslint.rules.values import images

if TYPE_CHECKING:
    from newslint.document.document import Document

_MAYBE = compiled_late(r"\d[xX]\d|[?&;/,](?:w|h|ar|width|height|resize|fit|size)[=_]")
_LEAST = 50
"""A smaller number is no size but a ratio (``16x9``), a count or a version."""

_AFTER_SIZE = (
    r"(?:[-_@.](?:\d+x?|v\d+|large|medium|small|thumb(?:nail)?|scaled|crop(?:ped)?|resized?))*(?:\.[a-z]{2,5})?\Z"
)
_PAIR = compiled_late(rf"(?<![a-z0-9])(\d{{2,5}})x(\d{{2,5}})(?={_AFTER_SIZE})", re.ASCII | re.IGNORECASE)
_TWO_NUMBERS = compiled_late(r"(\d{2,5})[,x](\d{2,5})", re.ASCII | re.IGNORECASE)
_WORD = compiled_late(r"(w|h|ar|dpr|zoom|width|height|resize|fit|size)[_=](.+)", re.IGNORECASE | re.DOTALL)
_SHORT = {"width": "w", "height": "h", "zoom": "dpr"}
_RATIO = compiled_late(r"([1-9]\d{0,3}):([1-9]\d{0,3})", re.ASCII)
_WHOLE = compiled_late(r"\d{1,5}", re.ASCII)
_NUMBER = compiled_late(r"\d{1,5}(?:\.\d{1,3})?", re.ASCII)


class Hint(Record):
    """What a URL says of an image: a width, a height (pixels), a ratio, and how it says it."""

    text: str
    width: int | None = None
    height: int | None = None
    ratio: tuple[int, int] | None = None

    def explains(self, width: int, height: int) -> bool:
        """Tell whether an image of this size can come of it: the same size, a scaling of it, or one that fits in.

        Each side may be off by one pixel, for rounding. A ratio stands above the sides given with it.
        """
        if self.ratio is not None:
            return abs(width * self.ratio[1] - height * self.ratio[0]) <= sum(self.ratio)
        fits = (self.width is None or width <= self.width + 1) and (self.height is None or height <= self.height + 1)
        if fits or self.width is None or self.height is None:
            return fits
        return abs(width * self.height - height * self.width) <= width + height + self.width + self.height


@rule("NL404", "dimension-hint-mismatch", WARNING, silent_after=("NL301", "NL401"))
def dimension_hint_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """An image has another size than its URL says.

    ## What it does
    Looks for a size in the URL of every image: at the end of a file name or of a folder (`photo-630x355.jpg`, of
    several in one name the last), in the words of image servers (`w_1782`, `ar_16:9`) and in parameters
    (`?w=630&h=355`). The width and the height given must be that size, a scaling of it, or one that fits in it; a width
    or a height that the URL gives alone is the most that the image can have. One explanation is enough.

    ## Why is this bad?
    One of the two was changed without the other, or the numbers are those of another picture. The page then reserves
    the wrong room for the image and jumps when it comes, or shows it stretched.

    ## Example
    ```yaml
    images:
      - url: "https://cdn.geekwire.com/wp-content/uploads/2020/09/Satya-Nadella-1000x563-1-630x355.jpg"
        width: 355
        height: 630
        isCached: true
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://cdn.geekwire.com/wp-content/uploads/2020/09/Satya-Nadella-1000x563-1-630x355.jpg"
        width: 630
        height: 355
        isCached: true
    ```
    """
    for pointer, image in images(document):
        url, width, height = image.get("url"), side_of(image, "width"), side_of(image, "height")
        if not isinstance(url, str) or width is None or height is None or width < 1 or height < 1:
            continue
        if len(url) > MAX_URL_LENGTH:
            continue
        hints = size_hints(url)
        if not hints or any(hint.explains(width, height) for hint in hints):
            continue
        stated = listed(list(dict.fromkeys(hint.text for hint in hints)))
        place = "height" if any(hint.width == width for hint in hints) else "width"
        yield Violation(
            (*pointer, place),
            f"the image is {width}x{height} pixels, but its URL states {stated}, which cannot give this size",
            hint="Write the real width and height, or the URL of the image that has these",
            uses=(pointer, (*pointer, "url"), (*pointer, "width"), (*pointer, "height")),
            related=(RelatedViolation((*pointer, "url"), f"the URL that states {stated}"),),
        )


@lru_cache(maxsize=1024)
def size_hints(url: str) -> tuple[Hint, ...]:
    """Return what a URL says of the size of its image, each of which may be true."""
    may_state = ("x" in url or "X" in url or "=" in url or "_" in url) and _MAYBE.search(url)
    return tuple(_hints(url)) if may_state else ()


def _hints(url: str) -> Iterator[Hint]:
    address, _, query = url.partition("#")[0].partition("?")
    for segment in address.split("/")[3:]:
        if "," in segment or "=" in segment or segment.startswith(("w_", "h_", "ar_")):
            yield from _from_words(re.split(r"[,&]", segment))
        yield from _from_name(segment)
    if query:
        parts = [part.removeprefix("amp;") for part in query.split("&")]
        yield from _from_words([part for part in parts if "=" in part])
        for part in parts:
            yield from _from_name(part.partition("=")[2])


def _from_name(segment: str) -> Iterator[Hint]:
    """Yield the size at the end of a name."""
    pair = _PAIR.search(segment)
    if pair and int(pair.group(1)) >= _LEAST and int(pair.group(2)) >= _LEAST:
        yield Hint(f"{pair.group(1)}x{pair.group(2)}", int(pair.group(1)), int(pair.group(2)))


def _from_words(words: list[str]) -> Iterator[Hint]:
    """Yield the size that parameters, or the words of an image server, ask for."""
    told: dict[str, str] = {}
    values: dict[str, str] = {}
    for word in words:
        if match := _WORD.fullmatch(word):
            name = _SHORT.get(match.group(1).lower(), match.group(1).lower())
            told[name], values[name] = word, unquote(match.group(2), errors="replace")
    for name in ("resize", "fit", "size"):
        if pair := _TWO_NUMBERS.fullmatch(values.get(name, "")):
            yield Hint(told[name], int(pair.group(1)), int(pair.group(2)))
    density = values.get("dpr", "1")
    width, height = _pixels(values.get("w", ""), density), _pixels(values.get("h", ""), density)
    text = ",".join(told[name] for name in ("w", "h", "ar") if name in told)
    ratio = _RATIO.fullmatch(values.get("ar", ""))
    if ratio:
        yield Hint(text, width, height, (int(ratio.group(1)), int(ratio.group(2))))
    elif (width and height) or ((width or height) and _NUMBER.fullmatch(density)):
        yield Hint(text, width, height)


def _pixels(value: str, density: str) -> int | None:
    """Return a side in pixels of the screen, or None where it is absent, relative (``0.5``) or no size."""
    if not _WHOLE.fullmatch(value) or int(value) < _LEAST:
        return None
    return round(int(value) * float(density)) if _NUMBER.fullmatch(density) else int(value)
