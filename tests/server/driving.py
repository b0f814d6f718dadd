"""An editor for the tests: pytest-lsp's client, with a time limit on all that it waits for, and texts of its own."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
pytest.importorskip("pytest_lsp", reason="the tests of the language server need pytest-lsp (the extra test)")

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

LIMIT = 30.0
"""Seconds after which an answer is not waited for any longer."""

NOW = "2024-06-01T00:00:00Z"
ENCODINGS = ("utf-8", "utf-16", "utf-32")
LINE_END = re.compile("\r\n|\n|\r")
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

Result = TypeVar("Result")


def within_limit(waiting: Awaitable[Result]) -> Coroutine[Any, Any, Result]:
    """Wait no longer than the limit."""
    return asyncio.wait_for(waiting, LIMIT)


def capabilities(
    client: str = "visual-studio-code", *, encodings: tuple[str, ...] = (), pull: bool | None = None, **flags: bool
) -> types.ClientCapabilities:
    """Return what a client declares, as pytest-lsp has recorded it, with some of it changed."""
    found = client_capabilities(client)
    if encodings:
        found.general = found.general or types.GeneralClientCapabilities()
        found.general.position_encodings = list(encodings)
    if pull is not None and found.text_document is not None:
        found.text_document.diagnostic = types.DiagnosticClientCapabilities() if pull else None
    if flags.get("snippets") and found.workspace is not None and found.workspace.workspace_edit is not None:
        found.workspace.workspace_edit.snippet_edit_support = True
    if flags.get("refresh") and found.workspace is not None:
        found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    return found


def units(text: str, encoding: str) -> int:
    """Return how long a text is in an encoding's units; not by the code under test."""
    codec, size = CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def position(text: str, offset: int, encoding: str) -> types.Position:
    """Return the position of an offset; not by the code under test."""
    before = LINE_END.split(text[:offset])
    return types.Position(len(before) - 1, units(before[-1], encoding))


def offset(text: str, place: types.Position, encoding: str) -> int:
    """Return the offset of a position; not by the code under test."""
    lines = lines_of(text)
    line = LINE_END.sub("", lines[place.line])
    codec, size = CODECS[encoding]
    before = line.encode(codec, "surrogatepass")[: size * place.character].decode(codec, "surrogatepass")
    assert units(before, encoding) == place.character, f"{place} is no place in {line!r}"
    return sum(map(len, lines[: place.line])) + len(before)


@lru_cache(maxsize=8)
def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text with their line ends: LF, CRLF, CR."""
    ends = [*LINE_END.findall(text), ""]
    return tuple(line + end for line, end in zip(LINE_END.split(text), ends, strict=True))


def after_edits(text: str, edits: list[Any], encoding: str) -> str:
    """Return a text after the edits of an answer, which are all edits of the text as it is."""
    spans = sorted(
        (offset(text, edit.range.start, encoding), offset(text, edit.range.end, encoding), edit) for edit in edits
    )
    for start, end, edit in reversed(spans):
        new = edit.new_text if isinstance(edit, types.TextEdit) else edit.snippet.value
        text = text[:start] + new + text[end:]
    return text


def places(found: list[types.Diagnostic], text: str, encoding: str) -> list[tuple[object, ...]]:
    """Return diagnostics as newslint counts: lines from 1, columns from 1 in code points, without a byte order mark."""
    starts = [0]
    for line in lines_of(text):
        starts.append(starts[-1] + len(line))

    def place(at: types.Position) -> tuple[int, int]:
        mark = at.line == 0 and text.startswith("\ufeff")
        # What is about the mark itself is said of the first column.
        return at.line + 1, max(offset(text, at, encoding) - starts[at.line] + 1 - mark, 1)

    return [(one.code, *place(one.range.start), *place(one.range.end)) for one in found]


class Editor:
    """A client with its documents."""

    def __init__(
        self,
        client: LanguageClient,
        encoding: str,
        folder: Path,
        server: types.ServerCapabilities,
        watched: list[types.Registration],
        pushed: asyncio.Queue[types.PublishDiagnosticsParams],
    ) -> None:
        self.client = client
        self.encoding = encoding
        self.folder = folder
        self.server = server
        self.watched = watched
        self.pushes = pushed
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> str:
        """Open a document and return its URI."""
        uri = self.uri(name)
        self.texts[uri], self.versions[uri] = text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, text))
        )
        return uri

    def edit(self, uri: str, start: int, end: int, new: str) -> None:
        """Replace a range of a document, given in characters."""
        text = self.texts[uri]
        where = types.Range(position(text, start, self.encoding), position(text, end, self.encoding))
        self.texts[uri] = text[:start] + new + text[end:]
        self.versions[uri] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri),
                [types.TextDocumentContentChangePartial(where, new)],
            )
        )

    def replace(self, uri: str, old: str, new: str) -> None:
        """Replace the first occurrence of some characters."""
        start = self.texts[uri].index(old)
        self.edit(uri, start, start + len(old), new)

    def save(self, name: str) -> None:
        """Write a document to disk, and say so."""
        uri = self.uri(name)
        (self.folder / name).write_bytes(self.texts[uri].encode())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def pull(self, uri: str, known: str | None = None) -> Any:
        """Ask for the diagnostics of a document."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=known)
        return await within_limit(self.client.text_document_diagnostic_async(params))

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Ask for the diagnostics of a document, which must be all there are."""
        report = await self.pull(uri)
        return list(report.items)

    async def pushed(self) -> types.PublishDiagnosticsParams:
        """Return the next diagnostics that are sent."""
        return await within_limit(self.pushes.get())

    async def until(self, is_so: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something is so."""

        async def wait() -> None:
            while not await is_so():
                await asyncio.sleep(0.02)

        await within_limit(wait())

    async def actions(self, uri: str, start: int, end: int, *only: str) -> list[types.CodeAction]:
        """Ask what can be done in a range, given in characters."""
        text = self.texts[uri]
        where = types.Range(position(text, start, self.encoding), position(text, end, self.encoding))
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        return list(await within_limit(self.client.text_document_code_action_async(params)) or ())  # type: ignore[arg-type]

    async def hover(self, uri: str, at: int) -> types.Hover | None:
        """Ask what is to be shown at an offset."""
        place = position(self.texts[uri], at, self.encoding)
        params = types.HoverParams(types.TextDocumentIdentifier(uri), place)
        return await within_limit(self.client.text_document_hover_async(params))

    async def complete(self, uri: str, at: int) -> list[types.CompletionItem]:
        """Ask what can stand at an offset; the items come in the order in which an editor shows them."""
        place = position(self.texts[uri], at, self.encoding)
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
        answer = await within_limit(self.client.text_document_completion_async(params))
        items = answer.items if isinstance(answer, types.CompletionList) else answer or ()
        return sorted(items, key=lambda item: item.sort_text or item.label)

    def after(self, uri: str, action: types.CodeAction) -> str:
        """Return a document's text after an action, which must be about this version of this document alone."""
        assert action.edit is not None
        if action.edit.document_changes is None:
            assert action.edit.changes is not None
            assert list(action.edit.changes) == [uri]
            return after_edits(self.texts[uri], list(action.edit.changes[uri]), self.encoding)
        (change,) = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (uri, self.versions[uri])
        return after_edits(self.texts[uri], list(change.edits), self.encoding)

    def completed(self, uri: str, item: types.CompletionItem) -> str:
        """Return a document's text after a choice."""
        return after_edits(self.texts[uri], [item.text_edit], self.encoding)


@asynccontextmanager
async def editor(
    folder: Path, client: types.ClientCapabilities | None = None, *options: str, rooted: bool = True
) -> AsyncIterator[Editor]:
    """Start a server, and the session of an editor with it; without ``rooted`` the editor has no folder open."""
    lsp = LanguageClient(converter_factory=default_converter)
    pushed: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

    def publish(client: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
        pushed.put_nowait(params)

    register_lsp_features(lsp, {**DEFAULT_CLIENT_FEATURES, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish})
    watched: list[types.Registration] = []

    @lsp.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def register(params: types.RegistrationParams) -> None:
        watched.extend(params.registrations)

    await lsp.start_io(sys.executable, "-m", "newslint", "server", "--now", NOW, *options)
    root = folder.as_uri()
    params = types.InitializeParams(
        client or capabilities(pull=True),
        root_uri=root if rooted else None,
        workspace_folders=[types.WorkspaceFolder(root, folder.name)] if rooted else None,
    )
    try:
        result = await within_limit(lsp.initialize_session(params))
        encoding = result.capabilities.position_encoding or "utf-16"
        yield Editor(lsp, str(getattr(encoding, "value", encoding)), folder, result.capabilities, watched, pushed)
        await within_limit(lsp.shutdown_session())
    finally:
        if lsp._server is not None and lsp._server.returncode is None:
            # A test has failed: the server has not been told to end, and would be waited for.
            lsp._server.kill()
        await within_limit(lsp.stop())  # type: ignore[no-untyped-call]


def drive(
    folder: Path,
    session: Callable[[Editor], Awaitable[None]],
    client: types.ClientCapabilities | None = None,
    *options: str,
    rooted: bool = True,
) -> None:
    """Run a session of an editor to its end."""

    async def run() -> None:
        async with asyncio.timeout(2 * LIMIT), editor(folder, client, *options, rooted=rooted) as running:
            await session(running)

    asyncio.run(run())
