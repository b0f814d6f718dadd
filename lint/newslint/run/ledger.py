"""The findings of a run with very many, in their order: most are on disk, from where the report is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, overload

from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.limits import MAX_HELD_FINDINGS
from newslint.record import record_of
from newslint.report import ManyFindings, Tally, count
from newslint.run.sorter import Form, Sorter

_SEVERITIES = {severity.value: severity for severity in Severity}
_SEVERITY = Finding._fields.index("severity")
_RELATED = Finding._fields.index("related")


def _plain(finding: Finding) -> tuple[Any, ...]:
    """Return what makes a finding, without the violation that it was made of, which only the fixer asks for."""
    related, fix = finding.related, finding.fix
    return (
        *finding[:_SEVERITY],
        finding.severity.value,
        *finding[_SEVERITY + 1 : _RELATED],
        tuple(map(tuple, related)) if related else (),
        None if fix is None else (fix.applicability, fix.title, tuple([tuple(edit) for edit in fix.edits])),
    )


def _finding(row: tuple[Any, ...]) -> Finding:
    related, fix = row[_RELATED:]
    others = tuple([record_of(Related, one) for one in related]) if related else ()
    mended = None if fix is None else Fix(fix[0], fix[1], tuple([record_of(Edit, one) for one in fix[2]]))
    severity = _SEVERITIES[row[_SEVERITY]]
    return record_of(Finding, (*row[:_SEVERITY], severity, *row[_SEVERITY + 1 : _RELATED], others, mended, None))


_FORM: Form[Finding] = Form(key=lambda finding: finding.sort_key, plain=_plain, item=_finding)


class Ledger(ManyFindings):
    """Takes findings in any order, and is the sequence of them in theirs; raises LostError where the disk loses some.

    To go through it reads them from the disk, each time anew; to ask for one by its number reads all of them.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._found = Sorter(_FORM, MAX_HELD_FINDINGS)
        self.extend(findings)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take findings."""
        for finding in findings:
            self._found.add(finding)

    @cached_property
    def tally(self) -> Tally:
        """What there is to count, once all findings are there."""
        return count(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return tuple(self)[index]
