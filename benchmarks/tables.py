"""The results as Markdown, and their place in the README."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Command
from benchmarks.peers import SCHEMA

RESULTS, LARGE_RESULTS = "results", "large results"
"""What stands between marks of these names in the README."""


class Goal(NamedTuple):
    """What is to be reached: a measured number, the most that it may be, and how the two are written."""

    what: str
    at_most: float
    measured: float
    unit: str = ""
    cpu: float | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """The goal as a row of a table."""
        cpu = "" if self.cpu is None else f"{self.cpu:.2f}"
        met = "yes" if self.measured <= self.at_most else "**no**"
        return self.what, _number(self.at_most, self.unit), _number(self.measured, self.unit), cpu, met


class Section(NamedTuple):
    """One part of the results: a heading, what to know of it, and a table, of which so many columns hold words.

    ``goals`` are those that it speaks of, ``commands`` what was measured.
    """

    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1
    goals: Sequence[Goal] = ()
    commands: Sequence[Command] = ()


def _number(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit == "MiB" else f"{value:.2f} {unit}".rstrip()


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """Return a table; all columns but the first ``words`` hold numbers."""
    ruler = ["---"] * words + ["---:"] * (len(head) - words)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ruler, *rows))


def shown(command: Command, work: Path) -> str:
    """Return a call without the places of this machine: files by their names in the folder of the benchmark."""
    words = [os.path.basename(command.words[0]), *command.words[1:]]
    files = [word for word in words if word.endswith(".yaml")]
    words = [word for word in words if word not in files[1:]] + ["..."] * (len(files) > 1)
    return shlex.join(words).replace(f"{work}/", "").replace(f"{SCHEMA.parents[1]}/", "").replace("'...'", "...")


def page(preface: str, sections: Sequence[Section], work: Path) -> str:
    """Return all results, the goals first and the calls last."""
    goals = [goal.row for section in sections for goal in section.goals]
    parts = [preface]
    if goals:
        parts.append("### Goals\n\n" + table(("", "at most", "measured", "by CPU time", "met"), goals))
    for title, text, head, rows, words, *_ in sections:
        parts += [f"### {title}\n\n{text}\n", table(head, rows, words)]
    calls: dict[str, str] = {}
    for command in (command for section in sections for command in section.commands):
        calls.setdefault(command.name, f"`{shown(command, work)}`")
    if calls:
        parts.append("### Calls\n\n" + table(("", "call"), sorted(calls.items()), words=2))
    return "\n".join(parts)


def marks(name: str) -> tuple[str, str]:
    """Return what stands before and behind results in a README."""
    return f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"


def update(readme: Path, name: str, results: str) -> None:
    """Put results between the marks of their name in a README; raises ValueError where it has none."""
    first, last = marks(name)
    before, begin, rest = readme.read_text("utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{readme} has lost the marks between which the {name} stand")
    readme.write_text(f"{before}{begin}\n{results}\n{end}{after}", "utf-8")
