"""What a report is told beside its findings: what got worse since the last entry of a history, what a page shows."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.cli.streams import say
from newslint.history import Entry, Regression, regressions
from newslint.record import Record
from newslint.report import Page, Report
from newslint.run.recorded import entry_of, read_history
from newslint.run.runner import Runner


class Recorded(Record):
    """The recorded runs, and what got worse since the last of them; None where nobody asked."""

    entries: tuple[Entry, ...]
    worse: list[Regression] | None = None


def read_recorded(path: str) -> Recorded:
    """Return the recorded runs in the file that was named; raises HistoryError."""
    return Recorded(read_history(path))


def compared(recorded: Recorded, report: Report, runner: Runner) -> Recorded:
    """Return the recorded runs with what got worse; ``report`` is the one before a baseline hides findings."""
    entries = recorded.entries
    return Recorded(entries, regressions(entries[-1], entry_of(report, runner, None)) if entries else [])


def tell_regressions(recorded: Recorded) -> None:
    """Say to standard error what got worse, rule by rule."""
    if recorded.worse is not None and not recorded.entries:
        say("the history has no entry yet, so nothing can have got worse")
    for one in recorded.worse or ():
        last = recorded.entries[-1]
        revision = f" ({last.revision})" if last.revision else ""
        say(f"{one.code}: {one.now:,} findings, {one.before:,} in the entry of {last.date[:10]}{revision}")


def with_page(
    report: Report, runner: Runner, recorded: Recorded | None, link: str | None, *, from_files: bool
) -> Report:
    """Return a report with what a page shows beside the findings; files are read once more, a stream is no archive."""
    # Imported here because few runs are told as a page.
    from newslint.stats.archive import read_archive
    from newslint.stats.insights import insights

    page = Page(link, recorded.entries if recorded is not None else ())
    if from_files and report.checked:
        labelled = frozenset(finding.path for finding in report.findings)
        archive = read_archive(_read_again(report, runner), labelled, runner.checker)
        page = page._replace(stats=archive.stats, sentences=tuple(insights(archive.stats)), labels=archive.labels)
    return report._replace(page=page)


def _read_again(report: Report, runner: Runner) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files of a report with what they hold, those that cannot be read any more last and without."""
    gone = set(report.checked)
    for path, data in runner.read_again(report.checked):
        gone.discard(path)
        yield path, data
    yield from ((path, None) for path in sorted(gone))
