"""GitLab gets an array of what its Code Quality report asks for, and can tell the findings apart for good."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newslint.finding import Finding, Severity
from newslint.output import render
from newslint.output.escape import portable, terminal
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report

_LINE = {"type": "integer", "minimum": 1}
# A reading of GitLab's documentation ("Code Quality report format").
_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin", "end"],
                        "properties": {"begin": _LINE, "end": _LINE},
                    },
                },
            },
        },
    },
}


def _issues(*findings: Finding) -> Any:
    text = render("gitlab", report(*findings))
    assert text.endswith("]\n")
    issues = json.loads(text.encode("utf-8"))
    Draft202012Validator(_SCHEMA).validate(issues)
    return issues


def test_an_issue_in_full() -> None:
    assert _issues(FINDING) == [
        {
            "description": "NL602 edge-whitespace: title: white space at the start",
            "check_name": "NL602",
            "fingerprint": _issues(FINDING)[0]["fingerprint"],
            "severity": "minor",
            "location": {"path": "_news/a.md", "lines": {"begin": 3, "end": 3}},
        }
    ]


def test_an_array_even_without_findings() -> None:
    assert render("gitlab", report()) == "[]\n"


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_fingerprints_are_unique(count: int) -> None:
    fingerprints = [issue["fingerprint"] for issue in _issues(*many(count))]
    assert len(set(fingerprints)) == len(fingerprints) == count


def test_equal_findings_of_equal_names_in_other_folders_are_told_apart() -> None:
    fingerprints = [issue["fingerprint"] for issue in _issues(FINDING, FINDING, made(path="other/a.md"))]
    assert len(set(fingerprints)) == 3


def test_fingerprints_stay_when_lines_move_and_other_findings_come() -> None:
    before = _issues(made(path="b.md"))[0]["fingerprint"]
    after = _issues(made(path="a.md"), made(path="b.md", line=90, end_line=91, message="put in other words"))
    assert after[1]["fingerprint"] == before


def test_severities() -> None:
    issues = _issues(*[made(severity=severity) for severity in Severity])
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    (issue,) = _issues(hostile(text))
    shown = terminal(text)
    assert issue["location"]["path"] == portable(f"{text}.md")
    assert issue["description"] == f'NL602 edge-whitespace: ["{shown}"]: {shown}'


def test_hostile_values_all_at_once_are_one_issue() -> None:
    assert len(_issues(HOSTILE_FINDING)) == 1
