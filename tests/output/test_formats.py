"""What holds for every format: its name, its bytes, and that nothing from a file steers what reads it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.output import ANNOTATIONS, FOR_PEOPLE, FORMATS, annotate, render
from newslint.report import whole_line
from tests.conftest import BASE, Command
from tests.output.making import HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, page_data, report

_COUNTS: dict[str, Callable[[str], int]] = {
    "text": lambda shown: len(re.findall(r"^_news/[ab]\.md:\d+:8: ", shown, re.MULTILINE)),
    "concise": lambda shown: len(re.findall(r"^_news/[ab]\.md:\d+:8: ", shown, re.MULTILINE)),
    "json": lambda shown: len(json.loads(shown)["findings"]),
    "json-lines": lambda shown: len([json.loads(line) for line in shown.splitlines()]),
    "sarif": lambda shown: len(json.loads(shown)["runs"][0]["results"]),
    "github": lambda shown: len(re.findall(r"^::\w+ file=", shown, re.MULTILINE)),
    "gitlab": lambda shown: len(json.loads(shown)),
    "junit": lambda shown: len(ET.fromstring(shown.encode()).findall("*/testcase[@line]")),
    "rdjson": lambda shown: len(json.loads(shown)["diagnostics"]),
    "rdjsonl": lambda shown: len([json.loads(line) for line in shown.splitlines()]),
    "azure": lambda shown: len(re.findall(r"^##vso\[task\.logissue ", shown, re.MULTILINE)),
    "teamcity": lambda shown: len(re.findall(r"^##teamcity\[inspection ", shown, re.MULTILINE)),
    "checkstyle": lambda shown: len(ET.fromstring(shown.encode()).findall("file/error")),
    "markdown": lambda shown: len(re.findall(r"^\| \w+ \| `", shown, re.MULTILINE)),
    "html": lambda shown: len(page_data(shown)["line"]),
}
_FOR_PROGRAMS = sorted(set(FORMATS) - FOR_PEOPLE)


def test_the_formats_of_the_design() -> None:
    assert list(_COUNTS) == list(FORMATS)


@pytest.mark.parametrize("count", [0, 1, 1001])
@pytest.mark.parametrize("name", FORMATS)
def test_all_findings_are_told(name: str, count: int) -> None:
    shown = render(name, report(*many(count), checked=("_news/a.md",)))
    assert _COUNTS[name](shown) == count
    assert shown == render(name, report(*many(count), checked=("_news/a.md",)))
    if shown:
        assert shown.endswith("\n")
        assert not shown.endswith("\n\n")
    else:
        # A stream of lines is empty where it has none; all else says that there is nothing.
        assert name in ("json-lines", "rdjsonl", "github", "azure", "teamcity")


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_steers_a_log(name: str, text: str) -> None:
    given = report(hostile(text), checked=(f"{text}.md", f"{text}2.md"), truncated={f"{text}.md": 1})
    shown = render(name, given)
    shown.encode("utf-8")
    assert re.findall(r"[\0-\x08\x0b-\x1f\x7f]", shown) == []
    for line in shown.splitlines():
        if name != "github":
            assert not line.lstrip().startswith("::")
        if name not in ("azure", "teamcity"):
            # In those two, what comes first in a line is a command of ours, and the rest is a part of it.
            assert re.findall(r"##(?:vso|teamcity)?\[", line) == []


@pytest.mark.parametrize("name", FORMATS)
def test_all_hostile_values_at_once(name: str) -> None:
    assert render(name, report(HOSTILE_FINDING, suppressed_findings=(HOSTILE_FINDING,))).encode("utf-8")


@pytest.mark.parametrize("name", sorted(ANNOTATIONS.values()))
def test_annotations_are_lines_of_their_format(name: str) -> None:
    given = report(*many(5))
    assert annotate(name, given) == render(name, given)
    assert annotate(name, report()) == ""


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_imported_when_it_is_asked_for(name: str) -> None:
    """Each alone, in a fresh Python, so that none needs what another one has imported; XML and URLs cost time."""
    code = (
        "import sys; from newslint.output import render; from newslint.report import Report\n"
        "before = {name for name in sys.modules if name.startswith('newslint.output.')}\n"
        f"render({name!r}, Report((), 1)); print(sorted(before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", _FOR_PROGRAMS)
def test_the_command_writes_each_format(name: str, tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "caf\u00e9 a.md").write_bytes(
        BASE.replace("title: ", "title:  ").replace("heat: 39", "heat: 95").encode()
    )
    done = newslint("check", "--output-format", name, "--now", "2024-06-01T00:00:00Z", ".")
    assert (done.returncode, done.stderr) == (1, b"")
    shown = done.stdout.decode("utf-8")
    assert "NL503" in shown
    if name == "html":
        assert "caf\u00e9 a.md" in page_data(shown)["texts"]
        return
    assert "caf%C3%A9%20a.md" in shown if name == "sarif" else "caf\u00e9 a.md" in shown or name == "teamcity"


@pytest.mark.parametrize(
    ("line", "offset", "whole"), [("", 0, True), ("x" * 499, 0, True), ("x" * 500, 0, False), ("x", 1, False)]
)
def test_a_line_is_whole_where_nothing_was_cut_off(line: str, offset: int, whole: bool) -> None:
    assert whole_line(made(source_line=line, source_offset=offset)) == (line if whole else None)
