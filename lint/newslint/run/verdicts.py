"""What becomes of the files that a run comes across, and why, without checking any of them: ``--show-files``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.record import Record
from newslint.run.checker import Checker
from newslint.run.chunks import loaded
from newslint.run.discovery import Candidate
from newslint.run.packing import fetched

NO_ARTICLE = "it does not look like an article: fewer than half of the required fields begin lines at its top"
NO_KIND = "no kind of the configuration claims it"


class Verdict(Record):
    """What becomes of a file: the kind of document that it is checked as, or None where it is passed over, and why.

    ``data`` is what a file holds that would be checked, or None where it cannot be read.
    """

    path: str
    kind: str | None
    reason: str
    data: bytes | None = None


def verdicts(checker: Checker, candidates: Iterable[Candidate]) -> Iterator[Verdict]:
    """Yield what becomes of each file."""
    for candidate in candidates:
        if candidate.skipped is not None:
            yield Verdict(candidate.path, None, candidate.skipped)
        else:
            yield _verdict(checker, candidate)


def _verdict(checker: Checker, candidate: Candidate) -> Verdict:
    path, limit = candidate.path, checker.settings.max_file_size
    (fetched_one,) = fetched([candidate], limit)
    read = loaded(fetched_one, limit)
    contents = read.held.contents if read.held is not None else None
    usual = (checker.kinds.of(path) or checker.kinds.article).name
    if contents is None:
        return Verdict(path, usual, read.unreadable or "")
    if candidate.named:
        return Verdict(path, usual, "named", contents.data)
    kind = checker.recognised(path, contents.data)
    if kind is None:
        return Verdict(path, None, NO_ARTICLE if checker.kinds.of(path) else NO_KIND)
    why = "looks like an article" if kind.patterns is None else "its kind's files name it"
    return Verdict(path, kind.name, why, contents.data)
