"""NL310: which video a field names, and what happens when they are not the same."""

from __future__ import annotations

import pytest

from newslint.finding import readable_pointer
from newslint.rules.videos import video_id_mismatch
from tests.rules.articles import article, image, pointed, violations

A, B, C = "WJk-Y8LQlfE", "dQw4w9WgXcQ", "aaaaaaaaaaa"


def frame(source: str) -> str:
    return f'<iframe src="{source}" allowfullscreen></iframe>'


def video(original: str | None, *sources: str, images: list[str] | None = None) -> dict[str, object]:
    return article(
        originalUrl=original,
        type="video",
        featuredContent="".join(frame(source) for source in sources) or None,
        images=[image(url) for url in images or []],
    )


PLAYER = f"https://www.youtube.com/embed/{A}"
ADDRESSES = [
    f"https://youtube.com/watch?v={A}",
    f"https://www.youtube.com/watch?t=5&v={A}&list=x",
    f"https://m.youtube.com/watch?v={A}#t=5",
    f"https://youtu.be/{A}?t=5",
    f"https://www.youtube.com/shorts/{A}",
    f"https://www.youtube.com/live/{A}?si=x",
    f"https://www.youtube-nocookie.com/embed/{A}",
]
NAMELESS = [
    "https://www.youtube.com/@microsoft",
    "https://www.youtube.com/playlist?list=PLaaaaaaaaa",
    "https://www.youtube.com/embed/videoseries?list=PLaaaaaaaaa",
    "https://www.youtube.com/embed/live_stream?channel=UCaaaa",
    "https://www.youtube.com/watch?v=short",
    f"https://example.com/watch?v={B}",
    "https://vimeo.com/showcase/123456",
    "https://vimeo.com/user123456",
    "https://vimeo.com/",
    "nonsense",
]


@pytest.mark.parametrize("original", ADDRESSES)
def test_all_addresses_of_a_video_are_known(original: str) -> None:
    assert violations(video_id_mismatch, video(original, PLAYER)) == []
    data = video(original.replace(A, B), PLAYER)
    (found,) = violations(video_id_mismatch, data)
    assert found.message == f'featuredContent plays the video "{A}", but originalUrl names "{B}"'
    assert found.pointer == ("featuredContent",)
    assert pointed(data, found) == A


@pytest.mark.parametrize("nameless", NAMELESS)
def test_a_field_that_names_no_video_is_not_compared(nameless: str) -> None:
    assert violations(video_id_mismatch, video(nameless, PLAYER)) == []
    assert violations(video_id_mismatch, video(ADDRESSES[0], nameless)) == []


@pytest.mark.parametrize(
    ("original", "player", "same"),
    [
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?h=8272103f6e", True),
        ("https://vimeo.com/76979871/8272103f6e", "https://player.vimeo.com/video/76979871", True),
        ("https://vimeo.com/channels/staffpicks/76979871", "https://player.vimeo.com/video/76979871", True),
        ("https://vimeo.com/groups/shorts/videos/76979871", "https://player.vimeo.com/video/76979871", True),
        ("https://vimeo.com/showcase/5/video/76979871", "https://player.vimeo.com/video/76979871", True),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/1", False),
        ("https://vimeo.com/76979871", PLAYER, False),
    ],
)
def test_videos_of_vimeo(original: str, player: str, same: bool) -> None:
    assert (violations(video_id_mismatch, video(original, player)) == []) is same


@pytest.mark.parametrize(
    "picture",
    [
        f"https://i.ytimg.com/vi/{B}/maxresdefault.jpg",
        f"https://i3.ytimg.com/vi_webp/{B}/hqdefault.webp?x=1",
        f"https://img.youtube.com/vi/{B}/0.jpg",
    ],
)
def test_pictures_of_another_video(picture: str) -> None:
    data = video(ADDRESSES[0], PLAYER, images=["https://x.org/a.jpg", picture])
    (found,) = violations(video_id_mismatch, data)
    assert found.message == f'featuredContent plays the video "{A}", but images[1].url names "{B}"'
    assert [readable_pointer(other.pointer) for other in found.related] == ["images[1].url"]
    assert violations(video_id_mismatch, video(ADDRESSES[0], PLAYER, images=[picture.replace(B, A)])) == []


@pytest.mark.parametrize(
    "picture",
    [
        f"https://i.ytimg.com/an/{B}/featured.jpg",
        "https://i.ytimg.com/vi/short/0.jpg",
        f"https://yt3.ggpht.com/vi/{B}/0.jpg",
        f"https://evil.net/i.ytimg.com/vi/{B}/0.jpg",
    ],
)
def test_pictures_of_no_video(picture: str) -> None:
    assert violations(video_id_mismatch, video(ADDRESSES[0], PLAYER, images=[picture])) == []


def test_without_a_player_the_address_is_the_place() -> None:
    data = video(ADDRESSES[0], images=[f"https://i.ytimg.com/vi/{B}/0.jpg"])
    (found,) = violations(video_id_mismatch, data)
    assert found.message == f'originalUrl leads to the video "{A}", but images[0].url names "{B}"'
    assert pointed(data, found) == A


def test_pictures_alone_are_not_compared() -> None:
    images = [f"https://i.ytimg.com/vi/{A}/0.jpg", f"https://i.ytimg.com/vi/{B}/0.jpg"]
    assert violations(video_id_mismatch, video("https://police.uk/a", images=images)) == []


def test_one_of_several_players_is_enough() -> None:
    other = PLAYER.replace(A, B)
    assert violations(video_id_mismatch, video(ADDRESSES[0], other, PLAYER)) == []
    (found,) = violations(video_id_mismatch, video(f"https://youtu.be/{C}", other, PLAYER))
    assert found.message == f'featuredContent plays the video "{B}", but originalUrl names "{C}"'


def test_all_three_are_told() -> None:
    data = video(f"https://youtu.be/{B}", PLAYER, images=[f"https://i.ytimg.com/vi/{C}/0.jpg"])
    (found,) = violations(video_id_mismatch, data)
    assert found.message.endswith(f'but originalUrl names "{B}" and images[0].url names "{C}"')
    assert found.uses == (("originalUrl",), ("images", 0, "url"))


def test_browsers_take_the_first_of_two_sources() -> None:
    twice = f'<iframe src="{PLAYER}" src="{PLAYER.replace(A, B)}"></iframe>'
    assert violations(video_id_mismatch, article(originalUrl=ADDRESSES[0], featuredContent=twice)) == []
    assert len(violations(video_id_mismatch, article(originalUrl=f"https://youtu.be/{B}", featuredContent=twice))) == 1
