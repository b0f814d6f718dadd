"""What the protocol asks, given to the session, and what the session says, as answers.

Requests are answered by coroutines that wait a moment where a look at the document is slow: an edit or a cancellation
that is on its way comes first, and what is looked at is the newest text. No exception leaves a handler: an edit is
never made of one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Any

from lsprotocol import types

from newslint.server import actions, completion, hover, symbols
from newslint.server.abilities import abilities_of
from newslint.server.projects import Orders
from newslint.server.server import Server
from newslint.server.session import Told

log = logging.getLogger("newslint.server")

_AT_A_TIME = 50
"""Files whose diagnostics are made before others have their turn: some milliseconds."""

_TEXTS = (".md", ".markdown", ".txt", ".html")


def _answers(empty: Callable[[], Any]) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Any]]:
    """Answer with nothing where an answer fails, and log why: an error in an editor stops whoever writes."""

    def guarded(answer: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        @wraps(answer)
        async def guard(server: Server, params: Any) -> Any:
            try:
                return await answer(server, params)
            except Exception:
                log.exception("%s failed", answer.__name__)
                return empty()

        return guard

    return guarded


def make_server(orders: Orders) -> Server:
    """Return a server that waits for its client."""
    server = Server(orders)
    _take_documents(server)
    _tell_diagnostics(server)
    _answer_questions(server)
    return server


def _take_documents(server: Server) -> None:
    session = server.session

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        encoding = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        session.begin(abilities_of(params.capabilities), encoding, folders)

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:  # noqa: ARG001 - the protocol's signature
        if session.abilities.watches:
            server.watch()

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:  # noqa: ARG001 - the protocol's signature
        server.is_shut_down = True
        session.stop()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        session.open(params.text_document)
        server.push(params.text_document.uri)
        server.compare(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        session.change(params.text_document, params.content_changes)
        server.push(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        uri = params.text_document.uri
        session.touch()
        if not uri.endswith(_TEXTS):
            session.projects.forget()
            server.refresh()
        session.projects.look_again()
        server.compare(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        session.close(uri)
        if not session.abilities.pull:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        session.touch()
        if any(not change.uri.endswith(_TEXTS) for change in params.changes):
            session.projects.forget()
            server.refresh()
        for opened in session.opened:
            server.compare(opened.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:  # noqa: ARG001 - as above
        session.set_folders(folder.uri for folder in server.workspace.folders.values())
        server.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        """Take notice of nothing: what newslint is set to stands in its own file, the same for all who edit."""


def _tell_diagnostics(server: Server) -> None:
    session = server.session

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="newslint"),
    )
    @_answers(lambda: types.RelatedFullDocumentDiagnosticReport([]))
    async def diagnostic(
        server: Server, params: types.DocumentDiagnosticParams
    ) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
        await server.settle(params.text_document.uri)
        told = session.told(params.text_document.uri)
        server.tell_troubles()
        if told.result_id == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(told.result_id)
        return types.RelatedFullDocumentDiagnosticReport(told.diagnostics, result_id=told.result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    @_answers(lambda: types.WorkspaceDiagnosticReport([]))
    async def workspace_diagnostic(
        server: Server, params: types.WorkspaceDiagnosticParams
    ) -> types.WorkspaceDiagnosticReport:
        told: dict[str, Told] = {}
        for project in session.projects.of_folders():
            swept = await session.sweep(project)
            for number, one in enumerate(session.told_of_files(project, swept), 1):
                told[one.uri] = one
                if not number % _AT_A_TIME:
                    # Whoever types in the meantime comes first.
                    await asyncio.sleep(0)
        server.tell_troubles()
        known = {previous.uri: previous.value for previous in params.previous_result_ids}
        # Of a file that has gone the editor must forget what it was told.
        gone = [Told(uri, None, "", ()) for uri in known if uri not in told]
        return types.WorkspaceDiagnosticReport([_report(one, known.get(one.uri)) for one in (*told.values(), *gone)])


def _report(
    told: Told, known: str | None
) -> types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport:
    if told.result_id and told.result_id == known:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(told.uri, told.result_id, told.version)
    return types.WorkspaceFullDocumentDiagnosticReport(
        told.uri, told.diagnostics, told.version, result_id=told.result_id or None
    )


def _answer_questions(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=actions.KINDS))
    @_answers(list)
    async def code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        await server.settle(params.text_document.uri)
        snapshot = session.snapshot(params.text_document.uri)
        if snapshot is None or not session.abilities.actions:
            return []
        return actions.actions(
            snapshot, params, session.abilities, lambda finding: session.diagnose(snapshot.text, finding)
        )

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    @_answers(lambda: None)
    async def hovered(server: Server, params: types.HoverParams) -> types.Hover | None:
        await server.settle(params.text_document.uri)
        snapshot = session.snapshot(params.text_document.uri)
        return hover.hover(snapshot, params.position, session.abilities) if snapshot is not None else None

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(completion.TRIGGERS))
    )
    @_answers(lambda: None)
    async def completed(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
        await server.settle(params.text_document.uri)
        snapshot = session.snapshot(params.text_document.uri)
        return completion.completion(snapshot, params.position, session.abilities) if snapshot is not None else None

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    @_answers(list)
    async def document_symbol(
        server: Server, params: types.DocumentSymbolParams
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
        await server.settle(params.text_document.uri)
        snapshot = session.snapshot(params.text_document.uri)
        found = symbols.symbols(snapshot) if snapshot is not None else []
        return found if session.abilities.symbols else symbols.flat(found, params.text_document.uri)
