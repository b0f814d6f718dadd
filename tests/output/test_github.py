"""Workflow commands are read by the rules of GitHub's runner, and what comes back is what was found."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from newslint.finding import Edit, Fix, Related, Severity
from newslint.output import github
from newslint.output.escape import line_start, terminal
from tests.output.making import FINDING, HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, report


class _Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def _read(text: str) -> list[_Command]:
    """Read commands as the runner does (actions/runner, ``ActionCommand.TryParseV2``); all lines must be some."""
    commands = []
    assert text.endswith("\n") or not text
    for line in re.split(r"\r\n|\r|\n", text)[:-1]:
        matched = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        assert matched, line
        properties = dict(part.split("=", 1) for part in matched[2].split(","))
        commands.append(
            _Command(
                matched[1],
                {name: _unescaped(value, ":,") for name, value in properties.items()},
                _unescaped(matched[3]),
            )
        )
    return commands


def _unescaped(text: str, more: str = "") -> str:
    for character in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_a_command_in_full() -> None:
    full = made(
        path="_news/a, b.md",
        message="100% off: more",
        related=(Related("_news/b.md", 12, 3, "/title", "the same title"),),
        fix=Fix("safe", "Delete it", (Edit(3, 9, 3, 10, ""),)),
    )
    assert github.render(report(full)) == (
        "::warning file=_news/a%2C b.md,line=3,col=8,endLine=3,endColumn=13,title=NL602 edge-whitespace::"
        "_news/a, b.md:3:8: title: 100%25 off: more%0A_news/b.md:12:3: the same title%0Ahelp: Delete it\n"
    )


def test_a_range_of_several_lines_has_no_end() -> None:
    properties = _read(github.render(report(made(end_line=5, end_column=2))))[0].properties
    assert properties == {"file": "_news/a.md", "line": "3", "col": "8", "title": "NL602 edge-whitespace"}


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_all_findings_are_told_errors_first(count: int) -> None:
    commands = _read(github.render(report(*many(count))))
    told = [command for command in commands if command.properties["title"] != "newslint"]
    assert len(told) == count
    order = [["error", "warning", "notice"].index(command.name) for command in told]
    assert order == sorted(order)
    errors = [int(command.properties["line"]) for command in told if command.name == "error"]
    assert errors == sorted(errors)


def test_what_github_does_not_show_is_told_before_the_notices() -> None:
    commands = _read(github.render(report(*many(1001), truncated={"b.md": 1000, "c.md": 1000})))
    notes = [command for command in commands if command.properties == {"title": "newslint"}]
    assert [note.message for note in notes] == [
        "b.md: more than 1,000 findings, the rest is not shown; so it is of 1 other file",
        "333 errors, 334 warnings, 334 infos: GitHub shows no more than 10 of each kind here, the log has all of them",
    ]
    assert commands.index(notes[0]) == next(index for index, command in enumerate(commands) if command.name == "notice")


def test_ten_of_a_kind_need_no_note() -> None:
    ten = [made(line=line, end_line=line) for line in range(1, 11)]
    assert len(_read(github.render(report(*ten)))) == 10
    assert len(_read(github.render(report(*ten, FINDING)))) == 12


def test_after_a_text_no_more_is_told_than_is_shown() -> None:
    commands = _read(github.annotate(report(*many(1001), truncated={"b.md": 1000})))
    kinds = [command.name for command in commands]
    assert [kinds.count(kind) for kind in ("error", "warning", "notice")] == [10, 10, 10]
    assert [command.message[:11] for command in commands[20:22]] == ["b.md: more ", "333 errors,"]
    assert github.annotate(report(FINDING)) == github.render(report(FINDING))
    assert github.annotate(report()) == ""


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_back_as_they_are_shown(text: str) -> None:
    (command,) = _read(github.render(report(hostile(text))))
    shown, start = terminal(text), line_start(text)
    if not set(text) & set("\r\n"):
        assert command.properties["file"] == f"{shown}.md"
    assert command.properties["title"] == "NL602 edge-whitespace"
    assert command.message == (f'{shown}.md:3:1: ["{shown}"]: {shown}\n{start}.md:1:2: {shown}\nhelp: {shown}')


def test_the_line_ends_of_a_name_reach_github() -> None:
    (command,) = _read(github.render(report(made(path="a\r\nb\n\x1b.md"))))
    assert command.properties["file"] == "a\r\nb\n\\x1b.md"


def test_hostile_values_all_at_once_are_one_command() -> None:
    assert len(_read(github.render(report(HOSTILE_FINDING)))) == 1


def test_severities() -> None:
    findings = [made(severity=severity) for severity in Severity]
    assert [command.name for command in _read(github.render(report(*findings)))] == ["error", "warning", "notice"]


@pytest.mark.parametrize("taken", [0, 500_000, 1024 * 1024 - 300, 1024 * 1024 - 20, 1024 * 1024, 2 * 1024 * 1024])
def test_a_summary_fits_into_what_github_takes(taken: int) -> None:
    long = [finding._replace(message="\u65e5" * 900) for finding in many(1001)]
    shown = github.summary(report(*long), taken)
    assert len(shown.encode()) + taken <= max(1024 * 1024, taken)
    rows = shown.count("\n| error ") + shown.count("\n| warning ") + shown.count("\n| info ")
    if taken > 1024 * 1024 - 300:
        assert shown == ""
    else:
        assert f"\n{1001 - rows:,} more findings did not fit here.\n" in shown
        assert rows == 0 or shown.index("| error |") < 1000
