"""NL404: what a URL says of an image's size, and the sizes that cannot come of it."""

from __future__ import annotations

import re

import pytest

from newslint.rules.image_hints import dimension_hint_mismatch, size_hints
from tests.conftest import CORPUS, needs_corpus
from tests.rules.articles import article, image, places, violations

HOST = "https://cdn.example.com"


def judged(url: str, width: int, height: int) -> list[str]:
    return places(dimension_hint_mismatch, article(images=[image(url, width, height)]))


@pytest.mark.parametrize(
    ("path", "hints"),
    [
        ("/photo.jpg", []),
        ("/photo-630x355.jpg", [(630, 355)]),
        ("/photo_630X355.JPG", [(630, 355)]),
        ("/630x355.jpg", [(630, 355)]),
        ("/630x355", [(630, 355)]),
        ("/photo-1000x563-1-630x355.jpg", [(630, 355)]),
        ("/photo_2400x1600-100788531-large.jpg", [(2400, 1600)]),
        ("/photo-630x355@2x.png", [(630, 355)]),
        ("/images/800x800/dimg/x.jpg", [(800, 800)]),
        ("/resize/1200x630/photo-500x500.jpg", [(1200, 630), (500, 500)]),
        ("/w_1782/x", [(1782, None)]),
        ("/h_600,c_fill/x", [(None, 600)]),
        ("/c_fill,w_800,h_600/x", [(800, 600)]),
        ("/cdn-cgi/image/width=800,height=600/x.jpg", [(800, 600)]),
        ("/x.jpg?w=630&h=355", [(630, 355)]),
        ("/x.jpg?width=630&amp;height=355#w=1", [(630, 355)]),
        ("/x.jpg?resize=620%2C497&#038;ssl=1", [(620, 497)]),
        ("/x.jpg?fit=1200,800", [(1200, 800)]),
        ("/x.jpg?size=300x200", [(300, 200), (300, 200)]),
        ("/x.jpg?w=300&dpr=2", [(600, None)]),
        ("/x.jpg?w=300&zoom=1.5", [(450, None)]),
        ("/x.jpg?url=https%3A%2F%2Fy.org%2Fa-640x360.jpg", [(640, 360)]),
        ("/photo_16x9.jpg", []),
        ("/10x12-tips.jpg", []),
        ("/640x480-was-enough.jpg", []),
        ("/a640x480.jpg", []),
        ("/id12x34ab.jpg", []),
        ("/news/1024/branded_news/x.jpg", []),
        ("/x.jpg?w=auto&h=0.5", []),
        ("/w_auto,dpr_auto/x", []),
        ("/w_300,dpr_auto/x", []),
        ("/x_w_300.jpg", []),
        ("/x.jpg?w=12&h=8", []),
        ("/x.jpg?show=300&width_px=5", []),
        ("/x.jpg?w=３００", []),
    ],
)  # fmt: skip
def test_what_a_url_says(path: str, hints: list[tuple[int | None, int | None]]) -> None:
    assert [(hint.width, hint.height) for hint in size_hints(HOST + path)] == hints


def test_a_ratio_is_a_hint_too() -> None:
    (hint,) = size_hints(f"{HOST}/ar_16:9,c_fill,w_1782/x")
    assert hint.ratio == (16, 9)
    assert hint.text == "w_1782,ar_16:9"
    assert [hint.ratio for hint in size_hints(f"{HOST}/x?ar=4:3")] == [(4, 3)]
    assert [hint.ratio for hint in size_hints(f"{HOST}/x?ar=0:3")] == []


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [
        # The traps of the format: the last pair, the same ratio, a box, rounding.
        ("/Satya-Nadella-1000x563-1-630x355.jpg", 630, 355),
        ("/electrical_2400x1600-100788531-large.jpg", 1200, 800),
        ("/images/800x800/dimg/x.jpg", 800, 533),
        ("/ar_16:9,c_fill,dpr_auto,w_1782/x", 1782, 1002),
        ("/ar_16:9,c_fill,dpr_auto,w_1782/x", 3564, 2005),
        ("/news/1024/branded_news/x.jpg", 1024, 576),
        # Equal, smaller, fitted in, scaled up for more pixels.
        ("/a-630x355.jpg", 315, 178),
        ("/a-630x355.jpg", 1260, 710),
        ("/a-630x355.jpg", 1000, 563),
        ("/a-630x355.jpg", 630, 200),
        ("/a-630x355.jpg", 355, 355),
        ("/a-630x355.jpg", 631, 356),
        ("/w_1782/x", 1782, 9000),
        ("/w_1782/x", 200, 9000),
        ("/x.jpg?h=600", 9000, 600),
        ("/x.jpg?w=300&dpr=2", 600, 800),
        # One explanation is enough.
        ("/resize/1200x630/photo-500x500.jpg", 1200, 630),
        ("/photo-500x500.jpg?w=1200", 1200, 630),
    ],
)
def test_sizes_that_can_come_of_it(path: str, width: int, height: int) -> None:
    assert judged(HOST + path, width, height) == []


@pytest.mark.parametrize(
    ("path", "width", "height", "field"),
    [
        ("/a-630x355.jpg", 355, 630, "width"),
        ("/a-630x355.jpg", 630, 630, "height"),
        ("/a-630x355.jpg", 800, 600, "width"),
        ("/a-630x355.jpg", 6300, 355, "width"),
        ("/Satya-Nadella-1000x563-1-630x355.jpg", 900, 500 + 100, "width"),
        ("/images/800x800/x.jpg", 800, 1200, "height"),
        ("/w_1782/x", 1784, 1002, "width"),
        ("/x.jpg?h=600", 800, 700, "width"),
        ("/x.jpg?w=630&h=355", 800, 800, "width"),
        ("/ar_16:9,c_fill,dpr_auto,w_1782/x", 1002, 1782, "width"),
        ("/ar_16:9,c_fill,w_1782/x", 1782, 1782, "height"),
        ("/resize/1200x630/photo-500x500.jpg", 1200, 900, "height"),
    ],
)
def test_sizes_that_cannot(path: str, width: int, height: int, field: str) -> None:
    assert judged(HOST + path, width, height) == [f"images[0].{field}"]


def test_the_message_tells_both() -> None:
    data = article(images=[image(f"{HOST}/a-630x355.jpg?w=100", 800, 600)])
    (found,) = violations(dimension_hint_mismatch, data)
    assert (
        found.message == "the image is 800x600 pixels, but its URL states 630x355 or w=100, which cannot give this size"
    )
    assert found.related[0].pointer == ("images", 0, "url")


@pytest.mark.parametrize(("width", "height"), [(0, 100), (100, -1), (True, 100)])
def test_what_is_no_size_is_not_judged(width: int, height: int) -> None:
    assert judged(f"{HOST}/a-630x355.jpg", width, height) == []


def test_long_urls_are_read_quickly() -> None:
    for piece in ("-99x99", "99x", "-1", "w_99,", "&w=99", "/99x99", "-99x99-large", "_v1"):
        url = f"{HOST}/{piece * (8_000 // len(piece))}?{piece * 5}"
        # What matters is that each comes back; a hint read out of such a URL is a finding, and no more than one.
        assert len(judged(url, 5, 5_000)) <= 1, piece


IMAGE = re.compile(r'- url: "([^"]+)"\n +width: (\d+)\n +height: (\d+)\n')


@needs_corpus
def test_real_images_are_as_their_urls_say() -> None:
    files = [CORPUS / "seed.txt", *sorted((CORPUS / "_news").iterdir())]
    found = [match for file in files for match in IMAGE.findall(file.read_text("utf-8"))]
    assert len(found) > 1_000
    assert [image for image in found if judged(image[0], int(image[1]), int(image[2]))] == []
    hinted = [image for image in found if list(size_hints(image[0]))]
    turned = [image for image in hinted if judged(image[0], int(image[2]), int(image[1]))]
    assert len({image[0] for image in turned}) > 30, "turned by a quarter, many must be told"
