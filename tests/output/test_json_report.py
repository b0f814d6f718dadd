"""The JSON output is what its schema says, for no, one and many findings and for hostile values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newslint.finding import Edit, Fix, Related, Severity
from newslint.output import render
from newslint.report import Report
from newslint.schema.files import packaged_schema
from newslint.version import __version__
from tests.output.making import FINDING, HOSTILE, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, report

SCHEMA = json.loads(packaged_schema("report"))
FULL = made(
    related=(Related("_news/b.md", 12, 3, "/title", "the same title"),),
    fix=Fix("unsafe", "Delete it", (Edit(3, 9, 3, 10, ""), Edit(4, 1, 5, 1, "caf\u00e9"))),
)


def _valid(given: Report) -> Any:
    content = json.loads(render("json", given))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(content)
    return content


def test_every_member_of_the_contract() -> None:
    given = report(FULL, FINDING, skipped=2, suppressed=3, baselined=4, fixed=5, truncated={"b.md": 9, "a.md": 8})
    finding = {
        "path": "_news/a.md",
        "line": 3,
        "column": 8,
        "end_line": 3,
        "end_column": 13,
        "field": "/title",
        "code": "NL602",
        "name": "edge-whitespace",
        "severity": "warning",
        "message": "white space at the start",
        "hint": "Delete it",
        "fingerprint": "0" * 32,
        "related": [],
        "fix": None,
    }
    full = {
        **finding,
        "related": [{"path": "_news/b.md", "line": 12, "column": 3, "field": "/title", "message": "the same title"}],
        "fix": {
            "applicability": "unsafe",
            "title": "Delete it",
            "edits": [
                {"line": 3, "column": 9, "end_line": 3, "end_column": 10, "text": ""},
                {"line": 4, "column": 1, "end_line": 5, "end_column": 1, "text": "caf\u00e9"},
            ],
        },
    }
    assert _valid(given) == {
        "version": 1,
        "tool": {"name": "newslint", "version": __version__},
        "summary": {
            "files": 1,
            "skipped": 2,
            "errors": 0,
            "warnings": 2,
            "infos": 0,
            "suppressed": 3,
            "baselined": 4,
            "fixable": 0,
            "fixed": 5,
        },
        "findings": [full, finding],
        "truncated": [{"path": "a.md", "limit": 8}, {"path": "b.md", "limit": 9}],
    }


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_hostile_text_comes_back_as_it_was(text: str) -> None:
    finding = _valid(report(hostile(text)))["findings"][0]
    assert finding["path"] == f"{text}.md"
    assert finding["message"] == finding["hint"] == finding["related"][0]["message"] == text


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_any_number_of_findings_is_valid(count: int) -> None:
    content = _valid(report(*[made(line=number, severity=Severity.ERROR) for number in range(1, count + 1)]))
    assert content["summary"]["errors"] == len(content["findings"]) == count
    assert "truncated" not in content


def test_hostile_values_come_back_as_they_were() -> None:
    content = _valid(report(HOSTILE_FINDING, truncated={HOSTILE: 1}))
    finding = content["findings"][0]
    assert finding["path"] == f"{HOSTILE}.md"
    assert finding["message"] == finding["hint"] == HOSTILE
    assert finding["related"][0]["path"] == finding["fix"]["edits"][0]["text"] == HOSTILE


def test_text_is_utf8_and_lone_surrogates_are_escapes() -> None:
    assert '"caf\u00e9 \U0001f600"' in render("json", report(made(message="caf\u00e9 \U0001f600")))
    rendered = render("json", report(made(path="\udcff\u00e9.md")))
    assert '"path": "\\udcff\u00e9.md"' in rendered
    rendered.encode("utf-8")


def test_a_finding_without_a_place_is_no_part_of_the_report() -> None:
    """Findings of a ``frontmatter.Post`` stand at line 0; the command never reports them, and the schema says so."""
    content = json.loads(render("json", report(made(line=0, column=0, end_line=0, end_column=0))))
    errors = sorted(error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(content))
    assert errors == [f"$.findings[0].{name}" for name in ("column", "end_column", "end_line", "line")]
