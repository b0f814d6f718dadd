"""The fixer: mends what a file's findings say how to mend, round by round, and takes back what it cannot prove."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import BOM, Fences, Source, decode, find_fences
from newslint.edits.edits import Editor
from newslint.edits.text import DROP_BOM, Refused, TextEdit, apply
from newslint.engine.linter import Linted, lint_bytes
from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.fix.choice import Candidate, choose
from newslint.fix.proof import new_errors, prove
from newslint.limits import MAX_FINDINGS_TO_FIX, MAX_FIX_ATTEMPTS, MAX_FIX_ROUNDS
from newslint.record import Record


class Refusal(Record):
    """A fix that was taken back, or not made, and why."""

    finding: Finding
    reason: str


class Fixed(Record):
    """What became of one file: its bytes now, the findings that were mended, the fixes taken back, and what remains.

    Mended findings stand where they were in the text of their round, ``linted`` is about the new bytes.
    """

    data: bytes
    mended: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    linted: Linted


class _State(Record):
    """A file at the beginning of a round: its bytes, its document, and its findings with their violations."""

    data: bytes
    source: Source
    document: Document
    findings: tuple[Finding, ...]


def fix_text(
    path: str, data: bytes, plan: Plan, *, unsafe: bool = False, fixable: frozenset[str] | None = None
) -> Fixed:
    """Return a file's bytes with all safe fixes made that can be proven, and with ``unsafe`` the others too.

    ``fixable`` are the codes whose findings may be mended (None: all). A file that does not parse stays as it is, and
    so does one with more than 10,000 findings. Nothing is read from ``path`` or written to it; it is how findings name
    the file. What comes out is mended no further when it goes in again.
    """
    linted = lint_bytes(path, data, plan)
    possible = [finding for finding in linted.findings if _may_be_mended(finding, fixable, unsafe=unsafe)]
    if not possible and not linted.truncated:
        return Fixed(data, (), (), linted)
    fixer = _Fixer(path, plan, fixable, unsafe=unsafe)
    fixer.run(data, possible[:1])
    if fixer.mended:
        linted = lint_bytes(path, fixer.data, plan)
    return Fixed(fixer.data, tuple(fixer.mended), tuple(fixer.refused), linted)


def fix_one(path: str, data: bytes, plan: Plan, wanted: Finding) -> bytes | None:
    """Return a file's bytes with the fix of one finding made alone, safe or not, or None where it cannot be proven.

    ``wanted`` is a finding of these very bytes; else as :func:`fix_text`.
    """
    fixer = _Fixer(path, plan, None, unsafe=True)
    try:
        state = fixer.read(data)
        for candidate in fixer.candidates(state):
            if candidate.finding._replace(violation=None) == wanted:
                return fixer.attempt(state, [candidate]).data
    except Refused:
        pass
    return None


def _may_be_mended(finding: Finding, fixable: frozenset[str] | None, *, unsafe: bool) -> bool:
    if finding.fix is None or (fixable is not None and finding.code not in fixable):
        return False
    return unsafe or finding.fix.applicability == "safe"


class _Fixer:
    """One file's way through the rounds."""

    def __init__(self, path: str, plan: Plan, fixable: frozenset[str] | None, *, unsafe: bool) -> None:
        self._path = path
        self._plan = plan._replace(traced=True, max_findings=MAX_FINDINGS_TO_FIX)
        self._fixable = fixable
        self._unsafe = unsafe
        self._attempts = 0
        self.data = b""
        self.mended: list[Finding] = []
        self.refused: list[Refusal] = []

    def run(self, data: bytes, first: Sequence[Finding]) -> None:
        """Mend until nothing is left to mend; ``first`` is a finding to name where it cannot even be begun."""
        self.data = data
        try:
            state = self.read(data)
        except Refused as refused:
            self.refused += [Refusal(finding, str(refused)) for finding in first]
            return
        seen = {data}
        for _ in range(MAX_FIX_ROUNDS):
            chosen = choose(self.candidates(state))
            if not chosen:
                break
            done, new = self._sound(state, chosen)
            if new is None:
                continue
            if new.data in seen:
                self._refuse(done, "the fixes of this file undo each other")
                continue
            seen.add(new.data)
            self.mended += [candidate.finding for candidate in done]
            state = new
        self.data = state.data

    def read(self, data: bytes) -> _State:
        """Return a file's state; raises Refused where it does not parse or has more findings than can be handled."""
        source, undecodable = decode(self._path.rpartition("/")[2], data)
        fences = find_fences(source)
        linted = lint_bytes(self._path, data, self._plan)
        if linted.truncated:
            raise Refused(f"the file has more than {MAX_FINDINGS_TO_FIX:,} findings")
        if undecodable is not None or not isinstance(fences, Fences):
            raise Refused("the file would no longer parse")
        reading = events.read(source, fences.yaml)
        if reading.data is None:
            raise Refused("the file would no longer parse")
        return _State(data, source, Document(source.name, reading, source, fences), linted.findings)

    def candidates(self, state: _State) -> list[Candidate]:
        """Return what can be mended in a state and has not been given up."""
        given_up = {_identity(refusal.finding) for refusal in self.refused}
        return [
            Candidate(finding, finding.violation, finding.violation.repair)
            for finding in state.findings
            if _may_be_mended(finding, self._fixable, unsafe=self._unsafe)
            and finding.violation is not None
            and finding.violation.repair is not None
            and _identity(finding) not in given_up
        ]

    def _refuse(self, candidates: Sequence[Candidate], reason: str) -> None:
        self.refused += [Refusal(candidate.finding, reason) for candidate in candidates]

    def _sound(self, state: _State, chosen: Sequence[Candidate]) -> tuple[list[Candidate], _State | None]:
        """Return those of the chosen that can be made together, and the state that they lead to.

        What is wrong by itself is refused; what is wrong only together with others waits for the next round.
        """
        try:
            return list(chosen), self.attempt(state, chosen)
        except Refused as refused:
            if len(chosen) == 1:
                self._refuse(chosen, str(refused))
                return [], None
        half = len(chosen) // 2
        first, after_first = self._sound(state, chosen[:half])
        second, after_second = self._sound(state, chosen[half:])
        if after_first is None or after_second is None:
            return (first, after_first) if after_first is not None else (second, after_second)
        try:
            return [*first, *second], self.attempt(state, [*first, *second])
        except Refused:
            return first, after_first

    def attempt(self, state: _State, chosen: Sequence[Candidate]) -> _State:
        """Return the state after the repairs of all that is chosen; raises Refused where that cannot be proven."""
        changes = [change for candidate in chosen for change in candidate.repair.changes]
        if self._attempts >= MAX_FIX_ATTEMPTS:
            raise Refused("too many fixes of this file have failed")
        self._attempts += 1
        edits = Editor(state.document).edits(changes, read_again=False)
        new = self.read(encoded(state.source, edits))
        origins = prove(state.document, new.document, changes, edits)
        errors = new_errors(state.findings, new.findings, origins, chosen)
        if errors:
            raise Refused(f"it would bring the error {errors[0].code}: {errors[0].message}")
        return new


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.field, finding.message, finding.violation and finding.violation.repair


def encoded(source: Source, edits: Sequence[TextEdit]) -> bytes:
    """Return a file's bytes after edits of its text; a byte order mark stays but for the edit that drops it."""
    bom = BOM if source.bom and DROP_BOM not in edits else b""
    return bom + apply(source.text, [edit for edit in edits if edit != DROP_BOM]).encode("utf-8")
