"""The calls of newslint that are measured, and the floor under them: Python with click, which lints nothing yet."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import Command

NOW = "2030-01-01T00:00:00Z"
"""The present of all runs: findings, and the cache that they are kept in, are those of one day."""

COLD, ALL, WARM = "newslint, one job", "newslint, {} jobs", "newslint, warm"


def check(newslint: Path, name: str, paths: Path, files: int, *means: str) -> Command:
    """Return ``newslint check`` over a path, one line a finding; ``means`` are its options for jobs and cache."""
    words = (str(newslint), "check", "--isolated", "--now", NOW, "--output-format", "concise", *means, str(paths))
    proof = rf"(?m)^{files:,} files? checked"
    return Command(name, words, frozenset({0, 1}), proof)


def cold(newslint: Path, folder: Path, files: int, jobs: int | None = 1) -> Command:
    """Return a run that keeps nothing; ``jobs`` None leaves their number to newslint."""
    name = COLD if jobs == 1 else ALL.format("its own" if jobs is None else jobs)
    return check(newslint, name, folder, files, "--no-cache", *(() if jobs is None else ("--jobs", str(jobs))))


def warm(newslint: Path, folder: Path, files: int, cache: Path) -> Command:
    """Return a run that finds all results in its cache, once it has run."""
    return check(newslint, WARM, folder, files, "--cache-dir", str(cache))


def floor(python: Path) -> Command:
    """Return the least that a command in Python with click costs."""
    return Command("python -c 'import click'", (str(python), "-c", "import click"))
