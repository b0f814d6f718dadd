"""Checkstyle's XML is well-formed whatever it holds, and has each finding under its file."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from newslint.finding import Finding, Severity
from newslint.output import render
from newslint.output.escape import line_start, portable, terminal
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report


def _files(*findings: Finding) -> list[ET.Element]:
    text = render("checkstyle", report(*findings))
    assert text.endswith("</checkstyle>\n")
    root = ET.fromstring(text.encode("utf-8"))
    assert (root.tag, root.attrib) == ("checkstyle", {"version": "4.3"})
    assert {file.tag for file in root} <= {"file"}
    for error in root.findall("file/*"):
        assert error.tag == "error"
        assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
        assert error.attrib["severity"] in ("error", "warning", "info")
    return list(root)


def test_a_file_in_full() -> None:
    assert render("checkstyle", report(FINDING)) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<checkstyle version="4.3">\n'
        '  <file name="_news/a.md">\n'
        '    <error line="3" column="8" severity="warning"'
        ' message="title: white space at the start&#10;help: Delete it" source="newslint.NL602.edge-whitespace"/>\n'
        "  </file>\n"
        "</checkstyle>\n"
    )


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_each_finding_is_under_its_file(count: int) -> None:
    files = _files(*many(count))
    assert [file.attrib["name"] for file in files] == sorted({finding.path for finding in many(count)})
    assert [int(error.attrib["line"]) for file in files for error in file] == list(range(1, count + 1))


def test_severities() -> None:
    (file,) = _files(*[made(severity=severity) for severity in Severity])
    assert [error.attrib["severity"] for error in file] == ["error", "warning", "info"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    (file,) = _files(hostile(text))
    shown, start = terminal(text), line_start(text)
    assert file.attrib["name"] == portable(f"{text}.md")
    assert file[0].attrib["message"] == f'["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}'


def test_hostile_values_all_at_once_are_well_formed() -> None:
    assert len(_files(HOSTILE_FINDING, FINDING)) == 2
    shown = render("checkstyle", report(made(path="##vso[x]##[y]##teamcity[z].md")))
    assert re.findall(r"##(?:vso|teamcity)?\[", shown) == []
