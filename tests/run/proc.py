"""What the system says of the processes that run: who must be gone is looked for there."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to see processes in")


class Process(NamedTuple):
    """A process that has not ended: its number, its parent's and its group's."""

    number: int
    parent: int
    group: int


def processes() -> list[Process]:
    """Return all processes; one that has ended and is not waited for yet is none."""
    found: list[Process] = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent, group = Path(f"/proc/{name}/stat").read_text("latin-1").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if state not in "ZX":
            found.append(Process(int(name), int(parent), int(group)))
    return found


def children(number: int) -> list[int]:
    """Return the children of a process."""
    return [process.number for process in processes() if process.parent == number]


def is_gone(group: int, seconds: float = 10) -> bool:
    """Tell whether a group of processes ends within some time."""
    end = time.monotonic() + seconds
    while any(process.group == group for process in processes()):
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
