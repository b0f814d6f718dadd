"""JUnit's XML is well-formed whatever it holds, its counts add up, and a case keeps its name when lines move."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from newslint.finding import Related, Severity
from newslint.output import junit
from newslint.output.escape import line_start, portable, terminal
from newslint.report import Report
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report


def _suite(given: Report) -> ET.Element:
    text = junit.render(given)
    assert text.endswith("</testsuites>\n")
    root = ET.fromstring(text.encode("utf-8"))
    (suite,) = root
    assert [element.tag for element in root.iter() if element.tag not in _KNOWN] == []
    cases = suite.findall("testcase")
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    for element in (root, suite):
        assert {name: int(element.attrib[name]) for name in counts} == counts
    named = Counter((case.attrib["classname"], case.attrib["name"]) for case in cases)
    assert set(named.values()) <= {1}
    return suite


_KNOWN = {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"}


def test_a_suite_in_full() -> None:
    full = made(related=(Related("_news/b.md", 12, 3, "/title", "the same title"),))
    given = report(
        full, made(severity=Severity.INFO, code="NL603"), checked=("_news/a.md", "b.md"), truncated={"c.md": 2}
    )
    assert junit.render(given) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="newslint" tests="3" failures="1" errors="0" skipped="0" time="0">\n'
        '  <testsuite name="newslint" tests="3" failures="1" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="_news/a.md" name="NL602 edge-whitespace title" file="_news/a.md" line="3" time="0">'
        '<failure message="title: white space at the start" type="warning">'
        "_news/a.md:3:8: warning: title: white space at the start\n"
        "_news/b.md:12:3: the same title\n"
        "help: Delete it</failure></testcase>\n"
        '    <testcase classname="_news/a.md" name="NL603 edge-whitespace title" file="_news/a.md" line="3" time="0">'
        "<system-out>_news/a.md:3:8: info: title: white space at the start\n"
        "help: Delete it</system-out></testcase>\n"
        '    <testcase classname="b.md" name="newslint" file="b.md" time="0"/>\n'
        "    <system-out>c.md: more than 2 findings, the rest is not shown</system-out>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_a_clean_file_is_a_passing_case() -> None:
    suite = _suite(report(checked=("b.md", "a.md"), files=2))
    assert [case.attrib["classname"] for case in suite] == ["a.md", "b.md"]
    assert [list(case) for case in suite] == [[], []]


def test_nothing_checked_is_a_skipped_case() -> None:
    (case,) = _suite(report(files=0, skipped=3))
    assert case.find("skipped") is not None
    assert case[0].attrib == {"message": "0 files checked, 3 skipped: nothing was linted (--show-files tells why)"}


def test_files_without_names_are_one_passing_case() -> None:
    (case,) = _suite(report())
    assert (case.attrib["name"], list(case)) == ("newslint", [])


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_any_number_of_findings_adds_up(count: int) -> None:
    suite = _suite(report(*many(count), checked=("_news/a.md", "_news/b.md", "c.md")))
    assert len(suite.findall("testcase/failure")) + len(suite.findall("testcase/system-out")) == count
    clean = [case.attrib["classname"] for case in suite.findall("testcase") if not len(case)]
    assert clean == sorted({"_news/a.md", "_news/b.md", "c.md"} - {finding.path for finding in many(count)})


@pytest.mark.parametrize(("fail_on", "failing"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)])
def test_a_case_fails_where_the_run_does(fail_on: Severity, failing: int) -> None:
    findings = [made(severity=severity) for severity in Severity]
    suite = _suite(report(*findings, fail_on=fail_on))
    assert len(suite.findall("testcase/failure")) == failing
    assert len(suite.findall("testcase/system-out")) == 3 - failing


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.INFO])
@pytest.mark.parametrize("code", ["NL001", "NL999"])
def test_a_file_that_was_not_checked_is_an_error(code: str, severity: Severity) -> None:
    suite = _suite(report(made(code=code, severity=severity), FINDING))
    assert [element.tag for element in suite.findall("testcase/*")] == ["error", "failure"]


def test_names_stay_when_lines_move_and_equal_ones_are_counted() -> None:
    def names(*lines: int) -> list[str]:
        return [case.attrib["name"] for case in _suite(report(*[made(line=line) for line in lines]))]

    expected = ["NL602 edge-whitespace title", "NL602 edge-whitespace title (2)"]
    assert names(3, 4) == names(33, 44) == expected
    assert [case.attrib["name"] for case in _suite(report(FINDING, made(path="b.md")))] == expected[:1] * 2
    assert [case.attrib["name"] for case in _suite(report(made(readable_field="")))] == ["NL602 edge-whitespace"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    (case,) = _suite(report(hostile(text), checked=(f"{text}.md",)))
    shown, start = terminal(text), line_start(text)
    assert case.attrib["classname"] == case.attrib["file"] == portable(f"{text}.md")
    assert case[0].attrib["message"] == f'["{shown}"]: {shown}'
    assert case[0].text == (f'{shown}.md:3:1: warning: ["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}')


def test_hostile_values_all_at_once_are_well_formed() -> None:
    text = junit.render(report(HOSTILE_FINDING, checked=(HOSTILE_FINDING.path, "\0\ud800\uffff")))
    assert len(ET.fromstring(text.encode("utf-8"))[0]) == 2
    assert re.findall(r"##(?:vso|teamcity)?\[", junit.render(report(made(path="##vso[x]##[y]##teamcity[z].md")))) == []
