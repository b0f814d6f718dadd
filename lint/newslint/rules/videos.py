"""Videos (NL310): the address, the player and the picture of an article belong to one video."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from newslint.address import video_id
from newslint.finding import Pointer, RelatedViolation, Violation, readable_pointer
from newslint.late import compiled_late
from newslint.limits import MAX_TEXT_LENGTH
from newslint.quote import listed, quote
from newslint.record import Record
from newslint.rules.iframes import read_embed
from newslint.rules.rule import ERROR, Options, rule
from newslint.url import URL, is_under, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_IMAGE_PATH = compiled_late(r"/(?:vi|vi_webp|an_webp|vi_lc)/([A-Za-z0-9_-]{11})/", re.ASCII)
_NO_SINGLE_VIDEO: Final = frozenset({"album", "event", "ondemand", "showcase", "user"})


class _Named(Record):
    """A video that a field names, by site and identifier, and where."""

    pointer: Pointer
    video: tuple[str, str]
    within: tuple[int, int]


@rule("NL310", "video-id-mismatch", ERROR, silent_after=("NL301",))
def video_id_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """The address, the player and the picture of an article belong to different videos.

    ## What it does
    Compares the video that `featuredContent` plays with the one that `originalUrl` leads to and with those that images
    of YouTube (`https://i.ytimg.com/vi/ID/...`) show. YouTube's addresses (`watch?v=`, `embed/`, `shorts/`, `live/`,
    `youtu.be/`) and Vimeo's are known; a field that names no video is not compared.

    ## Why is this bad?
    The reader opens one video and sees another. Mostly a file was copied, and only some of the fields were changed.

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

    featuredContent: '<iframe src="https://www.youtube.com/embed/WJk-Y8LQlfE" allowfullscreen></iframe>'

    provider:
      name: Metropolitan Police Service
      domain: police.uk

    topics:
      - AI

    images:
      - url: "https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg"
        width: 1280
        height: 720

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

    images:
      - url: "https://i.ytimg.com/vi/WJk-Y8LQlfE/maxresdefault.jpg"
        width: 1280
        height: 720

    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """
    original = _in_address(document, ("originalUrl",))
    images = _in_images(document)
    if original is None and not images:
        return
    played = _in_embed(document, ("featuredContent",))
    named = [*played, *([original] if original else [])]
    if not named:
        return
    place = named[0]
    shown = {other.video for other in played} or {place.video}
    others = [other for other in (original, *images) if other is not None and other.video not in shown]
    if not others:
        return
    verb = "plays" if played else "leads to"
    tellings = [f"{readable_pointer(other.pointer)} names {quote(other.video[1])}" for other in others]
    message = (
        f"{readable_pointer(place.pointer)} {verb} the video {quote(place.video[1])}, but {listed(tellings, 'and')}"
    )
    yield Violation(
        place.pointer,
        message,
        within=place.within,
        hint="Make all of them name the video that the article is about",
        uses=tuple(other.pointer for other in others),
        related=tuple(RelatedViolation(other.pointer, "another video") for other in others),
    )


def _in_address(document: Document, pointer: Pointer) -> _Named | None:
    """Return the video that a URL leads to, or None."""
    value = document.get(pointer)
    url = parse_url(value) if isinstance(value, str) else None
    video = _video(url) if isinstance(url, URL) else None
    return _Named(pointer, video, _place(value, video[1])) if video else None


def _in_images(document: Document) -> list[_Named]:
    """Return the videos whose pictures stand among the article's images."""
    images = document.data.get("images")
    found: list[_Named] = []
    for index, image in enumerate(images if isinstance(images, list) else ()):
        pointer: Pointer = ("images", index, "url")
        value = image.get("url") if isinstance(image, dict) else None
        if not isinstance(value, str) or not ("ytimg.com/" in value or "img.youtube.com/" in value):
            continue
        url = parse_url(value)
        if isinstance(url, URL) and (is_under(url.host, "ytimg.com") or url.host == "img.youtube.com"):
            match = _IMAGE_PATH.match(url.path)
            if match:
                found.append(_Named(pointer, ("youtube", match.group(1)), _place(value, match.group(1))))
    return found


def _in_embed(document: Document, pointer: Pointer) -> list[_Named]:
    """Return the videos that the iframes of an embed play."""
    value = document.get(pointer)
    found: list[_Named] = []
    if not isinstance(value, str) or len(value) > MAX_TEXT_LENGTH:
        return found
    for frame in read_embed(value).frames:
        for attribute in frame.attributes:
            if attribute.name != "src" or attribute.value is None:
                continue
            url = parse_url(attribute.value)
            video = _video(url) if isinstance(url, URL) else None
            if video:
                found.append(_Named(pointer, video, _place(value, video[1], attribute.value_start)))
            # Browsers take the first of two equal attributes.
            break
    return found


def _place(text: str, identifier: str, start: int = 0) -> tuple[int, int]:
    at = text.find(identifier, start)
    return (at, at + len(identifier)) if at >= 0 else (0, len(text))


def _video(url: URL) -> tuple[str, str] | None:
    """Return the site and the identifier of the one video that a URL leads to, or None."""
    if is_under(url.host, "vimeo.com"):
        steps = [step for step in url.path.split("/") if step]
        for name in ("video", "videos"):
            if name in steps:
                steps = steps[steps.index(name) + 1 :]
        numbers = [step for step in steps if step.isdecimal()]
        return ("vimeo", numbers[0]) if numbers and steps[0] not in _NO_SINGLE_VIDEO else None
    found = video_id(url)
    return ("youtube", found) if found else None
