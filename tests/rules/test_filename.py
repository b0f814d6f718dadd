"""File names and slugs: Jekyll's own examples, and letters beyond ASCII."""

from __future__ import annotations

from datetime import date

import pytest

from newslint.rules.filename import DatedName, dated_name, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        # From Jekyll's documentation and tests of slugify.
        ("The _config.yml file", "the-config-yml-file"),
        ("Working with drafts", "working-with-drafts"),
        ("Basic   Usage", "basic-usage"),
        ("Working - with drafts", "working-with-drafts"),
        ("So what is Jekyll, exactly?", "so-what-is-jekyll-exactly"),
        ("Pre-releases", "pre-releases"),
        ("5時〜6時 三-一四", "5時-6時-三-一四"),
        ("Qu'entend-on par Jekyll?", "qu-entend-on-par-jekyll"),
        ("  -Trailing and leading-  ", "trailing-and-leading"),
        ("Été 2024", "été-2024"),
        ("हिन्दी", "हिन्दी"),
        ("½ Ⅷ ² ²³", ""),
        ("٣ apples", "٣-apples"),
        ("ΟΔΟΣ", "οδοσ"),
        ("İstanbul", "i\u0307stanbul"),
        ("", ""),
        ("!?", ""),
    ],
)
def test_slugs_are_jekylls(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("2024-01-24-a-b.md", DatedName(date(2024, 1, 24), "2024-01-24-", "a-b", ".md")),
        ("2024-02-29-v1.2.markdown", DatedName(date(2024, 2, 29), "2024-02-29-", "v1.2", ".markdown")),
        ("0001-01-01-x.y", DatedName(date(1, 1, 1), "0001-01-01-", "x", ".y")),
    ],
)
def test_a_dated_name_is_taken_apart(name: str, parts: DatedName) -> None:
    assert dated_name(name) == parts


@pytest.mark.parametrize(
    "name",
    [
        *("", "<stdin>", "article.md", "2024-01-24.md", "2024-01-24-.md", "2024-01-24-x", "2024-01-24-x."),
        *(
            "2023-02-29-x.md",
            "2024-13-01-x.md",
            "2024-00-01-x.md",
            "0000-01-01-x.md",
            "24-01-24-x.md",
            "2024-1-24-x.md",
        ),
        *("x-2024-01-24-x.md", "2024_01_24_x.md", "20240124-x.md", "２０２４-01-24-x.md"),
    ],
)
def test_what_begins_with_no_day_says_nothing(name: str) -> None:
    assert dated_name(name) is None
