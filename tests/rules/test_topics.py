"""Topics: what the vocabulary knows, what a topic brings along, and how each fault is mended."""

from __future__ import annotations

import pytest

from newslint.engine.linter import lint_bytes
from newslint.finding import Finding, Insert, Remove, Repair, Replace, Violation
from newslint.limits import MAX_NEAR_MISSES
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from newslint.vocabulary import Vocabulary, listed_topics, make_vocabulary, written_topics
from tests.conftest import NOW, ROOT, with_fields
from tests.rules.spoken import fixed_list, spoken

TREE = make_vocabulary(
    written_topics(
        "t.yaml",
        """\
- name: AI
  shortname: Artificial Intelligence
- {name: Computer Vision, parent: AI, aliases: [Machine Vision]}
- {name: Facial Recognition, parent: Computer Vision}
- {name: Speech, parent: AI}
- Robotics
- {name: Egg, parent: Hen}
- {name: Hen, parent: Egg}
""",
    )
)


def article(*topics: str) -> str:
    return with_fields("topics:\n" + "".join(f"  - {topic}\n" for topic in topics))


def lint(text: str, vocabulary: Vocabulary | None = TREE, **selection: list[str]) -> tuple[Finding, ...]:
    runner = Runner(Settings(ROOT, vocabulary=vocabulary), Choices(now=NOW, selection=Layer(**selection)))
    return lint_bytes("article.md", text.encode(), runner.plan).findings


def told(found: list[Violation]) -> list[tuple[str, str, str | None]]:
    return [
        ("/".join(str(step) for step in violation.pointer), violation.message, violation.hint) for violation in found
    ]


def test_without_a_vocabulary_no_topic_is_unknown() -> None:
    assert spoken("NL701", article("Astrology")) == []
    assert spoken("NL702", article("Facial Recognition")) == []


@pytest.mark.parametrize(
    ("topic", "message", "hint", "repair"),
    [
        (
            "Astrology",
            '"Astrology" is no topic of the vocabulary',
            "Take a topic of the vocabulary, or add this one to it",
            None,
        ),
        (
            "Robotik",
            '"Robotik" is no topic of the vocabulary',
            'Did you mean "Robotics"?',
            Repair('Write "Robotics"', (Replace(("topics", 0), "Robotics"),), safe=False),
        ),
        (
            "robotics",
            '"robotics" is no topic of the vocabulary, which calls it "Robotics"',
            'Write "Robotics"',
            Repair('Write "Robotics"', (Replace(("topics", 0), "Robotics"),), safe=False),
        ),
        (
            "machine vision",
            '"machine vision" is no topic of the vocabulary, which calls it "Computer Vision"',
            'Write "Computer Vision"',
            Repair('Write "Computer Vision"', (Replace(("topics", 0), "Computer Vision"),), safe=False),
        ),
        (
            "Artificial Intelligence",
            '"Artificial Intelligence" is no topic of the vocabulary, which calls it "AI"',
            'Delete it: "AI" is there already',
            Repair('Delete "Artificial Intelligence"', (Remove(("topics", 0)),), safe=False),
        ),
        (
            "Artificial Inteligence",
            '"Artificial Inteligence" is no topic of the vocabulary',
            'Did you mean "AI"? Delete it: "AI" is there already',
            Repair('Delete "Artificial Inteligence"', (Remove(("topics", 0)),), safe=False),
        ),
    ],
)
def test_an_unknown_topic(topic: str, message: str, hint: str, repair: Repair | None) -> None:
    (violation,) = spoken("NL701", article(topic, "AI"), vocabulary=TREE)
    assert told([violation]) == [("topics/0", message, hint)]
    assert violation.repair == repair


def test_two_unknown_topics_that_mean_the_same_become_one() -> None:
    one, other = spoken("NL701", article("machine vision", "Computer Visoin"), vocabulary=TREE)
    assert one.hint == 'Write "Computer Vision"'
    assert other.hint == 'Did you mean "Computer Vision"? Delete it: "machine vision" is there already'
    assert fixed_list(["machine vision", "Computer Visoin"], one) == ["Computer Vision", "Computer Visoin"]
    assert fixed_list(["machine vision", "Computer Visoin"], other) == ["machine vision"]


@pytest.mark.parametrize("topic", ['" AI"', '"A\\u00ADI"', '"AI &amp; more"'])
def test_what_is_wrong_with_the_text_is_said_once(topic: str) -> None:
    codes = [found.code for found in lint(article(topic))]
    assert len(codes) == 1
    assert codes[0].startswith("NL6")
    assert [found.code for found in lint(article(topic), select=["NL701"])] == ["NL701"]


def test_a_repeated_topic_is_not_unknown_as_well() -> None:
    assert [(found.code, found.field) for found in lint(article("Robotics", "robotics"))] == [("NL703", "/topics/1")]
    assert [(found.code, found.field) for found in lint(article("robotics", "Robotics"))] == [("NL703", "/topics/0")]
    assert [(found.code, found.field) for found in lint(article("robotics", "ROBOTICS"))] == [
        ("NL701", "/topics/0"),
        ("NL703", "/topics/1"),
    ]


def test_the_search_for_close_topics_ends_but_other_names_are_found() -> None:
    strange = [f"Strange topic {number}" for number in range(MAX_NEAR_MISSES)]
    found = spoken("NL701", article(*strange, "Robotik", "ROBOTICS"), vocabulary=TREE)
    assert [violation.hint for violation in found[-2:]] == [
        "Take a topic of the vocabulary, or add this one to it",
        'Write "Robotics"',
    ]


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        (["AI", "Robotics"], []),
        (["Computer Vision", "AI"], []),
        (["AI", "Facial Recognition", "Computer Vision"], []),
        (["Computer Vision", "ai"], []),
        (["Computer Vision", "Artificial Intelligence"], []),
        (["Facial Recognition", "Machine Visoin", "AI"], []),
        (["Machine Vision"], []),
        (["Astrology"], []),
        (["Egg", "Hen"], []),
        (["Computer Vision"], [(0, '"Computer Vision" comes without its parent "AI"')]),
        (["Egg"], [(0, '"Egg" comes without its parent "Hen"')]),
        (
            ["Robotics", "Facial Recognition"],
            [(1, '"Facial Recognition" comes without "Computer Vision" and "AI", which it is under')],
        ),
        (
            ["Speech", "Computer Vision", "Facial Recognition"],
            [(0, '"Speech" comes without its parent "AI" (2 other topics lack it too)')],
        ),
        (
            ["Speech", "Facial Recognition"],
            [
                (0, '"Speech" comes without its parent "AI" (1 other topic lacks it too)'),
                (1, '"Facial Recognition" comes without its parent "Computer Vision"'),
            ],
        ),
        (
            ["Facial Recognition", "Computer Vision"],
            [(0, '"Facial Recognition" comes without "AI", which it is under (1 other topic lacks it too)')],
        ),
    ],
)
def test_missing_parents(topics: list[str], expected: list[tuple[int, str]]) -> None:
    found = spoken("NL702", article(*topics), vocabulary=TREE)
    assert [(violation.pointer[1], violation.message) for violation in found] == expected
    for violation in found:
        assert violation.repair is not None
        assert violation.repair.safe
        mended = fixed_list(topics, violation)
        assert [topic for topic in mended if topic in topics] == topics
        left = [other.pointer for other in spoken("NL702", article(*mended), vocabulary=TREE)]
        assert len(left) < len(found)


def test_missing_parents_go_in_behind_the_topic_the_nearest_first() -> None:
    (violation,) = spoken("NL702", article("Facial Recognition", "Robotics"), vocabulary=TREE)
    assert violation.repair == Repair(
        'Add "Computer Vision" and "AI"', (Insert(("topics", 1), "Computer Vision"), Insert(("topics", 1), "AI"))
    )
    assert violation.hint == 'Add "Computer Vision" and "AI" to topics'


def test_two_repairs_bring_each_parent_once() -> None:
    found = spoken("NL702", article("Speech", "Facial Recognition"), vocabulary=TREE)
    inserted = [str(change.value) for violation in found for change in violation.repair.changes]  # type: ignore[union-attr]
    assert sorted(inserted) == ["AI", "Computer Vision"]


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        (["AI", "AIs", "A I"], []),
        (["AI", "Robotics", "AI"], [(2, '"AI" is among the topics already', ["AI", "Robotics"])]),
        (["AI", "ai"], [(1, '"ai" is the same topic as "AI"', ["AI"])]),
        (["Straße", "STRASSE"], [(1, '"STRASSE" is the same topic as "Straße"', ["Straße"])]),
        (
            ["AI", "AI", "AI"],
            [
                (1, '"AI" is among the topics already', ["AI", "AI"]),
                (2, '"AI" is among the topics already', ["AI", "AI"]),
            ],
        ),
    ],
)
def test_repeated_topics(topics: list[str], expected: list[tuple[int, str, list[str]]]) -> None:
    found = spoken("NL703", article(*topics))
    assert [(violation.pointer[1], violation.message, fixed_list(topics, violation)) for violation in found] == expected
    assert all(violation.repair is not None and violation.repair.safe for violation in found)


def test_of_repeated_topics_the_one_that_the_vocabulary_has_stays() -> None:
    topics = ["ROBOTICS", "Robotics", "robotics"]
    found = spoken("NL703", article(*topics), vocabulary=TREE)
    assert [(violation.pointer[1], violation.message) for violation in found] == [
        (0, '"ROBOTICS" is the same topic as "Robotics"'),
        (2, '"robotics" is the same topic as "Robotics"'),
    ]
    assert [violation.related[0].pointer for violation in found] == [("topics", 1), ("topics", 1)]


def test_the_schema_says_nothing_of_a_repeated_topic() -> None:
    assert [found.code for found in lint(article("AI", "AI"), None)] == ["NL703"]
    assert [found.code for found in lint(article("AI", "AI"), None, ignore=["NL703"])] == ["NL109"]


@pytest.mark.parametrize(
    "topics",
    ["topics: AI\n", "topics: 5\n", "topics:\n", "topics: {AI: AI}\n", "topics: [[AI], {a: b}, 5, yes, '', ~]\n"],
)
def test_what_is_no_list_of_texts_is_left_to_the_schema(topics: str) -> None:
    for code in ("NL701", "NL702", "NL703"):
        assert spoken(code, with_fields(topics), vocabulary=TREE) == []


def test_a_list_of_names_has_no_parents() -> None:
    vocabulary = make_vocabulary(listed_topics(["Computer Vision", "AI"], "topics"))
    assert spoken("NL702", article("Computer Vision"), vocabulary=vocabulary) == []
