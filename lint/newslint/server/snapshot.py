"""An open document, and one version of it as newslint sees it."""

from __future__ import annotations

import os
import time

from newslint.engine.linter import Linted
from newslint.finding import Finding
from newslint.record import Record
from newslint.run.kinds import Kind
from newslint.server.files import path_of
from newslint.server.outline import front_matter, outline
from newslint.server.projects import Project
from newslint.server.texts import Text


class Snapshot(Record):
    """One version of an open document; all answers about it are worked out from this alone.

    ``path`` is absolute, made up for a document that is no file. ``kind`` is what it is, or may become, and None where
    newslint has no business in it. ``linted`` is what its text comes to, ``findings`` what is told of it: that and what
    is known of the archive, without what the baseline lists.
    """

    uri: str
    version: int
    path: str
    text: Text
    data: bytes
    project: Project
    kind: Kind | None
    linted: Linted
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> str:
        """How findings name the document."""
        return self.project.checker.shown(self.path)


class Opened:
    """A document that the editor has open: its newest text, and what is remembered of looking at it.

    ``cost`` is how many seconds the last look at it took.
    """

    def __init__(self, uri: str, version: int, text: Text, folder: str) -> None:
        self.uri = uri
        self.version = version
        self.text = text
        self.cost = 0.0
        self.path = path_of(uri) or os.path.join(folder, os.path.basename(uri.partition(":")[2]) or "untitled")
        self._kind: Kind | None = None
        self._seen: tuple[int, Project] | None = None
        self._last: Snapshot | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the newest text has been looked at."""
        return self._seen is not None and self._seen[0] == self.version

    def look(self, project: Project) -> Snapshot:
        """Return what the newest text comes to by itself, worked out once for each version and project."""
        if self._last is None or self._seen != (self.version, project):
            begun = time.perf_counter()
            self._last = self._lint(project)
            self._seen = (self.version, project)
            self.cost = time.perf_counter() - begun
        return self._last

    def _lint(self, project: Project) -> Snapshot:
        data = self.text.data
        kind = project.kind(self.path, data)
        if kind is None and self._kind is not None:
            # What was an article when it was opened is one while it is edited, whatever it is for a moment.
            kind = project.may_hold(self.path)
        self._kind = kind
        linted = project.lint(self.path, data) if kind is not None else Linted(())
        if kind is None:
            kind = _in_the_making(self.text, project.may_hold(self.path))
        findings = project.without_known(linted.findings)
        return Snapshot(self.uri, self.version, self.path, self.text, data, project, kind, linted, findings)


def _in_the_making(text: Text, kind: Kind | None) -> Kind | None:
    """Return the kind that a text can become: it begins with a fence, and the kind knows nearly all its fields."""
    described = kind.schema.describe(()) if kind is not None else None
    entries = outline(text)
    if described is None or front_matter(text) is None:
        return None
    top = {str(entry.pointer[0]) for entry in entries if entry.pointer is not None and len(entry.pointer) == 1}
    return kind if 3 * len(top - set(described.fields)) <= len(top) else None
