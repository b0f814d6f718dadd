"""Hostile texts, edited into being: no crash, no error, and the command's findings of the final text."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BASE
from tests.conftest import NOW as INSTANT
from tests.server.driving import NOW, Editor, capabilities, drive, offset, places, position
from tests.server.hostile import SEED, edits_to, hostile_texts

from lsprotocol import types  # isort: skip - it comes with pygls
from newslint.run.choices import Choices
from newslint.server import completion, hover, symbols
from newslint.server.abilities import Abilities
from newslint.server.actions import actions
from newslint.server.projects import Orders
from newslint.server.session import Session

TEXTS = hostile_texts()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[Any, ...]]]:
    """What the command finds in each text: codes and places."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [f"{number}.md" for number in range(len(TEXTS))]
    for name, text in zip(names, TEXTS, strict=True):
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    words = ("check", *names, "--now", NOW, "--ignore", "NL9", "--output-format", "json")
    result = subprocess.run([sys.executable, "-m", "newslint", *words], cwd=folder, capture_output=True, check=False)
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in names}
    for one in json.loads(result.stdout)["findings"]:
        found[one["path"]].append((one["code"], one["line"], one["column"], one["end_line"], one["end_column"]))
    return [found[name] for name in names]


def test_through_the_server(
    tmp_path: Path, expected: list[list[tuple[Any, ...]]], capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)

    async def session(running: Editor) -> None:
        # A third of them; the test below takes all through the same session, without the pipe.
        for number, text in list(enumerate(TEXTS))[::3]:
            uri = running.open(f"{number}.md", BASE)
            assert await running.diagnostics(uri) == []
            for start, end, new in edits_to(text, BASE, chance):
                running.edit(uri, start, end, new)
                if not chance.randrange(6):
                    await running.diagnostics(uri)
            assert running.texts[uri] == text
            found = await running.diagnostics(uri)
            assert places(found, text, "utf-16") == expected[number], f"text {number}: {text[:200]!r}"
            at = chance.randrange(len(text) + 1)
            if text[at - 1 : at + 1] != "\r\n":
                await running.hover(uri, at)
                await running.complete(uri, at)
                await running.actions(uri, at, at, "quickfix")

    drive(tmp_path, session, capabilities(pull=True), "--ignore", "NL9")
    assert "failed" not in capfd.readouterr().err


def test_in_the_other_encodings_and_with_every_question(tmp_path: Path, expected: list[list[tuple[Any, ...]]]) -> None:
    chance = random.Random(SEED + 1)
    session = Session(Orders(Choices(now=INSTANT), keep=False))
    able = Abilities(pull=True, related=True, versions=True, actions=True, symbols=True)
    for number, target in enumerate(TEXTS):
        encoding = chance.choice(["utf-8", "utf-32"])
        session.begin(able, encoding, [])
        uri, text = (tmp_path / f"{number}.md").as_uri(), BASE
        session.open(types.TextDocumentItem(uri, "markdown", 0, text))
        session.snapshot(uri)
        for version, (start, end, new) in enumerate(edits_to(target, text, chance), 1):
            where = types.Range(position(text, start, encoding), position(text, end, encoding))
            change = types.TextDocumentContentChangePartial(where, new)
            session.change(types.VersionedTextDocumentIdentifier(version, uri), [change])
            text = text[:start] + new + text[end:]
        snapshot = session.snapshot(uri)
        assert snapshot is not None
        assert snapshot.text.text == target
        assert places(list(session.told(uri).diagnostics), target, encoding) == expected[number]
        for at in (len(target), chance.randrange(len(target) + 1)):
            place = snapshot.text.position(at)
            hover.hover(snapshot, place, able)
            completion.completion(snapshot, place, able)
            params = types.CodeActionParams(
                types.TextDocumentIdentifier(uri), types.Range(place, place), types.CodeActionContext([])
            )
            for action in actions(snapshot, params, able, partial(session.diagnose, snapshot.text)):
                _check_edit(action, target, encoding)
        for symbol in symbols.symbols(snapshot):
            offset(target, symbol.range.end, encoding)


def _check_edit(action: types.CodeAction, text: str, encoding: str) -> None:
    """Look whether all places of an edit are places of the text."""
    assert action.edit is not None
    for change in action.edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        assert change.edits
        for edit in change.edits:
            assert offset(text, edit.range.start, encoding) <= offset(text, edit.range.end, encoding)
