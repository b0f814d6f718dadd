"""Many files: find them, lint each, and put what was found into one report."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from newslint.document.source import decode
from newslint.engine.archive import CodedFact, judge
from newslint.engine.linter import Linted, facts_of_bytes, lint_bytes, unreadable
from newslint.engine.locate import excerpt
from newslint.engine.plan import Plan, make_plan
from newslint.finding import Finding
from newslint.report import Report, RuleSummary
from newslint.rules import RULES
from newslint.rules.selection import Layer, selected, union
from newslint.run.discovery import Candidate, MissingPathError, Selection, discover
from newslint.run.patterns import Patterns
from newslint.run.reading import UnreadableError, read_file, read_stream
from newslint.run.recognition import looks_like_article
from newslint.schema.schema import Schema, article_schema
from newslint.settings import Settings, relative_to_root, resolve_severities

if TYPE_CHECKING:
    from newslint.run.mending import Mender


class Choices(NamedTuple):
    """What the caller says beside the configuration, and beats it with."""

    selection: Layer = Layer()
    severity: tuple[tuple[str, str], ...] = ()
    now: datetime | None = None
    as_found: bool = False
    no_exclude: bool = False
    corpus: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False


ARTICLE = "article"
"""The name of the built-in kind of document."""

STDIN = "<stdin>"
"""The name of what is read from standard input and is given no other."""

NO_ARTICLE = "it does not look like an article: fewer than half of the required fields begin lines at its top"


class Verdict(NamedTuple):
    """What becomes of a file: the kind of document that it is checked as, or None where it is passed over, and why."""

    path: str
    kind: str | None
    reason: str


class Runner:
    """One run over files: the settings and choices, and the plan that follows from them.

    Raises ``newslint.rules.selection.UnknownRuleError`` where the choices name no rule.
    """

    def __init__(self, settings: Settings, choices: Choices | None = None) -> None:
        self.settings = settings
        self.choices = choices if choices is not None else Choices()
        self.schema: Schema = article_schema()
        severities = {**settings.severities, **resolve_severities(dict(self.choices.severity))}
        self.plan: Plan = make_plan(
            self.schema,
            selected([settings.selection, self.choices.selection]),
            severities,
            settings.rules,
            self.choices.now or datetime.now(UTC),
            settings.max_file_size,
            settings.max_findings,
            settings.vocabulary,
        )
        self._ignores = [(Patterns([pattern]), rules) for pattern, rules in settings.per_file_ignores.items()]
        self._plans: dict[tuple[str, ...], Plan] = {}
        self.mender: Mender | None = None
        if self.choices.fix or self.choices.diff:
            # Imported here because a run that only checks never needs it.
            from newslint.run.mending import Mender

            fixable = union(settings.fixable) - union(settings.unfixable)
            self.mender = Mender(fixable, unsafe=self.choices.unsafe_fixes, dry=self.choices.diff)

    def candidates(self, paths: Sequence[str]) -> Iterable[Candidate]:
        """Yield the files that a run comes across; raises MissingPathError before the first one.

        Without paths these are the configuration's ``include``, or else the working directory. Raises ConfigError for
        an ``include`` that is not there.
        """
        if paths or not self.settings.include:
            return discover(list(paths) or ["."], self._selection)
        return self._discover_configured("include", self.settings.include, self._selection)

    def _discover_configured(self, key: str, entries: Sequence[str], selection: Selection) -> Iterator[Candidate]:
        """Discover the paths that the configuration names; raises ConfigError for one that is not there."""
        paths = [os.path.relpath(self.settings.root / entry) for entry in entries]
        try:
            return discover(paths, selection)
        except MissingPathError as error:
            # Imported here because only a configuration that is wrong needs it.
            from newslint.config import key_error

            raise key_error(self.settings, (key, paths.index(error.path)), str(error)) from error

    @cached_property
    def _selection(self) -> Selection:
        exclude = () if self.choices.no_exclude else self.settings.exclude
        return Selection(self.settings.root, self.settings.extensions, exclude, self.choices.as_found)

    def verdicts(self, paths: Sequence[str]) -> Iterator[Verdict]:
        """Yield what would be checked and what would be passed over, and why, without checking anything."""
        for candidate in self.candidates(paths):
            path = candidate.path
            if candidate.skipped is not None:
                yield Verdict(path, None, candidate.skipped)
            elif candidate.unreadable is not None:
                yield Verdict(path, ARTICLE, candidate.unreadable)
            elif candidate.named:
                yield Verdict(path, ARTICLE, "named")
            else:
                yield self._found_verdict(path)

    def _found_verdict(self, path: str) -> Verdict:
        try:
            data = read_file(path, self.settings.max_file_size)
        except UnreadableError as error:
            return Verdict(path, ARTICLE, error.reason)
        found = looks_like_article(data, self.schema.required)
        return Verdict(path, ARTICLE, "looks like an article") if found else Verdict(path, None, NO_ARTICLE)

    def run(self, paths: Sequence[str]) -> Report:
        """Return the report over files and folders; raises MissingPathError for a path that is not there."""
        gathered = _Gathered()
        gathered.partial = any(not os.path.isdir(path) for path in paths)
        for candidate in self.candidates(paths):
            linted = None if candidate.skipped is not None else self._lint_candidate(candidate)
            if linted is None:
                gathered.skipped += 1
            else:
                gathered.add(shown_path(candidate.path), linted)
        self._judge_archive(gathered)
        return self._report(gathered)

    def run_stream(self, stream: BinaryIO, name: str | None) -> Report:
        """Return the report over one stream of bytes; with a ``name`` it is treated as the file of that name.

        Raises UnreadableError where the stream cannot be read.
        """
        gathered = _Gathered()
        gathered.partial = True
        try:
            data = read_stream(stream, self.settings.max_file_size)
        except OSError as error:
            raise UnreadableError(f"standard input cannot be read: {error.strerror or error}") from error
        if name is not None and not self._takes(os.path.abspath(name), data):
            gathered.skipped += 1
        else:
            shown = shown_path(name) if name is not None else STDIN
            gathered.add(shown, self.lint_data(data, shown))
        self._judge_archive(gathered)
        return self._report(gathered)

    def _takes(self, path: str, data: bytes) -> bool:
        """Tell whether a stream that is named like a file is checked."""
        if self._selection.excludes(path):
            return False
        if not self.choices.as_found:
            return True
        return self._selection.has_extension(path) and looks_like_article(data, self.schema.required)

    def lint_file(self, path: str) -> Linted:
        """Return the findings of one file; never raises because of what the file is or holds."""
        data = self._read(path)
        return data if isinstance(data, Linted) else self.lint_data(data, shown_path(path))

    def lint_data(self, data: bytes, name: str) -> Linted:
        """Return the findings of what a file called ``name`` holds, or would hold."""
        return lint_bytes(name, data, self._plan_for(name))

    def _lint_candidate(self, candidate: Candidate) -> Linted | None:
        """Return the findings of a file, or None for a found one that is no article."""
        path = candidate.path
        if candidate.unreadable is not None:
            hint = "Give yourself the right to read it, or exclude it"
            return unreadable(shown_path(path), candidate.unreadable, hint, self._plan_for(path))
        data = self._read(path)
        if isinstance(data, Linted):
            return data
        if not candidate.named and not looks_like_article(data, self.schema.required):
            return None
        if self.mender is not None:
            return self.mender.mend(path, shown_path(path), data, self._plan_for(path))
        return self.lint_data(data, shown_path(path))

    def _read(self, path: str) -> bytes | Linted:
        """Return a file's bytes, or the finding that it cannot be read."""
        try:
            return read_file(path, self.settings.max_file_size)
        except UnreadableError as error:
            return unreadable(shown_path(path), error.reason, error.hint, self._plan_for(path))

    def _judge_archive(self, gathered: _Gathered) -> None:
        """Add what the archive's rules say of the files of this run, compared with each other and with the corpus."""
        if not self.plan.archive:
            return
        facts = [*gathered.facts, *self._corpus_facts(gathered.paths)]
        by_path: dict[str, list[Finding]] = {path: [] for path in gathered.waiting}
        for finding in judge(facts, self.plan, gathered.paths):
            if finding.code in self._plan_for(finding.path).codes:
                by_path.setdefault(finding.path, []).append(self._with_source_line(finding))
        # Without the whole archive nobody knows what a comment about it would have excused.
        whole = bool(self.choices.corpus or self.settings.corpus) or not gathered.partial
        for path, found in by_path.items():
            linted = gathered.waiting.get(path)
            if linted is None:
                gathered.findings.extend(found)
                continue
            applied = linted.suppressions.apply(found)
            gathered.findings.extend(applied.kept)
            gathered.suppressed += len(applied.suppressed)
            if whole and linted.unused:
                numbers = applied.suppressions.unused(self._plan_for(path).codes)
                # The fixer is through with this file: a fix that it will not make is not offered.
                gathered.findings.extend(linted.unused[number]._replace(fix=None) for number in numbers)

    def _corpus_facts(self, checked: Collection[str]) -> Iterator[CodedFact]:
        """Yield the facts of the files of the corpus that are not checked themselves."""
        settings = self.settings
        selection = Selection(settings.root, settings.extensions, settings.exclude, as_found=True)
        if self.choices.corpus:
            candidates = discover(self.choices.corpus, selection)
        else:
            candidates = self._discover_configured("corpus", settings.corpus, selection)
        for candidate in candidates:
            shown = shown_path(candidate.path)
            if candidate.skipped is not None or shown in checked:
                continue
            try:
                data = read_file(candidate.path, settings.max_file_size)
            except UnreadableError:
                continue
            if looks_like_article(data, self.schema.required):
                yield from facts_of_bytes(shown, data, self.plan)

    def _with_source_line(self, finding: Finding) -> Finding:
        """Return a finding about the archive with the line at which it stands; facts do not carry their lines about."""
        try:
            data = read_file(finding.path, self.settings.max_file_size)
        except UnreadableError:
            return finding
        source, _ = decode(finding.path, data)
        if finding.line > len(source.line_starts):
            return finding
        line, offset = excerpt(source.line(finding.line), finding.column)
        return finding._replace(source_line=line, source_offset=offset)

    def _plan_for(self, path: str) -> Plan:
        """Return the plan of a file: the run's, less what per-file-ignores take away and the caller did not ask for."""
        if not self._ignores:
            return self.plan
        relative = relative_to_root(path, self.settings.root)
        ignored = tuple(rule for patterns, rules in self._ignores if patterns.match(relative) for rule in rules)
        if ignored not in self._plans:
            layers = [self.settings.selection, Layer(ignore=ignored), self.choices.selection]
            self._plans[ignored] = self.plan.without(self.plan.codes - selected(layers))
        return self._plans[ignored]

    def _report(self, gathered: _Gathered) -> Report:
        return Report(
            findings=tuple(sorted(gathered.findings, key=lambda finding: finding.sort_key)),
            files=gathered.files,
            skipped=gathered.skipped,
            suppressed=gathered.suppressed,
            fixed=self.mender.fixed if self.mender is not None else 0,
            truncated=gathered.truncated,
            rules=tuple(
                RuleSummary(rule.code, rule.name, self.plan.severities[rule.code], rule.title, rule.page)
                for rule in RULES
                if rule.code in self.plan.codes
            ),
        )


class _Gathered:
    """What the files of a run came to so far.

    ``partial`` tells that files were named, so that others of the archive may be missing; ``waiting`` are files with
    comments that could excuse findings about the archive.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.files = 0
        self.skipped = 0
        self.paths: set[str] = set()
        self.facts: list[CodedFact] = []
        self.suppressed = 0
        self.partial = False
        self.waiting: dict[str, Linted] = {}
        self.truncated: dict[str, int] = {}

    def add(self, path: str, linted: Linted) -> None:
        self.files += 1
        self.paths.add(path)
        self.findings.extend(linted.findings)
        self.facts.extend(linted.facts)
        self.suppressed += len(linted.suppressed)
        if linted.suppressions.entries:
            self.waiting[path] = linted
        if linted.truncated:
            self.truncated[path] = len(linted.findings)


def shown_path(path: str) -> str:
    """Return a path as findings name it: relative to the working directory where it is under it, else absolute.

    It is the UTF-8 text of the name's bytes, whatever the locale; a byte that is none is a lone surrogate (PEP 383).
    """
    absolute = os.path.abspath(path)
    here = os.path.join(os.getcwd(), "")
    shown = absolute[len(here) :] if absolute.startswith(here) else absolute
    if not shown.isascii():
        shown = os.fsencode(shown).decode("utf-8", "surrogateescape")
    return shown.replace(os.sep, "/")
