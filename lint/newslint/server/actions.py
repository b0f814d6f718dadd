"""What can be done about findings: their proven fixes, all of a rule or of a file, and comments that excuse them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types

from newslint.document.source import decode
from newslint.engine.add_suppressions import add_suppressions
from newslint.finding import Finding
from newslint.fix.fixer import fix_one, fix_text
from newslint.limits import MAX_ACTIONS
from newslint.server.abilities import Abilities
from newslint.server.diagnostics import span_of
from newslint.server.differences import differences
from newslint.server.snapshot import Snapshot
from newslint.server.texts import BOM

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.newslint"
"""The kind of the action that mends a whole file, for an editor's settings of what to do on save."""

KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)

Diagnose = Callable[[Finding], types.Diagnostic]


def actions(
    snapshot: Snapshot, params: types.CodeActionParams, abilities: Abilities, diagnose: Diagnose
) -> list[types.CodeAction]:
    """Return what can be done in a range of a document, the preferred first.

    Edits are offered only where the fixer has proven what they come to, or the text with a comment says the same as
    before; each is for this version of the document alone.
    """
    found: list[types.CodeAction] = []
    if _is_asked(types.CodeActionKind.QuickFix.value, params.context.only):
        here = findings_in(snapshot, params.range)[:MAX_ACTIONS]
        found += _fixes(snapshot, here, abilities, diagnose)
        found += _fixes_of_rules(snapshot, here, abilities, diagnose)
        found += _comments(snapshot, here, abilities, diagnose)
    if _is_asked(FIX_ALL, params.context.only):
        found += _fix_all(snapshot, abilities)
    return found


def findings_in(snapshot: Snapshot, where: types.Range) -> list[Finding]:
    """Return the findings that a range touches."""
    start, end = sorted((snapshot.text.offset(where.start), snapshot.text.offset(where.end)))
    found: list[Finding] = []
    for finding in snapshot.findings:
        first, last = span_of(finding, snapshot.text)
        if first <= end and start <= last:
            found.append(finding)
    return found


def _is_asked(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Tell whether actions of a kind are wanted; kinds are families, divided by dots (LSP 3.17, "CodeActionKind")."""
    if only is None:
        return True
    wanted = [one.value if isinstance(one, types.CodeActionKind) else one for one in only]
    return any(one in ("", kind) or kind.startswith(f"{one}.") for one in wanted)


def _fixes(
    snapshot: Snapshot, here: Sequence[Finding], abilities: Abilities, diagnose: Diagnose
) -> Iterator[types.CodeAction]:
    """Yield the fix of each finding, the safe ones first."""
    fixable = [finding for finding in here if finding.fix is not None and finding.code in snapshot.project.fixable]
    for finding in sorted(fixable, key=lambda finding: finding.fix is None or finding.fix.applicability != "safe"):
        after = fix_one(snapshot.shown, snapshot.data, snapshot.project.plan(snapshot.path), finding)
        edit = _edit(snapshot, after, abilities)
        if edit is not None and finding.fix is not None:
            is_safe = finding.fix.applicability == "safe"
            title = finding.fix.title if is_safe else f"{finding.fix.title} (unsafe: it may change the meaning)"
            yield types.CodeAction(
                title, types.CodeActionKind.QuickFix, [diagnose(finding)], is_preferred=is_safe or None, edit=edit
            )


def _fixes_of_rules(
    snapshot: Snapshot, here: Sequence[Finding], abilities: Abilities, diagnose: Diagnose
) -> Iterator[types.CodeAction]:
    """Yield the safe fixes of all findings of a rule, where there are more than the one."""
    rules = {finding.code: finding for finding in here if _is_safely_fixable(finding, snapshot)}
    for code, finding in rules.items():
        same = [other for other in snapshot.findings if other.code == code and _is_safely_fixable(other, snapshot)]
        if len(same) > 1:
            edit = _edit(snapshot, _fixed(snapshot, frozenset({code})), abilities)
            if edit is not None:
                title = f"Fix all {len(same)} findings of {code} ({finding.name}) in this file"
                diagnostics = [diagnose(other) for other in same]
                yield types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics, edit=edit)


def _fix_all(snapshot: Snapshot, abilities: Abilities) -> Iterator[types.CodeAction]:
    if any(_is_safely_fixable(finding, snapshot) for finding in snapshot.linted.findings):
        edit = _edit(snapshot, _fixed(snapshot, snapshot.project.fixable), abilities)
        if edit is not None:
            yield types.CodeAction("Fix all that newslint can fix safely", FIX_ALL, edit=edit)


def _is_safely_fixable(finding: Finding, snapshot: Snapshot) -> bool:
    fix = finding.fix
    return fix is not None and fix.applicability == "safe" and finding.code in snapshot.project.fixable


def _fixed(snapshot: Snapshot, codes: frozenset[str]) -> bytes:
    """Return the bytes with all safe fixes of some rules made."""
    plan = snapshot.project.plan(snapshot.path)
    return fix_text(snapshot.shown, snapshot.data, plan, fixable=codes).data


def _comments(
    snapshot: Snapshot, here: Sequence[Finding], abilities: Abilities, diagnose: Diagnose
) -> Iterator[types.CodeAction]:
    """Yield the comments that excuse each finding on its line, and then those that excuse it in the whole file."""
    rules = list({finding.code: finding for finding in here}.values())
    for whole_file, findings in ((False, here), (True, rules)):
        seen: set[types.CodeAction | str] = set()
        for finding in findings:
            edit = _comment(snapshot, finding, abilities, whole_file=whole_file)
            where = "in this file" if whole_file else "here"
            title = f"Ignore {finding.code} ({finding.name}) {where}"
            if edit is not None and title not in seen:
                seen.add(title)
                yield types.CodeAction(title, types.CodeActionKind.QuickFix, [diagnose(finding)], edit=edit)


def _comment(
    snapshot: Snapshot, finding: Finding, abilities: Abilities, *, whole_file: bool
) -> types.WorkspaceEdit | None:
    source, undecodable = decode(snapshot.shown.rpartition("/")[2], snapshot.data)
    if undecodable is not None:
        return None
    added = add_suppressions(source, [finding], whole_file=whole_file)
    after = (BOM if source.bom else "") + added.text
    return None if added.left else _edit(snapshot, after.encode("utf-8"), abilities, with_reason=True)


def _edit(
    snapshot: Snapshot, after: bytes | None, abilities: Abilities, *, with_reason: bool = False
) -> types.WorkspaceEdit | None:
    """Return the edit that makes other bytes of a document, or None where there is nothing to do.

    With ``with_reason`` what is put in is a comment: a client that can leaves the cursor where its reason goes.
    """
    if after is None or after == snapshot.data:
        return None
    edits: list[types.TextEdit | types.SnippetTextEdit] = []
    for span, new in differences(snapshot.text.text, after.decode("utf-8")):
        where = snapshot.text.range(span.start, span.end)
        if with_reason and abilities.snippets and abilities.versions and new.rstrip("\r\n").endswith("]"):
            edits.append(types.SnippetTextEdit(where, types.StringValue(_snippet(new))))
        else:
            edits.append(types.TextEdit(where, new))
    if not abilities.versions:
        plain = [edit for edit in edits if isinstance(edit, types.TextEdit)]
        return types.WorkspaceEdit(changes={snapshot.uri: plain})
    document = types.OptionalVersionedTextDocumentIdentifier(snapshot.uri, snapshot.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])


def _snippet(comment: str) -> str:
    """Return a comment with a place for its reason (LSP 3.18, "Snippet Syntax")."""
    line = comment.rstrip("\r\n")
    escaped = line.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
    return f"{escaped} ${{1:reason}}{comment[len(line) :]}"
