"""The files that are not open, the archive behind those that are, and what changes beside the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.conftest import BASE, Command, with_fields
from tests.run.caching import article
from tests.server.driving import NOW, Editor, capabilities, drive, within_limit

from lsprotocol import types  # isort: skip - it comes with pygls


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

    async def session(running: Editor) -> None:
        uri = running.open("a.md", BASE)
        told = await running.pushed()
        while not told.diagnostics:
            told = await running.pushed()
        assert [one.code for one in told.diagnostics] == ["NL901"]
        start = BASE.index("originalUrl") if told.diagnostics[0].range.start.line == 5 else BASE.index("webUrl")
        found = {action.title: action for action in await running.actions(uri, start, start + 40)}
        text = running.after(uri, found["Ignore NL901 (duplicate-url) here"])
        running.edit(uri, 0, len(BASE), text)
        assert (await running.pushed()).diagnostics == ()

    drive(tmp_path, session, capabilities("neovim@v0.7"))


def test_a_configuration_that_is_changed_holds_and_one_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    text = with_fields('title: "A &amp; B"\nkind: x\n')
    config, schema = tmp_path / "newslint.toml", tmp_path / "s.json"
    config.write_text('[[kinds]]\nname = "n"\nfiles = ["*.md"]\nschema = "s.json"\n')
    schema.write_text('{"properties": {"title": {"contentMediaType": "text/plain"}}}')

    async def session(running: Editor) -> None:
        uri = running.open("a.md", text)

        async def codes() -> list[object]:
            return [one.code for one in await running.diagnostics(uri)]

        assert await codes() == ["NL604"]
        schema.write_text('{"properties": {"kind": {"enum": ["y"]}}}')
        assert await codes() == ["NL103"]
        config.write_text("ignore = ['NL604']\n")
        assert await codes() == ["NL104"]
        config.write_text("ignroe = []\n")
        assert await codes() == ["NL104"]
        assert await codes() == ["NL104"]
        assert [one.message for one in running.client.messages] == [
            f'newslint: {config}:1: ignroe: "ignroe" is no setting (did you mean "ignore"?)'
        ]
        config.unlink()
        changes = [types.FileEvent(running.uri("newslint.toml"), types.FileChangeType.Deleted)]
        running.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
        assert await codes() == ["NL604", "NL104"]

    drive(tmp_path, session)


def test_without_a_folder_no_other_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(BASE.replace('"AAAA', '"BAAA'))

    async def session(running: Editor) -> None:
        uri = running.open("a.md", BASE)
        running.save("a.md")
        assert await running.diagnostics(uri) == []
        assert await _pulled(running) == {}
        assert not (tmp_path / ".newslint_cache").exists()

    drive(tmp_path, session, rooted=False)
