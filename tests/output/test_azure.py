"""Logging commands are read by the rules of Azure's agent, and what comes back is what was found."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from newslint.finding import Related, Severity
from newslint.output import azure
from newslint.output.escape import line_start, portable, terminal
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report


class _Issue(NamedTuple):
    properties: dict[str, str]
    message: str


def _read(text: str) -> tuple[list[_Issue], list[str]]:
    """Read issues as the agent does (azure-pipelines-agent, ``Command.TryParse``), and the lines that are none."""
    issues, others = [], []
    assert text.endswith("\n") or not text
    for line in re.split(r"\r\n|\r|\n", text)[:-1]:
        start = line.find("##vso[")
        if start < 0:
            others.append(line)
            continue
        assert start == 0
        command, _, message = line[len("##vso[") :].partition("]")
        name, _, listed = command.partition(" ")
        assert name == "task.logissue"
        pairs = [part.split("=", 1) for part in listed.split(";") if part]
        issues.append(_Issue({key: _unescaped(value) for key, value in pairs}, _unescaped(message)))
    return issues, others


def _unescaped(text: str) -> str:
    for escape, character in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(escape, character)
    return text


def test_an_issue_in_full() -> None:
    full = made(
        path="_news/a;[1].md", message="100% off", related=(Related("_news/b.md", 12, 3, "", "the same title"),)
    )
    assert azure.render(report(full)) == (
        "##vso[task.logissue type=warning;sourcepath=_news/a%3B[1%5D.md;linenumber=3;columnnumber=8;code=NL602;]"
        "_news/a;[1].md:3:8: title: 100%AZP25 off%0A_news/b.md:12:3: the same title%0Ahelp: Delete it\n"
    )


def test_severities_are_the_two_that_azure_has() -> None:
    issues, _ = _read(azure.render(report(*[made(severity=severity) for severity in Severity])))
    assert [issue.properties["type"] for issue in issues] == ["error", "warning", "warning"]


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_all_findings_are_told_errors_first(count: int) -> None:
    issues, notes = _read(azure.render(report(*many(count))))
    assert len(issues) == count
    kinds = [issue.properties["type"] for issue in issues]
    assert kinds == sorted(kinds)
    expected = (
        "newslint: 333 errors, 334 warnings, 334 infos: Azure shows no more than 10 errors and 10 warnings of a step"
    )
    assert notes == ([expected] if count > 10 else [])


def test_after_a_text_no_more_is_told_than_is_shown() -> None:
    issues, notes = _read(azure.annotate(report(*many(1001), truncated={"b.md": 1000})))
    kinds = [issue.properties["type"] for issue in issues]
    assert (kinds.count("error"), kinds.count("warning")) == (10, 10)
    assert notes[0] == "newslint: b.md: more than 1,000 findings, the rest is not shown"
    assert azure.annotate(report(FINDING)) == azure.render(report(FINDING))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    ((issue,), notes) = _read(azure.render(report(hostile(text))))
    shown, start = terminal(text), line_start(text)
    assert issue.properties["sourcepath"] == portable(f"{text}.md")
    assert issue.properties["code"] == "NL602"
    assert issue.message == f'{shown}.md:3:1: ["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}'
    assert notes == []


def test_hostile_values_all_at_once_are_one_issue() -> None:
    assert len(_read(azure.render(report(HOSTILE_FINDING)))[0]) == 1
