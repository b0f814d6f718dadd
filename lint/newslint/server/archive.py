"""The other files of a project: all of them checked beside the editor, in a thread, from the cache where it can be.

It is the command's own run over the project's folder, so that what it keeps and what it finds is the same. It looks at
files as they are on disk: what is about one file alone is told of an open document by its text.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from newslint.engine.archive import places_in
from newslint.engine.linter import Linted, read_bytes
from newslint.finding import Finding, fingerprint, pointer_text
from newslint.limits import MAX_WORKSPACE_FILES
from newslint.record import Record
from newslint.rules import BY_CODE
from newslint.run.discovery import Candidate, MissingPathError
from newslint.run.known import baseline_path, hide, read_baseline, scope_of
from newslint.run.names import file_of
from newslint.run.outcomes import Means
from newslint.run.runner import Runner
from newslint.run.sources import Source
from newslint.server.projects import UNUSABLE, Project

_ARCHIVE = frozenset(code for code, rule in BY_CODE.items() if rule.judge is not None)


class Swept(Record):
    """What a run over a project came to, by absolute path: the files checked, and the findings of those with any."""

    files: tuple[str, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = {}

    def about_archive(self, path: str) -> tuple[Finding, ...]:
        """Return what the rules about many files find in one of them."""
        return tuple(finding for finding in self.findings.get(path, ()) if finding.code in _ARCHIVE)


class StoppedError(Exception):
    """A run that nobody waits for any more, or that comes across more files than an editor should look at unasked."""


class _Sweep(Runner):
    """A run that ends when it is told to."""

    def __init__(self, project: Project, stopped: Callable[[], bool]) -> None:
        means = Means(1, project.cache, cache_given=project.cache_given)
        super().__init__(project.settings, project.choices, means)
        self._stopped = stopped

    def _files(self, files: Sequence[str], sources: Sequence[Source]) -> Iterator[Candidate]:
        """Yield the files; raises StoppedError."""
        for number, candidate in enumerate(super()._files(files, sources)):
            if number >= MAX_WORKSPACE_FILES or self._stopped():
                raise StoppedError
            yield candidate

    def check_stop(self, done: int, files: int | None) -> None:  # noqa: ARG002 - the signature of a run's progress
        """Raise StoppedError where nobody waits."""
        if self._stopped():
            raise StoppedError


def sweep(project: Project, stopped: Callable[[], bool]) -> Swept:
    """Return what all files of a project come to; raises StoppedError, ``UNUSABLE`` and MissingPathError."""
    settings = project.settings
    run = _Sweep(project, stopped)
    report = run.run([] if settings.include else [str(settings.root)], run.check_stop)
    if settings.baseline is not None:
        path = baseline_path(None, settings)
        report, _ = hide(report, read_baseline(path), scope_of(run, report, path))
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(os.path.abspath(file_of(finding.path)), []).append(finding)
    files = tuple(os.path.abspath(file_of(path)) for path in report.checked)
    return Swept(files, {path: tuple(findings) for path, findings in found.items()})


class Archive:
    """What is known of a project's files, at first what was known before; ``trouble`` tells the user why it is old."""

    def __init__(self, project: Project, swept: Swept | None = None) -> None:
        self.swept = swept or Swept()
        self.trouble: str | None = None
        self._project = project
        self._stale = True
        self._stopped = False
        self._running: asyncio.Task[None] | None = None

    def touch(self) -> None:
        """Say that files have changed."""
        self._stale = True

    def stop(self) -> None:
        """End what runs, and begin nothing more."""
        self._stopped = True

    async def current(self) -> Swept:
        """Return what the files come to now; many who wait at once share one run."""
        while self._stale and self._project.found and not self._stopped:
            if self._running is None or self._running.done():
                self._stale = False
                self._running = asyncio.create_task(self._sweep())
            # Whoever gives up waiting ends nobody else's run.
            await asyncio.shield(self._running)
        if self._running is not None and not self._running.done():
            await asyncio.shield(self._running)
        return self.swept

    async def _sweep(self) -> None:
        try:
            self.swept = await asyncio.to_thread(sweep, self._project, lambda: self._stopped)
            self.trouble = None
        except StoppedError:
            # Who was told to stop is not asked again; any other has come across too many files.
            self.trouble = f"the folder has more than {MAX_WORKSPACE_FILES:,} files: name those to look at in include"
        except (*UNUSABLE, MissingPathError) as error:
            self.trouble = str(error)


def still_true(
    path: str, data: bytes, linted: Linted, found: Sequence[Finding], project: Project
) -> tuple[Finding, ...]:
    """Return findings about the archive at their places in a text that may have been edited since.

    One holds as long as its field says the same as in the file that was compared, and no comment excuses it.
    """
    if not found:
        return ()
    plan = project.plan(path)
    name = project.checker.shown(path).rpartition("/")[2]
    facts = {
        (code, pointer_text(fact.pointer), fingerprint(name, code, fact.pointer, fact.value, 0)): fact.pointer
        for code, fact in linted.facts
    }
    pointers = [facts.get((finding.code, finding.field, finding.fingerprint)) for finding in found]
    document = read_bytes(name, data, plan)
    places = {} if document is None else places_in(document, [pointer for pointer in pointers if pointer is not None])
    kept: list[Finding] = []
    for finding, pointer in zip(found, pointers, strict=True):
        place = places.get(pointer) if pointer is not None else None
        if (
            place is not None
            and finding.code in plan.codes
            and not linted.suppressions.excuse(finding.code, place.line)
        ):
            kept.append(finding._replace(**place._asdict()))
    return tuple(kept)
