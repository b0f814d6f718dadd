"""Texts that wait: the same comes back, from memory or from disk, and a disk that is full loses none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newslint.run import spool
from newslint.run.spool import Spool

TEXTS = [f"{number}:{'x' * (number % 97)}" for number in range(2_000)]
FULL = """
import resource, signal
from newslint.run import spool
from newslint.run.spool import Spool
spool.MAX_WAITING = 100
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
waiting = Spool()
texts = [f"{number}:{'x' * (number % 97)}" for number in range(2_000)]
kept = [waiting.keep(text) for text in texts]
assert [waiting.text(one) for one in kept] == texts
print(sum(isinstance(one, int) for one in kept) > 100, sum(isinstance(one, str) for one in kept) > 1_000)
"""


def test_few_texts_stay_in_memory() -> None:
    waiting = Spool()
    assert [waiting.keep(text) for text in TEXTS] == TEXTS


def test_many_texts_come_back_from_the_disk_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MAX_WAITING", 10_000)
    waiting = Spool()
    kept = [waiting.keep(text) for text in TEXTS]
    assert sum(isinstance(one, str) for one in kept) < 400
    assert [waiting.text(one) for one in reversed(kept)] == TEXTS[::-1]
    assert waiting.text(waiting.keep("after reading")) == "after reading"
    assert waiting.text(waiting.keep("")) == ""


def test_a_full_disk_loses_nothing() -> None:
    result = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) == ("True True\n", "")


def test_no_place_for_temporary_files_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spool, "MAX_WAITING", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    waiting = Spool()
    assert [waiting.keep(text) for text in TEXTS] == TEXTS
