"""Kinds of documents: which files are what, by which schema and with which rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from newslint.engine.plan import Plan, make_plan
from newslint.rules.selection import Layer, selected
from newslint.run.choices import Choices
from newslint.run.patterns import Patterns
from newslint.run.recognition import looks_like_article
from newslint.schema.schema import Schema, article_schema, load_schema
from newslint.settings import ARTICLE, KindSettings, Settings, relative_to_root, resolve_severities

_ARTICLES_OWN = Layer(ignore=("NL5", "NL7", "NL8", "NL9"))
"""The families that know the fields of a news article: in other kinds the same names mean other things."""


class Kind:
    """One kind of document: its schema, and the plan for each file of it.

    ``patterns`` claim files; without them (the built-in article) a found file is claimed by its look. ``schemas`` holds
    schemas by name that need not be loaded.
    """

    def __init__(
        self,
        kind: KindSettings,
        settings: Settings,
        choices: Choices,
        now: datetime,
        schemas: Mapping[str, dict[str, Any]],
    ) -> None:
        self.name = kind.name
        self.patterns = Patterns(kind.files) if kind.files else None
        self.named_schema = kind.schema
        self._choices = choices
        own = Layer() if kind.name == ARTICLE else _ARTICLES_OWN
        self._layers = [settings.selection, own, kind.selection]
        if kind.schema is None:
            self.schema: Schema = article_schema(exact=choices.exact)
        elif kind.schema in schemas:
            self.schema = Schema(schemas[kind.schema], kind.schema, exact=choices.exact)
        else:
            self.schema = load_schema(kind.schema, settings.root, exact=choices.exact)
        rules = {
            name: {**settings.rules.get(name, {}), **kind.rules.get(name, {})}
            for name in (*settings.rules, *kind.rules)
        }
        self.plan: Plan = make_plan(
            self.schema,
            selected([*self._layers, choices.selection]),
            {**settings.severities, **resolve_severities(dict(choices.severity))},
            rules,
            now,
            settings.max_file_size,
            settings.max_findings,
            settings.vocabulary,
        )._replace(exact=choices.exact)
        self._plans: dict[tuple[str, ...], Plan] = {}

    def recognises(self, data: bytes) -> bool:
        """Tell whether what a found file holds is of this kind, where its name does not tell."""
        return self.patterns is not None or looks_like_article(data, self.schema.required)

    def leave_out_facts(self) -> None:
        """Keep nothing for the archive's rules."""
        self.plan = self.plan._replace(facts=False)
        self._plans.clear()

    def plan_without(self, ignored: tuple[str, ...]) -> Plan:
        """Return the plan of a file for which the configuration ignores rules that the caller did not ask for."""
        if not ignored:
            return self.plan
        if ignored not in self._plans:
            codes = selected([*self._layers, Layer(ignore=ignored), self._choices.selection])
            self._plans[ignored] = self.plan.without(self.plan.codes - codes)
        return self._plans[ignored]


class Kinds:
    """The kinds of a run. Raises UnknownRuleError, and SchemaError for a schema that cannot be used."""

    def __init__(
        self,
        settings: Settings,
        choices: Choices,
        now: datetime,
        schemas: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        self._root = settings.root
        own = schemas or {}
        self._named = [Kind(kind, settings, choices, now, own) for kind in settings.kinds]
        built_in = next((kind for kind in self._named if kind.name == ARTICLE), None)
        self.article = built_in or Kind(KindSettings(ARTICLE), settings, choices, now, own)
        self._built_in = built_in is None
        self._ignores = [(Patterns([pattern]), rules) for pattern, rules in settings.per_file_ignores.items()]

    @property
    def all(self) -> list[Kind]:
        """All kinds, the article among them."""
        return [*self._named, self.article] if self._built_in else self._named

    @property
    def schemas(self) -> dict[str, dict[str, Any]]:
        """The schemas that the configuration names, as it names them."""
        return {kind.named_schema: kind.schema.raw for kind in self._named if kind.named_schema is not None}

    def of(self, path: str) -> Kind | None:
        """Return the kind of a file by its path, or None for one that no kind claims.

        The first kind whose pattern matches has it, else the built-in article.
        """
        if self._named:
            relative = relative_to_root(path, self._root)
            for kind in self._named:
                if kind.patterns is not None and kind.patterns.match(relative):
                    return kind
        return self.article if self._built_in or self.article.patterns is None else None

    def plan(self, path: str) -> Plan:
        """Return the plan of a file; one that is named and claimed by no kind is checked as an article."""
        kind = self.of(path) or self.article
        if not self._ignores:
            return kind.plan
        relative = relative_to_root(path, self._root)
        return kind.plan_without(
            tuple(rule for patterns, rules in self._ignores if patterns.match(relative) for rule in rules)
        )
