"""Whole processes timed side by side: every command once a round, in turns, so that all meet the same weather."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class BenchmarkError(Exception):
    """A measurement that would mean nothing; the message says why."""


class Command(NamedTuple):
    """What is measured: a name for the tables, the words of the command, and how to know that it did its work.

    ``codes`` are the exit codes of a good run. What the first run prints has to match ``proof`` (a regular
    expression) at least ``times`` times: a tool that stops at its configuration is fast, too.
    """

    name: str
    words: tuple[str, ...]
    codes: frozenset[int] = frozenset({0})
    proof: str = ""
    times: int = 1


class Sample(NamedTuple):
    """One run: seconds on the clock, and seconds of all processors together."""

    wall: float
    cpu: float


Samples = Mapping[str, Sequence[Sample]]
"""By the name of the command, one sample a round."""


def environment(home: Path, programs: Sequence[Path]) -> dict[str, str]:
    """Return what the measured processes know: no settings of this user, and none of Python's.

    PYTHONDONTWRITEBYTECODE among these would have every run compile its modules again.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([*map(str, programs), os.environ.get("PATH", os.defpath)])
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}


def prove(command: Command, folder: Path, variables: Mapping[str, str]) -> None:
    """Run a command once before it counts, so that bytecode, caches and pages are there; raises BenchmarkError."""
    result = subprocess.run(  # noqa: S603 - the commands are ours
        command.words, cwd=folder, env=dict(variables), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    said = (result.stdout + result.stderr).decode("utf-8", "replace")
    if result.returncode not in command.codes:
        raise BenchmarkError(f"{command.name} exits with {result.returncode}: {said.strip()[-300:]}")
    found = len(re.findall(command.proof, said)) if command.proof else command.times
    if found < command.times:
        raise BenchmarkError(f"{command.name} did not do its work: {command.proof!r} is {found} times in what it says")


def start(command: Command, folder: Path, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Return a command at work; nobody reads what it prints."""
    return subprocess.Popen(  # noqa: S603 - the commands are ours
        command.words,
        cwd=folder,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def run(command: Command, folder: Path, variables: Mapping[str, str]) -> Sample:
    """Return what one run takes; nobody reads what it prints. Raises BenchmarkError for a wrong exit code."""
    begin = time.perf_counter()
    process = start(command, folder, variables)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.codes:
        raise BenchmarkError(f"{command.name} exits with {process.returncode}")
    return Sample(wall, used.ru_utime + used.ru_stime)


def interleave(commands: Sequence[Command], rounds: int, folder: Path, variables: Mapping[str, str]) -> Samples:
    """Return the samples of all commands; each round begins with another one. Raises BenchmarkError."""
    for command in commands:
        prove(command, folder, variables)
    samples: dict[str, list[Sample]] = {command.name: [] for command in commands}
    for number in range(rounds):
        first = number % len(commands) if commands else 0
        for command in (*commands[first:], *commands[:first]):
            samples[command.name].append(run(command, folder, variables))
    return samples


def median_wall(samples: Samples, name: str) -> float:
    """Return the median of a command's seconds on the clock."""
    return statistics.median(sample.wall for sample in samples[name])


def median_cpu(samples: Samples, name: str) -> float:
    """Return the median of a command's processor seconds."""
    return statistics.median(sample.cpu for sample in samples[name])


def ratio(samples: Samples, name: str, other: str) -> tuple[float, float]:
    """Return how many times as long as another a command takes: on the clock, and in processor time.

    It is the median of the rounds' own ratios: a machine that slows down for a while slows both.
    """
    pairs = list(zip(samples[name], samples[other], strict=True))
    wall = statistics.median(one.wall / two.wall for one, two in pairs)
    return wall, statistics.median(one.cpu / max(two.cpu, 1e-4) for one, two in pairs)
