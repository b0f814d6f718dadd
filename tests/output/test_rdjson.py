"""Reviewdog's format counts columns in bytes, and its suggestions make of the lines what the fix makes of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newslint.engine.locate import excerpt
from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.output import render
from newslint.output.escape import line_start, portable, terminal
from newslint.report import Report
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report, under

_ONE = {"type": "integer", "minimum": 1}
_POSITION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["line"],
    "properties": {"line": _ONE, "column": _ONE},
}
_RANGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["start"],
    "properties": {"start": _POSITION, "end": _POSITION},
}
_SOURCE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {"name": {"const": "newslint"}},
}
# A reading of the messages of reviewdog's proto/rdf/reviewdog.proto, closed to what newslint writes.
_DIAGNOSTIC: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message", "location", "severity", "code"],
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "additionalProperties": False,
            "required": ["path", "range"],
            "properties": {"path": {"type": "string", "minLength": 1}, "range": _RANGE},
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "code": {
            "type": "object",
            "additionalProperties": False,
            "required": ["value"],
            "properties": {"value": {"type": "string", "minLength": 1}},
        },
        "suggestions": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["range", "text"],
                "properties": {"range": {**_RANGE, "required": ["start", "end"]}, "text": {"type": "string"}},
            },
        },
        "source": _SOURCE,
    },
}
_RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source", "diagnostics"],
    "properties": {"source": _SOURCE, "diagnostics": {"type": "array", "items": _DIAGNOSTIC}},
}


def _diagnostics(given: Report) -> list[Any]:
    result = json.loads(render("rdjson", given).encode("utf-8"))
    Draft202012Validator(_RESULT).validate(result)
    lines = render("rdjsonl", given)
    assert lines == "" or lines.endswith("\n")
    # splitlines takes more for line ends than JSON Lines does, and so do other readers.
    told = [json.loads(line) for line in lines.splitlines()]
    for diagnostic in told:
        Draft202012Validator(_DIAGNOSTIC).validate(diagnostic)
        assert diagnostic.pop("source") == {"name": "newslint"}
    assert told == result["diagnostics"]
    return list(told)


def _range(finding: Finding) -> Any:
    return _diagnostics(report(finding))[0]["location"]["range"]


def _suggestions(finding: Finding) -> Any:
    return _diagnostics(report(finding))[0].get("suggestions")


def test_a_diagnostic_in_full() -> None:
    full = made(
        related=(Related("_news/b.md", 12, 3, "/title", "the same title"),),
        fix=Fix("safe", "Delete it", (Edit(3, 8, 3, 9, "'"), Edit(3, 30, 3, 31, "'"))),
    )
    assert _diagnostics(report(full)) == [
        {
            "message": "title: white space at the start\n_news/b.md:12:3: the same title\nhelp: Delete it",
            "location": {
                "path": "_news/a.md",
                "range": {"start": {"line": 3, "column": 8}, "end": {"line": 3, "column": 13}},
            },
            "severity": "WARNING",
            "code": {"value": "NL602"},
            "suggestions": [
                {"range": {"start": {"line": 3}, "end": {"line": 3}}, "text": "title: 'A title of an article'"}
            ],
        }
    ]


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_any_number_of_findings_is_valid(count: int) -> None:
    told = _diagnostics(report(*many(count)))
    assert [diagnostic["location"]["range"]["start"]["line"] for diagnostic in told] == list(range(1, count + 1))
    assert {diagnostic["severity"] for diagnostic in told} <= {"ERROR", "WARNING", "INFO"}


def test_severities() -> None:
    told = _diagnostics(report(*[made(severity=severity) for severity in Severity]))
    assert [diagnostic["severity"] for diagnostic in told] == ["ERROR", "WARNING", "INFO"]


@pytest.mark.parametrize("before", ["", "title: ", "caf\u00e9 ", "\u65e5\u672c: ", "\U0001f600", "e\u0301", "\t\u202e"])
@pytest.mark.parametrize("marked", ["", "x", "\u00e9", "\U0001f600\u65e5"])
def test_columns_are_bytes(before: str, marked: str) -> None:
    line = f"{before}{marked} and more"
    place = _range(under(line, len(before), len(before) + len(marked)))
    data = line.encode("utf-8")
    assert data[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode("utf-8") == marked
    assert data[: place["start"]["column"] - 1].decode("utf-8") == before


@pytest.mark.parametrize("start", [0, 100, 249, 251, 400, 800])
def test_a_cut_line_has_bytes_where_its_front_is_known(start: int) -> None:
    line = "\u00e9" * 900
    shown, offset = excerpt(line, start + 1)
    finding = made(source_line=shown, source_offset=offset, column=start + 1, end_column=start + 11)
    expected: Any = {"start": {"line": 3, "column": 2 * start + 1}, "end": {"line": 3, "column": 2 * start + 21}}
    assert _range(finding) == (expected if not offset else {"start": {"line": 3}, "end": {"line": 3}})
    assert offset == 0 or start > 249


def test_an_end_beyond_what_is_known_is_left_out() -> None:
    shown, offset = excerpt("\u00e9" * 900, 1)
    finding = made(source_line=shown, source_offset=offset, column=2, end_column=700)
    assert _range(finding) == {"start": {"line": 3, "column": 3}}


def test_a_range_of_several_lines_is_its_start() -> None:
    assert _range(made(end_line=5, end_column=4)) == {"start": {"line": 3, "column": 8}}


def test_a_finding_without_a_line_is_at_the_first_column() -> None:
    finding = made(line=1, column=1, end_line=1, end_column=1, source_line="")
    assert _range(finding) == {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}}


@pytest.mark.parametrize(
    ("edits", "suggested"),
    [
        (
            [Edit(3, 1, 4, 1, "")],
            {"range": {"start": {"line": 3, "column": 1}, "end": {"line": 4, "column": 1}}, "text": ""},
        ),
        (
            [Edit(9, 1, 9, 1, "a\n")],
            {"range": {"start": {"line": 9, "column": 1}, "end": {"line": 9, "column": 1}}, "text": "a\n"},
        ),
        (
            [Edit(3, 31, 3, 31, " # x")],
            {"range": {"start": {"line": 3}, "end": {"line": 3}}, "text": 'title: "A title of an article" # x'},
        ),
        (
            [Edit(3, 17, 3, 20, ""), Edit(3, 8, 3, 9, "\u00e9")],
            {"range": {"start": {"line": 3}, "end": {"line": 3}}, "text": 'title: \u00e9A title an article"'},
        ),
        ([Edit(1, 1, 1, 1, "")], None),
        ([Edit(4, 2, 4, 3, "")], None),
        ([Edit(3, 8, 4, 3, "")], None),
        ([Edit(3, 8, 3, 9, ""), Edit(4, 1, 5, 1, "")], None),
        ([Edit(3, 1, 4, 1, ""), Edit(9, 1, 9, 1, "a\n")], None),
        ([Edit(3, 8, 3, 9, "\0")], None),
        ([Edit(3, 1, 4, 1, "\ud800")], None),
        ([], None),
    ],
)
def test_suggestions_are_whole_lines(edits: list[Edit], suggested: Any) -> None:
    found = _suggestions(made(fix=Fix("unsafe", "x", tuple(edits))))
    assert found == (None if suggested is None else [suggested])


def test_a_cut_line_has_no_suggestion() -> None:
    fix = Fix("safe", "x", (Edit(3, 8, 3, 9, ""),))
    assert _suggestions(made(source_line="x" * 499, fix=fix)) is not None
    assert _suggestions(made(source_line="x" * 500, fix=fix)) is None
    assert _suggestions(made(source_offset=1, column=2, fix=fix)) is None


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    (diagnostic,) = _diagnostics(report(hostile(text)))
    shown, start = terminal(text), line_start(text)
    assert diagnostic["location"]["path"] == portable(f"{text}.md")
    assert diagnostic["message"] == f'["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}'


def test_hostile_values_all_at_once_are_one_diagnostic() -> None:
    assert len(_diagnostics(report(HOSTILE_FINDING, FINDING))) == 2
