"""A file without a name is closed with the last reference to it, without a warning and without any Python code."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from newslint.run.scratch import Scratch
from tests.conftest import ROOT


def test_what_was_put_away_is_read_again_and_its_room_given_back(recwarn: pytest.WarningsRecorder) -> None:
    scratch = Scratch()
    assert [scratch.append(b"one"), scratch.append(b"four")] == [0, 3]
    assert (scratch.read(3, 4), scratch.read(0, 3), scratch.size) == (b"four", b"one", 7)
    number = scratch._file.fileno()
    assert os.fstat(number).st_nlink == 0
    del scratch
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)
    assert not recwarn.list


@pytest.mark.parametrize("path", sorted((ROOT / "lint").rglob("*.py")), ids=lambda path: path.stem)
def test_no_python_code_finalizes_anything(path: Path) -> None:
    # An interrupt that comes meanwhile would be printed as a traceback, and lost.
    names = [node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    assert "__del__" not in names
