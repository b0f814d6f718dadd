"""Tests that the article schema is valid, explained, in order, and agrees with real articles."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CORPUS = os.path.join(ROOT, "..", "shared", "corpus")
NEWS = os.path.join(CORPUS, "_news")
SEED = os.path.join(CORPUS, "seed.txt")

with open(os.path.join(ROOT, "schemas", "article.schema.json"), encoding="utf-8") as _file:
    SCHEMA: dict[str, Any] = json.load(_file)
REGISTRY: Registry[Any] = Resource.from_contents(SCHEMA) @ Registry()

IMAGE_ORDER = ["url", "width", "height", "title", "isCached"]
PROVIDER_ORDER = ["name", "domain", "images"]
RELATED_ORDER = [
    *["title", "excerpt", "publishedDateTime", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "type", "provider", "quality"],
    "images",
]
ARTICLE_ORDER = [
    *["category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl"],
    *["type", "quality", "heat", "published", "featuredContent", "provider", "topics", "images", "related", "secured"],
]


class TextTimestampLoader(yaml.SafeLoader):
    """A loader that leaves timestamps as text."""


TextTimestampLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(pointer: str = "") -> Draft202012Validator:
    """A validator of the subschema at a pointer, with references resolved in the whole schema."""
    return Draft202012Validator({"$ref": f"{SCHEMA['$id']}#{pointer}"}, registry=REGISTRY)


def subschemas(schema: dict[str, Any], pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema with its pointer, from the outermost inwards."""
    yield pointer, schema
    for group in ("properties", "$defs"):
        for name, child in schema.get(group, {}).items():
            yield from subschemas(child, f"{pointer}/{group}/{name}")
    if "items" in schema:
        yield from subschemas(schema["items"], f"{pointer}/items")


SUBSCHEMAS = dict(subschemas(SCHEMA))
FIELDS = [pointer for pointer in SUBSCHEMAS if pointer.split("/")[-2:-1] == ["properties"]]
DEFINITIONS = [pointer for pointer in SUBSCHEMAS if pointer.split("/")[-2:-1] == ["$defs"]]
OBJECTS = [pointer for pointer, schema in SUBSCHEMAS.items() if "properties" in schema]
EXAMPLES = [(pointer, example) for pointer, schema in SUBSCHEMAS.items() for example in schema.get("examples", [])]


def load(path: str) -> Any:
    """The front matter of one article, with timestamps as text."""
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    opening, front, _body = text.split("---\n", 2)
    assert not opening, "the file has to start with ---"
    return yaml.load(front, Loader=TextTimestampLoader)


def real_articles() -> list[str]:
    """The files of the corpus, or nothing where there is no corpus."""
    if not os.path.isdir(NEWS):
        return []
    names = sorted(name for name in os.listdir(NEWS) if name.endswith(".md"))
    seed = [SEED] if os.path.isfile(SEED) else []
    return seed + [os.path.join(NEWS, name) for name in names]


def kind(pointer: str) -> tuple[str | None, str | None]:
    """The format and the media type that hold at a pointer, seen through references."""
    schema = SUBSCHEMAS[pointer]
    found = schema.get("format"), schema.get("contentMediaType")
    if found == (None, None) and "$ref" in schema:
        return kind(schema["$ref"].removeprefix("#"))
    return found


def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:newslint:schema:article"
    assert SCHEMA["title"].strip()
    assert SCHEMA["description"].strip()


@pytest.mark.parametrize("pointer", FIELDS + DEFINITIONS)
def test_every_field_is_described_with_examples(pointer: str) -> None:
    schema = SUBSCHEMAS[pointer]
    assert schema["description"].strip()
    assert schema["examples"]


@pytest.mark.parametrize(("pointer", "example"), EXAMPLES, ids=[pointer or "document" for pointer, _ in EXAMPLES])
def test_examples_are_valid(pointer: str, example: Any) -> None:
    assert [error.message for error in validator(pointer).iter_errors(example)] == []


def test_document_has_an_example() -> None:
    assert SCHEMA["examples"]


@pytest.mark.parametrize("pointer", OBJECTS)
def test_unknown_fields_are_refused(pointer: str) -> None:
    assert SUBSCHEMAS[pointer]["additionalProperties"] is False


def test_fields_are_in_order() -> None:
    # FORMAT.md gives no place to "removed": it comes last.
    assert list(SCHEMA["properties"]) == [*ARTICLE_ORDER, "removed"]
    assert list(SCHEMA["$defs"]["image"]["properties"]) == IMAGE_ORDER
    assert list(SCHEMA["$defs"]["provider"]["properties"]) == PROVIDER_ORDER
    assert list(SCHEMA["$defs"]["relatedArticle"]["properties"]) == RELATED_ORDER


def test_kinds_of_fields() -> None:
    kinds = {pointer: kind(pointer) for pointer in [*FIELDS, "/properties/topics/items"]}
    related = "/$defs/relatedArticle/properties"
    urls = [f"/properties/{name}" for name in ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")]
    urls += [f"{related}/{name}" for name in ("webUrl", "ampWebUrl", "cdnAmpWebUrl")]
    urls += ["/$defs/image/properties/url"]
    texts = ["/properties/title", "/properties/excerpt", "/properties/topics/items"]
    texts += [f"{related}/title", f"{related}/excerpt"]
    texts += ["/$defs/provider/properties/name", "/$defs/image/properties/title"]
    times = ["/properties/publishedDateTime", f"{related}/publishedDateTime"]
    expected: dict[str, tuple[str | None, str | None]] = dict.fromkeys(urls, ("uri", None))
    expected |= dict.fromkeys(texts, (None, "text/plain"))
    expected |= dict.fromkeys(times, ("date-time", None))
    expected["/$defs/provider/properties/domain"] = ("hostname", None)
    expected["/properties/featuredContent"] = (None, "text/html")
    assert {pointer: found for pointer, found in kinds.items() if found != (None, None)} == expected


MISSING: Any = ...


@pytest.mark.parametrize(
    ("path", "value", "keyword"),
    [
        *[((name,), MISSING, "required") for name in SCHEMA["required"]],
        (("provider", "name"), MISSING, "required"),
        (("provider", "domain"), MISSING, "required"),
        *[(("images", 0, name), MISSING, "required") for name in ("url", "width", "height")],
        *[(("related", 0, name), MISSING, "required") for name in SCHEMA["$defs"]["relatedArticle"]["required"]],
        (("author",), "A. Writer", "additionalProperties"),
        (("provider", "url"), "https://bbc.com", "additionalProperties"),
        (("images", 0, "alt"), "A camera", "additionalProperties"),
        (("related", 0, "secured"), "AA==;AA==", "additionalProperties"),
        (("category",), "blog", "const"),
        (("title",), "", "minLength"),
        (("title",), 2024, "type"),
        (("title",), "x" * 301, "maxLength"),
        (("excerpt",), "", "minLength"),
        (("excerpt",), "x" * 1001, "maxLength"),
        (("related", 0, "title"), "x" * 301, "maxLength"),
        (("related", 0, "excerpt"), "x" * 1001, "maxLength"),
        (("featuredContent",), "", "minLength"),
        (("featuredContent",), "x" * 2001, "maxLength"),
        (("publishedDateTime",), 20240124, "type"),
        (("type",), "podcast", "enum"),
        (("related", 0, "type"), "podcast", "enum"),
        (("quality",), -1, "minimum"),
        (("quality",), 201, "maximum"),
        (("quality",), "39", "type"),
        (("heat",), -2, "minimum"),
        (("heat",), 1001, "maximum"),
        (("published",), "yes", "type"),
        (("removed",), "true", "type"),
        (("topics",), [], "minItems"),
        (("topics",), ["AI", "AI"], "uniqueItems"),
        (("topics",), [""], "minLength"),
        (("topics",), "AI", "type"),
        (("images",), {}, "type"),
        (("images", 0, "width"), 0, "minimum"),
        (("images", 0, "height"), 20001, "maximum"),
        (("images", 0, "title"), "", "minLength"),
        (("images", 0, "isCached"), "true", "type"),
        (("secured",), "AAAA", "pattern"),
        (("secured",), "AAAA;", "pattern"),
        (("secured",), "AA AA;AAAA", "pattern"),
    ],
    ids=str,
)
def test_faulty_documents_are_refused(path: tuple[str | int, ...], value: object, keyword: str) -> None:
    document = copy.deepcopy(SCHEMA["examples"][0])
    parent: Any = document
    for part in path[:-1]:
        parent = parent[part]
    if value is MISSING:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    assert [error.validator for error in validator().iter_errors(document)] == [keyword]


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "x" * 300), ("excerpt", "x" * 1000), ("quality", 200), ("quality", 0), ("heat", -1), ("heat", 1000)],
)
def test_limits_are_allowed(name: str, value: object) -> None:
    assert validator().is_valid({**SCHEMA["examples"][0], name: value})


def test_real_articles_are_valid() -> None:
    paths = real_articles()
    if not paths:
        pytest.skip("the corpus of real articles is not here (../shared/corpus)")
    check = validator()
    faults: list[str] = []
    for path in paths:
        document = load(path)
        for error in check.iter_errors(document):
            # The archive of 2019-2020 has articles without originalUrl: nothing else may be missing or wrong.
            lacks_original = error.validator == "required" and error.message == "'originalUrl' is a required property"
            old = str(cast(dict[str, Any], document).get("publishedDateTime", ""))[:4] in {"2019", "2020"}
            if not (lacks_original and old and not error.absolute_path):
                faults.append(f"{os.path.basename(path)}: {error.json_path}: {error.message}")
    assert faults == []
