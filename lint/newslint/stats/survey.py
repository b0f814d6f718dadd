"""Reading an archive for its numbers alone: the files that a check would check, none of them judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.record import Record
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from newslint.stats.archive import read_archive
from newslint.stats.numbers import Stats


class Surveyed(Record):
    """The numbers of an archive, and how many files were passed over."""

    stats: Stats
    skipped: int


def survey(paths: Sequence[str], settings: Settings, choices: Choices) -> Surveyed:
    """Return the numbers of the files under some paths, or under the configuration's ``include``.

    Raises what :class:`~newslint.run.runner.Runner` raises for paths, schemas and settings that cannot be used.
    """
    runner = Runner(settings, choices)
    skipped = 0

    def checked() -> Iterator[tuple[str, bytes | None]]:
        nonlocal skipped
        for verdict in runner.verdicts(paths):
            if verdict.kind is None:
                skipped += 1
            else:
                yield runner.checker.shown(verdict.path), verdict.data

    stats = read_archive(checked(), frozenset(), runner.checker).stats
    return Surveyed(stats, skipped)
