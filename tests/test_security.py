"""SECURITY.md promises nothing without a test."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = re.findall(r"^\| ([^|]+) \| (`test_[^|]+) \|$", SECURITY, re.MULTILINE)
DEFINED = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:    )?def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
}


def test_there_are_promises() -> None:
    table = SECURITY.partition("## What is promised")[2].partition("\n## ")[0]
    assert len(PROMISES) == table.count("\n| ") - 2 >= 10, "a promise names no test"


@pytest.mark.parametrize(("promise", "tests"), PROMISES, ids=[promise for promise, _ in PROMISES])
def test_each_promise_has_its_tests(promise: str, tests: str) -> None:
    named = re.findall(r"`(test_\w+)`", tests)
    assert named, promise
    assert set(named) <= DEFINED, set(named) - DEFINED
