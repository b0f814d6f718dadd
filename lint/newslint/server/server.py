"""The server of one session: what it sends unasked, and when."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from newslint.server.projects import Orders, Project
from newslint.server.session import Session
from newslint.version import __version__

log = logging.getLogger("newslint.server")

_SLOW = 0.02
"""Seconds that a look at a document may take without anybody noticing: after a longer one edits are put together."""

_LONGEST_WAIT = 1.0
_WATCHED = ("**/newslint.toml", "**/pyproject.toml", "**/*.json", "**/*.{yaml,yml}", "**/*.{md,markdown,txt,html}")
"""What an editor is asked to watch: configurations, schemas, topics, and articles (LSP 3.17, "Pattern")."""


class Server(LanguageServer):
    """The server of one session."""

    def __init__(self, orders: Orders) -> None:
        super().__init__("newslint", __version__, types.TextDocumentSyncKind.Incremental)
        self.session = Session(orders)
        self.is_shut_down = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._pushing: dict[str, asyncio.Task[None]] = {}
        self._told_troubles: set[str] = set()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error of the library; an editor shows messages over the text, which helps nobody who writes."""
        log.error("%s: %s", getattr(source, "__name__", source), error)

    def later(self, work: Awaitable[None]) -> asyncio.Task[None]:
        """Do something beside; a task that nobody holds could be taken away in the middle."""
        task = asyncio.ensure_future(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settle(self, uri: str) -> None:
        """Let what has arrived already be read, and wait for more where a look at the document takes long."""
        opened = self.session.find(uri)
        cost = opened.cost if opened is not None and not opened.is_seen else 0.0
        await asyncio.sleep(min(cost, _LONGEST_WAIT) if cost > _SLOW else 0)

    def push(self, uri: str) -> None:
        """Send a client that cannot ask for them the diagnostics of a document, those of its newest text alone."""
        if self.session.abilities.pull:
            return
        if (running := self._pushing.pop(uri, None)) is not None:
            running.cancel()
        self._pushing[uri] = self.later(self._push(uri))

    async def _push(self, uri: str) -> None:
        await self.settle(uri)
        if self.session.find(uri) is None:
            return
        told = self.session.told(uri)
        self.tell_troubles()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told.diagnostics, told.version))

    def refresh(self) -> None:
        """Have the diagnostics of all open documents looked at again."""
        if not self.session.abilities.pull:
            for opened in self.session.opened:
                self.push(opened.uri)
        elif self.session.abilities.pull_refresh:
            self.workspace_diagnostic_refresh(None)

    def compare(self, uri: str) -> None:
        """Look at the archive of a document beside, and tell what has changed about open documents."""
        opened = self.session.find(uri)
        project = self.session.projects.of(opened.path) if opened is not None else None
        if project is not None and project.found:
            self.later(self._compare(project))

    async def _compare(self, project: Project) -> None:
        before = self._about_archive(project)
        await self.session.sweep(project)
        self.tell_troubles()
        if self._about_archive(project) != before:
            self.refresh()

    def _about_archive(self, project: Project) -> list[Any]:
        swept = self.session.archive(project).swept
        return [swept.about_archive(opened.path) for opened in self.session.opened]

    def tell_troubles(self) -> None:
        """Say once what is wrong with a configuration."""
        troubles = [self.session.projects.trouble, *self.session.troubles]
        for trouble in troubles:
            if trouble is not None and trouble not in self._told_troubles:
                self._told_troubles.add(trouble)
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"newslint: {trouble}"))

    def watch(self) -> None:
        """Ask the editor to say when files change that findings depend on."""
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("newslint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.client_register_capability(types.RegistrationParams([registration]))


async def _logged(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("a task failed")
