"""What comes out of each hostile file of the catalogue, in a real process under limits of memory and time.

``tests/hostile/expected`` says what must come out, group by group; ``--update-cases`` writes it anew.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from newslint.output.escape import terminal
from newslint.quote import shorten
from tests.hostile.catalogue import GROUPS
from tests.hostile.invariants import findings_hold, fixes_hold, formats_hold, suppressions_hold
from tests.hostile.limited import NOW, newslint

EXPECTED = Path(__file__).with_name("expected")
OPTIONS = ("check", "--isolated", "--no-cache", "--ignore", "NL9", "--now", NOW, "--output-format", "json")

_TOLD_WHOLE = 3
"""Findings of one file that are told with their messages; where there are more, their places are."""

_LIBYAML_SETS_A_BOUND = yaml._yaml.get_version() >= (0, 2, 6)
"""Since then it ends itself what nests deeper than 1,000 levels; before, our own bound of 32 is met first."""

_UNBOUND = re.compile(r"^100 kB of opening (?:brackets|braces)\n(?: .*\n)*", re.MULTILINE)

_PLACES = 16
"""Places of one file that are told; the rest is counted."""


def written(folder: Path, group: str) -> dict[str, str]:
    """Write the files of a group into a folder, and return what each is by its name."""
    names = {f"{number:04}.md": name for number, name in enumerate(GROUPS[group])}
    for file, name in names.items():
        (folder / file).write_bytes(GROUPS[group][name])
    return names


def told(findings: Iterable[dict[str, Any]]) -> list[str]:
    """Return what is compared of the findings of one file, in lines."""
    found = list(findings)
    if len(found) <= _TOLD_WHOLE:
        return [f"{_place(one)} {terminal(shorten(one['message'], 100))}" for one in found]
    places = ", ".join(_place(one) for one in found[:_PLACES])
    more = f", and {len(found) - _PLACES} more" if len(found) > _PLACES else ""
    return textwrap.wrap(places + more, 116, break_long_words=False, break_on_hyphens=False)


def _place(finding: dict[str, Any]) -> str:
    return f"{finding['line']}:{finding['column']} {finding['code']}"


_LOAD = {"heavy"}
"""Groups that take seconds: they have a command of their own, ``python -m pytest -m load``."""


@pytest.mark.parametrize(
    "group", [pytest.param(name, marks=[pytest.mark.load] if name in _LOAD else []) for name in GROUPS]
)
def test_each_file_gives_what_it_must(group: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    names = written(tmp_path, group)
    done = newslint(*OPTIONS, *names, cwd=tmp_path)
    assert done.err == b""
    assert done.code == 1
    report = done.report
    assert report["summary"]["files"] == len(names)
    by_file: dict[str, list[dict[str, Any]]] = {file: [] for file in names}
    for finding in report["findings"]:
        by_file[finding["path"]].append(finding)
    lines = [f"{terminal(names[file])}\n" + "".join(f"    {line}\n" for line in told(by_file[file])) for file in names]
    shown = "".join(lines)
    path = EXPECTED / f"{group}.txt"
    if request.config.getoption("--update-cases"):
        path.write_text(shown, "utf-8")
    expected = path.read_text("utf-8")
    if not _LIBYAML_SETS_A_BOUND:
        shown, expected = (_UNBOUND.sub("", text) for text in (shown, expected))
    assert shown == expected, "python -m pytest tests/hostile --update-cases writes it anew"


@pytest.mark.load
@pytest.mark.parametrize("group", GROUPS)
def test_what_holds_of_every_file_holds_of_these(group: str) -> None:
    for data in GROUPS[group].values():
        linted = findings_hold(data)
        for unsafe in (False, True):
            fixes_hold(data, unsafe=unsafe)
        suppressions_hold(data, linted)
        formats_hold(linted)
