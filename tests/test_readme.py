"""The README keeps its promises: its first block is two commands, its Python example runs, its finding is real."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.cli.rule import markdown_table
from newslint.output import text
from newslint.rules import RULES
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW, ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def test_first_block_holds_two_commands_of_one_line() -> None:
    language, block = BLOCKS[0]
    assert language == "sh"
    lines = block.strip().splitlines()
    assert len(lines) == 2
    assert "newslint check" in lines[0]
    assert "pytest" in lines[1]


def test_the_findings_shown_are_what_newslint_prints() -> None:
    shown = next(block for language, block in BLOCKS if language == "text")
    runner = Runner(Settings(ROOT), Choices(now=NOW))
    printed = text.render(runner.run([str(ROOT / "tests" / "articles")]))
    printed = printed.replace(f"{ROOT.as_posix()}/", "")
    assert shown.strip() in printed


def test_the_python_example_runs(tmp_path: Path) -> None:
    example = next(block for language, block in BLOCKS if language == "python")
    result = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    expected = re.findall(r"^# prints: (.*)$", example, re.MULTILINE)
    assert result.stdout.splitlines() == expected


def test_every_option_of_check_is_listed() -> None:
    from newslint.cli.check import check

    options = {name for parameter in check.params for name in parameter.opts if name.startswith("--")}
    assert {name for name in options if f"`{name}" not in README} == set()


def test_every_setting_is_listed() -> None:
    from newslint.schema.files import packaged_schema, parse_schema

    schema = parse_schema(packaged_schema("config"), "config")
    assert {name for name in schema["properties"] if f"`{name}`" not in README} == set()


def test_the_table_of_rules_is_the_catalogue(request: pytest.FixtureRequest) -> None:
    readme = ROOT / "README.md"
    written = readme.read_text("utf-8")
    before, begin, rest = written.partition("<!-- rules: begin -->\n")
    _, end, after = rest.partition("<!-- rules: end -->")
    assert begin, "the README has lost the mark at which the table of rules begins"
    assert end, "the README has lost the mark at which the table of rules ends"
    expected = f"{before}{begin}{markdown_table(RULES)}\n{end}{after}"
    if request.config.getoption("--update-readme"):
        readme.write_text(expected, "utf-8")
        written = expected
    assert written == expected, "python -m pytest tests/test_readme.py --update-readme writes the table anew"
