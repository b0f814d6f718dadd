"""SARIF is what the standard and GitHub take, and what comes back of it is what was found."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft202012Validator

from newslint.finding import Edit, Fix, Related, Severity
from newslint.output import sarif
from newslint.output.escape import terminal
from newslint.output.sarif_text import message_text
from newslint.report import Report, RuleSummary
from newslint.rules import RULES
from newslint.version import __version__
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report
from tests.output.sarif_schema import LOG

VALIDATOR = Draft202012Validator(LOG, format_checker=Draft202012Validator.FORMAT_CHECKER)
RULE = RuleSummary(
    "NL602",
    "edge-whitespace",
    Severity.WARNING,
    "A text begins or ends with white space",
    "A text begins or ends with white space.\n\n## What it does\nLooks at\nboth ends.\n\nMore.\n\n## Why is this bad?\nIt is.",
)
FULL = made(
    related=(Related("_news/b.md", 12, 3, "/title", "the same title"),),
    fix=Fix("unsafe", "Delete it", (Edit(3, 9, 3, 10, ""), Edit(4, 1, 5, 1, "caf\u00e9"))),
)


def _run(given: Report) -> Any:
    log = json.loads(sarif.render(given))
    VALIDATOR.validate(log)
    return log["runs"][0]


def test_the_reading_of_the_standard_is_a_schema() -> None:
    Draft202012Validator.check_schema(LOG)


def test_a_log_in_full() -> None:
    location = {
        "physicalLocation": {
            "artifactLocation": {"uri": "_news/a.md", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 3, "startColumn": 8, "endColumn": 13},
        },
        "logicalLocations": [{"fullyQualifiedName": "/title", "kind": "property", "name": "title"}],
    }
    plain = {
        "ruleId": "NL602",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "title: white space at the start\nhelp: Delete it"},
        "locations": [location],
        "partialFingerprints": {"newslint/v1": "0" * 32},
    }
    assert _run(report(FULL, suppressed_findings=(FINDING,), truncated={"b.md": 2}, rules=(RULE,))) == {
        "tool": {
            "driver": {
                "name": "newslint",
                "version": __version__,
                "rules": [
                    {
                        "id": "NL602",
                        "name": "edge-whitespace",
                        "shortDescription": {"text": "A text begins or ends with white space."},
                        "fullDescription": {"text": "A text begins or ends with white space. Looks at both ends."},
                        "help": {"text": RULE.help, "markdown": f"# NL602 edge-whitespace\n\n{RULE.help}"},
                        "defaultConfiguration": {"level": "warning"},
                        "properties": {"problem.severity": "warning", "precision": "high"},
                    }
                ],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": "b.md: more than 2 findings, the rest is not shown"}}
                ],
            }
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The working directory of the run"}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                **plain,
                "message": {
                    "text": "title: white space at the start\n_news/b.md [12:3](1): the same title\nhelp: Delete it"
                },
                "relatedLocations": [
                    {
                        "id": 1,
                        "physicalLocation": {
                            "artifactLocation": {"uri": "_news/b.md", "uriBaseId": "%SRCROOT%"},
                            "region": {"startLine": 12, "startColumn": 3},
                        },
                        "logicalLocations": [{"fullyQualifiedName": "/title", "kind": "property"}],
                        "message": {"text": "the same title"},
                    }
                ],
                "fixes": [
                    {
                        "description": {"text": "Delete it"},
                        "artifactChanges": [
                            {
                                "artifactLocation": {"uri": "_news/a.md", "uriBaseId": "%SRCROOT%"},
                                "replacements": [
                                    {
                                        "deletedRegion": {
                                            "startLine": 3,
                                            "startColumn": 9,
                                            "endLine": 3,
                                            "endColumn": 10,
                                        }
                                    },
                                    {
                                        "deletedRegion": {
                                            "startLine": 4,
                                            "startColumn": 1,
                                            "endLine": 5,
                                            "endColumn": 1,
                                        },
                                        "insertedContent": {"text": "caf\u00e9"},
                                    },
                                ],
                            }
                        ],
                        "properties": {"applicability": "unsafe"},
                    }
                ],
            },
            {**plain, "suppressions": [{"kind": "inSource"}]},
        ],
    }


def test_every_rule_of_the_catalogue_is_within_the_bounds_of_github() -> None:
    rules = tuple(RuleSummary(rule.code, rule.name, rule.severity, rule.title, rule.page) for rule in RULES)
    listed = _run(report(rules=rules))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == [rule.code for rule in RULES]
    assert all(len(rule["fullDescription"]["text"]) > len(rule["shortDescription"]["text"]) for rule in listed)


def test_a_rule_with_a_long_page_or_none_is_cut_or_left_short() -> None:
    long = RuleSummary("NL1", "a", Severity.INFO, "x" * 2000, "")
    listed = _run(report(rules=(long,)))["tool"]["driver"]["rules"][0]
    assert listed["shortDescription"]["text"] == "x" * 1023 + "."
    assert len(listed["fullDescription"]["text"]) == 1024
    assert listed["defaultConfiguration"] == {"level": "note"}
    assert listed["properties"]["problem.severity"] == "recommendation"


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_any_number_of_findings_is_valid(count: int) -> None:
    results = _run(report(*many(count), rules=(RULE,)))["results"]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results] == list(
        range(1, count + 1)
    )
    assert {result["level"] for result in results} <= {"error", "warning", "note"}


def test_more_results_than_github_reads_leave_the_least_severe_out_and_say_so() -> None:
    infos = [made(line=number, end_line=number, severity=Severity.INFO) for number in range(1, sarif.MAX_RESULTS + 1)]
    last = made(path="_news/z.md", severity=Severity.ERROR)
    run = json.loads(sarif.render(report(*infos, last, suppressed_findings=(FINDING,))))["runs"][0]
    assert len(run["results"]) == sarif.MAX_RESULTS
    assert run["results"][-1]["level"] == "error"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]] == [
        "1 finding left out: no more than 25,000 results are read"
    ]


def test_suppressed_findings_fill_what_room_there_is() -> None:
    findings = [made(line=number) for number in range(1, sarif.MAX_RESULTS)]
    results = json.loads(sarif.render(report(*findings, suppressed_findings=(FINDING, FINDING))))["runs"][0]["results"]
    assert [("suppressions" in result) for result in results[-2:]] == [False, True]
    assert len(results) == sarif.MAX_RESULTS


def test_no_more_locations_than_github_reads() -> None:
    related = tuple(Related("b.md", number, 1, "", "x") for number in range(1, 1500))
    result = _run(report(made(related=related)))["results"][0]
    assert len(result["relatedLocations"]) + len(result["locations"]) == 1000
    assert result["message"]["text"].count("](") == 999


def test_columns_are_code_points_and_a_range_of_several_lines_is_cut_to_the_first() -> None:
    wide = made(source_line="\U0001f600e\u0301 x", column=5, end_column=6)
    across = made(column=8, end_line=9, end_column=2)
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in _run(report(across, wide))["results"]]
    assert regions == [{"startLine": 3, "startColumn": 8}, {"startLine": 3, "startColumn": 5, "endColumn": 6}]


def test_a_finding_of_the_document_has_no_logical_location_and_one_of_no_listed_rule_no_index() -> None:
    result = _run(report(made(field="", readable_field="", hint=None), rules=()))["results"][0]
    assert list(result["locations"][0]) == ["physicalLocation"]
    assert result["message"] == {"text": "white space at the start"}
    assert "ruleIndex" not in result


def test_a_failed_rule_makes_the_run_no_success() -> None:
    assert _run(report(made(code="NL999")))["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize(
    "edit",
    [Edit(1, 1, 1, 1, ""), Edit(1, 1, 1, 2, "a\0b"), Edit(1, 1, 1, 2, "\ud800")],
    ids=["nothing", "nul", "surrogate"],
)
def test_a_fix_that_cannot_be_said_is_left_out(edit: Edit) -> None:
    assert "fixes" not in _run(report(made(fix=Fix("safe", "x", (Edit(2, 1, 2, 2, "y"), edit)))))["results"][0]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_people_are_shown_them(text: str) -> None:
    result = _run(report(hostile(text)))["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == f"{text}.md".encode(
        "utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape"
    )
    # A blank parts what would be a link or a placeholder; all else is as it is in a terminal.
    shown = terminal(text).replace("](", "] (").replace("{0}", "{ 0}")
    assert result["message"]["text"] == f'["{shown}"]: {shown}\n{shown}.md [1:2](1): {shown}\nhelp: {shown}'
    assert re.findall(r"\]\((.*?)\)", result["message"]["text"]) == ["1"]
    assert re.findall(r"\{\d+\}", result["message"]["text"]) == []


def test_hostile_values_all_at_once_are_valid() -> None:
    assert len(_run(report(HOSTILE_FINDING, suppressed_findings=(HOSTILE_FINDING,)))["results"]) == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a [b] c {d} (e) {} [f] (g)", "a [b] c {d} (e) {} [f] (g)"),
        ("[x](1)", "[x] (1)"),
        (r"a \[x](https://e) [y](2)", r"a \[x] (https://e) [y] (2)"),
        ("{0} {x} {12}", "{ 0} {x} { 12}"),
    ],
)
def test_brackets_and_braces_are_text(text: str, kept: str) -> None:
    assert message_text(text) == kept
