"""A plan: everything about a run that does not change from file to file, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newslint.finding import Severity
from newslint.record import Record
from newslint.rules import RULES
from newslint.rules.rule import Options, Rule
from newslint.schema.schema import Schema

if TYPE_CHECKING:
    from newslint.vocabulary import Vocabulary


class Plan(Record):
    """The compiled schema, the codes that may speak, their severities, and the rules to run with their options.

    ``archive`` holds the rules about many files with their options; a file for which one is ignored still gives facts.
    ``traced`` findings keep the violation that they are made of, for the fixer. ``exact`` reads with libyaml alone.
    Without ``facts`` nothing is kept for the archive's rules, as there is no other file.
    """

    schema: Schema
    codes: frozenset[str]
    severities: Mapping[str, Severity]
    checks: tuple[tuple[Rule, Options], ...]
    archive: tuple[tuple[Rule, Options], ...]
    max_file_size: int
    max_findings: int
    traced: bool = False
    exact: bool = False
    facts: bool = True

    def without(self, codes: frozenset[str]) -> Plan:
        """Return the same plan with some codes ignored; mandatory ones stay."""
        gone = codes - {rule.code for rule in RULES if rule.mandatory}
        checks = tuple(check for check in self.checks if check[0].code not in gone)
        return self._replace(codes=self.codes - gone, checks=checks)


def make_plan(
    schema: Schema,
    codes: frozenset[str],
    severities: Mapping[str, Severity],
    rule_options: Mapping[str, Mapping[str, Any]],
    now: datetime,
    max_file_size: int,
    max_findings: int,
    vocabulary: Vocabulary | None = None,
) -> Plan:
    """Return the plan of a run; ``rule_options`` holds what the configuration sets, by rule name."""
    chosen: list[tuple[Rule, Options]] = []
    for rule in RULES:
        if rule.code in codes:
            values = {name: option.default for name, option in rule.options.items()}
            values.update(rule_options.get(rule.name, {}))
            chosen.append((rule, Options(values, now, vocabulary)))
    checks = [pair for pair in chosen if pair[0].check is not None]
    archive = [pair for pair in chosen if pair[0].facts is not None]
    levels = {rule.code: severities.get(rule.code, rule.severity) for rule in RULES}
    return Plan(schema, codes, levels, tuple(checks), tuple(archive), max_file_size, max_findings)
