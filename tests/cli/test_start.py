"""A short way to the first line: what a run does not need is not even loaded."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newslint.limits import FILES_FOR_CACHE
from tests.conftest import BASE, with_fields
from tests.run.caching import article

HEAVY = frozenset(
    {
        "asyncio",
        "concurrent",
        "difflib",
        "email",
        "ftfy",
        "html.parser",
        "importlib.metadata",
        "jsonschema",
        "jsonschema_rs",
        "lsprotocol",
        "multiprocessing",
        "newslint.server",
        "pygls",
        "referencing",
        "socket",
        "ssl",
        "tomllib",
        "urllib.request",
    }
)
"""Never needed on the way to a few files whose fields are what the schema says."""

FOR_MANY = {f"newslint.run.{name}" for name in ("cache", "cache_folder", "key", "packing", "rows", "workers")}
FOR_MENDING = {"newslint.fix", "newslint.run.mending", "newslint.run.patch"}
FOR_EDITS = {"yaml", "newslint.document.events", "newslint.edits"}
FOR_SETTINGS = {"newslint.config", "newslint.toml_file", "newslint.vocabulary", "newslint.topic_files"}
FOR_COMMENTS = {"newslint.engine.parsing", "newslint.engine.directives", "newslint.engine.scope"}
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


def _loaded(cwd: Path, *arguments: str, code: int = 0) -> set[str]:
    """Return the modules that are loaded at the end of a run."""
    result = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stderr == ""
    ended, *modules = result.stdout.splitlines()[-1].split()
    assert ended == str(code), result.stdout
    return set(modules)


def _checked(folder: Path, text: str, *arguments: str, code: int = 0) -> set[str]:
    (folder / "a.md").write_text(text)
    return _loaded(folder, "check", "a.md", "--now", "2024-06-01T00:00:00Z", *arguments, code=code)


def test_the_version_loads_nothing_of_the_linter(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path, "--version")
    assert loaded.isdisjoint((*HEAVY, "yaml", "json", "can_ada", "dataclasses", "hashlib"))
    assert {name for name in loaded if name.startswith("newslint")} == {
        "newslint",
        "newslint.cli",
        "newslint.cli.ending",
        "newslint.cli.exits",
        "newslint.cli.main",
        "newslint.cli.streams",
        "newslint.late",
        "newslint.output",
        "newslint.output.escape",
        "newslint.version",
    }


def test_a_clean_file_loads_nothing_that_only_faults_and_many_files_need(tmp_path: Path) -> None:
    loaded = _checked(tmp_path, BASE)
    assert "newslint.rules" in loaded
    assert loaded & HEAVY == set()
    assert loaded & {"yaml", "dataclasses", "html", "random", "shutil", "subprocess", "tempfile", "logging"} == set()
    ours = {name for name in loaded if name.startswith("newslint.")}
    assert ours & (FOR_MANY | FOR_MENDING | FOR_EDITS | FOR_SETTINGS | FOR_COMMENTS) == set()
    assert ours & {"newslint.schema.violations", "newslint.schema.repairs", "newslint.engine.baseline"} == set()
    assert {name for name in ours if name.startswith("newslint.cli.")} == {
        f"newslint.cli.{name}"
        for name in ("check", "ending", "exits", "main", "once", "options", "outputs", "progress", "streams", "telling")
    }
    assert {name for name in ours if name.startswith("newslint.output.")} == {
        f"newslint.output.{name}" for name in ("escape", "style", "text", "totals")
    }


def test_a_file_of_other_tools_on_the_way_up_is_not_read_as_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert _checked(tmp_path, BASE) & (HEAVY | FOR_SETTINGS) == {"newslint.toml_file"}


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ("publishedDateTime: 2024-02-30T15:00:00Z\n", set()),
        ("heat: 95\n", FOR_EDITS),
        ('title: " Live"\n', FOR_EDITS),
        ("type: articel\n", FOR_EDITS | {"jsonschema", "difflib", "newslint.schema.violations"}),
        ("heat: x\n", {"jsonschema", "newslint.schema.violations"}),
    ],
)
def test_a_fault_loads_what_it_needs_and_no_more(tmp_path: Path, fields: str, more: set[str]) -> None:
    loaded = _checked(tmp_path, with_fields(fields), code=1)
    dear = HEAVY | FOR_MANY | FOR_MENDING | FOR_EDITS | FOR_SETTINGS | FOR_COMMENTS | {"newslint.schema.violations"}
    # jsonschema comes with referencing and more, which are its own.
    own = {"referencing", "socket"} if "jsonschema" in more else set()
    assert (loaded & dear) - own == more


def test_a_comment_loads_its_reader(tmp_path: Path) -> None:
    loaded = _checked(tmp_path, with_fields('title: " Live" # newslint: ignore[NL602]\n'))
    assert loaded >= FOR_COMMENTS
    assert loaded & (HEAVY | FOR_MANY | FOR_MENDING | FOR_SETTINGS) == set()


def test_enough_files_load_the_cache_and_no_workers(tmp_path: Path) -> None:
    for number in range(FILES_FOR_CACHE):
        (tmp_path / f"{number}.md").write_text(article(number, clean=True))
    loaded = _loaded(tmp_path, "check")
    assert loaded & FOR_MANY == FOR_MANY - {"newslint.run.workers"}
    assert loaded & (FOR_EDITS | FOR_MENDING | {"multiprocessing", "concurrent", "socket", "ssl", "tomllib"}) == set()
    again = _loaded(tmp_path, "check")
    assert again < loaded
    assert "newslint.run.packing" not in again


def test_the_other_commands_load_no_linter(tmp_path: Path) -> None:
    for command in (["schema"], ["rules"], ["clean", "--quiet"]):
        loaded = _loaded(tmp_path, *command)
        assert loaded & {"newslint.run.runner", "multiprocessing", "concurrent", "ftfy", "yaml"} == set(), command


def test_an_unchanged_archive_loads_nothing_that_works_on_files(tmp_path: Path) -> None:
    for number in range(FILES_FOR_CACHE):
        (tmp_path / f"{number}.md").write_text(article(number))
    _loaded(tmp_path, "check", code=1)
    (run,) = tmp_path.glob(".newslint_cache/*/*.run")
    os.utime(run, (time.time(), time.time() + 60))
    loaded = _loaded(tmp_path, "check", code=1)
    assert "newslint.run.snapshot" in loaded
    assert loaded & (HEAVY | FOR_EDITS | FOR_MENDING | FOR_COMMENTS) == set()
    assert loaded & {"hashlib", "newslint.run.packing", "newslint.run.workers", "newslint.run.ledger"} == set()
