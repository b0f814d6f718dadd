"""Every case and every real article: each fix alone does what its edits say, and all together leave nothing to mend."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from newslint.engine.linter import lint_bytes
from newslint.finding import Finding
from newslint.fix.fixer import Fixed, fix_text
from tests.conftest import CORPUS, ROOT
from tests.fix.articles import plan

CASES = sorted((ROOT / "tests" / "cases").glob("NL*/bad*.md"))
ARTICLES = [*sorted((CORPUS / "_news").glob("*.md")), *sorted((ROOT / "tests" / "articles").rglob("*.md"))]
PLAN = plan()


def applied(data: bytes, finding: Finding) -> bytes:
    """Return a file after the edits of a finding's fix: lines and columns are counted here, as any other program would."""
    assert finding.fix is not None
    bom, text = data.startswith(b"\xef\xbb\xbf"), data.decode("utf-8-sig")
    starts, position = [0], 0
    while position < len(text):
        position += 2 if text.startswith("\r\n", position) else 1
        if text[position - 1] in "\r\n":
            starts.append(position)
    spans = [
        (starts[edit.line - 1] + edit.column - 1, starts[edit.end_line - 1] + edit.end_column - 1, edit.text)
        for edit in finding.fix.edits
    ]
    assert spans == sorted(spans)
    for (_, end, _), (start, _, _) in itertools.pairwise(spans):
        assert end < start
    drops = [span for span in spans if span == (0, 0, "")]
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return (b"\xef\xbb\xbf" if bom and not drops else b"") + text.encode()


def identity(finding: Finding) -> tuple[str, str, str]:
    """Return what stays the same of a finding when other lines change."""
    return finding.code, finding.field, finding.message


def gone(finding: Finding, before: tuple[Finding, ...], after: tuple[Finding, ...]) -> bool:
    """Tell whether there are less findings of this code."""
    counts = [sum(other.code == finding.code for other in found) for found in (before, after)]
    return counts[1] < counts[0]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_fix_of_a_case_is_right_when_applied_alone(path: Path) -> None:
    data = path.read_bytes()
    found = lint_bytes(path.name, data, PLAN).findings
    for finding in found:
        if finding.fix is not None:
            new = applied(data, finding)
            assert gone(finding, found, lint_bytes(path.name, new, PLAN).findings), identity(finding)
            alone = fix_text(path.name, data, PLAN, unsafe=True, fixable=frozenset({finding.code}))
            assert identity(finding) in map(identity, alone.mended)


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_case_has_nothing_left_to_mend(path: Path, unsafe: bool) -> None:
    check_all(path, unsafe=unsafe)


def check_all(path: Path, *, unsafe: bool) -> tuple[bytes, Fixed]:
    """Fix a file twice and return its bytes and the outcome."""
    data = path.read_bytes()
    fixed = fix_text(path.name, data, PLAN, unsafe=unsafe)
    assert fixed.refused == ()
    assert fixed.linted == lint_bytes(path.name, fixed.data, PLAN)
    left = [
        identity(finding)
        for finding in fixed.linted.findings
        if finding.fix and (unsafe or finding.fix.applicability == "safe")
    ]
    assert left == []
    assert (fixed.data == data) == (fixed.mended == ())
    again = fix_text(path.name, fixed.data, PLAN, unsafe=unsafe)
    assert (again.data, again.mended) == (fixed.data, ())
    return data, fixed


@pytest.mark.parametrize("unsafe", [False, True])
def test_real_articles_have_nothing_left_to_mend(unsafe: bool) -> None:
    changed = 0
    for path in ARTICLES:
        data, fixed = check_all(path, unsafe=unsafe)
        lines = {finding.line for finding in fixed.mended}
        before, after = data.split(b"\n"), fixed.data.split(b"\n")
        assert len(before) == len(after)
        differing = {number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]}
        assert differing == lines, path.name
        changed += bool(lines)
    assert changed >= len(ARTICLES) / 4


def test_each_fix_of_a_real_article_is_right_when_applied_alone() -> None:
    for path in ARTICLES:
        data = path.read_bytes()
        found = lint_bytes(path.name, data, PLAN).findings
        for finding in found:
            if finding.fix is not None:
                new = lint_bytes(path.name, applied(data, finding), PLAN).findings
                assert gone(finding, found, new), (path.name, identity(finding))
