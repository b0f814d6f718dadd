"""What looks like an article among found files: by its text, so that broken YAML and a lost fence hide none."""

from __future__ import annotations

import pytest

from newslint.run.recognition import looks_like_article
from newslint.schema.schema import article_schema
from tests.conftest import BASE

REQUIRED = article_schema().required
HALF = "title: a\nexcerpt: b\ntype: c\ncategory: d\ntopics:\n"


def _looks(text: str | bytes, required: tuple[str, ...] = REQUIRED) -> bool:
    return looks_like_article(text if isinstance(text, bytes) else text.encode(), required)


def test_half_of_the_nine_required_fields_makes_an_article() -> None:
    assert len(REQUIRED) == 9
    assert _looks(HALF)
    assert not _looks(HALF.replace("topics:\n", ""))


@pytest.mark.parametrize(
    "text",
    [
        BASE.removeprefix("---\n"),
        BASE.removesuffix("---\n"),
        BASE.replace("provider:", "provider: ["),
        BASE.replace("\n", "\r\n"),
        BASE.replace("\n", "\r"),
        "\n" + BASE,
        "\ufeff" + BASE.removeprefix("---\n"),
        HALF.replace(":", " :"),
        HALF.replace("title", '"title"').replace("type", "'type'"),
        HALF.replace(": ", ":"),
    ],
    ids=["no opening", "no closing", "broken", "CRLF", "CR", "blank first", "BOM", "blank", "quotes", "no blank"],
)
def test_a_fault_hides_no_article(text: str) -> None:
    assert _looks(text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_hides_no_article(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert _looks(mark + BASE.encode(encoding))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A page\n\n---\n\nThe title: of a page.\n",
        "".join(f"  {line}\n" for line in HALF.splitlines()),
        HALF.replace(":", ""),
        HALF.upper(),
        "titles: a\nexcerpts: b\ntypes: c\ncategories: d\ntopic: e\n",
        "title: a\n" * 9,
    ],
    ids=["empty", "page", "indented", "no colon", "upper case", "other names", "one field again and again"],
)
def test_what_is_no_article(text: str) -> None:
    assert not _looks(text)


def test_only_the_first_60_lines_count() -> None:
    assert _looks("\n" * 55 + HALF)
    assert not _looks("\n" * 56 + HALF)


def test_a_name_that_begins_another_one_is_not_taken_for_it() -> None:
    assert _looks("titleLong: a\n", ("title", "titleLong"))
    assert not _looks("titleLong: a\n", ("title", "x", "y"))


def test_a_schema_that_requires_nothing_recognises_nothing() -> None:
    assert not _looks(BASE, ())


def test_a_long_line_is_looked_at_in_one_go() -> None:
    assert not _looks("title" + " " * 1_000_000)
    assert not _looks("'" + " \t" * 500_000)
