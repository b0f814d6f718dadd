"""What becomes of a file in a form that is kept and sent: JSON, and what the cache needs to know of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newslint.engine.linter import Linted, broken
from newslint.rules import BY_CODE
from newslint.run.cache import digest
from newslint.run.checker import Checker, Outcome
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.run.names import shown_path
from newslint.run.reading import Stamp
from newslint.run.rows import NO_ARTICLE, facts_text, found_text
from newslint.settings import Settings


class Packed(NamedTuple):
    """What became of one file: what was found in it, or NO_ARTICLE, and its facts, as :mod:`newslint.run.rows` has it.

    ``stamp`` and ``digest`` are those of the bytes, where the row may be kept for them; the rest is the fixer's.
    """

    found: str
    facts: str = "[]"
    stamp: Stamp | None = None
    digest: str = ""
    fixed: int = 0
    notes: tuple[str, ...] = ()
    patch: bytes = b""
    failed: bool = False


def pack(outcome: Outcome, limit: int) -> Packed:
    """Return an outcome in the form that is kept and sent; ``limit`` is how many findings are told of one file."""
    linted, mended = outcome.linted, outcome.mended
    found, facts = (NO_ARTICLE, "[]") if linted is None else (found_text(linted), facts_text(linted))
    if mended is not None:
        return Packed(found, facts, None, "", mended.fixed, mended.notes, mended.patch, mended.failed)
    if outcome.contents is None or (linted is not None and not _lasts(linted, limit)):
        return Packed(found, facts)
    return Packed(found, facts, outcome.contents.stamp, digest(outcome.contents.data))


def mark_of(packed: Packed) -> str:
    """Return what stands for all that the facts of a file follow from: its content, or else the facts themselves."""
    return packed.digest or digest(packed.facts.encode("ascii"))


def _lasts(linted: Linted, limit: int) -> bool:
    """Tell whether a file comes to the same tomorrow: what is cut off may hide a finding that is about the present."""
    if linted.truncated or len(linted.suppressed) >= limit:
        return False
    return not any(
        BY_CODE[finding.code].timely or finding.code == "NL999" for finding in (*linted.findings, *linted.suppressed)
    )


class Job(NamedTuple):
    """What a worker must know of a run: the settings and the choices, and which run it is."""

    number: int
    settings: Settings
    choices: Choices
    mend: bool


class Item(NamedTuple):
    """One file of a run."""

    job: Job
    candidate: Candidate


_checkers: dict[int, Checker] = {}
"""The checkers of this process by the number of their run: a forked worker has that of its parent."""


def know(job: Job, checker: Checker) -> None:
    """Keep the checker of a run, for this process and those that are forked from it."""
    _checkers.clear()
    _checkers[job.number] = checker


def check_chunk(items: Sequence[Item]) -> list[Packed]:
    """Return what becomes of some files of one run, in a worker; fewer where it was told to stop."""
    # Imported here because the packed form is needed without workers, too.
    from newslint.run.workers import stopping

    packed: list[Packed] = []
    for job, candidate in items:
        if stopping():
            break
        if job.number not in _checkers:
            know(job, Checker(job.settings, job.choices))
        checker = _checkers[job.number]
        packed.append(pack(checker.check(candidate, mend=job.mend), checker.plan.max_findings))
    return packed


def lost(item: Item) -> Packed:
    """Return what becomes of a file that no worker survives."""
    job, candidate = item
    plan = _checkers[job.number].plan_for(candidate.path)
    return Packed(found_text(broken(shown_path(candidate.path), plan)))
