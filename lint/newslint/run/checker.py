"""One file of a run: read, recognised, linted or mended; made once a run, in each process that works for it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from newslint.engine.linter import Linted, lint_bytes, unreadable
from newslint.engine.plan import Plan, make_plan
from newslint.rules.selection import Layer, selected, union
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.run.names import named_from
from newslint.run.patterns import Patterns
from newslint.run.reading import Contents, UnreadableError, read_contents
from newslint.run.recognition import looks_like_article
from newslint.schema.schema import Schema, article_schema
from newslint.settings import Settings, relative_to_root, resolve_severities

if TYPE_CHECKING:
    from newslint.run.mending import Mended, Mender


class Outcome(NamedTuple):
    """What became of one file.

    ``linted`` is None for a found file that is no article. ``contents`` is what was read, or None where it could not
    be. ``mended`` is the account of the fixer, where it was asked.
    """

    linted: Linted | None
    contents: Contents | None = None
    mended: Mended | None = None


class Checker:
    """What is done with each file: the settings and choices, and the plan that follows from them.

    Raises ``newslint.rules.selection.UnknownRuleError`` where the choices name no rule.
    """

    def __init__(self, settings: Settings, choices: Choices) -> None:
        self.settings = settings
        self.choices = choices
        self._here = os.path.join(os.getcwd(), "")
        self.now = choices.now or datetime.now(UTC)
        self.schema: Schema = article_schema(exact=choices.exact)
        severities = {**settings.severities, **resolve_severities(dict(choices.severity))}
        self.plan: Plan = make_plan(
            self.schema,
            selected([settings.selection, choices.selection]),
            severities,
            settings.rules,
            self.now,
            settings.max_file_size,
            settings.max_findings,
            settings.vocabulary,
        )._replace(exact=choices.exact)
        self._ignores = [(Patterns([pattern]), rules) for pattern, rules in settings.per_file_ignores.items()]
        self._plans: dict[tuple[str, ...], Plan] = {}
        self.mender: Mender | None = None
        if choices.fix or choices.diff:
            # Imported here because a run that only checks never needs it.
            from newslint.run.mending import Mender

            fixable = union(settings.fixable) - union(settings.unfixable)
            self.mender = Mender(fixable, unsafe=choices.unsafe_fixes, dry=choices.diff)

    def check(self, candidate: Candidate, *, mend: bool = True) -> Outcome:
        """Return what becomes of a file that discovery does not pass over; never raises because of what it holds.

        A file is mended where the choices say so, unless it is there as a partner of others only.
        """
        path = candidate.path
        shown = self.shown(path)
        plan = self.plan_for(path)
        if candidate.unreadable is not None:
            return Outcome(unreadable(shown, candidate.unreadable, _NO_RIGHT, plan))
        try:
            contents = read_contents(path, self.settings.max_file_size)
        except UnreadableError as error:
            return Outcome(unreadable(shown, error.reason, error.hint, plan))
        if not candidate.named and not self.recognises(contents.data):
            return Outcome(None, contents)
        if self.mender is None or not mend:
            return Outcome(lint_bytes(shown, contents.data, plan), contents)
        mended = self.mender.mend(path, shown, contents.data, plan)
        return Outcome(mended.linted, contents, mended)

    def shown(self, path: str) -> str:
        """Return how findings name an absolute path, seen from where the run began."""
        return named_from(self._here, path)

    def leave_out_facts(self) -> None:
        """Keep nothing for the archive's rules: there is one file alone."""
        self.plan = self.plan._replace(facts=False)
        self._plans.clear()

    def recognises(self, data: bytes) -> bool:
        """Tell whether what a found file holds looks like an article."""
        return looks_like_article(data, self.schema.required)

    def lint_data(self, data: bytes, name: str) -> Linted:
        """Return the findings of what a file called ``name`` holds, or would hold."""
        return lint_bytes(name, data, self.plan_for(name))

    def plan_for(self, path: str) -> Plan:
        """Return the plan of a file: the run's, less what per-file-ignores take away and the caller did not ask for."""
        if not self._ignores:
            return self.plan
        relative = relative_to_root(path, self.settings.root)
        ignored = tuple(rule for patterns, rules in self._ignores if patterns.match(relative) for rule in rules)
        if ignored not in self._plans:
            layers = [self.settings.selection, Layer(ignore=ignored), self.choices.selection]
            self._plans[ignored] = self.plan.without(self.plan.codes - selected(layers))
        return self._plans[ignored]


_NO_RIGHT = "Give yourself the right to read it, or exclude it"
