"""The concise format: one line a finding, whatever is in it."""

from __future__ import annotations

import re

from newslint.output import render
from newslint.output.style import Style
from tests.output.making import FINDING, HOSTILE_FINDING, made, report


def test_one_line_a_finding_and_the_totals() -> None:
    assert render("concise", report(FINDING, made(field="", readable_field=""), truncated={"b.md": 2})) == (
        "_news/a.md:3:8: warning NL602 edge-whitespace: title: white space at the start\n"
        "_news/a.md:3:8: warning NL602 edge-whitespace: white space at the start\n"
        "b.md: more than 2 findings, the rest is not shown\n"
        "1 file checked, 2 findings in 1 file (2 warnings)\n"
    )


def test_hostile_values_stay_in_their_line() -> None:
    shown = render("concise", report(HOSTILE_FINDING))
    assert shown.count("\n") == 2
    assert [char for char in shown if ord(char) < 32 and char != "\n"] == []


def test_colours_only_paint() -> None:
    painted = render("concise", report(FINDING), Style(True))
    assert painted.startswith("\x1b[1m_news/a.md:3:8:\x1b[0m \x1b[1;33mwarning\x1b[0m NL602")
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == render("concise", report(FINDING))


def test_a_path_that_looks_like_a_workflow_command_is_none() -> None:
    shown = render("concise", report(made(path="::error::x.md"), truncated={"::warning::y.md": 1}))
    assert [line for line in shown.splitlines() if line.startswith("::")] == []
    assert shown.startswith(r"\x3a:error::x.md:3:8: ")
    assert "\n\\x3a:warning::y.md: more than 1 finding, the rest is not shown\n" in shown
