"""The baseline: known findings that are not told again, one line each in a file that is reviewed like any other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.quote import quote
from newslint.record import Record
from newslint.rules import BY_CODE
from newslint.settings import WrongUseError

VERSION = 1
MAX_BASELINE_SIZE: Final = 64 * 1_048_576
"""Bytes of a baseline: some 300,000 findings; more is no list that anybody works on."""

_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_FINGERPRINT = compiled_late(r"[0-9a-f]{32}", re.ASCII)
_CODE = compiled_late(r"NL[0-9]{3}", re.ASCII)


class BaselineError(WrongUseError):
    """A baseline that cannot be used; the message is one line for the user and names the file."""


class Entry(Record):
    """One known finding. Only the fingerprint decides what it is; the others tell people (and the run) where it was.

    ``path`` is relative to the baseline's folder, with ``/`` between its parts; ``field`` is an RFC 6901 pointer.
    """

    path: str
    code: str
    field: str
    fingerprint: str


class Baseline(Record):
    """Known findings, sorted; equal ones count as often as they are listed."""

    entries: tuple[Entry, ...] = ()


class Compared(Record):
    """Findings beside a baseline: the new ones and those that it lists; and its entries that stand for none of them.

    ``gone`` are those that have been mended, or whose file is no longer there; of ``unseen`` the run cannot tell.
    """

    new: tuple[Finding, ...]
    baselined: tuple[Finding, ...]
    gone: tuple[Entry, ...]
    unseen: tuple[Entry, ...]


class Scope(Record):
    """What a run can tell of a baseline: an entry that it has not looked for has not been mended.

    ``relative`` turns a finding's path into one relative to the baseline's folder. ``checked`` are the files whose
    findings are all there (as findings name them, those that were cut off at a limit left out), ``ran`` the codes of
    the rules that ran. ``is_gone`` tells of a path of the baseline that no such file is there any more.
    """

    relative: Callable[[str], str]
    checked: Collection[str]
    ran: frozenset[str]
    is_gone: Callable[[str], bool] = lambda _: False


def parse_baseline(data: bytes, name: str) -> Baseline:
    """Return the baseline in a file's bytes; ``name`` is how messages call the file. Raises BaselineError.

    Whoever reads the file reads at most ``MAX_BASELINE_SIZE`` and one bytes of it.
    """
    if len(data) > MAX_BASELINE_SIZE:
        raise BaselineError(f"{name}: the baseline is larger than {MAX_BASELINE_SIZE:,} bytes")
    if _CONFLICT.search(data):
        raise BaselineError(f'{name}: the baseline has merge conflicts: write it anew with "newslint baseline"')
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{name}: the baseline is no valid JSON: {error}") from error
    if not isinstance(content, dict) or "version" not in content:
        raise BaselineError(f"{name}: this is no baseline of newslint")
    if content["version"] != VERSION or isinstance(content["version"], bool):
        raise BaselineError(
            f"{name}: the baseline has version {quote(content['version'])}, and this newslint knows version {VERSION}"
        )
    unknown = sorted(content.keys() - {"version", "findings"})
    if unknown:
        raise BaselineError(f"{name}: {quote(unknown[0])} is not known in a baseline")
    rows = content.get("findings")
    if not isinstance(rows, list):
        raise BaselineError(f'{name}: "findings" is no list')
    return Baseline(tuple(sorted(_entry(row, number, name) for number, row in enumerate(rows, 1))))


def _entry(row: Any, number: int, name: str) -> Entry:
    wrong = f"{name}: entry {number:,} of the baseline"
    if not isinstance(row, dict):
        raise BaselineError(f"{wrong} is no object")
    for key in Entry._fields:
        if not isinstance(row.get(key), str):
            raise BaselineError(f'{wrong} has no text "{key}"')
    unknown = sorted(row.keys() - set(Entry._fields))
    if unknown:
        raise BaselineError(f"{wrong} has {quote(unknown[0])}, which is not known there")
    entry = Entry(**row)
    if not _FINGERPRINT.fullmatch(entry.fingerprint):
        mark = quote(entry.fingerprint)
        raise BaselineError(f"{wrong} has the fingerprint {mark}, where 32 hexadecimal digits are expected")
    if not _CODE.fullmatch(entry.code):
        raise BaselineError(f"{wrong} has the code {quote(entry.code)}, where one like NL602 is expected")
    return entry


def render_baseline(baseline: Baseline) -> str:
    """Return the text of a baseline's file: one line for each entry, sorted, so that a change is one line of a diff."""
    lines = [_line(entry) for entry in baseline.entries]
    listed = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def _line(entry: Entry) -> str:
    text = json.dumps(entry._asdict(), ensure_ascii=False)
    # A file name may hold what no line should: marks that turn the text around, or bytes that are no UTF-8.
    return text if text.isprintable() else json.dumps(entry._asdict())


def compare(baseline: Baseline, findings: Iterable[Finding], scope: Scope) -> Compared:
    """Part findings by a baseline; each of its entries stands for one finding, of its own file before another's.

    A finding of a mandatory rule is always new: it tells that a file is not fully checked, and would hide all that is
    wrong with it. Of the entries of such a file nothing can be told.
    """
    findings = tuple(findings)
    left = Counter(baseline.entries)
    by_place: dict[tuple[str, str], list[Entry]] = {}
    for entry in baseline.entries:
        by_place.setdefault((entry.fingerprint, entry.path), []).append(entry)
    known: set[int] = set()
    waiting: list[int] = []
    for number, finding in enumerate(findings):
        if _may_be_known(finding):
            entries = by_place.get((finding.fingerprint, scope.relative(finding.path)))
            if entries:
                left[entries.pop()] -= 1
                known.add(number)
            else:
                waiting.append(number)
    unread = {finding.path for finding in findings if not _may_be_known(finding)}
    checked = {scope.relative(path) for path in scope.checked if path not in unread}
    # A file that was not checked where it was may be the one that is found in another folder now.
    rest = sorted(left.elements(), key=lambda entry: (entry.path not in checked, entry))
    by_mark: dict[str, list[Entry]] = {}
    for entry in rest:
        by_mark.setdefault(entry.fingerprint, []).append(entry)
    for number in waiting:
        entries = by_mark.get(findings[number].fingerprint)
        if entries:
            left[entries.pop()] -= 1
            known.add(number)
    gone: list[Entry] = []
    unseen: list[Entry] = []
    for entry in sorted(left.elements()):
        mended = entry.path in checked and entry.code in scope.ran
        (gone if mended or scope.is_gone(entry.path) else unseen).append(entry)
    return Compared(
        tuple(finding for number, finding in enumerate(findings) if number not in known),
        tuple(finding for number, finding in enumerate(findings) if number in known),
        tuple(gone),
        tuple(unseen),
    )


def updated(baseline: Baseline, findings: Iterable[Finding], scope: Scope) -> Baseline:
    """Return the baseline to write after a run: all its findings, and the old entries of which it cannot tell."""
    findings = tuple(findings)
    entries = [
        Entry(scope.relative(finding.path), finding.code, finding.field, finding.fingerprint)
        for finding in findings
        if _may_be_known(finding)
    ]
    return Baseline(tuple(sorted((*entries, *compare(baseline, findings, scope).unseen))))


def pruned(baseline: Baseline, gone: Iterable[Entry]) -> Baseline:
    """Return the baseline without the entries that are gone, each taken out once."""
    rest = Counter(baseline.entries)
    rest.subtract(gone)
    return Baseline(tuple(sorted(rest.elements())))


def _may_be_known(finding: Finding) -> bool:
    return not BY_CODE[finding.code].mandatory
