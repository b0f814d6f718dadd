"""``newslint schema --infer`` and ``--diff``: over real files, and whatever lies among them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newslint.engine.linter import lint_bytes
from newslint.engine.plan import make_plan
from newslint.rules import RULES
from newslint.schema.schema import load_schema
from tests.cli.conftest import Inside
from tests.conftest import BASE, CORPUS, NOW, ROOT, Command, needs_corpus, with_fields

COURSE = "---\ntitle: Course {0} of many\nlevel: {1}\nstart: 2024-01-{0:02}\nurl: https://example.org/{0}\n---\nText.\n"


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    """Twenty courses of two levels in a folder."""
    folder = tmp_path / "_courses"
    folder.mkdir()
    for number in range(1, 21):
        text = COURSE.format(number, "easy" if number % 2 else "hard")
        (folder / f"{number:02}.md").write_text(text)
    return folder


def _valid(folder: Path, schema: dict[str, Any], text: str) -> list[str]:
    """Return the codes and fields of the findings that a text has by a schema."""
    (folder / "tried.schema.json").write_text(json.dumps(schema))
    codes = frozenset(rule.code for rule in RULES if rule.code.startswith(("NL1", "NL201", "NL301", "NL304")))
    plan = make_plan(load_schema("tried.schema.json", folder), codes, {}, {}, NOW, 1_000_000, 1_000)
    return [f"{found.code} {found.field}" for found in lint_bytes("a.md", text.encode(), plan).findings]


def test_a_schema_is_made_from_files_and_proven_on_them(inside: Inside, courses: Path) -> None:
    said = inside("schema", "--infer", "_courses")
    assert (said.code, said.err) == (
        0,
        "newslint: inferred from 20 files; all are valid by the schema, says jsonschema\n",
    )
    schema = json.loads(said.out)
    assert schema["title"] == "courses"
    assert schema["required"] == ["title", "level", "start", "url"]
    assert schema["properties"]["level"]["enum"] == ["easy", "hard"]
    assert '  "required": ["title", "level", "start", "url"],\n' in said.out
    assert said.out.endswith("\n}\n")


def test_the_same_files_give_the_same_bytes(newslint: Command, courses: Path) -> None:
    runs = [
        newslint("schema", "--infer", "_courses", PYTHONHASHSEED="1"),
        newslint("schema", "--infer", str(courses), PYTHONHASHSEED="2"),
        newslint("schema", "--infer", ".", cwd=courses, PYTHONHASHSEED="3"),
    ]
    assert len({run.stdout for run in runs}) == 1
    files = sorted(os.listdir(courses))
    one, other = (newslint("schema", "--infer", *order, cwd=courses) for order in (files, files[::-1]))
    assert one.stdout == other.stdout
    assert json.loads(one.stdout)["title"] == "documents"


def test_broken_files_are_named_and_left_out(inside: Inside, courses: Path) -> None:
    (courses / "latin-1.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (courses / "open.md").write_text("---\ntitle: A\n")
    (courses / "twice.md").write_text("---\ntitle: A\ntitle: B\n---\n")
    (courses / "alias.md").write_text("---\ntitle: &a A\nother: *a\n---\n")
    (courses / "large.md").write_text(f"---\nlevel: 1{'0' * 30}\n---\n")
    (courses / "empty.md").write_text("---\n---\n")
    (courses / "README.md").write_text("# About\n")
    (courses / "list.txt").write_text("---\n- a\n---\n")
    (courses / "no\x1b[31m.md").write_text("---\na: [\n---\n")
    os.mkfifo(courses / "pipe.md")
    said = inside("schema", "--infer", "_courses", "_courses/README.md")
    assert said.code == 0
    assert said.err.splitlines() == [
        'newslint: _courses/README.md is left out: the first line is not "---", so the file has no front matter',
        'newslint: _courses/alias.md is left out: line 2: an anchor ("&a") is used here, but an article is plain data',
        "newslint: _courses/empty.md is left out: line 1: the front matter is empty",
        "newslint: _courses/large.md is left out: level: this number has more than 20 digits",
        "newslint: _courses/latin-1.md is left out: the byte 0xE9 is not UTF-8 text",
        "newslint: _courses/list.txt is left out: line 2: the front matter is a list, where fields (key: value) are expected",
        r"newslint: _courses/no\x1b[31m.md is left out: line 3: a value was expected here",
        'newslint: _courses/open.md is left out: the front matter is opened by "---" here, but no "---" line closes it',
        "newslint: _courses/twice.md is left out: line 3: "
        '"title" stands here a second time, first in line 2; YAML readers keep only one of them, in silence',
        "newslint: 9 files left out",
        "newslint: inferred from 20 files; all are valid by the schema, says jsonschema",
    ]


def test_files_without_front_matter_are_passed_over_in_folders(inside: Inside, courses: Path) -> None:
    (courses / "README.md").write_text("# About\n")
    said = inside("schema", "--infer", "_courses")
    assert said.err.startswith("newslint: 1 file without front matter passed over\nnewslint: inferred from 20 files;")


def test_the_configuration_says_which_files_there_are(inside: Inside, courses: Path) -> None:
    (courses / "draft.md").write_text("---\ntitle: [a]\n---\n")
    Path("newslint.toml").write_text('exclude = ["draft.md"]\n')
    assert "from 20 files" in inside("schema", "--infer", "_courses").err
    assert "from 21 files" in inside("schema", "--infer", "_courses", "--isolated").err


def test_many_broken_files_are_counted(inside: Inside, tmp_path: Path) -> None:
    for number in range(15):
        (tmp_path / f"{number:02}.md").write_text("---\n")
    said = inside("schema", "--infer", ".")
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert len(lines) == 13
    assert lines[10:] == [
        "newslint: and 5 more",
        "newslint: 15 files left out",
        "newslint: no file with front matter can be read here, so there is nothing to infer from",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--infer"], "--infer needs PATHS: the files and folders to make a schema from (see newslint schema --help)"),
        (["--infer", "absent"], '"absent" is not there'),
        (["--infer", "--diff", "a"], "--infer and --diff exclude each other (see newslint schema --help)"),
        (["--diff", "article", "post"], "--diff needs OLD and NEW, which are schemas, and PATHS to try them on (see newslint schema --help)"),
        (["--output-format", "json"], "--output-format goes with --diff; a schema is JSON anyway (see newslint schema --help)"),
        (["article", "post"], "one schema is printed at a time (see newslint schema --help)"),
        (["posts"], '"posts" is none of newslint\'s own schemas (did you mean "post"?); --infer makes one from files (see newslint schema --help)'),
        (["x"], '"x" is none of newslint\'s own schemas, which are article, config, post and report; --infer makes one from files (see newslint schema --help)'),
    ],
)  # fmt: skip
def test_wrong_use(inside: Inside, arguments: list[str], line: str) -> None:
    assert inside("schema", *arguments) == (2, "", f"newslint: {line}\n")


def test_the_schema_of_a_post_is_printed(inside: Inside) -> None:
    assert inside("schema", "post") == (0, (ROOT / "schemas" / "post.schema.json").read_text("utf-8"), "")


@needs_corpus
def test_the_corpus_gives_a_schema_near_our_own(inside: Inside, tmp_path: Path) -> None:
    said = inside("schema", "--infer", str(CORPUS / "_news"), str(ROOT / "tests" / "articles" / "good"))
    assert said.err == "newslint: inferred from 675 files; all are valid by the schema, says jsonschema\n"
    schema = json.loads(said.out)
    own = json.loads((ROOT / "schemas" / "article.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == [name for name in own["properties"] if name != "removed"]
    assert set(own["required"]) <= set(schema["required"])
    said_of: dict[str, dict[str, Any]] = {
        "category": {"const": "news"},
        "title": {"minLength": 1, "maxLength": 500, "contentMediaType": "text/plain"},
        "excerpt": {"contentMediaType": "text/plain", "maxLength": 1000},
        "publishedDateTime": {"format": "date-time"},
        "originalUrl": {"format": "uri"},
        "cdnAmpWebUrl": {"format": "uri"},
        "type": {"enum": ["article", "video"]},
        "heat": {"minimum": -1, "maximum": 500},
        "published": {"type": "boolean"},
        "featuredContent": {"contentMediaType": "text/html"},
        "topics": {"minItems": 1, "uniqueItems": True},
        "secured": {"pattern": own["properties"]["secured"]["pattern"]},
    }
    for name, expected in said_of.items():
        assert expected.items() <= schema["properties"][name].items(), name
    assert schema["properties"]["images"]["items"]["$ref"] == "#/$defs/image"
    assert schema["$defs"]["image"]["properties"]["width"]["minimum"] == 1
    assert schema["$defs"]["provider"]["properties"]["domain"]["format"] == "hostname"
    assert max(map(len, said.out.splitlines())) <= 200
    for planted, expected_finding in {
        "": "",
        'quality: "39"\n': "NL102 /quality",
        "type: podcast\n": "NL103 /type",
        "publishedDateTime: 2024-02-30T10:00:00Z\n": "NL201 /publishedDateTime",
        "webUrl: bbc.com/news\n": "NL301 /webUrl",
        'secured: "AAAA"\n': "NL107 /secured",
        "titel: A\n": "NL104 /titel",
        "images:\n  - url: https://example.org/a.png\n    width: 5\n": "NL101 /images/0/height",
    }.items():
        findings = [expected_finding] if expected_finding else []
        assert _valid(tmp_path, schema, with_fields(planted)) == findings, planted
    without = BASE.replace("type: article\n", "")
    assert _valid(tmp_path, schema, without) == ["NL101 /type"]


def test_what_a_stricter_schema_would_change(inside: Inside, courses: Path) -> None:
    inside("schema", "--infer", "_courses")
    old = json.loads(inside("schema", "--infer", "_courses").out)
    Path("old.json").write_text(json.dumps(old))
    old["properties"]["level"]["enum"] = ["easy"]
    old["properties"]["start"]["format"] = "date-time"
    Path("new.json").write_text(json.dumps(old))
    shutil.rmtree(courses)
    courses.mkdir()
    (courses / "1.md").write_text(COURSE.format(1, "easy"))
    (courses / "2.md").write_text(
        "---\ntitle: A course of one\nlevel: easy\nstart: 2024-01-01T00:00:00Z\nurl: https://a.org/\n---\n"
    )
    (courses / "3.md").write_text(COURSE.format(3, "hard").replace("title", "titel\x07"))
    (courses / "4.md").write_text("---\nbroken\n")
    said = inside("schema", "--diff", "old.json", "new.json", "_courses")
    assert said == (
        1,
        'fails  _courses/1.md  1 finding: start: "2024-01-01" is no valid timestamp: the time is missing\n'
        "passes _courses/2.md\n"
        "2 files: 1 would newly fail and 1 newly pass; 0 pass and 0 fail under both\n",
        "newslint: _courses/3.md is left out: line 2: the control character U+0007 is not allowed in YAML\n"
        'newslint: _courses/4.md is left out: the front matter is opened by "---" here, but no "---" line closes it\n'
        "newslint: 2 files left out\n",
    )
    report = json.loads(inside("schema", "--diff", "old.json", "new.json", "_courses", "--output-format", "json").out)
    assert report["summary"] == {"files": 2, "fails": 1, "passes": 1, "passing": 0, "failing": 0, "left-out": 2}
    assert (report["version"], report["old"], report["new"]) == (1, "old.json", "new.json")
    assert [(file["path"], [found["code"] for found in file["findings"]]) for file in report["fails"]] == [
        ("_courses/1.md", ["NL201"])
    ]
    assert report["passes"] == ["_courses/2.md"]


def test_two_of_our_own_are_compared(inside: Inside) -> None:
    Path("a.md").write_text(BASE)
    Path("post.md").write_text("---\ntitle: A post\n---\n")
    said = inside("schema", "--diff", "article", "post", "a.md", "post.md")
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].startswith("fails  a.md  10 findings: ")
    assert lines[1:] == [
        "passes post.md",
        "2 files: 1 would newly fail and 1 newly pass; 0 pass and 0 fail under both",
    ]
    assert inside("schema", "--diff", "post", "article", "post.md").code == 1
    assert inside("schema", "--diff", "article", "post", "post.md").code == 0


def test_what_other_rules_find_makes_no_difference(inside: Inside) -> None:
    Path("a.md").write_text(with_fields("title: ' edges '\nheat: 99\n"))
    said = inside("schema", "--diff", "article", "article", "a.md")
    assert (said.code, said.out) == (0, "1 file: 0 would newly fail and 0 newly pass; 1 pass and 0 fail under both\n")


@pytest.mark.parametrize("content", ["{", "[]", '{"type": 5}', '{"$ref": "https://example.org/x"}', None])
def test_a_schema_that_cannot_be_used_is_wrong_use(inside: Inside, content: str | None) -> None:
    Path("a.md").write_text(BASE)
    if content is not None:
        Path("new.json").write_text(content)
    said = inside("schema", "--diff", "article", "new.json", "a.md")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("newslint: ")
    assert "new.json: " in said.err
    assert said.err.count("\n") == 1
