"""The files that are not open, the archive behind those that are, and what changes beside the editor."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BASE, Command, with_fields
from tests.run.caching import article
from tests.server.driving import NOW, Editor, capabilities, drive, within_limit
from tests.server.inside import Inside

from lsprotocol import types  # isort: skip - it comes with pygls
from newslint.server.archive import Swept


async def _pulled(running: Editor, known: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask for the diagnostics of the whole folder; return the reports by file name."""
    previous = [types.PreviousResultId(running.uri(name), value) for name, value in (known or {}).items()]
    params = types.WorkspaceDiagnosticParams(previous)
    report = await within_limit(running.client.workspace_diagnostic_async(params))
    return {item.uri.rpartition("/")[2]: item for item in report.items}


def _codes(report: Any) -> list[str]:
    return [one.code for one in report.items]


def test_files_that_are_not_open_are_told_and_unchanged_ones_as_such(tmp_path: Path, newslint: Command) -> None:
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(article(number, clean=True))
    (tmp_path / "bad.md").write_text(
        with_fields('title: "😀 A &amp; B"\n').replace("478451", "1").replace('"AAAA', '"BAAA')
    )
    (tmp_path / "README.md").write_text("# Title\n")

    async def session(running: Editor) -> None:
        first = await _pulled(running)
        assert len(first) == 21
        assert {name for name, report in first.items() if report.items} == {"bad.md"}
        (found,) = first["bad.md"].items
        assert (found.code, found.range.start, found.range.end) == (
            "NL604",
            types.Position(2, 13),
            types.Position(2, 18),
        )
        assert (first["bad.md"].version, first["1.md"].kind) == (None, "full")
        assert (tmp_path / ".newslint_cache").is_dir()
        known = {name: report.result_id for name, report in first.items()}
        again = await _pulled(running, {**known, "gone.md": "x"})
        assert {name: report.kind for name, report in again.items() if name != "gone.md"} == dict.fromkeys(
            first, "unchanged"
        )
        assert (again["gone.md"].kind, again["gone.md"].items) == ("full", ())
        # What is open is told by its text, and what was saved elsewhere by what it is now.
        uri = running.open("3.md", article(3, clean=True))
        running.replace(uri, "type: article", "type: articel")
        (tmp_path / "bad.md").write_text(article(99, clean=True))
        (tmp_path / "5.md").unlink()
        changes = [types.FileEvent(running.uri(name), types.FileChangeType.Changed) for name in ("bad.md", "5.md")]
        running.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
        after = await _pulled(running, known)
        assert {name: _codes(report) for name, report in after.items() if report.kind == "full"} == {
            "3.md": ["NL103"],
            "5.md": [],
            "bad.md": [],
        }
        assert after["3.md"].version == 2
        # What is wrong with a configuration is said once, and not about each document.
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken" / "newslint.toml").write_text("ignroe = []\n")
        for name in ("broken/1.md", "broken/2.md"):
            assert await running.diagnostics(running.open(name, BASE)) == []
        (said,) = running.client.messages
        assert said.message.endswith('newslint.toml:1: ignroe: "ignroe" is no setting (did you mean "ignore"?)')

    drive(tmp_path, session, capabilities(pull=True, refresh=True))
    # The command keeps and finds the same.
    said = newslint("check", "--now", NOW, "--verbose")
    assert b"20 files checked" in said.stderr
    assert b", 21 of them kept from an earlier run" in said.stderr


def test_the_archive_is_compared_when_a_file_is_saved(tmp_path: Path) -> None:
    other = BASE.replace("Live facial", "Facial").replace('"AAAA', '"BAAA')
    (tmp_path / "other.md").write_text(other)
    (tmp_path / "a.md").write_text(BASE.replace("478451", "1"))

    async def session(running: Editor) -> None:
        uri = running.open("a.md", BASE.replace("478451", "1"))
        assert await running.diagnostics(uri) == []
        running.edit(uri, 0, len(running.texts[uri]), BASE)
        assert await running.diagnostics(uri) == []
        running.save("a.md")

        async def told() -> bool:
            return bool(await running.diagnostics(uri))

        await running.until(told)
        assert running.client.diagnostic_refresh_count > 0
        (found,) = await running.diagnostics(uri)
        assert found.code == "NL901"
        (partner,) = found.related_information or ()
        assert partner.location.uri == running.uri("other.md")
        # It goes with its field, and goes when that says something else.
        running.replace(uri, "category: news\n", "category: news\n\n\n")
        (moved,) = await running.diagnostics(uri)
        assert moved.range.start.line == found.range.start.line + 2
        text = running.texts[uri]
        running.edit(uri, 0, len(text), text.replace("478451", "478452"))
        assert await running.diagnostics(uri) == []
        assert [registration.method for registration in running.watched] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]

    drive(tmp_path, session, capabilities(pull=True, refresh=True))


def test_a_comment_about_the_archive_holds_before_the_file_is_saved(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(BASE.replace("Live facial", "Facial").replace('"AAAA', '"BAAA'))
    (tmp_path / "a.md").write_text(BASE)
    inside = Inside(tmp_path, BASE)
    asyncio.run(_swept(inside))
    (found,) = inside.snapshot.findings
    assert found.code == "NL901"
    start = inside.snapshot.text.at(found.line, found.column)
    action = inside.actions(start, start)["Ignore NL901 (duplicate-url) here"]
    change = types.TextDocumentContentChangeWholeDocument(inside.after(action))
    inside.session.change(types.VersionedTextDocumentIdentifier(8, inside.uri), [change])
    assert inside.snapshot.findings == ()


async def _swept(inside: Inside) -> Swept:
    """Look at the other files of a document's project."""
    return await inside.session.sweep(inside.snapshot.project)


def test_a_configuration_that_is_changed_holds_and_one_that_is_wrong_is_told(tmp_path: Path) -> None:
    text = with_fields('title: "A &amp; B"\nkind: x\n')
    config, schema = tmp_path / "newslint.toml", tmp_path / "s.json"
    config.write_text('[[kinds]]\nname = "n"\nfiles = ["*.md"]\nschema = "s.json"\n')
    schema.write_text('{"properties": {"title": {"contentMediaType": "text/plain"}}}')
    inside = Inside(tmp_path, text)

    def codes() -> list[str]:
        return [finding.code for finding in inside.snapshot.findings]

    assert codes() == ["NL604"]
    schema.write_text('{"properties": {"kind": {"enum": ["y"]}}}')
    assert codes() == ["NL103"]
    config.write_text("ignore = ['NL604']\n")
    assert codes() == ["NL104"]
    config.write_text("ignroe = []\n")
    # What held before holds until it is mended.
    assert codes() == ["NL104"]
    assert inside.session.projects.trouble == f'{config}:1: ignroe: "ignroe" is no setting (did you mean "ignore"?)'
    config.unlink()
    inside.session.projects.forget()
    assert codes() == ["NL604", "NL104"]
    assert inside.session.projects.trouble is None


def test_without_a_folder_no_other_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(BASE.replace('"AAAA', '"BAAA'))
    inside = Inside(tmp_path, BASE)
    inside.session.set_folders([])
    assert asyncio.run(_swept(inside)).files == ()
    assert inside.session.projects.of_folders() == []


def test_a_folder_of_too_many_files_is_left_alone_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newslint.server.archive.MAX_WORKSPACE_FILES", 1)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(BASE)
    inside = Inside(tmp_path, BASE)
    assert asyncio.run(_swept(inside)).files == ()
    assert inside.session.troubles == ["the folder has more than 1 files: name those to look at in include"]
