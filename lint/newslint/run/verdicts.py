"""What becomes of the files that a run comes across, and why, without checking any of them: ``--show-files``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.run.checker import Checker
from newslint.run.discovery import Candidate
from newslint.run.packing import fetched
from newslint.run.reading import UnreadableError, read_file

NO_ARTICLE = "it does not look like an article: fewer than half of the required fields begin lines at its top"
NO_KIND = "no kind of the configuration claims it"


class Verdict(NamedTuple):
    """What becomes of a file: the kind of document that it is checked as, or None where it is passed over, and why."""

    path: str
    kind: str | None
    reason: str


def verdicts(checker: Checker, candidates: Iterable[Candidate]) -> Iterator[Verdict]:
    """Yield what becomes of each file."""
    for one in candidates:
        if one.skipped is not None:
            yield Verdict(one.path, None, one.skipped)
            continue
        (candidate,) = fetched([one], checker.settings.max_file_size)
        if candidate.unreadable is not None:
            yield Verdict(candidate.path, _kind_name(checker, candidate.path), candidate.unreadable)
        elif candidate.named:
            yield Verdict(candidate.path, _kind_name(checker, candidate.path), "named")
        else:
            yield _found(checker, candidate)


def _found(checker: Checker, candidate: Candidate) -> Verdict:
    path, limit = candidate.path, checker.settings.max_file_size
    contents = candidate.held.contents if candidate.held is not None else None
    try:
        data = contents.data if contents is not None else read_file(path, limit)
    except UnreadableError as error:
        return Verdict(path, _kind_name(checker, path), error.reason)
    kind = checker.recognised(path, data)
    if kind is None:
        return Verdict(path, None, NO_ARTICLE if checker.kinds.of(path) else NO_KIND)
    why = "looks like an article" if kind.patterns is None else "its kind's files name it"
    return Verdict(path, kind.name, why)


def _kind_name(checker: Checker, path: str) -> str:
    return (checker.kinds.of(path) or checker.kinds.article).name
