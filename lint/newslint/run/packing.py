"""What becomes of a file in a form that is kept and sent: JSON, and what the cache needs to know of the file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from newslint.digest import digest
from newslint.engine.linter import Linted, broken
from newslint.record import Record
from newslint.rules import BY_CODE
from newslint.run.checker import Checker, Outcome
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.run.reading import Stamp
from newslint.run.rows import NO_ARTICLE, facts_text, found_text
from newslint.settings import Settings


class Packed(Record):
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


class Job(Record):
    """What a worker must know of a run, wherever it is: the settings, the choices, and the token of the run.

    ``here`` is the working directory of whoever began the run, ``schemas`` the schemas that the configuration names.
    """

    token: str
    settings: Settings
    choices: Choices
    mend: bool
    here: str
    schemas: Mapping[str, dict[str, Any]]


_checkers: dict[str, Checker] = {}
"""The checker of this process by the token of its run: a forked worker has that of its parent."""


def make_job(checker: Checker, *, mend: bool) -> Job:
    """Return what workers are told of a run, and keep its checker for this process and those forked from it."""
    choices = checker.choices._replace(now=checker.now, only=None, corpus=())
    # Random, as workers of a cluster serve many runs of many machines.
    job = Job(os.urandom(16).hex(), checker.settings, choices, mend, checker.here, checker.kinds.schemas)
    _know(job, checker)
    return job


def _know(job: Job, checker: Checker) -> Checker:
    _checkers.clear()
    _checkers[job.token] = checker
    return checker


def checker_of(job: Job) -> Checker:
    """Return the checker of a run, made where this process has not worked for it before."""
    known = _checkers.get(job.token)
    return known or _know(job, Checker(job.settings, job.choices, job.here, job.schemas))


def check_chunk(job: Job, candidates: Sequence[Candidate]) -> list[Packed]:
    """Return what becomes of some files of a run, in a worker; fewer where it was told to stop."""
    # Imported here because the packed form is needed without workers, too.
    from newslint.run.processes import stopping

    checker = checker_of(job)
    wanted = takewhile(lambda _: not stopping(), fetched(candidates, checker.settings.max_file_size))
    limit = checker.plan.max_findings
    return [pack(outcome, limit) for outcome in checker.check_all(wanted, mend=job.mend)]


def fetched(candidates: Sequence[Candidate], limit: int) -> Sequence[Candidate]:
    """Return candidates with the contents of those that lie in another file system, which are read at once."""
    if not any(candidate.is_remote for candidate in candidates):
        return candidates
    # Imported here because few runs leave this machine.
    from newslint.run.remote import fetch

    return fetch(candidates, limit)


def lost(job: Job, candidate: Candidate) -> Packed:
    """Return what becomes of a file that no worker survives."""
    checker = checker_of(job)
    return Packed(found_text(broken(checker.shown(candidate.path), checker.plan_for(candidate.path))))
