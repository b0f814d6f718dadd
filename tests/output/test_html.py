"""The page without its script: what it may do, what it says, what it holds, and that nothing in it is markup by chance."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

import pytest

from newslint.finding import Edit, Fix, Severity
from newslint.history import Entry
from newslint.output import render
from newslint.output.html import rows
from newslint.output.html.groups import count_groups
from newslint.output.html.rows import Packed, window
from newslint.report import Labels, Page, Report
from tests.output.making import HOSTILE_FINDING, HOSTILE_TEXTS, hostile, made, many, page_data, report, under

_VOID = {"meta", "input", "br", "link", "rect", "line", "polyline", "circle"}


class _Reader(HTMLParser):
    """Collects elements and text, and holds that each element is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.text += data


def _shown(given: Report) -> str:
    """Return the text that is read without scripts, each white space a blank."""
    return " ".join(_Reader(render("html", given)).text.split())


def _block(page: str, name: str) -> str:
    found = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else() -> None:
    page = render("html", report(made()))
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    hashes = {
        name: base64.b64encode(hashlib.sha256(_block(page, name).encode()).digest()).decode()
        for name in ("script", "style")
    }
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    read = _Reader(page)
    assert not [
        one
        for one in read.attributes
        if one[1] in ("src", "srcset", "style", "action", "data") or one[1].startswith("on")
    ]
    assert not [value for _, name, value in read.attributes if name == "href" and not value.startswith("#")]
    assert "url(" not in _block(page, "style")
    assert "@import" not in _block(page, "style")


def test_the_same_report_gives_the_same_bytes() -> None:
    given = report(*many(50), checked=("_news/a.md",))
    assert render("html", given) == render("html", given)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_text(text: str) -> None:
    """In the paths, labels, revisions and sentences of what stands there without scripts."""

    def page_with(text: str) -> str:
        found = hostile(text)
        labels = {found.path: Labels(text, text, (text,)), "x/b.md": Labels("article", "x", ("y",))}
        entry = Entry("2024-06-01T00:00:00Z", text, 1, {"NL602": 1})
        page = Page("https://example.com/{path}", (entry,), None, (text,), labels)
        return render("html", report(found, found, made(path="x/b.md"), page=page, truncated={found.path: 1}))

    shown = page_with(text)
    read, plain = _Reader(shown), _Reader(page_with("z"))
    assert read.names == plain.names
    assert {one[:2] for one in read.attributes} == {one[:2] for one in plain.attributes}
    data = page_data(shown)
    assert text in data["groups"]["topic"]
    assert data["texts"][data["message"][0]] == text


def test_all_hostile_values_come_back_from_the_data() -> None:
    data = page_data(render("html", report(HOSTILE_FINDING)))
    texts = data["texts"]
    assert texts[data["source"][0]] == HOSTILE_FINDING.source_line
    assert texts[data["file_name"][0]] == HOSTILE_FINDING.path
    assert [texts[data["others"][0][0][at]] for at in (0, 3, 4)] == [
        HOSTILE_FINDING.related[0].path,
        HOSTILE_FINDING.related[0].field,
        HOSTILE_FINDING.related[0].message,
    ]


def _finding_at(data: dict[str, Any], row: int) -> dict[str, Any]:
    """Return a finding as the script makes it of the columns."""
    file = list(accumulate(data["path"]))[row]
    folder = data["groups"]["folder"][data["file_folder"][file]]
    name = data["texts"][data["file_name"][file]]
    rule = data["rules"][data["rule"][row]]
    return {
        "path": name if folder == "." or "/" in name else f"{folder}/{name}",
        "line": data["line"][row],
        "column": data["column"][row],
        "end_line": data["line"][row] + data["end_line"][row],
        "end_column": data["end_column"][row],
        "code": rule["code"],
        "severity": data["groups"]["severity"][data["severity"][row]],
        "fix": None if not data["fix"][row] else data["repairs"][data["fix"][row] - 1],
    }


@pytest.mark.parametrize("path", ["a.md", "_news/a.md", "/a.md", "/x/y/a.md", "./a.md", "x//a.md", "../a.md", "."])
def test_each_path_comes_back(path: str) -> None:
    data = page_data(render("html", report(made(path=path))))
    assert _finding_at(data, 0)["path"] == path


def test_the_columns_hold_the_findings() -> None:
    fix = Fix("unsafe", "Do it", (Edit(5, 3, 6, 1, "x"),))
    given = [
        made(),
        made(path="_news/b.md", line=5, end_line=7, column=2, code="NL001", severity=Severity.ERROR, fix=fix),
    ]
    data = page_data(render("html", report(*given)))
    for row, finding in enumerate(given):
        found = _finding_at(data, row)
        assert found["severity"] == finding.severity.value
        assert all(
            found[name] == getattr(finding, name)
            for name in ("path", "line", "column", "end_line", "end_column", "code")
        )
    applicability, title, ((line, column, end_line, end_column, text),) = _finding_at(data, 1)["fix"]
    assert (applicability, data["texts"][title], data["texts"][text]) == ("unsafe", "Do it", "x")
    assert (5 + line, 2 + column, 5 + end_line, 2 + end_column) == tuple(fix.edits[0])[:4]


@pytest.mark.parametrize(
    ("line", "start", "end", "width", "shown"),
    [
        ("title: x", 7, 8, 500, ("title: x", 0, False)),
        ("a" * 100 + "MARK" + "b" * 100, 100, 104, 30, ("a" * 10 + "MARK" + "b" * 16, 90, True)),
        ("a" * 100 + "MARK", 100, 104, 30, ("a" * 26 + "MARK", 74, False)),
        ("MARK" + "b" * 100, 0, 4, 30, ("MARK" + "b" * 26, 0, True)),
        ("x" * 500, 0, 4, 500, ("x" * 500, 0, True)),
    ],
)
def test_a_long_line_is_cut_to_what_stands_around_the_place(
    line: str, start: int, end: int, width: int, shown: tuple[str, int, bool]
) -> None:
    assert window(under(line, start, end), width) == shown


def test_source_lines_get_shorter_as_they_get_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_SOURCE_BUDGET", 10_000)
    lines = [under(f"{number:>9} {'x' * 400}", 12, 14) for number in range(1, 101)]
    few, all_of_them = report(*lines[:5]), report(*lines)
    assert Packed(few, count_groups(few)).width == 500
    assert "source lines are cut" not in _shown(few)
    assert "There are so many findings that source lines are cut to 60 characters around the place" in _shown(
        all_of_them
    )
    data = page_data(render("html", all_of_them))
    assert {len(data["texts"][number]) for number in accumulate(data["source"])} == {60}


def test_long_changes_are_kept_while_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_EDIT_BUDGET", 450)
    sizes = (200, 300, 90, 160, 100)
    fixes = [Fix("safe", "Do it", (Edit(3, 1, 4, 1, str(number) * size),)) for number, size in enumerate(sizes)]
    data = page_data(render("html", report(*[made(fix=fix) for fix in fixes])))
    kept = [data["repairs"][number - 1][2] for number in data["fix"]]
    assert [None if edits is None else len(data["texts"][edits[0][4]]) for edits in kept] == [200, None, 90, 160, 100]


def test_of_too_many_findings_the_gravest_are_listed_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_ROWS", 4)
    given = report(*many(9))
    data = page_data(render("html", given))
    assert [data["groups"]["severity"][level] for level in data["severity"]] == ["warning", *["error"] * 3]
    assert data["line"] == [1, 3, 6, 9]
    shown = _shown(given)
    assert "The table lists the gravest 4 findings of 9; all counts are of all" in shown
    assert "error3" in shown.replace(" ", "")


def test_what_is_left_out_is_said() -> None:
    given = report(
        made(code="NL001", severity=Severity.ERROR),
        skipped=3,
        suppressed=1,
        unchanged=2,
        fixed=4,
        truncated={f"{letter}.md": 1000 for letter in "abcdefg"},
    )
    shown = _shown(given)
    for told in (
        "a.md: more than 1,000 findings, the rest is not shown",
        "The same is true of 2 other files",
        "1 file could not be checked to the end (NL001, NL999)",
        "Left out: 2 files without a change",
        "Skipped: 3 files; newslint check --show-files tells why",
        "Left out: 1 finding that comments excuse",
        "Mended in this run: 4 findings",
    ):
        assert told in shown, told


def test_nothing_found_and_nothing_checked_are_two_things() -> None:
    assert "1 file, no findings" in _shown(report())
    assert "1 file, no new findings" in _shown(report(baselined=3, mended=0))
    nothing = _shown(Report((), 0, skipped=2))
    assert "Nothing was checked" in nothing
    assert "No file was linted, so that no findings are no good news" in nothing
    assert '<section id="findings" hidden' in render("html", report())


def test_the_change_against_a_baseline_is_told() -> None:
    shown = _shown(report(made(), baselined=7, mended=2))
    assert "1new since the baseline7known and hidden2mended" in shown
    assert "baseline" not in _shown(report(made()))


def test_what_to_mend_first_begins_with_errors_and_what_one_command_mends() -> None:
    safe = Fix("safe", "Delete it", (Edit(3, 8, 3, 9, ""),))
    given = report(
        made(code="NL603", name="repeated-whitespace", severity=Severity.INFO),
        *[made(fix=safe)] * 5,
        *[made(code="NL901", name="duplicate-url", severity=Severity.ERROR)] * 2,
        *[made(code="NL902", name="duplicate-title")] * 3,
    )
    steps = re.findall(r"<ol class=\"steps\">(.*?)</ol>", render("html", given))[0].split("</li>")
    told = [" ".join(re.sub(r"<[^>]*>", " ", step).split()) for step in steps if step]
    assert told == [
        "2 × duplicate-url",
        "Let newslint mend 5 findings without a risk: their meaning is kept newslint check --fix",
        "3 × duplicate-title",
        "1 × repeated-whitespace",
    ]


def test_the_trend_is_drawn_and_put_into_words() -> None:
    entries = tuple(
        Entry(f"2024-06-0{day}T00:00:00Z", f"v{day}", 9, findings)
        for day, findings in enumerate(({"NL602": 8, "NL603": 0}, {"NL602": 4}, {"NL602": 2, "NL603": 1}), 1)
    )
    page = render("html", report(made(), page=Page(history=entries)))
    shown = " ".join(_Reader(page).text.split())
    assert "Does it get better?Yes: 5 findings fewer than on 2024-06-01, 3 now" in shown
    assert 'aria-label="All rules: 8, 4, 3"' in page
    assert 'aria-label="NL603: 0, not run, 1"' in page
    assert '<span class="change better">−6</span>' in page
    assert '<span class="change worse">+1</span>' in page
    assert "Recorded runs, 2024-06-01 (v1) to 2024-06-03 (v3)" in shown
    first = render("html", report(made(), page=Page(history=entries[:1])))
    assert "One run is recorded, with 8 findings: the next one will tell" in first
