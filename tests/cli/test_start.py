"""A short way to the first line: what a run does not need is not even loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import BASE

HEAVY = ("ftfy", "multiprocessing", "difflib", "importlib.metadata", "tomllib")
REPORT = """
import sys
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
try:
    main()
except SystemExit as exited:
    code = exited.code
print(code, *sorted(sys.modules))
"""


def _loaded(cwd: Path, *arguments: str) -> set[str]:
    """Return the modules that are loaded at the end of a run that ends well."""
    result = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stderr == ""
    code, *modules = result.stdout.splitlines()[-1].split()
    assert code == "0", result.stdout
    return set(modules)


def test_the_version_loads_nothing_of_the_linter(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path, "--version")
    assert loaded.isdisjoint((*HEAVY, "jsonschema", "yaml", "json", "can_ada", "dataclasses"))
    assert {name for name in loaded if name.startswith("newslint")} == {
        "newslint",
        "newslint.cli",
        "newslint.cli.exits",
        "newslint.cli.main",
        "newslint.cli.streams",
        "newslint.late",
        "newslint.output",
        "newslint.output.escape",
        "newslint.version",
    }


def test_a_clean_file_loads_nothing_that_only_faults_need(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BASE)
    # A file of other tools is on the way up, and says nothing of newslint.
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    loaded = _loaded(tmp_path, "check", "a.md", "--now", "2024-06-01T00:00:00Z")
    assert "newslint.rules" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint(("newslint.output.json_report", "newslint.cli.schema", "newslint.cli.rule", "html.parser"))


def test_the_other_commands_load_no_linter(tmp_path: Path) -> None:
    assert "newslint.run.runner" not in _loaded(tmp_path, "schema")
    assert "newslint.run.runner" not in _loaded(tmp_path, "rules")
