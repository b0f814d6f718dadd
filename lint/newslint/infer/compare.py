"""What another schema would change: the files that would newly fail under it, and those that would newly pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from newslint.engine.linter import lint_bytes
from newslint.engine.plan import Plan, make_plan
from newslint.finding import Finding
from newslint.infer.sources import Loaded
from newslint.limits import MAX_FILE_SIZE, MAX_FINDINGS
from newslint.record import Record
from newslint.rules import RULES
from newslint.schema.schema import Schema

_JUDGES_OF_FORMATS = frozenset({"NL201", "NL301", "NL304"})
"""The rules that say what the schema check leaves to them: no date-time, no uri, no hostname."""


class Change(Record):
    """A file for which the new schema changes the verdict; ``findings`` are its new ones, none where it passes now."""

    path: str
    findings: tuple[Finding, ...]


class Comparison(Record):
    """What came of all files: those whose verdict changes, and how many pass and fail under both schemas."""

    changes: tuple[Change, ...]
    passing: int
    failing: int

    @property
    def fails(self) -> tuple[Change, ...]:
        """The files that pass under the old schema and fail under the new one."""
        return tuple(change for change in self.changes if change.findings)

    @property
    def passes(self) -> tuple[Change, ...]:
        """The files that fail under the old schema and pass under the new one."""
        return tuple(change for change in self.changes if not change.findings)

    @property
    def files(self) -> int:
        """How many files were compared."""
        return len(self.changes) + self.passing + self.failing


def compare(old: Schema, new: Schema, files: Iterable[Loaded]) -> Comparison:
    """Return what the new schema changes for some files.

    A file fails where it has a finding that depends on the schema alone: one of NL1, or a timestamp, URL or host that
    is none (NL201, NL301, NL304). What other rules say of it is no matter of the schema.
    """
    plans = [_plan(schema) for schema in (old, new)]
    changes: list[Change] = []
    passing = failing = 0
    for file in files:
        before, after = (_findings(file, plan) for plan in plans)
        if bool(before) != bool(after):
            changes.append(Change(file.path, after))
        elif after:
            failing += 1
        else:
            passing += 1
    return Comparison(tuple(changes), passing, failing)


def _plan(schema: Schema) -> Plan:
    codes = frozenset(rule.code for rule in RULES if _depends_on_the_schema(rule.code))
    return make_plan(schema, codes, {}, {}, datetime.now(UTC), MAX_FILE_SIZE, MAX_FINDINGS)


def _findings(file: Loaded, plan: Plan) -> tuple[Finding, ...]:
    linted = lint_bytes(file.path, file.data, plan)
    # Whoever excuses a finding has seen it: it will be excused under the new schema, too.
    return tuple(finding for finding in linted.findings if _depends_on_the_schema(finding.code))


def _depends_on_the_schema(code: str) -> bool:
    return code.startswith("NL1") or code in _JUDGES_OF_FORMATS
