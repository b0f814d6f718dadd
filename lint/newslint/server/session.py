"""One session with an editor: the documents that it has open, their projects, and what is told of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from newslint.finding import Finding
from newslint.record import Record
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file
from newslint.server.abilities import Abilities
from newslint.server.archive import Archive, Swept, still_true
from newslint.server.diagnostics import diagnostic, result_id
from newslint.server.files import path_of, uri_of
from newslint.server.projects import Orders, Project, Projects
from newslint.server.snapshot import Opened, Snapshot
from newslint.server.texts import Text

_NOTHING = result_id()


class Told(Record):
    """The diagnostics of a document or a file, and what changes when they may have; ``version`` is None for a file."""

    uri: str
    version: int | None
    result_id: str
    diagnostics: Sequence[types.Diagnostic]


class Session:
    """What the server knows. It sends nothing: answers are returned to whoever was asked."""

    def __init__(self, orders: Orders) -> None:
        self.abilities = Abilities()
        self.encoding: str = types.PositionEncodingKind.Utf16
        self.projects = Projects(orders)
        self._opened: dict[str, Opened] = {}
        self._archives: dict[Project, Archive] = {}
        self._told_before: dict[str, tuple[Sequence[Finding], Told]] = {}

    def begin(self, abilities: Abilities, encoding: str, folders: Iterable[str]) -> None:
        """Take what the client can do, how it counts columns, and the URIs of the folders that it has open."""
        self.abilities, self.encoding = abilities, encoding
        self.set_folders(folders)

    def set_folders(self, uris: Iterable[str]) -> None:
        """Take the URIs of the folders that the editor has open."""
        self.projects.folders = [path for uri in uris if (path := path_of(uri)) is not None]
        self.projects.forget()

    # Documents

    @property
    def opened(self) -> list[Opened]:
        """The documents that the editor has open."""
        return list(self._opened.values())

    def open(self, document: types.TextDocumentItem) -> None:
        """Take a document that was opened, with its text."""
        folder = self.projects.folders[0] if self.projects.folders else os.getcwd()
        text = Text("", self.encoding).changed(None, document.text)
        self._opened[document.uri] = Opened(document.uri, document.version, text, folder)
        self.projects.look_again()

    def change(
        self,
        document: types.VersionedTextDocumentIdentifier,
        changes: Sequence[types.TextDocumentContentChangeEvent],
    ) -> None:
        """Take edits of a document, each of the text that the one before left."""
        opened = self._opened.get(document.uri)
        if opened is None:
            return
        for change in changes:
            where = change.range if isinstance(change, types.TextDocumentContentChangePartial) else None
            opened.text = opened.text.changed(where, change.text)
        opened.version = document.version

    def close(self, uri: str) -> None:
        """Forget a document."""
        self._opened.pop(uri, None)

    def find(self, uri: str) -> Opened | None:
        """Return an open document, or None."""
        return self._opened.get(uri)

    def snapshot(self, uri: str) -> Snapshot | None:
        """Return the newest version of an open document with all that is found in it; None for one that is not open.

        It is None, too, where the configuration cannot be used; ``projects.trouble`` then says why.
        """
        opened = self._opened.get(uri)
        project = self.projects.of(opened.path) if opened is not None else None
        if opened is None or project is None:
            return None
        snapshot = opened.look(project)
        found = self.archive(project).swept.about_archive(opened.path)
        archive = still_true(snapshot.path, snapshot.data, snapshot.linted, found, project)
        findings = sorted((*snapshot.findings, *archive), key=lambda finding: finding.sort_key)
        return snapshot._replace(findings=tuple(findings)) if archive else snapshot

    # Diagnostics

    def told(self, uri: str) -> Told:
        """Return the diagnostics of an open document; there are none for one that is none of newslint's."""
        snapshot = self.snapshot(uri)
        if snapshot is None:
            opened = self._opened.get(uri)
            return Told(uri, opened.version if opened is not None else None, _NOTHING, ())
        found = [self.diagnose(snapshot.text, finding) for finding in snapshot.findings]
        return Told(uri, snapshot.version, result_id(snapshot.text.text, snapshot.findings), found)

    def diagnose(self, text: Text, finding: Finding) -> types.Diagnostic:
        """Return the diagnostic of a finding of a text, as this client takes it."""
        return diagnostic(finding, text, self._address, related=self.abilities.related)

    def told_of_file(self, path: str, findings: Sequence[Finding], limit: int) -> Told:
        """Return the diagnostics of a file that is not open; its text is read only to count columns as the client does.

        ``limit`` is the most bytes that are read. A file of which the same is found as before is not read again.
        """
        uri = self._uri(path)
        if not findings:
            self._told_before.pop(path, None)
            return Told(uri, None, _NOTHING, ())
        before = self._told_before.get(path)
        if before is not None and before[0] == findings:
            return before[1]
        try:
            data = read_file(path, limit)
        except UnreadableError:
            data = b""
        text = Text(data.decode("utf-8", "replace"), self.encoding)
        told = Told(uri, None, result_id(findings), [self.diagnose(text, finding) for finding in findings])
        self._told_before[path] = (findings, told)
        return told

    # The archive

    def archive(self, project: Project) -> Archive:
        """Return what is known of all files of a project."""
        if project not in self._archives:
            swept: Swept | None = None
            for other in [other for other in self._archives if other.settings.root == project.settings.root]:
                # The project was made anew.
                old = self._archives.pop(other)
                old.stop()
                swept = old.swept
            self._archives[project] = Archive(project, swept)
        return self._archives[project]

    def touch(self) -> None:
        """Say that files have changed: what is known of the archives is to be looked up again."""
        for archive in self._archives.values():
            archive.touch()

    @property
    def troubles(self) -> list[str]:
        """Why nothing is known of some archives, one line each."""
        return [archive.trouble for archive in self._archives.values() if archive.trouble is not None]

    def stop(self) -> None:
        """End all that runs beside."""
        for archive in self._archives.values():
            archive.stop()

    async def sweep(self, project: Project) -> Swept:
        """Return what the files of a project come to now."""
        return await self.archive(project).current()

    def told_of_files(self, project: Project, swept: Swept) -> Iterator[Told]:
        """Yield the diagnostics of all files of a project; of an open document those of its text."""
        opened = {document.path: document.uri for document in self._opened.values()}
        limit = project.settings.max_file_size
        for path in swept.files:
            if path in opened:
                yield self.told(opened[path])
            else:
                yield self.told_of_file(path, swept.findings.get(path, ()), limit)

    def _address(self, shown: str) -> str:
        return self._uri(os.path.abspath(file_of(shown)))

    def _uri(self, path: str) -> str:
        """Return how the editor calls a file: as it did, where it has it open."""
        return next((opened.uri for opened in self._opened.values() if opened.path == path), uri_of(path))
