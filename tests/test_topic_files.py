"""The vocabulary from the configuration: lists, files and folders on a disk, through the command to the findings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.limits import MAX_TOPIC_FILE_SIZE
from newslint.settings import ConfigError
from newslint.topic_files import load_vocabulary
from newslint.vocabulary import VocabularyError
from tests.conftest import BASE, CORPUS, Command, needs_corpus


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogateescape"))


@needs_corpus
def test_the_topics_of_the_real_site() -> None:
    vocabulary = load_vocabulary("_data/topics", str(CORPUS), "topics")
    assert vocabulary.names[0] == "Power Apps"
    assert set(vocabulary.parents.values()) == {"Power Apps"}
    assert len(vocabulary.parents) == 6
    assert vocabulary.known_as("cds") == "Common Data Service"


def test_a_folder_is_read_in_the_order_of_its_files_names(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "t/b.yml": "name: B\nparent: A",
            "t/a.YAML": "\ufeffname: A",
            "t/c.json": '["C", "D"]',
            "t/.hidden.yaml": "name: H",
            "t/README.md": "name: R",
            "t/inner/i.yaml": "name: I",
        },
    )
    for written in ("t", "t/", "./t"):
        assert load_vocabulary(written, str(tmp_path), "topics").names == ("A", "B", "C", "D")


def test_a_file_may_be_anywhere(tmp_path: Path) -> None:
    _write(tmp_path, {"site/newslint.toml": 'topics = "../shared/topics.json"', "shared/topics.json": '["AI"]'})
    settings = load_settings(tmp_path / "site" / "newslint.toml", tmp_path)
    assert settings.vocabulary is not None
    assert settings.vocabulary.names == ("AI",)


def test_without_the_key_there_is_no_vocabulary(tmp_path: Path) -> None:
    _write(tmp_path, {"newslint.toml": "exclude = []"})
    assert load_settings(tmp_path / "newslint.toml", tmp_path).vocabulary is None


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        ("nowhere", "nowhere: it cannot be read: No such file or directory"),
        ("topic", 'topic: it cannot be read: No such file or directory (did you mean "topics"?)'),
        ("topics/a.yaml/b", "topics/a.yaml/b: it cannot be read: Not a directory"),
        ("https://example.com/topics.json", "https://example.com/topics.json: it cannot be read: "),
        ("a\0b", "a\0b: it cannot be read: embedded null byte"),
        ("empty", "empty: the folder holds no file of topics (.yaml, .yml, .json)"),
        ("fifo", "fifo: this is neither a file nor a folder"),
        ("large.json", "large.json: the file is larger than 1,048,576 bytes"),
        ("latin.yaml", "latin.yaml:2: the byte 0xE9 is not UTF-8 text"),
        ("topics", "topics/b.yaml:1: a topic is blank"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, topics: str, message: str) -> None:
    files = {"topics/a.yaml": "AI", "topics/b.yaml": "''", "latin.yaml": "- AI\n- Caf\udce9\n"}
    _write(tmp_path, files | {"large.json": " " * (MAX_TOPIC_FILE_SIZE + 1)})
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(topics, str(tmp_path), "topics")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("topics = 5", "newslint.toml:1: topics: 5 is a number, where text or a list is expected"),
        ("topics = []", "newslint.toml:1: topics: the list is empty"),
        ('topics = ["AI", ""]', "newslint.toml:1: topics[1]: the text is empty"),
        ('topics = ["AI", 5]', "newslint.toml:1: topics[1]: 5 is a number, where text is expected"),
        (
            'topics = "topics.yml"',
            "newslint.toml:1: topics: topics.yml: it cannot be read: No such file or directory (did",
        ),
        ('topic = ["AI"]', 'newslint.toml:1: topic: "topic" is no setting (did you mean "topics"?)'),
        ('topics = ["AI",\n  "ai"]', 'the topic "ai" stands here a second time, first in topics[0]'),
        (
            'topics = "topics.yaml"',
            'topics: topics.yaml:3: the parent "Artifical" of "Vision" is no topic (did you mean "Artificial"?)',
        ),
    ],
)
def test_a_wrong_configuration_is_one_line_and_exit_2(
    tmp_path: Path, newslint: Command, written: str, message: str
) -> None:
    tree = "- name: Artificial\n- name: Vision\n  parent: Artifical\n"
    _write(tmp_path, {"newslint.toml": written, "topics.yaml": tree, "article.md": BASE})
    with pytest.raises(ConfigError):
        load_settings(tmp_path / "newslint.toml", tmp_path)
    done = newslint("check", "article.md")
    assert done.returncode == 2
    assert done.stdout == b""
    error = done.stderr.decode()
    assert message in error
    assert error.count("\n") == 1


def test_the_command_judges_by_the_vocabulary_of_pyproject_toml(tmp_path: Path, newslint: Command) -> None:
    _write(
        tmp_path,
        {
            "pyproject.toml": '[tool.newslint]\ntopics = "_data/topics"\n',
            "_data/topics/ai.yaml": "name: AI",
            "_data/topics/vision.yaml": "name: Vision\nshortname: Computer Vision\nparent: AI\n",
            "_news/article.md": BASE,
        },
    )
    done = newslint("check", "--output-format", "concise", "_news")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[0] == (
        '_news/article.md:18:5: error NL701 unknown-topic: topics[0]: "Computer Vision" is no topic of the vocabulary, '
        'which calls it "Vision"'
    )
