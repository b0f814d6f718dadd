"""NL401, NL402 and NL403: sizes that an image can have, and that can be shown."""

from __future__ import annotations

import pytest

from newslint.rules.images import extreme_aspect_ratio, image_dimensions, image_too_small
from tests.conftest import brief, lint, with_fields
from tests.rules.articles import article, image, places

URL = "https://x.org/a.jpg"
HINTED = "https://x.org/a-640x360.jpg"


def sized(width: int, height: int) -> dict[str, object]:
    return article(images=[image(URL, width, height)])


@pytest.mark.parametrize(
    ("width", "height", "fields"),
    [
        (1, 1, []),
        (20000, 20000, []),
        (0, 5, ["images[0].width"]),
        (5, -1, ["images[0].height"]),
        (20001, 20001, ["images[0].width", "images[0].height"]),
    ],
)
def test_sides_within_their_bounds(width: int, height: int, fields: list[str]) -> None:
    assert places(image_dimensions, sized(width, height)) == fields


@pytest.mark.parametrize(
    ("width", "height", "fields"),
    [
        (64, 64, []),
        (63, 64, ["images[0].width"]),
        (64, 63, ["images[0].height"]),
        (1, 1, ["images[0].width"]),
    ],
)
def test_images_large_enough(width: int, height: int, fields: list[str]) -> None:
    assert places(image_too_small, sized(width, height)) == fields


def test_a_logo_has_a_minimum_of_its_own() -> None:
    logos = [image(URL, 16, 16), image(URL, 15, 16)]
    data = article(provider={"name": "X", "domain": "x.org", "images": logos})
    assert places(image_too_small, data) == ["provider.images[1].width"]
    assert places(image_too_small, data, logo_min_width=10) == []
    assert places(image_too_small, sized(16, 16), min_width=16, min_height=16) == []


@pytest.mark.parametrize(
    ("width", "height", "fields"),
    [
        (400, 100, []),
        (401, 100, ["images[0].width"]),
        (100, 400, []),
        (100, 401, ["images[0].height"]),
        (1, 0, []),
        (-500, 1, []),
        (100, 100, []),
    ],
)
def test_shapes(width: int, height: int, fields: list[str]) -> None:
    assert places(extreme_aspect_ratio, sized(width, height)) == fields


def test_the_longest_shape_is_the_users() -> None:
    assert places(extreme_aspect_ratio, sized(300, 100), max_ratio=2) == ["images[0].width"]
    assert places(extreme_aspect_ratio, sized(1000, 100), max_ratio=10) == []


@pytest.mark.parametrize(
    ("url", "width", "height", "findings"),
    [
        (URL, 0, 10, ["23:12-23:13 NL401 /images/0/width"]),
        (URL, 300, 10, ["23:12-23:15 NL403 /images/0/width", "24:13-24:15 NL402 /images/0/height"]),
        (HINTED, 10, 300, ["23:12-23:14 NL402 /images/0/width", "24:13-24:16 NL403 /images/0/height"]),
        (HINTED, 10, 400, ["23:12-23:14 NL404 /images/0/width"]),
        (HINTED, 0, 400, ["23:12-23:13 NL401 /images/0/width"]),
        (HINTED, 30000, 400, ["23:12-23:17 NL401 /images/0/width"]),
    ],
)  # fmt: skip
def test_one_fault_is_one_finding(url: str, width: int, height: int, findings: list[str]) -> None:
    text = with_fields(f'images:\n  - url: "{url}"\n    width: {width}\n    height: {height}\n')
    assert brief(lint(text)) == findings
