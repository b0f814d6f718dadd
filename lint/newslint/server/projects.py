"""Projects: the configuration that holds for a file, found as the command finds it, and made anew when it changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from newslint.engine.baseline import Baseline, Entry, Scope, compare
from newslint.engine.linter import Linted
from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.record import Record
from newslint.rules.selection import UnknownRuleError, union
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.discovery import Selection
from newslint.run.kinds import Kind
from newslint.run.known import baseline_path, read_baseline
from newslint.run.names import file_of
from newslint.schema.files import PACKAGED, SchemaError
from newslint.settings import CACHE_NAME, Settings, WrongUseError, find_config, relative_to_root

_LIFETIME = 3600.0
"""Seconds after which a project is made anew: what is in the future today is not tomorrow (NL204)."""

UNUSABLE = (WrongUseError, SchemaError, UnknownRuleError)
"""What a configuration that cannot be used raises; the message is one line for the user."""


class Orders(Record):
    """What the server was started with: what beats the configuration, and where that and the cache are.

    ``config`` is a configuration for all files, ``isolated`` takes none; ``cache`` is a folder for the results of
    unchanged files (None: beside the configuration), and ``keep`` tells whether there is one.
    """

    choices: Choices = Choices()
    config: str | None = None
    isolated: bool = False
    cache: str | None = None
    keep: bool = True


class Project:
    """The files for which one configuration holds: how each is checked, and which findings are known already.

    ``found`` tells that a configuration or a folder of the editor says where the project is, so that other files of it
    may be looked for. Raises ``UNUSABLE``.
    """

    def __init__(self, settings: Settings, orders: Orders, *, found: bool) -> None:
        self.settings = settings
        self.choices = orders.choices
        self.checker = Checker(settings, orders.choices)
        self.fixable = union(settings.fixable) - union(settings.unfixable)
        self.found = found
        self.cache = None
        if orders.keep:
            self.cache = orders.cache if orders.cache is not None else str(settings.root / CACHE_NAME)
        self.cache_given = orders.cache is not None
        self._selection = Selection(settings.root, settings.extensions, settings.exclude)
        self._known = self._read_baseline()
        self._until = time.monotonic() + _LIFETIME
        self._stamps = self._look()

    @property
    def is_current(self) -> bool:
        """Whether the files behind it are as they were, and it is not too old."""
        return time.monotonic() < self._until and self._look() == self._stamps

    def kind(self, path: str, data: bytes) -> Kind | None:
        """Return the kind of a document that is open in an editor, or None where it is none of newslint's.

        It is what the command finds in a folder; of another extension (HTML), only what begins with a fence.
        """
        if self._selection.excludes(path):
            return None
        kind = self.checker.recognised(path, data)
        if kind is None or self._selection.has_extension(path):
            return kind
        return kind if data.removeprefix(b"\xef\xbb\xbf").startswith(b"---") else None

    def may_hold(self, path: str) -> Kind | None:
        """Return the kind that a file would be by its name, whatever it holds, or None where it is excluded."""
        return None if self._selection.excludes(path) else self.checker.kinds.of(path)

    def plan(self, path: str) -> Plan:
        """Return the plan of a file."""
        return self.checker.plan_for(path)

    def lint(self, path: str, data: bytes) -> Linted:
        """Return what the bytes of a file of that name come to, as the command tells it."""
        return self.checker.lint_data(data, self.checker.shown(path))

    def without_known(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return the findings of one file that the baseline does not list."""
        marks = {finding.fingerprint for finding in findings}
        entries = [entry for mark in marks for entry in self._known.get(mark, ())]
        if not entries:
            return tuple(findings)
        folder = Path(baseline_path(None, self.settings)).parent
        scope = Scope(lambda shown: relative_to_root(file_of(shown), folder), (), frozenset())
        return compare(Baseline(tuple(sorted(entries))), findings, scope).new

    def _read_baseline(self) -> dict[str, list[Entry]]:
        known: dict[str, list[Entry]] = {}
        if self.settings.baseline is not None:
            for entry in read_baseline(baseline_path(None, self.settings)).entries:
                known.setdefault(entry.fingerprint, []).append(entry)
        return known

    def _look(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(_stamp(path) for path in files_behind(self.settings))


def files_behind(settings: Settings) -> Iterator[Path]:
    """Yield the files that findings depend on beside the articles: configuration, schemas, baseline.

    The topics are not among them, because settings do not say where they are from; editors watch them.
    """
    if settings.file is not None:
        yield settings.file
    for kind in settings.kinds:
        if kind.schema is not None and kind.schema not in PACKAGED:
            yield settings.root / kind.schema
    if settings.baseline is not None:
        yield settings.root / settings.baseline


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


class Projects:
    """The projects of a session; ``folders`` are those that the editor has open, absolute paths."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self.folders: list[str] = []
        self.trouble: str | None = None
        self._configs: dict[str, Path | None] = {}
        self._projects: dict[tuple[Path | None, Path], Project] = {}

    def of(self, path: str) -> Project | None:
        """Return the project of a file, or None where its configuration cannot be used; ``trouble`` says why.

        One that could be used before it was changed holds until it is mended.
        """
        self.trouble = None
        folder = os.path.dirname(path)
        around = [root for root in self.folders if path.startswith(os.path.join(root, ""))]
        project = None
        try:
            config = self._config(folder)
            root = config.parent if config is not None else Path(max(around, key=len, default=folder))
            project = self._projects.get((config, root))
            if project is None or not project.is_current:
                project = self._projects[config, root] = self._make(config, root, found=bool(config or around))
        except UNUSABLE as error:
            self.trouble = str(error)
        return project

    def _make(self, config: Path | None, root: Path, *, found: bool) -> Project:
        if config is None:
            return Project(Settings(root), self._orders, found=found)
        # Imported here because without a configuration nobody needs it.
        from newslint.config import load_settings

        return Project(load_settings(config, root), self._orders, found=found)

    def of_folders(self) -> list[Project]:
        """Return the projects of the folders that the editor has open; those that cannot be used are left out."""
        projects = [self.of(os.path.join(folder, "article.md")) for folder in self.folders]
        return list(dict.fromkeys(project for project in projects if project is not None))

    def look_again(self) -> None:
        """Forget where configurations are: one may have come or gone."""
        self._configs.clear()

    def forget(self) -> None:
        """Make all projects anew: something that they depend on may have changed."""
        self.look_again()
        self._projects.clear()

    def _config(self, folder: str) -> Path | None:
        if self._orders.isolated:
            return None
        if self._orders.config is not None:
            return Path(os.path.abspath(self._orders.config))
        if folder not in self._configs:
            self._configs[folder] = find_config(Path(folder))
        return self._configs[folder]
