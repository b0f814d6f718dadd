"""Service messages are read by TeamCity's grammar, and what comes back is what was found."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from newslint.finding import Related, Severity
from newslint.output import teamcity
from newslint.output.escape import line_start, portable, terminal
from newslint.report import RuleSummary
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report

_VALUE = r"'((?:\|['nr|\[\]]|\|0x[0-9a-f]{4}|[^'|\[\]\r\n])*)'"
_ATTRIBUTE = rf" ([A-Za-z]\w*)={_VALUE}"


class _Message(NamedTuple):
    name: str
    values: dict[str, str]


def _read(text: str) -> list[_Message]:
    """Read messages by the grammar of TeamCity's documentation ("Service Messages"); all lines must be some."""
    assert text.endswith("\n") or not text
    assert text.isascii()
    messages = []
    for line in text.split("\n")[:-1]:
        matched = re.fullmatch(rf"##teamcity\[([A-Za-z]+)((?:{_ATTRIBUTE})+)\]", line)
        assert matched, line
        messages.append(
            _Message(matched[1], {name: _unescaped(value) for name, value in re.findall(_ATTRIBUTE, matched[2])})
        )
    return messages


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        sign = match[1]
        return chr(int(sign[2:], 16)) if sign.startswith("0x") else {"n": "\n", "r": "\r"}.get(sign, sign)

    units = re.sub(r"\|(0x[0-9a-f]{4}|.)", character, text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def test_an_inspection_in_full() -> None:
    rule = RuleSummary("NL602", "edge-whitespace", Severity.WARNING, "A text begins or ends with white space", "")
    full = made(message="[it's] caf\u00e9|\U0001f600", related=(Related("_news/b.md", 12, 3, "", "the same title"),))
    assert teamcity.render(report(full, rules=(rule,), truncated={"b.md": 2})) == (
        "##teamcity[inspectionType id='NL602' name='NL602 edge-whitespace' category='newslint'"
        " description='A text begins or ends with white space']\n"
        "##teamcity[inspection typeId='NL602'"
        " message='title: |[it|'s|] caf|0x00e9|||0xd83d|0xde00|n_news/b.md:12:3: the same title|nhelp: Delete it'"
        " file='_news/a.md' line='3' SEVERITY='WARNING']\n"
        "##teamcity[message text='newslint: b.md: more than 2 findings, the rest is not shown' status='WARNING']\n"
    )


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_a_type_is_told_once_before_its_findings(count: int) -> None:
    messages = _read(teamcity.render(report(*many(count))))
    assert [message.name for message in messages] == ["inspectionType"] * min(count, 1) + ["inspection"] * count
    assert teamcity.annotate(report(*many(count))) == teamcity.render(report(*many(count)))


def test_types_are_sorted_and_described_even_without_a_rule() -> None:
    messages = _read(teamcity.render(report(made(code="NL9", name="b"), made(code="NL1", name="a" * 300))))
    assert [message.values["id"] for message in messages[:2]] == ["NL1", "NL9"]
    assert messages[0].values["name"] == ("NL1 " + "a" * 300)[:255]
    assert messages[1].values["description"] == "b"


def test_severities_and_the_longest_message() -> None:
    messages = _read(teamcity.render(report(*[made(severity=severity, message="x" * 5000) for severity in Severity])))
    assert [message.values["SEVERITY"] for message in messages[1:]] == ["ERROR", "WARNING", "INFO"]
    assert {len(message.values["message"]) for message in messages[1:]} == {4000}


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    _, message = _read(teamcity.render(report(hostile(text))))
    shown, start = terminal(text), line_start(text)
    assert message.values["file"] == portable(f"{text}.md")
    assert message.values["message"] == f'["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}'


def test_hostile_values_all_at_once_are_one_inspection() -> None:
    assert len(_read(teamcity.render(report(HOSTILE_FINDING, FINDING)))) == 3
