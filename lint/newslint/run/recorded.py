"""The file of a history: read whole, and written whole with one line more, so that it is never half an entry."""

from __future__ import annotations

import os

from newslint.engine.plan import Plan
from newslint.history import MAX_HISTORY_SIZE, Entry, HistoryError, make_entry, parse_history, render_entry
from newslint.report import Report
from newslint.run.put import put
from newslint.run.reading import UnreadableError, read_file
from newslint.run.runner import Runner
from newslint.settings import Settings

DEFAULT_NAME = ".newslint-history.jsonl"
"""The history beside the configuration, where no other is named."""


def history_path(named: str | None, settings: Settings) -> str:
    """Return where the history is: the file that was named, or the usual one."""
    return named if named is not None else str(settings.root / DEFAULT_NAME)


def read_history(path: str) -> tuple[Entry, ...]:
    """Return the recorded runs; raises HistoryError where the file is not there or cannot be used."""
    return parse_history(_bytes(path), path)


def append_entry(path: str, entry: Entry) -> int:
    """Add an entry to a history, which is made where there is none; return how many there are now.

    Raises HistoryError, and leaves the file as it is, where it is no history, and OSError where it cannot be written.
    """
    data = _bytes(path) if os.path.lexists(path) else b""
    before = parse_history(data, path)
    if data and not data.endswith(b"\n"):
        data += b"\n"
    put(path, data + render_entry(entry).encode("ascii"))
    return len(before) + 1


def entry_of(report: Report, runner: Runner, revision: str | None) -> Entry:
    """Return the entry of a run that has just ended, before a baseline hides any of its findings."""
    plans: list[Plan] = [kind.plan for kind in runner.checker.kinds.all]
    ran = frozenset[str]().union(*(plan.codes for plan in plans))
    if not runner.whole:
        # They have not seen the archive, so that none of their findings is no news.
        ran -= {rule.code for plan in plans for rule, _ in plan.archive}
    date = runner.checker.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return make_entry(report.findings, ran, report.files, date, revision)


def _bytes(path: str) -> bytes:
    try:
        return read_file(path, MAX_HISTORY_SIZE)
    except UnreadableError as error:
        missing = "" if os.path.lexists(path) else '; "newslint history add" writes one'
        raise HistoryError(f"the history {path} cannot be used: {error.reason}{missing}") from error
