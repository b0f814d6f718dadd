"""JSON Lines has the findings of the JSON report, each on one line, whatever a reader takes for a line end."""

from __future__ import annotations

import json

import pytest

from newslint.output import render
from newslint.output.dump import dump
from tests.output.making import HOSTILE_FINDING, HOSTILE_TEXTS, hostile, many, report


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_the_findings_of_the_json_report(count: int) -> None:
    given = report(*many(count))
    lines = render("json-lines", given).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == json.loads(render("json", given))["findings"]
    assert len(lines) == count


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_were(text: str) -> None:
    shown = render("json-lines", report(hostile(text)))
    shown.encode("utf-8")
    (line,) = shown.splitlines()
    finding = json.loads(line)
    assert finding["path"] == f"{text}.md"
    assert finding["message"] == finding["hint"] == finding["fix"]["edits"][0]["text"] == text


def test_hostile_values_all_at_once_are_one_line() -> None:
    assert len(render("json-lines", report(HOSTILE_FINDING)).splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("caf\u00e9 \U0001f600", '"caf\u00e9 \U0001f600"'),
        ("\x7f\x85\u2028\u2029", r'"\u007f\u0085\u2028\u2029"'),
        ("\udcff", r'"\udcff"'),
        ("##vso[a]##[b]##teamcity[c] ## d", r'"\u0023#vso[a]\u0023#[b]\u0023#teamcity[c] ## d"'),
        ({"a": [1, None]}, '{"a":[1,null]}'),
    ],
)
def test_strings_hold_no_line_ends_and_no_commands(value: object, text: str) -> None:
    assert dump(value, indented=False) == text
    assert json.loads(dump(value)) == value
