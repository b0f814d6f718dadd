"""What the client of a session can do, read once from what it declares; an old one is given what it understands."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from newslint.record import Record


class Abilities(Record):
    """The abilities of a client that answers depend on; by default those of a client that declares none.

    ``pull`` clients ask for diagnostics, all others are sent them: a client that got both would show them twice.
    ``related`` tells that it shows the places that explain a diagnostic, ``actions`` that it knows more actions than
    commands, ``symbols`` that symbols may be nested, ``watches`` that it can be asked to watch files, ``versions`` that
    an edit may carry the version of its document, ``snippets`` that an edit may have places to fill in.
    """

    pull: bool = False
    pull_refresh: bool = False
    related: bool = False
    versions: bool = False
    snippets: bool = False
    actions: bool = False
    symbols: bool = False
    markdown: bool = False
    watches: bool = False


def abilities_of(client: types.ClientCapabilities) -> Abilities:
    """Return the abilities in the capabilities that a client declares (LSP 3.17, "ClientCapabilities")."""

    def has(path: str) -> bool:
        return bool(get_capability(client, path))

    formats = get_capability(client, "text_document.hover.content_format") or ()
    return Abilities(
        pull=get_capability(client, "text_document.diagnostic") is not None,
        pull_refresh=has("workspace.diagnostics.refresh_support"),
        related=has("text_document.publish_diagnostics.related_information")
        or has("text_document.diagnostic.related_information"),
        versions=has("workspace.workspace_edit.document_changes"),
        snippets=has("workspace.workspace_edit.snippet_edit_support"),
        actions=get_capability(client, "text_document.code_action.code_action_literal_support") is not None,
        symbols=has("text_document.document_symbol.hierarchical_document_symbol_support"),
        markdown=types.MarkupKind.Markdown in formats,
        watches=has("workspace.did_change_watched_files.dynamic_registration"),
    )
