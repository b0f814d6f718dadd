"""The vocabulary: what is read from lists, YAML and JSON, what each topic is known as, and how a mistake is told."""

from __future__ import annotations

import json

import pytest

from newslint.limits import MAX_TOPICS
from newslint.vocabulary import (
    Topic,
    Vocabulary,
    VocabularyError,
    listed_topics,
    make_vocabulary,
    written_topics,
)

TREE = """\
- name: AI
  shortname: Artificial Intelligence
- name: Computer Vision
  _id: computer-vision
  parent: AI
  aliases: [Machine Vision, CV]
- name: Facial Recognition
  parent: machine vision
  keywords:
    - faces
- Robotics
"""


def of_text(text: str, name: str = "topics.yaml") -> Vocabulary:
    return make_vocabulary(written_topics(name, text))


def test_a_list_of_names() -> None:
    vocabulary = make_vocabulary(listed_topics(["AI", " Computer Vision "], "topics"))
    assert vocabulary.names == ("AI", "Computer Vision")
    assert "AI" in vocabulary
    assert "ai" not in vocabulary
    assert 5 not in vocabulary
    assert vocabulary.ancestors("AI") == ()


def test_names_parents_and_aliases_of_a_file() -> None:
    vocabulary = of_text(TREE)
    assert vocabulary.names == ("AI", "Computer Vision", "Facial Recognition", "Robotics")
    assert vocabulary.parents == {"Computer Vision": "AI", "Facial Recognition": "Computer Vision"}
    assert vocabulary.aliases == {
        "Artificial Intelligence": "AI",
        "computer-vision": "Computer Vision",
        "Machine Vision": "Computer Vision",
        "CV": "Computer Vision",
    }
    assert vocabulary.ancestors("Facial Recognition") == ("Computer Vision", "AI")
    assert vocabulary.ancestors("Astrology") == ()
    assert "Machine Vision" not in vocabulary


def test_json_says_the_same_as_yaml() -> None:
    entries = [
        {"name": "AI", "shortname": "Artificial Intelligence"},
        {"name": "Computer Vision", "_id": "computer-vision", "parent": "AI", "aliases": ["Machine Vision", "CV"]},
        {"name": "Facial Recognition", "parent": "machine vision", "keywords": ["faces"]},
        "Robotics",
    ]
    one, other = of_text(json.dumps(entries), "topics.JSON"), of_text(TREE)
    assert (one.names, one.parents, one.aliases) == (other.names, other.parents, other.aliases)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("AI", "AI"),
        ("ai", "AI"),
        (" artificial   INTELLIGENCE ", "AI"),
        ("cv", "Computer Vision"),
        ("Computer Visoin", "Computer Vision"),
        ("Machine-Vision", "Computer Vision"),
        ("Robotic", "Robotics"),
        ("faces", None),
        ("Astrology", None),
        ("", None),
    ],
)
def test_what_a_word_means(word: str, meant: str | None) -> None:
    assert of_text(TREE).meant_by(word) == meant


def test_only_other_names_are_known_for_certain() -> None:
    vocabulary = of_text(TREE)
    assert vocabulary.known_as("cv") == "Computer Vision"
    assert vocabulary.known_as("Computer Visoin") is None


def test_an_alias_of_two_topics_and_one_that_is_a_name_are_dropped() -> None:
    entries = ("{name: A one, shortname: X}", "{name: B two, shortname: x}", "{name: C three, aliases: a ONE}")
    vocabulary = of_text("".join(f"- {entry}\n" for entry in entries))
    assert vocabulary.aliases == {}
    assert vocabulary.known_as("x") is None
    assert vocabulary.known_as("a one") == "A one"


def test_circles_of_parents_end() -> None:
    pairs = (("A", "B"), ("B", "C"), ("C", "B"), ("D", "D"))
    vocabulary = of_text("".join(f"- {{name: {name}, parent: {parent}}}\n" for name, parent in pairs))
    assert vocabulary.ancestors("A") == ("B", "C")
    assert vocabulary.ancestors("B") == ("C",)
    assert vocabulary.ancestors("D") == ()


@pytest.mark.parametrize(
    "text",
    [
        "name: AI\n",
        "# a comment\n\n--- \nname: AI\n",
        "---\r\nname: AI\r\nservices:\r\n  news: https://example.com/",
        "name: >-\n  AI\nhashtags:\n  - '#AI'\n",
        "{name: AI}",
        "AI",
        "[AI]",
        "- AI",
        "---\n- AI\n",
        "  - AI\n",
        "---\n- AI\n---\n",
        "- AI\n...",
        "- name: AI\r  parent:\r",
        'name: "AI"\nnote: "two\n\n  lines"\ncode: |2\n    x\n  y\n',
    ],
)
def test_ways_to_write_one_topic(text: str) -> None:
    assert of_text(text).names == ("AI",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.yaml: there are no topics in it"),
        ("# nothing\n", "t.yaml: there are no topics in it"),
        ("[]\n", "the vocabulary has no topics"),
        ("- AI\n- 5\n", "t.yaml:2: 5 stands where a topic, or its name, is expected"),
        ("- AI\n-\n", "t.yaml:2: null stands where a topic, or its name, is expected"),
        ("- - AI\n", "t.yaml:1: a list of 1 stands where a topic, or its name, is expected"),
        ("- ''\n", "t.yaml:1: a topic is blank"),
        ("- name: AI\n- parent: AI\n", 't.yaml:2: the topic has no "name"'),
        ("- nmae: AI\n", 't.yaml:1: the topic has no "name", but "nmae"'),
        (
            "- _id: x\n  name: 2024\n",
            "t.yaml:2: name is 2024, where text is expected (put it in quotes if it is text)",
        ),
        ("- name: AI\n  parent: [x]\n", "t.yaml:2: parent is a list of 1, where text is expected"),
        (
            "- name: AI\n  aliases:\n    - x\n    - yes\n",
            "t.yaml:4: an alias is true, where text is expected (put it in quotes if it is text)",
        ),
        ("- name: AI\n  aliases: {a: b}\n", "t.yaml:2: aliases is a mapping, where text is expected"),
        ("- AI\n- name: ai\n", 't.yaml:2: the topic "ai" stands here a second time, first in t.yaml:1'),
        (
            "- name: Robotics\n- name: Robots\n  parent: Robotic\n",
            't.yaml:3: the parent "Robotic" of "Robots" is no topic (did you mean "Robotics"?)',
        ),
        ("name: AI\nname: ML\n", 't.yaml:2:1: "name" stands here a second time, first in line 1'),
        ("- &a AI\n- *a\n", "t.yaml:1:3: an anchor"),
        ("- !!python/object:os.system x\n", "t.yaml:1:3: a tag"),
        ("- name: 'AI\n- name: x\n", "t.yaml:1:9: the quote opened here is never closed"),
        ("- name: AI\n\tparent: x\n", "t.yaml:2:1: a tab is used for indentation"),
        ("- AI\x85topics: [Astrology]\n", "t.yaml: a line separator that is no line feed keeps this"),
        ("- AI\u2028topics: [Astrology]\n", "t.yaml: a line separator that is no line feed keeps this"),
        ("---\n- AI\n---\n- ML\n", "t.yaml:3: a second YAML document begins"),
        ("[" * 100, "t.yaml:"),
    ],
)
def test_a_mistake_in_yaml_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        of_text(text, "t.yaml")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.json:1: this is no JSON: Expecting value"),
        ('[\n"AI",\n]', "t.json:3: this is no JSON: "),
        ("[" * 100_000, "t.json: this is no JSON that can be read: "),
        (f"[{'9' * 5000}]", "t.json: this is no JSON that can be read: "),
        ("null", "t.json: there are no topics in it"),
        ('["AI", {"name": null}]', "t.json: [1].name: name is null, where text is expected"),
        ('["AI", "ai"]', 't.json: [1]: the topic "ai" stands here a second time, first in t.json: [0]'),
        ('[{"name": "AI", "parent": "ML"}]', 't.json: [0].parent: the parent "ML" of "AI" is no topic'),
    ],
)
def test_a_mistake_in_json_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        of_text(text, "t.json")
    assert str(caught.value).startswith(message)


def test_a_mistake_in_a_list_is_told_with_its_place() -> None:
    second = r'^topics\[1\]: the topic "AI" stands here a second time, first in topics\[0\]$'
    with pytest.raises(VocabularyError, match=second):
        make_vocabulary(listed_topics(["AI", "AI"], "topics"))
    with pytest.raises(VocabularyError, match=r"^topics\[0\]: a topic is blank$"):
        make_vocabulary(listed_topics(["\u00a0"], "topics"))


def test_too_many_topics_are_refused() -> None:
    topics = [Topic(f"topic {number}", "") for number in range(MAX_TOPICS + 1)]
    assert len(make_vocabulary(topics[:-1]).names) == MAX_TOPICS
    with pytest.raises(VocabularyError, match="the vocabulary has 10,001 topics, more than 10,000"):
        make_vocabulary(topics)
