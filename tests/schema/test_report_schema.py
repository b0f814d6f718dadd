"""Tests that the schema of the JSON report is valid, explained, and as strict as the contract."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

with open(os.path.join(ROOT, "schemas", "report.schema.json"), encoding="utf-8") as _file:
    SCHEMA: dict[str, Any] = json.load(_file)
VALIDATOR = Draft202012Validator(SCHEMA)

COUNTS = ["files", "skipped", "errors", "warnings", "infos", "suppressed", "baselined", "fixable", "fixed"]
FINDING = [
    *["path", "line", "column", "end_line", "end_column", "field", "code", "name", "severity", "message", "hint"],
    *["url", "fingerprint", "related", "fix"],
]
REPORT: dict[str, Any] = {
    "version": 1,
    "tool": {"name": "newslint", "version": "0.1.0"},
    "summary": dict.fromkeys(COUNTS, 0) | {"files": 1, "errors": 1, "fixable": 1},
    "findings": [
        {
            "path": "_news/2024-01-24-a.md",
            "line": 9,
            "column": 10,
            "end_line": 9,
            "end_column": 14,
            "field": "/quality",
            "code": "NL102",
            "name": "wrong-type",
            "severity": "error",
            "message": "quality is text, and should be a whole number",
            "hint": "Take the quotes away.",
            "url": "https://example.org/rules/NL102",
            "fingerprint": "0123456789abcdef",
            "related": [
                {"path": "_news/2024-01-24-b.md", "line": 9, "column": 10, "field": "/quality", "message": "as here"}
            ],
            "fix": {
                "applicability": "safe",
                "title": "Take the quotes away",
                "edits": [{"line": 9, "column": 10, "end_line": 9, "end_column": 14, "text": "39"}],
            },
        }
    ],
    "truncated": [{"path": "_news/2024-01-24-a.md", "limit": 100}],
}
MISSING: Any = ...


def subschemas(schema: dict[str, Any], pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema with its pointer, from the outermost inwards."""
    yield pointer, schema
    for group in ("properties", "$defs"):
        for name, child in schema.get(group, {}).items():
            yield from subschemas(child, f"{pointer}/{group}/{name}")
    if "items" in schema:
        yield from subschemas(schema["items"], f"{pointer}/items")


SUBSCHEMAS = dict(subschemas(SCHEMA))


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The valid report with one member replaced, added or taken away."""
    report = copy.deepcopy(REPORT)
    parent: Any = report
    for part in path[:-1]:
        parent = parent[part]
    if value is MISSING:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return report


def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:newslint:schema:report"


@pytest.mark.parametrize("pointer", [p for p in SUBSCHEMAS if p.split("/")[-2:-1] in (["properties"], ["$defs"])])
def test_every_member_is_described(pointer: str) -> None:
    assert SUBSCHEMAS[pointer]["description"].strip()


@pytest.mark.parametrize("pointer", [p for p, schema in SUBSCHEMAS.items() if "properties" in schema])
def test_unknown_members_are_refused(pointer: str) -> None:
    assert SUBSCHEMAS[pointer]["additionalProperties"] is False


def test_members_are_those_of_the_contract() -> None:
    assert list(SCHEMA["properties"]) == ["version", "tool", "summary", "findings", "incomplete", "truncated"]
    assert SCHEMA["required"] == ["version", "tool", "summary", "findings"]
    summary = SCHEMA["properties"]["summary"]
    assert list(summary["properties"]) == summary["required"] == COUNTS
    finding = SCHEMA["$defs"]["finding"]
    assert list(finding["properties"]) == FINDING
    assert finding["required"] == [name for name in FINDING if name != "url"]


def test_additions_are_announced() -> None:
    assert "only ever added within a version" in SCHEMA["properties"]["summary"]["$comment"]


@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        changed(("findings",), []),
        changed(("truncated",), MISSING),
        changed(("findings", 0, "url"), MISSING),
        changed(("findings", 0, "hint"), None),
        changed(("findings", 0, "fix"), None),
        changed(("findings", 0, "field"), ""),
        changed(("findings", 0, "related"), []),
        changed(("findings", 0, "fix", "edits", 0, "text"), ""),
    ],
)
def test_reports_are_accepted(report: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []


@pytest.mark.parametrize(
    ("path", "value", "keyword"),
    [
        (("version",), 2, "const"),
        (("version",), MISSING, "required"),
        (("tool", "version"), MISSING, "required"),
        *[(("summary", name), MISSING, "required") for name in COUNTS],
        *[(("summary", name), -1, "minimum") for name in COUNTS],
        (("summary", "files"), 1.5, "type"),
        (("summary", "notes"), 0, "additionalProperties"),
        *[(("findings", 0, name), MISSING, "required") for name in FINDING if name != "url"],
        *[(("findings", 0, name), 0, "minimum") for name in ("line", "column", "end_line", "end_column")],
        (("findings", 0, "severity"), "fatal", "enum"),
        (("findings", 0, "url"), None, "type"),
        (("findings", 0, "extra"), 1, "additionalProperties"),
        (("findings", 0, "related", 0, "field"), MISSING, "required"),
        (("findings", 0, "fix"), {}, "anyOf"),
        (("findings", 0, "fix", "applicability"), "perhaps", "anyOf"),
        (("truncated", 0, "limit"), 0, "minimum"),
        (("truncated", 0, "path"), MISSING, "required"),
        (("extra",), 1, "additionalProperties"),
    ],
    ids=str,
)
def test_faulty_reports_are_refused(path: tuple[str | int, ...], value: object, keyword: str) -> None:
    assert [error.validator for error in VALIDATOR.iter_errors(changed(path, value))] == [keyword]
