"""The most memory that a command and all its processes hold together at any time, as Linux counts it in /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import BenchmarkError, Command, start

_PROC = Path("/proc")
_INTERVAL = 0.02
"""Seconds between two looks; one takes a few milliseconds."""

_LONG, _LONG_INTERVAL = 10.0, 0.1
"""Seconds from which on a run is a long one, in which the peak is not as short, and between two looks at it."""


def can_measure() -> bool:
    """Tell whether this system has the files that are read here."""
    return (_PROC / "self" / "smaps_rollup").is_file()


def peak(command: Command, folder: Path, variables: Mapping[str, str]) -> int:
    """Return the peak in bytes of the sum of the proportional set sizes (PSS, proc_pid_smaps(5)) of one run.

    A page that several processes share counts once. Looking slows the run down: its time is not to be used. Raises
    BenchmarkError for a wrong exit code.
    """
    process = start(command, folder, variables)
    most = 0
    begun = time.monotonic()
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(_INTERVAL if time.monotonic() - begun < _LONG else _LONG_INTERVAL)
    if process.returncode not in command.codes:
        raise BenchmarkError(f"{command.name} exits with {process.returncode}")
    return most


def _family(root: int) -> list[int]:
    """Return a process and all below it."""
    children: dict[int, list[int]] = {}
    for name in os.listdir(_PROC):
        if name.isdigit():
            try:
                # The name of a program may hold anything, parentheses too (proc_pid_stat(5)).
                parent = int((_PROC / name / "stat").read_bytes().rpartition(b")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found = [root]
    for number in found:
        found.extend(children.get(number, ()))
    return found


def _held(number: int) -> int:
    """Return the PSS of a process in bytes, 0 of one that has ended."""
    try:
        with open(_PROC / str(number) / "smaps_rollup", "rb") as lines:
            return next((1024 * int(line.split()[1]) for line in lines if line.startswith(b"Pss:")), 0)
    except OSError:
        return 0
