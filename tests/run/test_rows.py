"""What a file came to survives the way into JSON and back, and JSON that says anything else is refused or harmless."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from newslint.engine.archive import judge, places_in
from newslint.engine.linter import Linted, lint_bytes, read_bytes
from newslint.output import FORMATS, render
from newslint.report import Report
from newslint.run.rows import (
    NO_ARTICLE,
    RowError,
    facts_text,
    found_text,
    read_facts,
    read_found,
    sketch_facts,
)
from tests.conftest import BASE, ROOT, default_plan, with_fields

CASES = sorted(path for path in (ROOT / "tests" / "cases").glob("NL*/*.md") if path.is_file())
BUSY = (
    with_fields('title: " Two  faults &amp; more "\nwebUrl: "http://news.met.police.uk/one"\nheat: 95\n')
    .replace("title:", "# newslint: ignore[NL603, NL901]\ntitle:")
    .replace("topics:", "# newslint: ignore-file[NL904, NL302] why\ntopics:")
    .replace("  - AI", "  - AI\n  - AI")
)


def _lint(text: str | bytes, name: str = "a.md") -> Linted:
    return lint_bytes(name, text.encode() if isinstance(text, str) else text, default_plan())


@pytest.mark.parametrize("folder", sorted({path.parent.name for path in CASES}))
def test_what_was_found_comes_back(folder: str) -> None:
    for path in CASES:
        if path.parent.name == folder:
            linted = _lint(path.read_bytes(), path.name)
            text = found_text(linted)
            assert text.isascii()
            assert "\n" not in text
            assert read_found(path.name, text, default_plan()) == linted._replace(facts=())
            assert read_facts(path.name, facts_text(linted)) == linted.facts


def test_every_part_comes_back() -> None:
    linted = _lint(BUSY)
    assert all((linted.findings, linted.facts, linted.suppressed, linted.suppressions.entries, linted.unused))
    assert any(finding.fix for finding in linted.findings)
    assert any(finding.related for finding in linted.findings)
    assert read_found("a.md", found_text(linted), default_plan()) == linted._replace(facts=())
    truncated = linted._replace(truncated=True)
    assert read_found("a.md", found_text(truncated), default_plan()).truncated


def test_characters_that_cannot_be_written_come_back() -> None:
    linted = _lint(BASE.replace("Croydon", "Croydon\U0001f600\u2028\x7f", 1).replace('"Live', '"\\uD83D Live'))
    finding = linted.findings[0]._replace(message="a \ud800 lone surrogate,\ta tab\nand a NUL \0")
    text = found_text(linted._replace(findings=(finding,)))
    assert text.isascii()
    assert text.isprintable()
    assert read_found("a.md", text, default_plan()).findings == (finding,)


def test_the_path_and_the_severity_are_those_of_the_run() -> None:
    plan = default_plan()
    levels = {**plan.severities, "NL602": plan.severities["NL902"], "NL503": plan.severities["NL610"]}
    found = read_found("new/place.md", found_text(_lint(BUSY)), plan._replace(severities=levels))
    assert {finding.path for finding in found.findings} == {"new/place.md"}
    assert {finding.path for one in found.findings for finding in one.related} == {"new/place.md"}
    assert {(one.code, one.severity.value) for one in found.findings} >= {("NL602", "warning"), ("NL503", "info")}


def test_a_clean_file_is_a_word() -> None:
    clean = _lint(BASE)
    assert found_text(clean) == "[[],0]"
    assert read_found("a.md", "[[],0]", default_plan()) == Linted(())
    with pytest.raises(RowError):
        read_found("a.md", NO_ARTICLE, default_plan())


def test_a_sketch_says_the_same_as_the_facts() -> None:
    linted = _lint(BUSY)
    sketch = sketch_facts(facts_text(linted))
    assert sketch.facts == [(code, fact.key, fact.value) for code, fact in linted.facts]
    assert read_facts("a.md", sketch.text) == linted.facts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "[[]]",
        "[null]",
        '{"NL901":1}',
        "[" * 100_000,
        '[["NL901","k",["a"]]]',
        '[["NL901","k",["a"],1]]',
        '[["NL901","k","a","v"]]',
        '[["NL901","k",[1.5],"v"]]',
        '[["NL901","k",[true],"v"]]',
        '[["NL602","k",["a"],"v"]]',
        '[[[],"k",["a"],"v"]]',
    ],
    ids=lambda text: text[:30],
)
def test_facts_that_are_none(text: str) -> None:
    with pytest.raises(RowError):
        read_facts("a.md", text)


_ODD: list[Any] = [None, True, -1, 0, 1, 7, 1.5, 10**30, "", "x", "NL602", "NL901", "../../x", "\0", "\ud800", [], [[]]]
_ODD += [{}, {"a": 1}, ["x"], [1, 2], "y" * 5000, float("nan"), 2**20]


def _mutated(value: Any, chance: random.Random) -> Any:
    """Return JSON data with one change somewhere in it."""
    if isinstance(value, list) and value and chance.random() < 0.93:
        changed = list(value)
        place = chance.randrange(len(changed))
        way = chance.random()
        if way < 0.8:
            changed[place] = _mutated(changed[place], chance)
        elif way < 0.9:
            del changed[place]
        else:
            changed.insert(place, chance.choice([changed[place], chance.choice(_ODD)]))
        return changed
    return chance.choice(_ODD)


def test_rows_that_were_changed_are_refused_or_can_be_told_in_every_format() -> None:
    chance = random.Random(19)
    plan = default_plan()
    linted = _lint(BUSY)
    found, facts = json.loads(found_text(linted)), json.loads(facts_text(linted))
    refused = told = 0
    for number in range(1500):
        text = json.dumps(_mutated(found, chance))
        try:
            read = read_found("a.md", text, plan)
        except RowError:
            refused += 1
            continue
        told += 1
        report = Report(read.findings, 1, suppressed_findings=read.suppressed, checked=("a.md",))
        assert render(FORMATS[number % len(FORMATS)], report) is not None
        applied = read.suppressions.apply(read.findings)
        for unused in applied.suppressions.unused(plan.codes) if read.unused else ():
            assert read.unused[unused].code in plan.codes
    assert min(refused, told) > 100
    document = read_bytes("a.md", BUSY.encode(), plan)
    assert document is not None
    for _ in range(500):
        text = json.dumps(_mutated(facts, chance))
        try:
            read_facts("b.md", sketch_facts(text).text)
            changed = read_facts("b.md", text)
        except RowError:
            continue
        judged = judge(
            [[*linted.facts, *changed]],
            plan,
            {"a.md", "b.md"},
            lambda wanted: {path: places_in(document, pointers) for path, pointers in wanted.items()},
        )
        assert render("json", Report(tuple(judged), 2))
