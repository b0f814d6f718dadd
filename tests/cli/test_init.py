"""``newslint init``: what it proposes for a site, that it writes on yes alone, and that it never overwrites."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Inside
from tests.conftest import BASE, CORPUS, ROOT, Command, needs_corpus, with_fields

POST = "---\nlayout: post\ntitle: Post {0}\ndate: 2023-01-{0:02} 10:00:00 +0100\ntags: [a, b]\n---\nText\n"
COURSE = "---\ntitle: Course {0} of all\nlevel: easy\nstart: 2024-01-{0:02}T10:00:00Z\n---\nText\n"
DOC = "---\nheading: About {0}\nnav_order: {0}\nparent: Docs\n---\nText\n"


def _write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def _numbered(pattern: str, text: str, count: int = 6) -> dict[str, str]:
    return {pattern.format(number): text.format(number) for number in range(1, count + 1)}


def _config() -> dict[str, Any]:
    return tomllib.loads(Path("newslint.toml").read_text("utf-8"))


@pytest.fixture
def site(inside: Inside) -> None:
    """A site of Jekyll in the working directory: news, posts, drafts, courses, pages, and what lies beside them."""
    _write(
        {
            "_news/2024-01-24-a.md": BASE,
            "_news/README.md": "# News\n",
            **_numbered("_posts/2023/2023-01-{0:02}-post.md", POST),
            "_drafts/idea.md": "---\ntitle: An idea\n---\n",
            **_numbered("_courses/{}.md", COURSE),
            "_courses/README.md": "# Courses\n",
            "_people/a.md": "---\nname: A\n---\n",
            "README.md": "---\n# A site\n---\nWith a rule on top.\n",
            "about.md": "---\nlayout: page\ntitle: About\n---\n",
            "robots.txt": "User-agent: *\n",
            "assets/a.png": "",
            "_layouts/post.md": "---\nlayout: default\n---\n",
            "_site/2023/a.md": "text",
            "node_modules/x/README.md": POST.format(1),
        }
    )


def test_a_site_of_jekyll(inside: Inside, site: None) -> None:
    said = inside("init")
    assert said.code == 0
    assert said.out == (
        "==> newslint.toml <==\n"
        "# newslint check without PATHS looks at all folders here; --show-files tells what it takes each file for.\n"
        'exclude = ["/_site", "/node_modules", "_courses/README.md"]\n'
        'corpus = ["_news"]  # 1 article, which NL9 compares\n'
        "\n"
        "# 7 documents\n"
        "[[kinds]]\n"
        'name = "post"\n'
        'files = ["_drafts/**", "_posts/**"]\n'
        'schema = "post"\n'
        "\n"
        "# 6 documents\n"
        "[[kinds]]\n"
        'name = "courses"\n'
        'files = ["_courses/**"]\n'
        'schema = "schemas/courses.schema.json"\n'
        "\n"
        "==> schemas/courses.schema.json (29 lines, inferred) <==\n"
        "\n"
    )
    assert said.err == (
        "newslint: _news: 1 article, known by their look\n"
        "newslint: 1 document beside the folders: of another kind, and not checked\n"
        "newslint: _people: 1 document of another kind, too few for a schema\n"
        "newslint: _drafts, _posts: 7 posts\n"
        "newslint: _courses: 6 documents of another kind; a schema is inferred\n"
        "newslint: nothing is written; newslint init --yes writes it\n"
    )
    assert not Path("newslint.toml").exists()
    assert not Path("schemas").exists()


def test_the_configuration_is_right_about_every_file(inside: Inside, site: None) -> None:
    assert inside("init", "--yes").code == 0
    shown = inside("check", "--show-files").out
    assert [line for line in shown.splitlines() if line.startswith("check")] == [
        *(f"check  _courses/{number}.md as courses (its kind's files name it)" for number in range(1, 7)),
        "check  _drafts/idea.md as post (its kind's files name it)",
        "check  _news/2024-01-24-a.md as article (looks like an article)",
        *(
            f"check  _posts/2023/2023-01-{number:02}-post.md as post (its kind's files name it)"
            for number in range(1, 7)
        ),
    ]
    for skipped in (
        "README.md",
        "_site",
        "node_modules",
        "about.md",
        "_courses/README.md",
        "_news/README.md",
        "robots.txt",
    ):
        assert f"skip   {skipped} (" in shown
    said = inside("check", "--no-cache")
    assert (said.code, said.out.splitlines()[-1].split(", ")[:2]) == (0, ["14 files checked", "no findings"]), said.out


def test_the_configuration_finds_what_goes_wrong_later(inside: Inside, site: None) -> None:
    inside("init", "--yes")
    _write(
        {
            "_courses/7.md": COURSE.format(7).replace("level: easy\n", "").replace("T10", "T25"),
            "_posts/2024-01-01-b.md": POST.format(1).replace("tags", "tag").replace("2023-01-01", "2023-02-30"),
            "_posts/2024-01-02-c.md": "No front matter\n",
            "_news/b.md": with_fields("quality: much\n", BASE.replace("478451", "478452")),
        }
    )
    found = json.loads(inside("check", "--no-cache", "--output-format", "json").out)["findings"]
    assert {(one["path"], one["code"], one["field"]) for one in found if one["code"] < "NL5"} == {
        ("_courses/7.md", "NL101", "/level"),
        ("_courses/7.md", "NL201", "/start"),
        ("_news/b.md", "NL102", "/quality"),
        ("_posts/2024-01-01-b.md", "NL104", "/tag"),
        ("_posts/2024-01-01-b.md", "NL107", "/date"),
        ("_posts/2024-01-02-c.md", "NL003", ""),
    }


def test_nothing_that_is_there_is_overwritten(inside: Inside, site: None) -> None:
    Path("newslint.toml").write_text("# mine\n")
    Path(".gitlab-ci.yml").symlink_to("nowhere")
    said = inside("init", "--yes", "--gitlab", "--pre-commit")
    assert Path("newslint.toml").read_text() == "# mine\n"
    assert not Path("nowhere").exists()
    assert Path(".pre-commit-config.yaml").is_file()
    assert said.err == (
        "newslint: newslint.toml is there already and stays as it is\n"
        "newslint: .gitlab-ci.yml is there already and stays as it is; add the job to it:\n"
        "newslint: .pre-commit-config.yaml is written\n"
    )
    assert said.out.startswith("newslint:\n  image: python:3.12\n")
    again = inside("init", "--yes", "--pre-commit")
    assert again == (
        0,
        "",
        "newslint: newslint.toml is there already and stays as it is\n"
        "newslint: .pre-commit-config.yaml is there already\n"
        "newslint: there is nothing to write\n",
    )


def test_a_configuration_above_holds_here(inside: Inside, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("pyproject.toml").write_text("[tool.newslint]\n")
    Path("inner").mkdir()
    monkeypatch.chdir("inner")
    said = inside("init", "--yes")
    assert said.err.startswith(f"newslint: {tmp_path / 'pyproject.toml'} is there already and stays as it is\n")
    assert os.listdir(".") == []


def test_a_schema_that_is_there_is_not_taken(inside: Inside) -> None:
    _write({**_numbered("_courses/{}.md", COURSE), "schemas/courses.schema.json": "{}"})
    inside("init", "--yes")
    assert _config()["kinds"][0]["schema"] == "schemas/courses-2.schema.json"
    assert Path("schemas/courses.schema.json").read_text() == "{}"
    assert json.loads(Path("schemas/courses-2.schema.json").read_text())["title"] == "courses"


def test_the_system_refuses(inside: Inside) -> None:
    Path(".github").write_text("")
    said = inside("init", "--yes", "--github")
    assert said.code == 2
    assert said.err.endswith("newslint: .github/workflows/newslint.yml cannot be written: Not a directory\n")


def test_posts_with_fields_of_their_own_get_a_schema_of_their_own(inside: Inside) -> None:
    _write(_numbered("_posts/2023-01-{0:02}-a.md", POST.replace("tags", "mood: good\ntags")))
    said = inside("init", "--yes")
    assert "newslint: _posts: 6 posts with fields of their own, so a schema is inferred\n" in said.err
    assert _config()["kinds"] == [{"name": "post", "files": ["_posts/**"], "schema": "schemas/post.schema.json"}]
    assert inside("check", "--no-cache").code == 0


def test_one_odd_post_is_a_fault_and_no_kind(inside: Inside) -> None:
    _write({**_numbered("_posts/2023-01-{0:02}-a.md", POST, 19), "_posts/2023-02-01-b.md": "---\ntitel: A\n---\n"})
    said = inside("init", "--yes")
    assert "newslint: _posts: 20 posts, 19 of them without a fault\n" in said.err
    assert _config()["kinds"][0]["schema"] == "post"
    assert inside("check", "--no-cache").code == 1


def test_folders_with_the_same_fields_are_one_kind(inside: Inside) -> None:
    _write(
        {
            **_numbered("docs/{}.md", DOC),
            **_numbered("docs/api/{}.md", DOC, 2),
            **_numbered("content/guides/{}.md", DOC, 2),
            **_numbered("content/courses/2024/05/{}.md", COURSE),
            "content/index.md": "---\nhero: yes\n---\n",
        }
    )
    inside("init", "--yes")
    assert [(kind["name"], kind["files"]) for kind in _config()["kinds"]] == [
        ("courses", ["content/courses/**"]),
        ("docs", ["content/guides/**", "docs/**"]),
    ]
    assert inside("check", "--no-cache").out.startswith("16 files checked, no findings")


def test_a_folder_leaves_alone_what_is_of_another_kind_inside_it(inside: Inside) -> None:
    _write({**_numbered("docs/{}.md", DOC), **_numbered("docs/courses/{}.md", COURSE), "docs/news/a.md": BASE})
    inside("init", "--yes")
    direct = ["docs/*.md", "docs/*.markdown", "docs/*.txt", "docs/[0-9]*/**"]
    assert [kind["files"] for kind in _config()["kinds"]] == [direct, ["docs/courses/**"]]
    said = inside("check", "--no-cache", "--show-files")
    assert "check  docs/news/a.md as article (looks like an article)" in said.out
    assert said.out.endswith("13 to check, 3 skipped\n")
    assert inside("check", "--no-cache").code == 0


def test_a_folder_of_which_much_has_no_front_matter_is_left_alone(inside: Inside) -> None:
    _write({**_numbered("docs/{}.md", DOC), "docs/a.txt": "a", "docs/b.txt": "b"})
    said = inside("init", "--yes")
    assert "newslint: docs: 2 files without front matter, so the folder is not checked\n" in said.err
    assert "kinds" not in _config()


def test_names_that_mean_something_in_a_pattern_or_in_toml(inside: Inside) -> None:
    folder = '_a [b] *"\\ é!'
    _write({**_numbered(f"{folder}/{{}}.md", COURSE), **_numbered("#x/{}.md", DOC), f"{folder}/README.md": "# R\n"})
    inside("init", "--yes")
    assert [kind["name"] for kind in _config()["kinds"]] == ["x", "a-b"]
    said = inside("check", "--no-cache")
    assert said.out.startswith("12 files checked, no findings, 4 skipped"), said.out


def test_a_folder_that_cannot_be_named_is_left_out(inside: Inside) -> None:
    folder = os.fsdecode(b"_caf\xe9")
    _write(_numbered(f"{folder}/{{}}.md", COURSE))
    said = inside("init", "--yes")
    assert said.code == 0
    assert r"newslint: _caf\xe9: the name is not UTF-8, so the folder is left out" in said.err
    assert "kinds" not in _config()


def test_an_empty_folder_gets_an_empty_configuration(inside: Inside) -> None:
    said = inside("init", "--yes")
    assert said.err == (
        "newslint: no file with front matter was found here, so the configuration is empty\n"
        "newslint: newslint.toml is written\n"
    )
    assert _config() == {}


def test_what_cannot_be_read_is_told_and_stops_nothing(inside: Inside) -> None:
    _write(
        {
            **_numbered("_courses/{}.md", COURSE),
            "_courses/broken.md": "---\na: [\n---\n",
            "_courses/long.md": "a" * 1_100_000,
        }
    )
    os.mkfifo("_courses/pipe.md")
    said = inside("init", "--yes")
    assert said.code == 0
    assert "newslint: _courses/long.md: the file is larger than 1,048,576 bytes\n" in said.err
    assert "newslint: _courses/broken.md is left out of the schema: line 3: a value was expected here\n" in said.err
    assert _config()["kinds"][0]["name"] == "courses"


@pytest.mark.parametrize(("option", "path"), [("--pre-commit", ".pre-commit-config.yaml"), ("--github", ".github/workflows/newslint.yml"), ("--gitlab", ".gitlab-ci.yml")])  # fmt: skip
def test_the_files_of_other_tools_are_yaml_and_name_this_version(inside: Inside, option: str, path: str) -> None:
    inside("init", "--yes", option)
    text = Path(path).read_text()
    content = yaml.safe_load(text)
    assert "v0.1.0" in text
    if option == "--pre-commit":
        hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
        assert {hook["id"] for hook in content["repos"][0]["hooks"]} <= hooks
    else:
        assert "newslint" in content or "newslint" in content["jobs"]


def test_ignored_files_are_none_of_the_site(inside: Inside) -> None:
    Path(".git").mkdir()
    _write({".gitignore": "_courses/\n", **_numbered("_courses/{}.md", COURSE)})
    assert "no file with front matter was found here" in inside("init").err


@pytest.mark.parametrize(("answer", "written"), [(b"y\n", True), (b"n\n", False), (b"\n", False)])
def test_on_a_terminal_there_is_a_question(site: None, answer: bytes, written: bool) -> None:
    terminal, inner = pty.openpty()
    command = [sys.executable, "-m", "newslint", "init"]
    with subprocess.Popen(command, stdin=inner, stdout=subprocess.PIPE, stderr=inner) as process:
        os.close(inner)
        os.write(terminal, answer)
        output, _ = process.communicate(timeout=60)
    said = os.read(terminal, 100_000)
    os.close(terminal)
    assert process.returncode == 0
    assert output.startswith(b"==> newslint.toml <==\n")
    assert b"Write this? [y/N]: " in said
    assert Path("newslint.toml").exists() is written
    assert (b"newslint.toml is written" if written else b"nothing is written") in said


def test_without_a_terminal_nobody_is_asked(newslint: Command, site: None) -> None:
    result = newslint("init", stdin=b"y\n")
    assert result.returncode == 0
    assert b"nothing is written" in result.stderr
    assert not Path("newslint.toml").exists()


@needs_corpus
def test_the_real_archive_with_its_topics(inside: Inside, tmp_path: Path) -> None:
    Path("_news").symlink_to(CORPUS / "_news")
    said = inside("init")
    assert "no file with front matter" in said.err, "links to folders are not followed"
    os.unlink("_news")
    Path("_news").mkdir()
    for path in sorted((CORPUS / "_news").iterdir())[:60]:
        os.link(path, f"_news/{path.name}") if os.stat(path).st_dev == os.stat(tmp_path).st_dev else Path(
            f"_news/{path.name}"
        ).write_bytes(path.read_bytes())
    Path("_data").mkdir()
    Path("_data/topics").symlink_to(CORPUS / "_data" / "topics")
    assert inside("init", "--yes").code == 0
    assert _config() == {"corpus": ["_news"], "topics": "_data/topics"}
    assert inside("check", "--no-cache", "--select", "NL0,NL1,NL7", "--ignore", "NL706").code == 0
