"""``newslint stats``: numbers that are right, a text that fits 80 columns, and sentences that are worth knowing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from newslint.output.escape import width
from tests.cli.conftest import Inside
from tests.conftest import BASE, CORPUS, Command, needs_corpus, with_fields
from tests.output.making import HOSTILE_TEXTS

SMALL = """\
3 articles from 2023-12 to 2024-01 by 2 providers

  * 33% of the articles (1) stay below the publish threshold of 70
  * 67% of the articles come from one of 2 providers, police.uk; the next,
    bbc.com, has 1
  * 33% of the articles have no image

By year, and by month from January to December
  2023       1  ···········▄  ████████████████████████
  2024       2  █···········  ████████████████████████████████████████████████
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three articles, a file that is none, and one whose front matter cannot be read."""
    files = {
        "2024-01-24-a.md": BASE,
        "2024-01-25-b.md": BASE.replace("heat: 39", "heat: 70").replace("    width: 1782", "    width: 1200"),
        "2023-12-01-c.md": with_fields(
            "publishedDateTime: 2023-12-01T15:00:00Z\nprovider:\n  name: BBC\n  domain: bbc.com\nheat: 95\npublished: true\n"
            'topics:\n  - AI\n  - AI\nimages: []\nexcerpt: "A sentence that ends here."\n'
        ),
        "README.md": "# Hello\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_text_begins_with_what_is_worth_knowing(archive: Path, inside: Inside) -> None:
    said = inside("stats")
    assert (said.code, said.err) == (0, "newslint: 1 file skipped: newslint check --show-files tells why\n")
    assert said.out.startswith(SMALL)
    assert "\nHeat (published from 70)\n" in said.out
    assert "Optional fields of the 3 documents of the kind article\n        3  100%  webUrl " in said.out
    assert inside("stats", "--quiet").err == ""


def test_the_numbers_are_those_of_the_files(archive: Path, inside: Inside) -> None:
    found = json.loads(inside("stats", "--output-format", "json").out)
    assert found["version"] == 1
    assert found["summary"] == {
        "documents": 3,
        "unreadable": 0,
        "undated": 0,
        "threshold": 70,
        "published": 1,
        "held_back": 2,
        "below": 1,
        "close": 0,
        "without_image": 1,
        "cut_off": 0,
        "narrow": 0,
    }
    assert found["months"] == [{"name": "2023-12", "documents": 1}, {"name": "2024-01", "documents": 2}]
    assert found["topics"] == [{"name": "AI", "documents": 3}, {"name": "Computer Vision", "documents": 2}]
    assert found["kinds"] == [{"name": "article", "documents": 3}]
    heat = found["heat"]
    assert (heat["values"], heat["least"], heat["greatest"], heat["tenths"][4]) == (3, 39, 95, 70)
    assert sum(step["values"] for step in heat["steps"]) == 3
    assert 70 in [step["start"] for step in heat["steps"]], "a step begins at the threshold"
    images = next(field for field in found["fields"] if field["name"] == "images")
    assert images == {"kind": "article", "name": "images", "present": 3, "documents": 3}


def test_the_threshold_and_the_kinds_are_the_configuration_s(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "newslint.toml").write_text(
        '[rules.publish-threshold]\nthreshold = 40\n[[kinds]]\nname = "post"\nfiles = ["_posts/*"]\nschema = "post"\n'
    )
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2024-02-01-p.md").write_text("---\ntitle: P\nlayout: post\n---\n")
    (tmp_path / "a.md").write_text(BASE)
    said = inside("stats")
    assert said.out.startswith("2 documents from 2024-01 to 2024-02 by 1 provider\n")
    told = " ".join(said.out.split())
    assert "100% of the articles (1) stay below the publish threshold of 40, 1 of them by 10 points or less" in told
    assert "Optional fields of the 1 document of the kind post\n" in said.out


def test_what_cannot_be_read_is_counted_apart(tmp_path: Path, inside: Inside) -> None:
    (tmp_path / "a.md").write_text(BASE)
    (tmp_path / "b.md").write_text(BASE.replace("title: ", "title: [", 1))
    assert inside("stats").out.startswith("1 article of 2024-01 by 1 provider; 1 other cannot be read\n")
    (tmp_path / "a.md").unlink()
    said = inside("stats")
    assert (said.code, said.out) == (2, "")
    assert said.err == "newslint: there is no article here that can be read, so there is nothing to count\n"
    assert inside("stats", "missing").err == 'newslint: "missing" is not there\n'
    assert inside("stats", "-").code == 2


def test_odd_and_hostile_values_harm_nobody(tmp_path: Path, inside: Inside) -> None:
    hostile = [text.replace("\0", "").replace("\r", " ").replace("\n", " ") for text in HOSTILE_TEXTS]
    for number, text in enumerate(hostile):
        quoted = json.dumps(text, ensure_ascii=True)
        (tmp_path / f"{number}.md").write_text(
            with_fields(
                f"type: {quoted}\nprovider:\n  domain: {quoted}\ntopics: [{quoted}, 5, [x]]\nheat: {10**19 - number}\n"
                "quality: true\nimages: [5, {width: -7}, {width: .inf}]\nexcerpt: 7\npublishedDateTime: 2024-13-45\n"
            )
        )
    said = inside("stats")
    assert said.code == 0
    assert all(width(line) <= 80 for line in said.out.splitlines())
    assert all(line.isprintable() for line in said.out.splitlines())
    found = json.loads(inside("stats", "--output-format", "json").out)["summary"]
    assert found["documents"] + found["unreadable"] == len(hostile)
    assert found["unreadable"] == 3, "libyaml refuses lone surrogates, and pairs that are written as escapes"


def test_a_stream_without_such_signs_gets_plain_ones(archive: Path, newslint: Command) -> None:
    shown = newslint("stats", cwd=archive, PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert shown.isascii()
    assert b"  2024       2  #             ################################################\n" in shown


@needs_corpus
def test_the_real_archive_fits_80_columns_and_its_numbers_agree_with_python_frontmatter(inside: Inside) -> None:
    said = inside("stats", str(CORPUS / "_news"), "--isolated")
    lines = said.out.splitlines()
    assert max(map(width, lines)) <= 80
    assert sum(line.startswith("  * ") for line in lines) >= 3
    posts: list[dict[str, Any]] = [
        frontmatter.load(str(path)).metadata for path in sorted((CORPUS / "_news").glob("*.md"))
    ]
    found = json.loads(inside("stats", str(CORPUS / "_news"), "--isolated", "--output-format", "json").out)
    assert found["summary"]["documents"] == len(posts)
    assert found["summary"]["below"] == sum(post["heat"] < 70 for post in posts)
    assert found["summary"]["published"] == sum(post["published"] for post in posts)
    for name, key in (("types", "type"), ("topics", "topics")):
        values = [value for post in posts for value in (post[key] if key == "topics" else [post[key]])]
        assert {one["name"]: one["documents"] for one in found[name]} == {
            value: values.count(value) for value in values
        }
    titles = sorted(len(post["title"]) for post in posts)
    assert (found["titles"]["least"], found["titles"]["greatest"]) == (titles[0], titles[-1])
    assert found["titles"]["tenths"][4] == titles[len(titles) // 2]
    widths = [image["width"] for post in posts for image in post.get("images", [])]
    assert found["summary"]["narrow"] == sum(one < 1200 for one in widths)
    for field in found["fields"]:
        assert field["present"] == sum(field["name"] in post for post in posts), field
