"""What an editor is told: the command's findings, at its own columns, once, and of the newest text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Command, with_fields
from tests.server.driving import ENCODINGS, NOW, Editor, capabilities, drive, offset, places
from tests.server.inside import ABLE, Inside

from lsprotocol import types  # isort: skip - it comes with pygls

EMOJI = with_fields('title: "😀 Té&amp;n"\ntype: articel\n')


def _seen(diagnostics: list[types.Diagnostic], text: str, encoding: str) -> list[tuple[object, str]]:
    """Return codes and the characters that they stand under."""
    return [
        (
            one.code,
            text[offset(text, one.range.start, encoding) : offset(text, one.range.end, encoding)],
        )
        for one in diagnostics
    ]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Any]]]:
    """The bad cases of all rules that are UTF-8, in a folder, and what the command finds in each."""
    folder = tmp_path_factory.mktemp("cases")
    names = []
    for number, case in enumerate(sorted((ROOT / "tests" / "cases").glob("NL*/bad*.md"))):
        data = case.read_bytes()
        if data.decode("utf-8", "replace").encode() == data:
            names.append(f"{number}.md")
            (folder / names[-1]).write_bytes(data)
    words = ("check", *names, "--now", NOW, "--ignore", "NL9", "--output-format", "json")
    result = subprocess.run([sys.executable, "-m", "newslint", *words], cwd=folder, capture_output=True, check=False)
    found: dict[str, list[Any]] = {name: [] for name in names}
    for one in json.loads(result.stdout)["findings"]:
        place = (one["line"], one["column"], one["end_line"], one["end_column"])
        found[one["path"]].append((one["code"], *place))
    assert len(found) > 50
    return folder, found


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_commands_findings_stand_under_their_characters_in_every_encoding(
    cases: tuple[Path, dict[str, list[Any]]], encoding: str
) -> None:
    columns = {"utf-8": 16, "utf-16": 13, "utf-32": 12}
    folder, expected = cases

    async def session(running: Editor) -> None:
        assert running.encoding == encoding
        uri = running.open("a.md", EMOJI)
        found = await running.diagnostics(uri)
        assert _seen(found, EMOJI, encoding) == [("NL604", "&amp;"), ("NL103", "articel")]
        assert found[0].range.start == types.Position(2, columns[encoding])
        # Behind an edit that moves what follows by another number of units in each encoding.
        running.replace(uri, "😀 ", "😀😀€ ")
        running.replace(uri, "articel", "video €")
        found = await running.diagnostics(uri)
        assert _seen(found, running.texts[uri], encoding) == [("NL604", "&amp;"), ("NL103", "video €")]
        running.replace(uri, "video €", "article")
        running.replace(uri, "&amp;", "&")
        last = await running.pull(uri)
        assert (last.kind, last.items) == ("full", ())
        again = await running.pull(uri, last.result_id)
        assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
        assert again.result_id == last.result_id
        told = 0
        for name in list(expected)[ENCODINGS.index(encoding) :: len(ENCODINGS)]:
            text = (folder / name).read_bytes().decode()
            found = await running.diagnostics(running.open(name, text))
            # What does not look like an article is checked by the command because it is named.
            if found:
                assert places(found, text, encoding) == expected[name], text
                told += 1
        assert told > 20
        # What is asked for is not sent as well: an editor would show it twice.
        assert running.pushes.empty()

    drive(folder, session, capabilities(encodings=(encoding,), pull=True), "--ignore", "NL9")


def test_what_a_diagnostic_says(tmp_path: Path) -> None:
    text = with_fields('topics: [AI, "AI"]\ntype: articel\nprovider: {name: A, domain: police.uk, name: B}\n')
    inside = Inside(tmp_path, text)
    told = inside.session.told(inside.uri)
    assert (told.uri, told.version) == (inside.uri, 7)
    by_code = {one.code: one for one in told.diagnostics}
    assert set(by_code) == {"NL703", "NL103", "NL006"}
    allowed = by_code["NL103"]
    assert allowed.message == 'type: "articel" is not allowed here, only "article" or "video"\nDid you mean "article"?'
    assert (allowed.severity, allowed.source) == (types.DiagnosticSeverity.Error, "newslint")
    assert allowed.code_description is not None
    assert allowed.code_description.href.endswith("/README.md#rules")
    assert allowed.tags is None
    repeated = by_code["NL703"]
    assert repeated.severity == types.DiagnosticSeverity.Warning
    assert repeated.tags == by_code["NL006"].tags == [types.DiagnosticTag.Unnecessary]
    (other,) = by_code["NL006"].related_information or ()
    assert other.location.uri == inside.uri
    assert offset(text, other.location.range.start, "utf-16") == text.index("name: A")
    plain = Inside(tmp_path, text, abilities=ABLE._replace(related=False))
    assert all(one.related_information is None for one in plain.session.told(plain.uri).diagnostics)


def test_what_comes_from_a_file_steers_nothing(tmp_path: Path) -> None:
    inside = Inside(tmp_path, with_fields('type: "\\x1b[31m\\u202e"\n'))
    (found,) = inside.session.told(inside.uri).diagnostics
    assert found.message.startswith('type: "\\x1b[31m\\u202e" is not allowed here')


def test_which_documents_are_newslints(tmp_path: Path) -> None:
    """As the command finds them in a folder; what was an article stays one while it is edited."""
    (tmp_path / "newslint.toml").write_text(
        'exclude = ["drafts"]\n[[kinds]]\nname = "post"\nfiles = ["_posts/**"]\nschema = "post"\n'
    )
    bad = with_fields("heat: x\n")

    def codes(name: str, text: str) -> list[object]:
        inside = Inside(tmp_path, text, name)
        return [one.code for one in inside.session.told(inside.uri).diagnostics]

    assert codes("a.md", bad) == ["NL102"]
    assert codes("a.txt", bad) == ["NL102"]
    assert codes("a.html", bad) == ["NL102"]
    assert codes("a.HTML", f"\ufeff{bad}") == ["NL010", "NL102"]
    assert codes("README.md", "# Title\n\n---\n") == []
    assert codes("page.html", "<html>title: x</html>") == []
    assert codes("drafts/a.md", bad) == []
    assert codes("_posts/2024-01-01-a.md", "---\ntitle: []\n---\n") == ["NL102"]
    assert codes("_posts/style.html", "<p>") == []
    assert codes("lost.md", bad.removeprefix("---\n")) == ["NL003"]
    inside = Inside(tmp_path, bad)
    assert len(inside.snapshot.findings) == 1
    inside.session.change(
        types.VersionedTextDocumentIdentifier(8, inside.uri), [types.TextDocumentContentChangeWholeDocument("---\n")]
    )
    assert [finding.code for finding in inside.snapshot.findings] == ["NL004"]
    untitled = "untitled:Untitled-1"
    inside.session.open(types.TextDocumentItem(untitled, "markdown", 1, bad))
    assert [one.code for one in inside.session.told(untitled).diagnostics] == ["NL102"]
    assert inside.session.told((tmp_path / "closed.md").as_uri()).diagnostics == ()


def test_a_client_that_cannot_pull_is_sent_diagnostics_of_the_newest_text(tmp_path: Path) -> None:
    """A look that takes long is not begun for a text that is already old."""
    slow = with_fields("related:\n" + "- title: ' x '\n" * 600)

    async def session(running: Editor) -> None:
        uri = running.open("a.md", EMOJI)
        told = await running.pushed()
        assert (told.uri, told.version, [one.code for one in told.diagnostics]) == (uri, 1, ["NL604", "NL103"])
        assert told.diagnostics[0].range.start == types.Position(2, 13)
        running.replace(uri, "&amp;", "&")
        told = await running.pushed()
        assert (told.version, [one.code for one in told.diagnostics]) == (2, ["NL103"])
        running.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert (await running.pushed()).diagnostics == ()
        uri = running.open("slow.md", slow)
        versions = [(await running.pushed()).version]
        for number in range(30):
            running.replace(uri, "category: news", f"category: news{number}")
            running.replace(uri, f"category: news{number}", "category: news")
        while versions[-1] != 61:
            versions.append((await running.pushed()).version)
        assert versions[0] == 1
        assert len(versions) < 10, versions

    drive(tmp_path, session, capabilities("neovim@v0.7"))


def test_the_baseline_and_the_configuration_hold(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "newslint.toml").write_text('baseline = ".newslint-baseline.json"\nignore = ["NL604"]\n')
    (tmp_path / "a.md").write_text(EMOJI)
    assert newslint("baseline", "a.md", "--now", NOW).returncode == 0

    assert Inside(tmp_path, EMOJI).snapshot.findings == ()
    changed = Inside(tmp_path, EMOJI.replace("heat: 39", "heat: 95").replace("articel", "artikel")).snapshot
    assert [(finding.code, finding.severity.value) for finding in changed.findings] == [
        ("NL103", "error"),
        ("NL503", "error"),
    ]
