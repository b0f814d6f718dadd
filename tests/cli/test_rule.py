"""``newslint rule``, ``rules`` and ``schema``: what newslint knows, for people and for programs."""

from __future__ import annotations

import json

import pytest

from newslint.rules import RULES
from newslint.schema.files import packaged_schema
from tests.cli.conftest import Inside


def test_a_rule_is_explained_by_code_and_name_whatever_the_letter_case(inside: Inside) -> None:
    said = inside("rule", "NL503")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# NL503 publish-threshold (error, on by default")
    for heading in ("## What it does", "## Why is this bad?", "## Example", "Use instead:"):
        assert f"\n{heading}\n" in said.out
    assert "In the table [tool.newslint.rules.publish-threshold]:\n\n- `threshold`: " in said.out
    assert said.out.endswith("Default: `70`\n")
    for name in ("nl503", "publish-threshold", "Publish-Threshold"):
        assert inside("rule", name) == said


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("NL003", "(error, cannot be switched off"),
        ("NL803", "(info, off by default"),
        ("NL203", "(warning, on by default"),
    ],
)
def test_the_title_says_how_grave_and_whether_on(inside: Inside, code: str, note: str) -> None:
    assert note in inside("rule", code).out.split("\n")[0]


def test_every_rule_has_a_page_and_a_line(inside: Inside) -> None:
    listed = inside("rules").out
    lines = listed.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in RULES]
    assert inside("rule").out == listed
    for rule in RULES:
        assert inside("rule", rule.code).out.startswith(f"# {rule.code} {rule.name} (")


def test_programs_get_json(inside: Inside) -> None:
    rules = json.loads(inside("rules", "--output-format", "json").out)
    assert [rule["code"] for rule in rules] == [rule.code for rule in RULES]
    one = json.loads(inside("rule", "NL503", "--output-format", "json").out)
    assert one in rules
    assert one["options"]["threshold"]["default"] == 70
    assert (one["severity"], one["default"], one["mandatory"]) == ("error", True, False)


@pytest.mark.parametrize("name", ["article", "config", "report"])
def test_the_schemas_are_printed_to_the_byte(inside: Inside, name: str) -> None:
    assert inside("schema", name) == (0, packaged_schema(name), "")


def test_the_schema_of_an_article_is_the_first(inside: Inside) -> None:
    assert inside("schema").out == packaged_schema("article")
