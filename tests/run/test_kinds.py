"""Kinds: other folders by other schemas, with the rules that fit any schema and none of the article's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newslint.config import load_settings
from newslint.run.choices import Choices
from newslint.run.outcomes import Means
from newslint.run.runner import Runner
from newslint.run.verdicts import Verdict
from newslint.schema.files import SchemaError
from newslint.settings import ConfigError, find_config
from tests.conftest import BASE, NOW, Command

COURSE = """---
title: "A  course"
start: 2024-02-30T10:00:00Z
link: "https://localhost/x"
cover:
  url: "https://example.com/a.jpg"
  width: 0
  height: 600
heat: hot
other: 1
---
"""
FOUND = ["NL603 /title", "NL201 /start", "NL309 /link", "NL401 /cover/width", "NL104 /other"]
FIELDS: dict[str, Any] = {
    "title": {"type": "string", "contentMediaType": "text/plain"},
    "start": {"type": "string", "format": "date-time"},
    "link": {"type": "string", "format": "uri"},
    "heat": {"type": "string"},
}
IMAGE = {"type": "object", "properties": {"url": {"type": "string", "format": "uri"}, "width": {"type": "integer"}}}


def _schemas() -> dict[str, dict[str, Any]]:
    """Return schemas that say the same in the words of three drafts, and through many keywords."""
    base = {"type": "object", "required": ["title"], "additionalProperties": False}
    cover = {"properties": {**FIELDS, "cover": {"$ref": "#/$defs/image"}}, "$defs": {"image": IMAGE}}
    anchored = {"properties": {**FIELDS, "cover": {"$anchor": "image", **IMAGE}}}
    split = {
        "type": "object",
        "allOf": [{"properties": {name: FIELDS[name]}} for name in ("title", "start")],
        "if": {"required": ["link"]},
        "then": {"properties": {"link": FIELDS["link"]}},
        "patternProperties": {"^cov": {"allOf": [{"$ref": "#/$defs/image"}]}, "^heat$": {"type": "string"}},
        "unevaluatedProperties": False,
        "$defs": {"image": IMAGE},
    }
    old = {"properties": {**FIELDS, "cover": {"$ref": "#/definitions/image"}}, "definitions": {"image": IMAGE}}
    return {
        "2020-12": {"$schema": "https://json-schema.org/draft/2020-12/schema", **base, **cover},
        "2019-09": {"$schema": "https://json-schema.org/draft/2019-09/schema", **base, **cover},
        "draft-07": {"$schema": "http://json-schema.org/draft-07/schema#", **base, **old},
        "anchor": {"$schema": "https://json-schema.org/draft/2020-12/schema", **base, **anchored},
        "in parts": {"$schema": "https://json-schema.org/draft/2020-12/schema", **split},
    }


SCHEMAS = _schemas()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_learning").mkdir()
    (tmp_path / "_learning" / "a.md").write_text(COURSE)
    (tmp_path / "course.json").write_text(json.dumps(SCHEMAS["2020-12"]))
    _configure(tmp_path)
    return tmp_path


def _configure(site: Path, more: str = "", schema: str = "course.json") -> None:
    text = f'[[kinds]]\nname = "course"\nfiles = ["_learning/**"]\nschema = "{schema}"\n{more}'
    (site / "newslint.toml").write_text(text)


def _runner(jobs: int = 1, **choices: Any) -> Runner:
    settings = load_settings(find_config(Path.cwd()), Path.cwd())
    return Runner(settings, Choices(now=NOW, **choices), Means(jobs=jobs))


def _found(**choices: Any) -> list[str]:
    return [f"{finding.code} {finding.field}" for finding in _runner(**choices).run([]).findings]


@pytest.mark.parametrize("draft", SCHEMAS)
def test_rules_find_their_fields_in_any_schema(site: Path, draft: str) -> None:
    (site / "course.json").write_text(json.dumps(SCHEMAS[draft]))
    assert _found() == FOUND
    assert _found(exact=True) == FOUND


def test_a_kind_has_rules_and_options_of_its_own(site: Path) -> None:
    _configure(site, 'ignore = ["NL104"]\n[kinds.rules.image-dimensions]\nmax-side = 500\n')
    assert _found() == [*FOUND[:3], "NL401 /cover/width", "NL401 /cover/height"]
    _configure(site, 'select = ["NL6"]\n')
    assert _found() == ["NL603 /title"]
    assert _found(selection=_select("NL3")) == ["NL309 /link"], "the command line beats the kind"


def _select(*rules: str) -> Any:
    from newslint.rules.selection import Layer

    return Layer(select=rules)


def test_the_articles_own_families_are_for_articles(site: Path) -> None:
    twin = COURSE.replace("heat: hot\nother: 1\n", "heat: hot\n")
    for name in ("b.md", "c.md"):
        (site / "_learning" / name).write_text(twin)
    codes = {finding.code for finding in _runner().run([]).findings}
    assert not [code for code in codes if code.startswith(("NL5", "NL7", "NL8", "NL9"))]


def test_what_is_what_and_why(site: Path) -> None:
    (site / "a.md").write_text(BASE)
    (site / "readme.md").write_text("# About\n")
    verdicts = {Path(verdict.path).relative_to(site).as_posix(): verdict for verdict in _runner().verdicts([])}
    assert verdicts["a.md"].kind == "article"
    assert verdicts["readme.md"] == Verdict(
        str(site / "readme.md"),
        None,
        "it does not look like an article: fewer than half of the required fields begin lines at its top",
    )
    named = next(iter(_runner().verdicts(["_learning/a.md"])))
    assert (named.kind, named.reason) == ("course", "named")
    course = list(_runner().verdicts(["_learning"]))
    assert [(verdict.kind, verdict.reason) for verdict in course] == [("course", "its kind's files name it")]


def test_an_article_of_the_users_own_replaces_the_built_in_one(site: Path) -> None:
    (site / "newslint.toml").write_text('[[kinds]]\nname = "article"\nfiles = ["_news/**"]\n')
    (site / "_news").mkdir()
    (site / "_news" / "a.md").write_text(BASE)
    (site / "b.md").write_text(BASE)
    verdicts = {Path(verdict.path).relative_to(site).as_posix(): verdict for verdict in _runner().verdicts([])}
    assert verdicts["_news/a.md"].kind == "article"
    assert (verdicts["b.md"].kind, verdicts["b.md"].reason) == (None, "no kind of the configuration claims it")
    assert _runner().run([]).files == 1
    assert _runner().run(["b.md"]).files == 1, "a file that is named is always checked"


def test_the_first_kind_that_matches_has_the_file(site: Path) -> None:
    text = (site / "newslint.toml").read_text()
    (site / "newslint.toml").write_text(f'[[kinds]]\nname = "post"\nfiles = ["a.md"]\nschema = "post"\n{text}')
    assert [verdict.kind for verdict in _runner().verdicts(["_learning/a.md"])] == ["post"]


def test_a_rule_that_only_a_kind_has_is_in_the_report(site: Path, newslint: Command) -> None:
    _configure(site, 'select = ["NL603"]\n')
    (site / "newslint.toml").write_text('ignore = ["NL603"]\n' + (site / "newslint.toml").read_text())
    (run,) = json.loads(newslint("check", "--output-format", "sarif", cwd=site).stdout)["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]) == ("NL603", "NL603")


def test_workers_and_the_cache_know_the_kinds(site: Path, newslint: Command) -> None:
    for number in range(40):
        (site / "_learning" / f"{number}.md").write_text(COURSE)
        (site / f"{number}.md").write_text(BASE.replace("478451", f"{478451 + number}"))
    now = ("--now", "2024-06-01T00:00:00Z", "--output-format", "json")
    outputs = {
        newslint("check", *more, *now, cwd=site).stdout for more in (("-j1", "--no-cache"), ("-j2",), (), ("--exact",))
    }
    assert len(outputs) == 1
    _configure(site, 'ignore = ["NL603"]\n')
    after = json.loads(newslint("check", *now, cwd=site).stdout)
    assert not [
        finding for finding in after["findings"] if finding["code"] == "NL603" and "_learning" in finding["path"]
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('names = "x"\n', 'newslint.toml:5: kinds[0].names: "names" is no setting (did you mean "name"?'),
        ('ignore = ["NL6O3"]\n', 'newslint.toml:5: kinds[0].ignore[0]: "NL6O3" is no rule'),
        (
            "[kinds.rules.image-dimensions]\nmax-sid = 5\n",
            'newslint.toml:6: kinds[0].rules.image-dimensions.max-sid: "max-sid" is no option of image-dimensions '
            '(did you mean "max-side"?)',
        ),
        (
            '[[kinds]]\nname = "course"\nfiles = ["x"]\n',
            'newslint.toml:6: kinds[1].name: "course" is the name of another kind, too',
        ),
    ],
)
def test_what_is_wrong_with_a_kind_is_told(site: Path, more: str, message: str) -> None:
    _configure(site, more)
    with pytest.raises(ConfigError) as raised:
        load_settings(find_config(site), site)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "{path}: the schema cannot be read: No such file or directory"),
        ("[]", "course.json: a schema is a JSON object"),
        ('{"type": "objekt"}', "course.json: this is no valid JSON Schema: at /type: "),
        ('{"$schema": "urn:unknown"}', 'course.json: the draft "urn:unknown" is not known'),
        (
            '{"properties": {"a": {"$ref": "https://example.com/s.json"}}}',
            'course.json: the reference "https://example.com/s.json" leads out of the schema; newslint fetches nothing',
        ),
        ('{"properties": {"a": {"$ref": "../other.json"}}}', 'course.json: the reference "../other.json" leads out'),
    ],
)
def test_a_schema_that_cannot_be_used_is_wrong_use(site: Path, content: str | None, message: str) -> None:
    if content is None:
        (site / "course.json").unlink()
    else:
        (site / "course.json").write_text(content)
    with pytest.raises(SchemaError) as raised:
        _runner()
    assert str(raised.value).startswith(message.format(path=site / "course.json"))
