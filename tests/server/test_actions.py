"""What can be done about a finding, each edit proven and for one version of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import BASE, lint, with_fields
from tests.server.driving import after_edits
from tests.server.inside import ABLE, Inside

from lsprotocol import types  # isort: skip - it comes with pygls

TITLE = with_fields('title: "😀 Ten  blanks &amp; more "\n')
COMMENTS = [f"Ignore {rule} {where}" for where in ("here", "in this file") for rule in ("NL604 (html-entity)",)]


def _lines(text: str, before: str) -> list[str]:
    """Return the lines that an action has changed or added."""
    return [line for line in text.splitlines() if line not in before.splitlines()]


def test_the_fix_of_one_finding_mends_that_one_alone(tmp_path: Path) -> None:
    inside = Inside(tmp_path, TITLE)
    found = inside.actions(TITLE.index("&amp;"), TITLE.index("&amp;") + 1)
    fix = found.pop("Write the characters themselves")
    assert list(found) == [*COMMENTS, "Fix all that newslint can fix safely"]
    assert (fix.kind, fix.is_preferred) == ("quickfix", True)
    assert [one.code for one in fix.diagnostics or ()] == ["NL604"]
    assert inside.after(fix) == TITLE.replace("&amp;", "&")
    assert fix.edit is not None
    assert fix.edit.document_changes is not None


def test_an_unsafe_fix_is_named_so_and_never_preferred(tmp_path: Path) -> None:
    text = with_fields("heat: 95\n")
    inside = Inside(tmp_path, text)
    fix = inside.actions(text.index("published:"), text.index("published:") + 15)[
        "Set published to true (unsafe: it may change the meaning)"
    ]
    assert fix.is_preferred is None
    assert inside.after(fix) == text.replace("published: false", "published: true")
    assert inside.actions(0, 0, "source") == {}


def test_all_of_one_rule_and_all_that_is_safe(tmp_path: Path) -> None:
    text = with_fields('title: "A &amp; B"\nexcerpt: "C  D &lt; E"\n')
    inside = Inside(tmp_path, text)
    found = inside.actions(text.index("&amp;"), text.index("&amp;"))
    same_rule = found["Fix all 2 findings of NL604 (html-entity) in this file"]
    assert inside.after(same_rule) == text.replace("&amp;", "&").replace("&lt;", "<")
    assert len(same_rule.diagnostics or ()) == 2
    for only in ("source.fixAll.newslint", "source.fixAll", "source", ""):
        every = inside.actions(0, 0, only)["Fix all that newslint can fix safely"]
        assert every.kind == "source.fixAll.newslint"
        assert inside.after(every) == text.replace("&amp;", "&").replace("&lt;", "<").replace("  D", " D")
    assert inside.actions(0, len(text), "refactor", "source.organizeImports", "source.fixAll.other") == {}


def test_a_comment_excuses_a_finding_on_its_line_or_in_the_file(tmp_path: Path) -> None:
    inside = Inside(tmp_path, TITLE)
    here, everywhere = (inside.actions(TITLE.index("&amp;"), TITLE.index("&amp;") + 1)[title] for title in COMMENTS)
    assert _lines(inside.after(here), TITLE) == ['title: "😀 Ten  blanks &amp; more " # newslint: ignore[NL604]']
    assert _lines(inside.after(everywhere), TITLE) == ["# newslint: ignore-file[NL604]"]
    for action in (here, everywhere):
        assert {one.code for one in lint(inside.after(action))} == {"NL602", "NL603"}


def test_a_client_that_can_is_given_the_place_of_the_reason(tmp_path: Path) -> None:
    inside = Inside(tmp_path, TITLE, abilities=ABLE._replace(snippets=True))
    found = inside.actions(TITLE.index("&amp;"), TITLE.index("&amp;") + 1)
    for title in COMMENTS:
        edit = found[title].edit
        assert edit is not None
        assert edit.document_changes is not None
        (change,) = edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert isinstance(change.edits[0], types.SnippetTextEdit)
        (line,) = _lines(inside.after(found[title]), TITLE)
        assert line.endswith("[NL604] ${1:reason}")


def test_what_must_not_be_mended_or_cannot_be_excused_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('unfixable = ["NL604"]\n')
    inside = Inside(tmp_path, with_fields('title: "A &amp; B"\n'))
    assert list(inside.actions(0, len(inside.text))) == COMMENTS
    broken = BASE.replace("heat: 39", "heat: [")
    assert Inside(tmp_path, broken).actions(0, len(broken)) == {}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, newline: str, mark: str) -> None:
    text = mark + with_fields('title: "A &amp; B"\ntopics:\n  - AI\n  - AI\n').replace("\n", newline)
    inside = Inside(tmp_path, text)
    found = inside.actions(text.rindex("AI"), text.rindex("AI") + 1)
    assert inside.after(found['Delete the repeated "AI"']) == text.replace(f"  - AI{newline}", "", 1)
    every = inside.actions(0, 0, "source")["Fix all that newslint can fix safely"]
    wanted = text.replace(f"  - AI{newline}", "", 1).replace("&amp;", "&").removeprefix("\ufeff")
    assert inside.after(every) == wanted
    if mark:
        drop = inside.actions(0, 0)["Take the byte order mark away"]
        assert inside.after(drop) == text.removeprefix(mark)


def test_every_safe_fix_of_every_case_is_what_the_fixer_makes(tmp_path: Path) -> None:
    """The edit of each action, applied as an editor does it, gives the bytes that the fixer has proven."""
    from newslint.fix.fixer import fix_one
    from tests.conftest import ROOT

    offered = 0
    for case in sorted((ROOT / "tests" / "cases").glob("NL*/bad*.md"))[::6]:
        try:
            inside = Inside(tmp_path, case.read_bytes().decode())
        except UnicodeDecodeError:
            continue
        snapshot = inside.snapshot
        for finding in snapshot.findings[:2]:
            start = snapshot.text.at(finding.line, finding.column)
            wanted = fix_one(snapshot.shown, snapshot.data, snapshot.project.plan(snapshot.path), finding)
            if wanted is None or finding.fix is None:
                continue
            titles = inside.actions(start, start, "quickfix")
            action = next(action for title, action in titles.items() if title.startswith(finding.fix.title))
            if (action.diagnostics or ())[0].code == finding.code:
                assert inside.after(action).encode() == wanted, case
                offered += 1
    assert offered > 10


def test_an_old_client_gets_edits_without_a_version(tmp_path: Path) -> None:
    inside = Inside(tmp_path, TITLE, abilities=ABLE._replace(versions=False, snippets=True))
    start = TITLE.index("&amp;")
    for action in inside.actions(start, start + 1).values():
        assert action.edit is not None
        assert action.edit.document_changes is None
        assert list(action.edit.changes or ()) == [inside.uri]
        after_edits(TITLE, list((action.edit.changes or {})[inside.uri]), "utf-16")
