"""The history of an archive: how many findings of each rule every recorded run had, one line of JSON a run."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.record import Record
from newslint.settings import WrongUseError

VERSION: Final = 1
MAX_HISTORY_SIZE: Final = 16 * 1_048_576
"""Bytes of a history: some 20,000 runs, a run a day for fifty years."""

MAX_COUNT: Final = 10**12
"""The most files or findings that an entry may tell: more is a mistake, and would spoil every chart."""

MAX_REVISION: Final = 100
"""Characters of a revision's name: it stands in headings, and a commit or a tag has fewer."""

_CODE = compiled_late(r"NL[0-9]{3}", re.ASCII)
_DATE = compiled_late(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_CONFLICT = compiled_late(r"(?:<{7}|={7}|>{7})(?: |$)")


class HistoryError(WrongUseError):
    """A history that cannot be used; the message is one line for the user and names the file."""


class Entry(Record):
    """One recorded run: when (UTC, ``YYYY-MM-DDTHH:MM:SSZ``), at which revision, over how many files.

    ``findings`` counts by code and has a 0 for each rule that ran and found nothing: a rule that is not in it did not
    run, so that nothing can be said of it.
    """

    date: str
    revision: str | None
    files: int
    findings: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of findings of all rules."""
        return sum(self.findings.values())


class Regression(Record):
    """A rule that has more findings than in the entry before."""

    code: str
    before: int
    now: int


def make_entry(findings: Iterable[Finding], ran: Collection[str], files: int, date: str, revision: str | None) -> Entry:
    """Return the entry of a run: ``ran`` are the codes of the rules that ran, baseline and changed lines left aside."""
    counts = Counter(finding.code for finding in findings)
    return Entry(date, revision, files, {code: counts[code] for code in sorted({*ran, *counts})})


def regressions(last: Entry, now: Entry) -> list[Regression]:
    """Return the rules that both runs know and of which the later one has more findings, by code."""
    return [
        Regression(code, last.findings[code], count)
        for code, count in now.findings.items()
        if code in last.findings and count > last.findings[code]
    ]


def render_entry(entry: Entry) -> str:
    """Return an entry as its line of the file, in ASCII, with its line end."""
    content = {"version": VERSION, **entry._asdict(), "findings": dict(entry.findings)}
    return json.dumps(content, separators=(", ", ": ")) + "\n"


def parse_history(data: bytes, name: str) -> tuple[Entry, ...]:
    """Return the entries in a file's bytes, in their order; ``name`` is how messages call the file.

    Raises HistoryError for what is no history, naming the line.
    """
    if len(data) > MAX_HISTORY_SIZE:
        raise HistoryError(f"{name}: the history is larger than {MAX_HISTORY_SIZE:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HistoryError(f"{name}: the history is not UTF-8") from error
    lines = text.split("\n")
    return tuple(_entry(line, f"{name}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _entry(line: str, place: str) -> Entry:
    if _CONFLICT.match(line):
        raise HistoryError(f"{place}: a conflict of Git's is not resolved: keep the lines of both sides")
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise HistoryError(f"{place}: this line is no JSON") from error
    if not isinstance(content, dict):
        raise HistoryError(f"{place}: this line is no object")
    if content.get("version") != VERSION:
        raise HistoryError(f'{place}: "version" is not {VERSION}, which is all that this newslint reads')
    date, revision = content.get("date"), content.get("revision")
    files: Any = content.get("files")
    findings: Any = content.get("findings")
    if not isinstance(date, str) or not _DATE.fullmatch(date):
        raise HistoryError(f'{place}: "date" is not written YYYY-MM-DDTHH:MM:SSZ')
    if revision is not None and not (isinstance(revision, str) and len(revision) <= MAX_REVISION):
        raise HistoryError(f'{place}: "revision" is neither null nor a text of at most {MAX_REVISION} characters')
    if not _is_count(files):
        raise HistoryError(f'{place}: "files" is no number of files')
    if not isinstance(findings, dict) or not all(_CODE.fullmatch(code) for code in findings):
        raise HistoryError(f'{place}: "findings" is no object of codes like NL602')
    if not all(map(_is_count, findings.values())):
        raise HistoryError(f'{place}: "findings" holds something else than numbers of findings')
    return Entry(date, revision, files, findings)


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MAX_COUNT
