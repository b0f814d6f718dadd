"""A session without its process, for the many questions about one text."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from newslint.run.choices import Choices
from newslint.server import actions, completion, hover
from newslint.server.abilities import Abilities
from newslint.server.projects import Orders
from newslint.server.session import Session
from newslint.server.snapshot import Snapshot
from tests.conftest import NOW
from tests.server.driving import after_edits, position

ABLE = Abilities(pull=True, related=True, versions=True, actions=True, symbols=True, markdown=True)


class Inside:
    """One document of one session; places in it are given in characters."""

    def __init__(self, folder: Path, text: str, name: str = "a.md", abilities: Abilities = ABLE) -> None:
        self.session = Session(Orders(Choices(now=NOW), keep=False))
        self.session.begin(abilities, "utf-16", [folder.as_uri()])
        self.uri = (folder / name).as_uri()
        self.text = text
        self.session.open(types.TextDocumentItem(self.uri, "markdown", 7, text))

    @property
    def snapshot(self) -> Snapshot:
        snapshot = self.session.snapshot(self.uri)
        assert snapshot is not None, self.session.projects.trouble
        return snapshot

    def position(self, at: int) -> types.Position:
        return position(self.text, at, "utf-16")

    def actions(self, start: int, end: int, *only: str) -> dict[str, types.CodeAction]:
        """Return what can be done in a range, by title."""
        where = types.Range(self.position(start), self.position(end))
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri), where, context)
        snapshot = self.snapshot
        found = actions.actions(
            snapshot, params, self.session.abilities, lambda one: self.session.diagnose(snapshot.text, one)
        )
        assert len({action.title for action in found}) == len(found)
        return {action.title: action for action in found}

    def after(self, action: types.CodeAction) -> str:
        """Return the text after an action, which must be about this version of the document alone."""
        assert action.edit is not None
        assert action.edit.document_changes is not None
        (change,) = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (self.uri, 7)
        return after_edits(self.text, list(change.edits), "utf-16")

    def hover(self, at: int) -> str | None:
        """Return what is shown at a place."""
        shown = hover.hover(self.snapshot, self.position(at), self.session.abilities)
        if shown is None:
            return None
        assert isinstance(shown.contents, types.MarkupContent)
        return shown.contents.value

    def complete(self, at: int) -> list[types.CompletionItem]:
        """Return what is offered at a place, in the order in which an editor shows it."""
        found = completion.completion(self.snapshot, self.position(at), self.session.abilities)
        return sorted(found.items, key=lambda item: item.sort_text or "") if found is not None else []

    def completed(self, item: types.CompletionItem) -> str:
        """Return the text after a choice."""
        return after_edits(self.text, [item.text_edit], "utf-16")


def at_cursor(folder: Path, marked: str, name: str = "a.md") -> tuple[Inside, int]:
    """Return a document without the ``‸`` in its text, and where that stood."""
    return Inside(folder, marked.replace("‸", ""), name), marked.index("‸")
