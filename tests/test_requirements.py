"""The dependencies: each has its reason, its lower bound, and, for development, one version with hashes and no address."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
DIRECT = [Requirement(line) for line in (*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["dev"])]
OTHERS = [requirement for requirement in DIRECT if requirement.name != "newslint"]
PINNED = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
BLOCKS = re.split(r"\n(?=\S)", PINNED.removesuffix("\n"))


def test_there_is_nothing_but_versions_with_hashes() -> None:
    assert "\n".join(BLOCKS) + "\n" == PINNED
    for block in BLOCKS:
        first, *hashes = block.split(" \\\n    ")
        (exact,) = Requirement(first).specifier
        assert exact.operator == "==", first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), first
    assert "://" not in PINNED
    assert "index" not in PINNED


@pytest.mark.parametrize("requirement", OTHERS, ids=str)
def test_each_dependency_is_pinned_within_its_bounds(requirement: Requirement) -> None:
    pinned = [Requirement(block.split(" \\\n")[0]) for block in BLOCKS]
    (found,) = [one for one in pinned if canonicalize_name(one.name) == canonicalize_name(requirement.name)]
    (exact,) = found.specifier
    assert requirement.specifier.contains(exact.version)


@pytest.mark.parametrize("requirement", [Requirement(line) for line in PROJECT["dependencies"]], ids=str)
def test_each_dependency_of_newslint_has_a_lower_bound_and_a_reason(requirement: Requirement) -> None:
    (bound,) = requirement.specifier
    assert bound.operator == ">="
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Dependencies")[2]
    assert re.search(rf"^\| `{re.escape(requirement.name)}` \| \S.+ \|$", table, re.MULTILINE)
