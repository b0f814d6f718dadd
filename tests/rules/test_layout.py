"""Layout: the order of fields and the repair that restores it, names and slugs, fields and types."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import frontmatter
import pytest

from newslint import lint_post
from newslint.finding import Reorder, Violation
from newslint.rules.layout import field_order
from newslint.rules.selection import Layer
from newslint.schema.files import packaged_schema
from tests.conftest import BASE, CORPUS, lint, needs_corpus, with_fields
from tests.rules.spoken import spoken

VIDEO = "https://youtube.com/watch?v=WJk-Y8LQlfE"
NAMES = field_order.options["article-order"].default


def keys(violation: Violation) -> tuple[str, ...]:
    """Return the order that a repair makes."""
    assert violation.repair is not None
    (change,) = violation.repair.changes
    assert isinstance(change, Reorder)
    assert change.pointer == violation.pointer[:-1]
    return change.keys


def in_order(*names: str) -> list[Violation]:
    return spoken("NL802", "---\n" + "".join(f"{name}: x\n" for name in names) + "---\n")


def test_the_orders_are_those_of_the_schema() -> None:
    schema = json.loads(packaged_schema("article"))
    places = {
        "article-order": schema,
        "related-order": schema["$defs"]["relatedArticle"],
        "provider-order": schema["$defs"]["provider"],
        "image-order": schema["$defs"]["image"],
    }
    for option, place in places.items():
        assert field_order.options[option].default == [name for name in place["properties"] if name != "removed"]


@pytest.mark.parametrize(
    ("written", "first", "message", "order"),
    [
        ("title category", "category", "category is out of order: it belongs before title", "category title"),
        (
            "category excerpt title",
            "title",
            "title is out of order: it belongs after category",
            "category title excerpt",
        ),
        (
            "secured category title",
            "secured",
            "secured is out of order: it belongs after title",
            "category title secured",
        ),
        (
            "category type title heat excerpt secured",
            "title",
            "title is out of order: it belongs after category (excerpt is out of order too)",
            "category title excerpt type heat secured",
        ),
        (
            "secured related images topics",
            "related",
            "related is out of order: it belongs before secured (images and topics are out of order too)",
            "topics images related secured",
        ),
        ("title x category y", "category", "category is out of order: it belongs before title", "category y title x"),
        (
            "x title y category z",
            "category",
            "category is out of order: it belongs before title",
            "x category z title y",
        ),
    ],
)
def test_fields_out_of_order(written: str, first: str, message: str, order: str) -> None:
    (violation,) = in_order(*written.split())
    assert (violation.pointer, violation.part, violation.message) == ((first,), "key", message)
    assert violation.hint == message.replace(f"{first} is out of order: it belongs", f"Move {first}").split(" (")[0]
    assert keys(violation) == tuple(order.split())
    assert violation.repair is not None
    assert violation.repair.safe


@pytest.mark.parametrize(
    "written", ["", "x", "y x", "title", "category title secured", "removed category x title y", "title x"]
)
def test_fields_in_order_and_unknown_ones_anywhere(written: str) -> None:
    assert in_order(*written.split()) == []


def test_every_order_of_four_fields_is_mended_at_once_and_few_fields_are_named() -> None:
    names = ("category", "title", "type", "secured")
    for order in itertools.permutations(names):
        found = in_order(*order)
        if order == names:
            assert found == []
            continue
        (violation,) = found
        assert keys(violation) == names
        others = re.search(r"\((.*) (?:is|are) out of order too\)$", violation.message)
        named = {str(violation.pointer[0]), *(re.split(", | and ", others[1]) if others else ())}
        left = [name for name in order if name not in named]
        assert left == [name for name in names if name in left], order
        assert len(left) == max(
            size
            for size in range(1, 4)
            for some in itertools.combinations(order, size)
            if list(some) == sorted(some, key=names.index)
        )


def test_each_mapping_is_judged_by_its_own_order() -> None:
    text = with_fields(
        "provider:\n  images:\n    - {height: 50, width: 50, url: x}\n  domain: police.uk\n  name: Met\n"
        "images:\n  - width: 5\n    title: x\n    url: y\n  - 5\n"
        "related:\n  - 5\n  - {type: x, webUrl: z, provider: {domain: d, name: n}, images: [{width: 5, url: u}]}\n"
    )
    assert {violation.pointer for violation in spoken("NL802", text)} == {
        ("provider", "domain"),
        ("provider", "images", 0, "width"),
        ("images", 0, "url"),
        ("related", 1, "webUrl"),
        ("related", 1, "provider", "name"),
        ("related", 1, "images", 0, "url"),
    }


def test_the_order_can_be_another() -> None:
    text = "---\nexcerpt: x\ntitle: y\nx: z\n---\n"
    assert spoken("NL802", text, article_order=["excerpt", "title"]) == []
    (violation,) = spoken("NL802", text, article_order=["x", "title", "excerpt"])
    assert keys(violation) == ("x", "title", "excerpt")
    assert spoken("NL802", text, article_order=[]) == []


def test_what_a_merge_key_brings_cannot_be_moved() -> None:
    (violation,) = spoken("NL802", "---\ntitle: x\n<<: {a: b}\ncategory: y\n---\n")
    assert violation.repair is None


def test_a_post_has_no_order() -> None:
    metadata: dict[str, Any] = {"title": "x", "category": "news"}
    assert "NL802" not in {found.code for found in lint_post(frontmatter.Post("", **metadata))}


@needs_corpus
def test_the_real_articles_are_in_order() -> None:
    for path in [CORPUS / "seed.txt", *sorted(CORPUS.glob("_news/*.md"))[::25]]:
        assert spoken("NL802", path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2024-01-24-eight-arrested.md", "Eight arrested"),
        ("2024-01-24-eight-arrested.md", "«Eight»: arrested!"),
        ("2024-01-24-été.md", "\\u00C9te\\u0301"),
        ("2024-01-24-e\u0301te\u0301.md", "Été"),
        ("2024-01-24-x.md", "…"),
        ("2024-02-30-x.md", "Eight arrested"),
        ("eight.md", "Eight arrested"),
    ],
)
def test_names_made_of_the_title(name: str, title: str) -> None:
    assert spoken("NL803", with_fields(f'title: "{title}"\n'), name=name) == []


@pytest.mark.parametrize(
    ("name", "title", "slug", "renamed"),
    [
        ("2024-01-24-eight.md", "Eight arrested", "eight-arrested", "2024-01-24-eight-arrested.md"),
        ("2024-01-24-Eight-arrested.txt", "Eight arrested", "eight-arrested", "2024-01-24-eight-arrested.txt"),
        ("2024-01-24-whats-new.md", "What’s new", "what-s-new", "2024-01-24-what-s-new.md"),
        ("2024-01-24-version-11.md", "Version 1.1", "version-1-1", "2024-01-24-version-1-1.md"),
    ],
)
def test_names_made_of_another_title(name: str, title: str, slug: str, renamed: str) -> None:
    (violation,) = spoken("NL803", with_fields(f'title: "{title}"\n'), name=name)
    written = name[11:].rpartition(".")[0]
    assert violation.pointer == ("title",)
    assert violation.message == f'the file\'s name has the slug "{written}", where the title makes "{slug}"'
    assert violation.hint == f'Rename the file to "{renamed}", or correct the title'


def test_the_rule_about_slugs_is_off_until_it_is_selected() -> None:
    name = "2024-01-24-eight.md"
    assert lint(BASE, name) == ()
    selected = lint(BASE, name, selection=Layer(extend_select=["filename-slug-mismatch"]))
    assert [(found.code, found.severity.value) for found in selected] == [("NL803", "info")]


def test_a_title_with_a_fault_makes_no_slug() -> None:
    text = with_fields('title: "Eight &amp; arrested"\n')
    found = lint(text, "2024-01-24-eight.md", selection=Layer(extend_select=["NL803"]))
    assert [one.code for one in found] == ["NL604"]


@pytest.mark.parametrize("title", ["5", "~", "[a]", '""', f'"{"x" * 10_001}"'])
def test_a_title_that_is_none_makes_no_slug(title: str) -> None:
    assert spoken("NL803", with_fields(f"title: {title}\n"), name="2024-01-24-x.md") == []


def without(text: str, field: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{field}:"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BASE, []),
        (with_fields("featuredContent: x\n"), []),
        (without(BASE, "webUrl"), [("webUrl", "missing", "type is article, but webUrl is missing")]),
        (
            with_fields("type: video\n"),
            [
                ("featuredContent", "missing", "type is video, but featuredContent is missing"),
                (
                    "webUrl",
                    "key",
                    "webUrl is there, although type is video: a video has its address in originalUrl alone",
                ),
            ],
        ),
        (without(with_fields("type: video\nfeaturedContent: x\n"), "webUrl"), []),
        (
            with_fields(f"originalUrl: {VIDEO}\n"),
            [("originalUrl", "value", f'"{VIDEO}" is the address of a video, but type is article')],
        ),
        (
            with_fields("originalUrl: https://player.vimeo.com/video/1\n"),
            [
                (
                    "originalUrl",
                    "value",
                    '"https://player.vimeo.com/video/1" is the address of a video, but type is article',
                )
            ],
        ),
        (with_fields("originalUrl: https://notyoutube.com/watch\n"), []),
        (with_fields("originalUrl: https://example.com/youtube.com\n"), []),
        (with_fields("originalUrl: nonsense\n"), []),
        (with_fields("originalUrl: 5\n"), []),
        (without(with_fields("type: podcast\n"), "webUrl"), []),
        (without(with_fields("type: [video]\n"), "webUrl"), []),
        (without(without(BASE, "webUrl"), "type"), []),
        # Misspelt ones are NL104's to say.
        (BASE.replace("webUrl:", "weburl:"), []),
        (BASE.replace("webUrl:", "web_url:"), []),
        (without(with_fields("type: video\nfeaturedContents: x\n"), "webUrl"), []),
    ],
)
def test_fields_and_types(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = spoken("NL804", text)
    assert [(violation.pointer[0], violation.part, violation.message) for violation in found] == expected


def test_the_host_of_the_video_is_the_place() -> None:
    (violation,) = spoken("NL804", with_fields(f"originalUrl: {VIDEO}\n"))
    assert violation.within is not None
    assert VIDEO[slice(*violation.within)] == "youtube.com"
    assert spoken("NL804", with_fields(f"originalUrl: {VIDEO}\n"), video_hosts=["vimeo.com"]) == []


def test_a_related_article_may_lack_what_an_article_needs() -> None:
    assert spoken("NL804", with_fields("related:\n  - type: video\n  - type: article\n")) == []
