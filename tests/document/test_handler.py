"""python-frontmatter with the strict handler: the same data as with its own, timestamps as text, and no silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from newslint import FrontMatterError, StrictYAMLHandler
from tests.conftest import BASE, CORPUS, needs_corpus


def test_loads_gives_data_and_body() -> None:
    post = frontmatter.loads(
        "---\ntitle: x\nheat: 012\nwhen: 2024-01-24T15:00:00Z\n---\n\nBody\n", handler=StrictYAMLHandler()
    )
    assert post.metadata == {"title": "x", "heat": 10, "when": "2024-01-24T15:00:00Z"}
    assert post.content == "Body"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_load_reads_a_file(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"---\ntitle: \xc3\xa9\nb: |\n  x\n---\nBody\n".replace(b"\n", line_end.encode()))
    post = frontmatter.load(str(path), handler=StrictYAMLHandler())
    assert post.metadata == {"title": "é", "b": "x\n"}
    with path.open("rb") as file:
        assert frontmatter.load(file, handler=StrictYAMLHandler()).metadata == post.metadata


def test_a_byte_order_mark_loses_nothing() -> None:
    text = "\ufeff---\ntitle: x\n---\n"
    assert frontmatter.loads(text).metadata == {}
    assert frontmatter.loads(text, handler=StrictYAMLHandler()).metadata == {"title": "x"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("Just text\n", "NL003", 1, 1),
        ("---\ntitle: x\n", "NL004", 1, 1),
        ("---\ntitle: x\n...\n", "NL004", 1, 1),
        ("---\n---\n", "NL008", 1, 1),
        ("---\n- a\n---\n", "NL008", 2, 1),
        ("---\ntext\n---\n", "NL008", 2, 1),
        ("---\na: 1\nb: 2\na: 3\n---\n", "NL006", 4, 1),
        ("---\na: &x 1\nb: *x\n---\n", "NL007", 2, 4),
        ("---\nb: *x\n---\n", "NL007", 2, 4),
        ("---\na: !!str 1\n---\n", "NL007", 2, 4),
        ("---\nyes: 1\n---\n", "NL009", 2, 1),
        ("---\na: [\n---\n", "NL005", 3, 1),
        ("---\na: 'b\n---\n", "NL005", 2, 4),
        ("---\na: x\nb:\n- 99999999999999999999999\n---\n", "NL105", 4, 3),
        ("---\na: .inf\nb: 1\nb: 2\n---\n", "NL105", 2, 4),
        ("---\na: \ud800\n---\n", "NL005", 2, 4),
        ("---\na: " + "[" * 100 + "\n---\n", "NL013", 2, 35),
    ],
)
def test_what_is_lost_in_silence_elsewhere_raises_here(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        frontmatter.loads(text, handler=StrictYAMLHandler())
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)
    assert str(caught.value).startswith(f"{line}:{column}: {code} ")


def test_messages_are_those_of_the_linter() -> None:
    with pytest.raises(FrontMatterError, match=r'^3:1: NL006 "a" stands here a second time, first in line 2; '):
        frontmatter.loads("---\na: 1\na: 2\n---\n", handler=StrictYAMLHandler())
    with pytest.raises(FrontMatterError, match=r"^2:5: NL105 the number at b\[0\] is not finite$"):
        frontmatter.loads("---\nb: [.inf]\n---\n", handler=StrictYAMLHandler())


def test_it_can_be_asked_whether_it_is_the_one() -> None:
    assert StrictYAMLHandler().detect("anything")
    assert frontmatter.parse(BASE, handler=StrictYAMLHandler())[0]["category"] == "news"


class TestDumps:
    def test_gives_back_what_was_read(self) -> None:
        handler = StrictYAMLHandler()
        post = frontmatter.loads(BASE + "Body\n", handler=handler)
        written = frontmatter.dumps(post)
        again = frontmatter.loads(written, handler=handler)
        assert again.metadata == post.metadata
        assert list(again.metadata) == list(post.metadata)
        assert again.content == "Body"

    def test_writes_in_the_style_of_the_format(self) -> None:
        long = "a rather long sentence, " * 20
        post = frontmatter.Post(
            "",
            title=long,
            publishedDateTime="2024-01-24T15:00:00Z",
            when=datetime(2024, 1, 24, 15, tzinfo=UTC),
            excerpt="2024-01-24",
            heat="39",
            published=False,
            topics=["AI"],
        )
        assert frontmatter.dumps(post, handler=StrictYAMLHandler()) == (
            f"---\ntitle: '{long}'\npublishedDateTime: 2024-01-24T15:00:00Z\nwhen: 2024-01-24T15:00:00Z\n"
            "excerpt: '2024-01-24'\nheat: '39'\npublished: false\ntopics:\n- AI\n---"
        )

    def test_takes_the_options_of_yaml_dump(self) -> None:
        post = frontmatter.Post("", b=1, a=[2])
        written = frontmatter.dumps(post, handler=StrictYAMLHandler(), sort_keys=True, default_flow_style=True)
        assert written == "---\n{a: [2], b: 1}\n---"


ARTICLES = sorted((CORPUS / "_news").glob("*.md"))


@needs_corpus
def test_real_articles_are_the_same_both_ways() -> None:
    handler = StrictYAMLHandler()
    for path in [*ARTICLES, CORPUS / "seed.txt"]:
        strict = frontmatter.load(str(path), handler=handler)
        usual = frontmatter.load(str(path))
        assert usual.metadata, path.name
        assert strict.metadata == _with_times_as_text(usual.metadata), path.name
        assert list(strict.metadata) == list(usual.metadata)
        assert strict.content == usual.content


def _with_times_as_text(value: Any) -> Any:
    """Return data with what PyYAML made of timestamps as the format writes them."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert not isinstance(value, date)
    if isinstance(value, dict):
        return {key: _with_times_as_text(child) for key, child in value.items()}
    return [_with_times_as_text(child) for child in value] if isinstance(value, list) else value
