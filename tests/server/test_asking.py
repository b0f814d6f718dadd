"""What is shown and offered at a place: pages of rules, fields of the schema, values, and the outline of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import BASE, with_fields
from tests.server.inside import ABLE, Inside, at_cursor

from lsprotocol import types  # isort: skip - it comes with pygls
from newslint.server import symbols

LEARNING = """\
{"type": "object", "required": ["title", "level"], "properties": {
  "level": {"enum": ["easy", "No", 3, true]}, "title": {"type": "string", "description": "A [link](x:y) `of` *it*"},
  "start": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
  "author": {"$ref": "#/definitions/person"}, "tags": {"type": "array", "items": {"enum": ["a", "b: c"]}}},
 "definitions": {"person": {"type": "object", "required": ["name"], "properties": {
   "role": {}, "name": {"type": "string"}, "boss": {"$ref": "#/definitions/person"}}}}}
"""


@pytest.fixture
def learning(tmp_path: Path) -> Path:
    """A folder with a kind of documents of its own."""
    (tmp_path / "l.json").write_text(LEARNING)
    kind = '[[kinds]]\nname = "learning"\nfiles = ["*.md"]\nschema = "l.json"\n'
    (tmp_path / "newslint.toml").write_text(f'topics = ["AI", "Computer Vision", "Data: open"]\n{kind}')
    return tmp_path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with a vocabulary of topics."""
    (tmp_path / "newslint.toml").write_text('topics = ["AI", "Computer Vision", "Data: open"]\n')
    return tmp_path


def test_a_field_is_explained(news: Path) -> None:
    inside = Inside(news, BASE)
    assert inside.hover(BASE.index("type:") + 2) == (
        "**type**: text\n\nWhether the item is an article to read or a video to watch.\n\n"
        "Allowed: `article`, `video`\n\nExample: `article`"
    )
    assert inside.hover(BASE.index("publishedDateTime")) == (
        "**publishedDateTime**: a date and time\n\nWhen the provider published the item, in UTC, written without "
        "quotes.\n\nExample: `2024-01-24T15:00:00Z`"
    )
    shown = inside.hover(BASE.index("width:"))
    assert shown is not None
    assert shown.startswith("**images\\[0\\].width**: a whole number\n\nThe width of the picture in pixels.")
    provider = inside.hover(BASE.index("provider:"))
    assert provider is not None
    assert "\n\nRequired in it: `name`, `domain`\n" in provider
    for nothing in (0, BASE.index("article\n"), BASE.index("\nprovider"), len(BASE)):
        assert inside.hover(nothing) is None


def test_a_finding_is_explained_by_its_rules_page_and_what_is_there_beside(news: Path) -> None:
    text = with_fields('title: "A &amp; B"\nheat: 95\ntyp: article\n')
    inside = Inside(news, text)
    shown = inside.hover(text.index("&amp;") + 2)
    assert shown is not None
    assert shown.startswith("# NL604 html-entity (warning, on by default, mended by --fix)\n\nA text holds an HTML")
    assert "\n## Why is this bad?\n" in shown
    unknown = inside.hover(text.index("typ:"))
    assert unknown is not None
    assert unknown.startswith("# NL104 unknown-field")
    plain = Inside(news, text, abilities=ABLE._replace(markdown=False))
    answer = plain.session.snapshot(plain.uri)
    assert answer is not None


def test_a_schema_says_no_more_than_text(learning: Path) -> None:
    inside = Inside(learning, "---\ntitle: x\nlevel: easy\n---\n")
    assert inside.hover(5) == "**title**: text\n\nA \\[link\\](x:y) \\`of\\` \\*it\\*"
    assert inside.hover(14) == "**level**: anything\n\nAllowed: `easy`, `No`, `3`, `true`"


def test_fields_are_offered_required_first_in_the_formats_order(news: Path) -> None:
    inside, at = at_cursor(news, "---\ncategory: news\n‸\n---\n")
    items = inside.complete(at)
    assert [item.label for item in items][:9] == [
        "title", "excerpt", "publishedDateTime", "originalUrl", "type", "provider", "topics", "secured", "webUrl",
    ]  # fmt: skip
    assert "category" not in {item.label for item in items}
    assert [item.detail for item in items[:3]] == ["text, required", "text, required", "a date and time, required"]
    assert inside.completed(items[0]) == "---\ncategory: news\ntitle: \n---\n"
    assert inside.completed(items[5]) == "---\ncategory: news\nprovider:\n---\n"
    assert isinstance(items[0].documentation, types.MarkupContent)
    assert "The headline, as readers see it." in items[0].documentation.value


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("provider:\n  ‸\n", ["name", "domain", "images"]),
        ("provider:\n  name: x\n  d‸\n", ["domain", "images"]),
        ("provider:\n  name: x\n‸\n", None),
        ("images:\n  - ‸\n", ["url", "width", "height", "title", "isCached"]),
        ("images:\n  - url: x\n    ‸\n", ["width", "height", "title", "isCached"]),
        ("images:\n- url: x\n- u‸\n", ["url", "width", "height", "title", "isCached"]),
    ],
)
def test_fields_of_what_is_inside(news: Path, marked: str, expected: list[str] | None) -> None:
    inside, at = at_cursor(news, f"---\ncategory: news\ntitle: x\n{marked}---\n")
    labels = [item.label for item in inside.complete(at)]
    assert labels == expected if expected is not None else labels[:2] == ["excerpt", "publishedDateTime"]


def test_a_misspelt_key_is_offered_the_right_one(news: Path) -> None:
    """Clients hide what does not begin like the word that is typed, and so the near one passes for it."""
    for marked, typed, line in (
        ("titel‸", "titel", "title: "),
        ("titel‸: Something", "titel", "title: Something"),
        ("tit‸el: Something", None, "title: Something"),
    ):
        inside, at = at_cursor(news, f"---\ncategory: news\n{marked}\ntype: article\n---\n")
        first = inside.complete(at)[0]
        assert (first.label, first.filter_text, first.preselect) == ("title", typed, typed and True)
        assert inside.completed(first).split("\n")[2] == line


@pytest.mark.parametrize(
    ("marked", "labels", "line"),
    [
        ("type: ‸", ["article", "video"], "type: article"),
        ("type:‸", ["article", "video"], "type: article"),
        ("type: vid‸", ["article", "video"], "type: article"),
        ("type: 'vid‸eo' # comment", ["article", "video"], "type: article # comment"),
        ("published: ‸", ["true", "false"], "published: true"),
        ("published: t‸rue", ["true", "false"], "published: true"),
        ("topics:\n- ‸", ["AI", "Computer Vision", "Data: open"], "- AI"),
        ("topics:\n-‸", ["AI", "Computer Vision", "Data: open"], "- AI"),
        ("topics:\n- AI\n- C‸", ["Computer Vision", "Data: open"], "- Computer Vision"),
        ("topics:\n  ‸", ["AI", "Computer Vision", "Data: open"], "  - AI"),
        ("topics: [‸", ["AI", "Computer Vision", "Data: open"], "topics: [AI"),
        ("topics: [ML, ‸]", ["AI", "Computer Vision", "Data: open"], "topics: [ML, AI]"),
        ("title: ‸", [], ""),
        ("title: some wo‸", [], ""),
        ("nothing: ‸", [], ""),
    ],
)
def test_values(news: Path, marked: str, labels: list[str], line: str) -> None:
    inside, at = at_cursor(news, f"---\ncategory: news\nexcerpt: x\nquality: 1\nheat: 1\n{marked}\n---\n")
    items = inside.complete(at)
    assert [item.label for item in items] == labels
    if items:
        assert inside.completed(items[0]).split("\n")[-3] == line


def test_a_topic_is_written_so_that_it_is_read_and_found_by_a_near_miss(news: Path) -> None:
    inside, at = at_cursor(news, "---\ncategory: news\ntopics:\n- Data‸\n---\n")
    assert inside.completed(inside.complete(at)[-1]).split("\n")[3] == '- "Data: open"'
    inside, at = at_cursor(news, "---\ncategory: news\ntopics:\n- Computer Visoin‸\n---\n")
    first = inside.complete(at)[0]
    assert (first.label, first.filter_text) == ("Computer Vision", "Computer Visoin")


def test_the_time_of_now(news: Path) -> None:
    inside, at = at_cursor(news, "---\ncategory: news\npublishedDateTime: ‸\n---\n")
    (item,) = inside.complete(at)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", item.label)
    assert inside.completed(item) == f"---\ncategory: news\npublishedDateTime: {item.label}\n---\n"


def test_other_kinds_by_their_own_schema(learning: Path) -> None:
    inside, at = at_cursor(learning, "---\nauthor:\n  boss:\n    ‸\n")
    assert [item.label for item in inside.complete(at)] == ["name", "role", "boss"]
    inside, at = at_cursor(learning, "---\n‸\n---\n")
    assert [item.label for item in inside.complete(at)] == ["level", "title", "start", "author", "tags"]
    inside, at = at_cursor(learning, "---\nlevel: ‸\n---\n")
    written = [inside.completed(item).split("\n")[1] for item in inside.complete(at)]
    assert written == ["level: easy", 'level: "No"', "level: 3", "level: true"]
    inside, at = at_cursor(learning, "---\ntags:\n- ‸\n---\n")
    assert [inside.completed(item).split("\n")[2] for item in inside.complete(at)] == ["- a", '- "b: c"']
    inside, at = at_cursor(learning, "---\ntopics:\n- ‸\n---\n")
    assert inside.complete(at) == []


@pytest.mark.parametrize(
    "marked",
    ["---\ncategory: news\n---\nti‸\n", "# Title\n‸\n", "---\nlayout: page\n‸\n---\n", "‸---\ntitle: x\n---\n", "‸"],
)
def test_bodies_and_files_that_are_none_of_newslints_are_left_alone(news: Path, marked: str) -> None:
    inside, at = at_cursor(news, marked)
    assert inside.complete(at) == []
    assert inside.hover(at) is None


def test_the_outline_of_a_file(news: Path) -> None:
    text = BASE.replace("secured:", "related:\n- title: 'A'\n  provider:\n    name: B\nsecured:")
    inside = Inside(news, text)

    def shown(found: list[types.DocumentSymbol]) -> list[object]:
        return [(one.name, shown(list(one.children))) if one.children else one.name for one in found]

    found = symbols.symbols(inside.snapshot)
    assert shown(found) == [
        *("category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "type", "quality", "heat"),
        "published", ("provider", ["name", "domain"]), ("topics", ["[0]", "[1]"]),
        ("images", [("[0]", ["url", "width", "height", "isCached"])]),
        ("related", [("[0]", ["title", ("provider", ["name"])])]), "secured",
    ]  # fmt: skip
    kinds = {one.name: one.kind for one in found}
    assert kinds["heat"] == types.SymbolKind.Number
    assert kinds["published"] == types.SymbolKind.Boolean
    assert kinds["title"] == types.SymbolKind.String

    def check(symbols: list[types.DocumentSymbol], outer: types.Range | None) -> None:
        for one in symbols:
            for inner, around in ((one.selection_range, one.range), (one.range, outer or one.range)):
                assert (around.start, around.end) == (min(around.start, inner.start), max(around.end, inner.end))
            check(list(one.children or ()), one.range)

    check(found, None)
    flat = symbols.flat(found, inside.uri)
    assert [(one.name, one.container_name) for one in flat[10:13]] == [
        ("provider", None), ("name", "provider"), ("domain", "provider"),
    ]  # fmt: skip
    assert symbols.symbols(Inside(news, "# Title\n").snapshot) == []
