"""Every rule's folder of cases: what must be silent is silent, what is wrong gives exactly the text beside it.

``python -m pytest tests/test_cases.py --update-cases`` rewrites the expected texts; read the diff before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.engine.linter import lint_bytes
from newslint.finding import Finding
from newslint.output import render
from newslint.report import Report
from newslint.rules import RULES
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from tests.conftest import NOW, ROOT, default_plan

CASES = ROOT / "tests" / "cases"
BAD = sorted(path for path in CASES.glob("NL*/bad*") if path.suffix != ".out")
GOOD = sorted(CASES.glob("NL*/good*"))

WITHOUT_CASES = {
    "NL001": "what cannot be read is no file that git could keep (tests/run/test_reading.py)",
    "NL014": "50,000 values are generated (tests/document/test_limits.py)",
    "NL108": "the article schema has no other format (tests/schema/test_violations.py)",
    "NL110": "the article schema has no other keyword (tests/schema/test_violations.py)",
    "NL999": "no rule is known to fail (tests/engine/test_linter.py)",
    "NL105": "rules stand in for all bounds of the article schema (tests/schema/test_violations.py)",
}


def _lint(path: Path) -> tuple[Finding, ...]:
    """Lint a case: a file, or a folder of files that are compared with each other (its newslint.toml is heeded)."""
    if path.is_file():
        return lint_bytes(path.name, path.read_bytes(), default_plan()).findings
    config = path / "newslint.toml"
    settings = load_settings(config if config.exists() else None, path)
    findings = Runner(settings, Choices(now=NOW)).run([str(path)]).findings
    folder = f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}/"
    return tuple(_without(folder, finding) for finding in findings)


def _without(folder: str, finding: Finding) -> Finding:
    """Return a finding with paths that do not depend on where the tests run."""
    related = tuple(other._replace(path=other.path.removeprefix(folder)) for other in finding.related)
    return finding._replace(path=finding.path.removeprefix(folder), related=related)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_good_case_is_silent(path: Path) -> None:
    assert [f"{found.line}:{found.column} {found.code} {found.message}" for found in _lint(path)] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_bad_case_gives_the_text_beside_it(path: Path, request: pytest.FixtureRequest) -> None:
    findings = _lint(path)
    output = render("text", Report(findings, 1))
    expected = path.with_suffix(".out")
    if request.config.getoption("--update-cases"):
        expected.write_text(output, "utf-8")
    assert output == expected.read_text("utf-8")
    assert path.parent.name in {found.code for found in findings}, (
        "the case does not show the rule whose folder it is in"
    )


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_has_cases(code: str) -> None:
    if code in WITHOUT_CASES:
        assert not (CASES / code).exists(), f"{code} has cases now: take it off the list"
        return
    assert list((CASES / code).glob("good*")), f"tests/cases/{code}/good*.md is missing"
    assert list((CASES / code).glob("bad*.out")), f"tests/cases/{code}/bad*.md is missing"


def test_no_expected_text_without_its_case() -> None:
    left = [
        path
        for path in CASES.glob("NL*/*.out")
        if not (path.with_suffix(".md").exists() or path.with_suffix("").is_dir())
    ]
    assert left == []
