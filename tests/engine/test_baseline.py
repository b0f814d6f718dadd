"""A baseline hides what it lists, as often as it lists it, wherever that has moved, and tells what was mended."""

from __future__ import annotations

import json
import random
from collections.abc import Collection

import pytest

from newslint.engine.baseline import (
    MAX_BASELINE_SIZE,
    Baseline,
    BaselineError,
    Entry,
    Scope,
    compare,
    parse_baseline,
    pruned,
    render_baseline,
    updated,
)
from newslint.engine.linter import lint_bytes
from newslint.finding import Finding
from newslint.rules import BY_CODE
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, CORPUS, NOW, ROOT, needs_corpus, with_fields

PLAN = Runner(Settings(ROOT), Choices(now=NOW)).plan
FAULTY = with_fields('title: "Q&amp;A"\ntopics:\n  - " AI"\n  - Computer  Vision\n')


def found(path: str, text: str = FAULTY) -> tuple[Finding, ...]:
    return lint_bytes(path, text.encode(), PLAN).findings


def scope(*checked: str, ran: Collection[str] = BY_CODE, gone: Collection[str] = ()) -> Scope:
    return Scope(lambda path: path.removeprefix("site/"), checked, frozenset(ran), lambda path: path in gone)


def made(*findings: Finding) -> Baseline:
    return updated(Baseline(), findings, scope())


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.path} {finding.code}" for finding in findings]


def places(entries: tuple[Entry, ...]) -> list[str]:
    return [f"{entry.path} {entry.code} {entry.field}" for entry in entries]


def test_the_file_has_one_line_for_each_finding_in_order() -> None:
    findings = [*found("site/_news/b.md"), *found("site/_news/a.md")]
    marks = {(finding.path, finding.code): finding.fingerprint for finding in findings}
    text = render_baseline(made(*findings))
    lines = [
        f'    {{"path": "_news/{name}.md", "code": "{code}", "field": "{field}", '
        f'"fingerprint": "{marks[f"site/_news/{name}.md", code]}"}}'
        for name in "ab"
        for code, field in (("NL602", "/topics/0"), ("NL603", "/topics/1"), ("NL604", "/title"))
    ]
    assert text == '{\n  "version": 1,\n  "findings": [\n' + ",\n".join(lines) + "\n  ]\n}\n"


def test_an_empty_baseline_is_written_and_read() -> None:
    text = render_baseline(Baseline())
    assert text == '{\n  "version": 1,\n  "findings": []\n}\n'
    assert parse_baseline(text.encode(), "b.json") == Baseline()


def test_what_is_written_is_read_again_whatever_the_names() -> None:
    names = [
        "é.md",
        'quo"te.md',
        "back\\slash.md",
        "bad\udce9byte.md",
        "turn\u202eed.md",
        "line\u2028end.md",
        "tab\t.md",
    ]
    baseline = Baseline(tuple(sorted(Entry(name, "NL602", "/a~1b", "0" * 32) for name in names)))
    text = render_baseline(baseline)
    assert text.count("\n") == len(names) + 5
    assert '"é.md"' in text
    assert "\\udce9" in text
    assert "\\u202e" in text
    assert len(text.splitlines()) == text.count("\n")
    assert parse_baseline(text.encode(), "b.json") == baseline
    assert parse_baseline(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "b.json") == baseline


def test_one_new_finding_is_one_new_line() -> None:
    few = render_baseline(made(*found("a.md")[:2])).splitlines()
    more = render_baseline(made(*found("a.md"))).splitlines()
    assert len(more) == len(few) + 1
    assert len(set(more) - set(few)) <= 2


def test_what_is_listed_is_hidden() -> None:
    findings = found("site/a.md")
    compared = compare(made(*findings[:2]), findings, scope("site/a.md"))
    assert (compared.new, compared.baselined, compared.gone, compared.unseen) == (findings[2:], findings[:2], (), ())


def test_moved_lines_reordered_fields_and_renamed_folders_change_nothing() -> None:
    baseline = made(*found("site/_news/a.md"))
    moved = (
        FAULTY.replace("category: news\n", "")
        .replace("---\n", "---\n# words\n\n", 1)
        .replace("  - Computer", "  - News\n  - Computer")
    )
    moved = moved.replace("heat: 39\n", "heat: 39\ncategory: news\n")
    findings = tuple(finding for finding in found("archive/2024/a.md", moved) if finding.code != "NL802")
    compared = compare(baseline, findings, scope("archive/2024/a.md", gone=["_news/a.md"]))
    assert (compared.new, len(compared.baselined), compared.gone) == ((), 3, ())


def test_another_value_or_file_name_is_new() -> None:
    baseline = made(*found("a.md"))
    assert codes(compare(baseline, found("b.md"), scope("b.md")).new) == ["b.md NL604", "b.md NL602", "b.md NL603"]
    changed = found("a.md", FAULTY.replace("Q&amp;A", "B&amp;B"))
    compared = compare(baseline, changed, scope("a.md"))
    assert codes(compared.new) == ["a.md NL604"]
    assert places(compared.gone) == ["a.md NL604 /title"]


def test_equal_findings_in_folders_count_separately() -> None:
    one, two, three = found("2019/a.md"), found("2020/a.md"), found("2021/a.md")
    baseline = made(*one, *two)
    assert len(baseline.entries) == 6
    assert len({entry.fingerprint for entry in baseline.entries}) == 3
    everything = scope("2019/a.md", "2020/a.md", "2021/a.md")
    compared = compare(baseline, (*three, *two, *one), everything)
    assert (codes(compared.new), codes(compared.baselined)) == (codes(three), codes((*two, *one)))
    # One was mended, but its copy is new in another folder: it takes the place of the one that is gone.
    compared = compare(baseline, (*two, *three), everything)
    assert (compared.new, compared.gone) == ((), ())
    compared = compare(baseline, two, everything)
    assert places(compared.gone) == ["2019/a.md NL602 /topics/0", "2019/a.md NL603 /topics/1", "2019/a.md NL604 /title"]


def test_a_moved_file_takes_the_entries_of_the_one_that_is_no_longer_checked() -> None:
    baseline = made(*found("2019/a.md"), *found("2020/a.md"))
    # 2019/a.md was mended, 2020/a.md moved to 2021/a.md.
    compared = compare(baseline, found("2021/a.md"), scope("2019/a.md", "2021/a.md"))
    assert compared.new == ()
    assert {entry.path for entry in compared.gone} == {"2019/a.md"}
    assert compared.unseen == ()


def test_equal_findings_in_one_file_count_separately() -> None:
    twice = with_fields('topics:\n  - " AI"\n  - " AI"\n')
    findings = tuple(finding for finding in found("a.md", twice) if finding.code == "NL602")
    assert len(findings) == 2
    assert codes(compare(made(findings[0]), findings, scope("a.md")).new) == ["a.md NL602"]


def test_what_was_mended_is_told() -> None:
    baseline = made(*found("site/a.md"), *found("site/b.md"))
    compared = compare(baseline, found("site/b.md")[1:], scope("site/a.md", "site/b.md"))
    assert compared.new == ()
    assert places(compared.gone) == [
        "a.md NL602 /topics/0",
        "a.md NL603 /topics/1",
        "a.md NL604 /title",
        "b.md NL604 /title",
    ]


def test_only_what_was_looked_for_can_be_mended() -> None:
    baseline = made(*found("a.md"), *found("b.md"))
    assert compare(baseline, (), scope("a.md", ran=["NL602"])).gone == (baseline.entries[0],)
    assert compare(baseline, (), scope()).gone == ()
    assert places(compare(baseline, (), scope(gone=["b.md"])).gone) == places(baseline.entries[3:])
    assert compare(baseline, (), scope("a.md", ran=["NL602"])).unseen == baseline.entries[1:]


@pytest.mark.parametrize(
    "broken",
    [BASE.replace("type: article", "type: [article"), BASE.replace("---\n", "", 1), "\udce9"],
)
def test_a_file_that_is_not_read_has_mended_nothing(broken: str) -> None:
    baseline = made(*found("a.md"))
    findings = lint_bytes("a.md", broken.encode("utf-8", "surrogateescape"), PLAN).findings
    compared = compare(baseline, findings, scope("a.md"))
    assert (compared.new, compared.gone, compared.unseen) == (findings, (), baseline.entries)


def test_what_hides_the_rest_of_a_file_is_never_known() -> None:
    findings = found("a.md", BASE.replace("type: article", "type: [article"))
    assert codes(findings) == ["a.md NL005"]
    assert made(*findings) == Baseline()
    forced = Baseline((Entry("a.md", "NL005", "", findings[0].fingerprint),))
    assert compare(forced, findings, scope("a.md")).new == findings
    failed = findings[0]._replace(code="NL999")
    assert made(failed) == Baseline()


def test_a_baseline_is_brought_up_to_date() -> None:
    old = made(*found("a.md"), *found("b.md"), *found("c.md"))
    # Of a.md one is mended and one is new; b.md is no longer there; c.md was not checked.
    text = FAULTY.replace("Q&amp;A", "Questions").replace("Croydon.", "Croydon  now.")
    findings = found("a.md", text)
    new = updated(old, findings, scope("a.md", gone=["b.md"]))
    assert places(new.entries) == [
        "a.md NL602 /topics/0",
        "a.md NL603 /excerpt",
        "a.md NL603 /topics/1",
        "c.md NL602 /topics/0",
        "c.md NL603 /topics/1",
        "c.md NL604 /title",
    ]
    assert updated(new, findings, scope("a.md")) == new
    assert compare(new, findings, scope("a.md")).new == ()


def test_a_renamed_folder_gets_its_new_path_when_the_baseline_is_written_again() -> None:
    old = made(*found("old/a.md"))
    new = updated(old, found("new/a.md"), scope("new/a.md", gone=["old/a.md"]))
    assert new == made(*found("new/a.md"))


def test_pruning_takes_out_what_is_gone_as_often_as_it_is_gone() -> None:
    entry, other = Entry("a.md", "NL602", "/title", "0" * 32), Entry("b.md", "NL602", "/title", "0" * 32)
    assert pruned(Baseline((entry, entry, other)), [entry]) == Baseline((entry, other))
    assert pruned(Baseline((entry,)), []) == Baseline((entry,))
    assert pruned(Baseline((entry,)), [other]) == Baseline((entry,))


DIGITS = "where 32 hexadecimal digits are expected"
GOOD = {"path": "a.md", "code": "NL602", "field": "/title", "fingerprint": "0" * 32}
WRONG = [
    (b"", "the baseline is no valid JSON: Expecting value: line 1 column 1 (char 0)"),
    (b"\xff", "the baseline is no valid JSON: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    (b'{"version": 1, "findings": [', "the baseline is no valid JSON: Expecting value: line 1 column 29 (char 28)"),
    (b"[]", "this is no baseline of newslint"),
    (b"{}", "this is no baseline of newslint"),
    (b'{"version": 2, "findings": []}', "the baseline has version 2, and this newslint knows version 1"),
    (b'{"version": true, "findings": []}', "the baseline has version true, and this newslint knows version 1"),
    (b'{"version": "1", "findings": []}', 'the baseline has version "1", and this newslint knows version 1'),
    (b'{"version": 1}', '"findings" is no list'),
    (b'{"version": 1, "findings": {}}', '"findings" is no list'),
    (b'{"version": 1, "findings": [], "x": 1}', '"x" is not known in a baseline'),
    (b'{"version": 1, "findings": [7]}', "entry 1 of the baseline is no object"),
    (b'{\n<<<<<<< HEAD\n"version": 1', 'the baseline has merge conflicts: write it anew with "newslint baseline"'),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_a_damaged_baseline_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BaselineError) as caught:
        parse_baseline(data, ".newslint-baseline.json")
    assert str(caught.value) == f".newslint-baseline.json: {message}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"path": None}, 'entry 2 of the baseline has no text "path"'),
        ({"code": 602}, 'entry 2 of the baseline has no text "code"'),
        ({"x": "y"}, 'entry 2 of the baseline has "x", which is not known there'),
        ({"fingerprint": "00"}, f'entry 2 of the baseline has the fingerprint "00", {DIGITS}'),
        ({"fingerprint": "0" * 31 + "٣"}, f'entry 2 of the baseline has the fingerprint "{"0" * 31}٣", {DIGITS}'),
        ({"code": "NL6"}, 'entry 2 of the baseline has the code "NL6", where one like NL602 is expected'),
    ],
)  # fmt: skip
def test_a_damaged_entry_is_refused(changes: dict[str, object], message: str) -> None:
    content = {"version": 1, "findings": [GOOD, {**GOOD, **changes}]}
    with pytest.raises(BaselineError) as caught:
        parse_baseline(json.dumps(content).encode(), "b.json")
    assert str(caught.value) == f"b.json: {message}"


def test_a_baseline_beyond_all_bounds_is_refused() -> None:
    for data in (b"[" * 200_000, b'{"version": ' + b"9" * 5_000 + b"}"):
        with pytest.raises(BaselineError, match="no valid JSON"):
            parse_baseline(data, "b.json")
    with pytest.raises(BaselineError, match="larger than 67,108,864 bytes"):
        parse_baseline(b" " * (MAX_BASELINE_SIZE + 1), "b.json")


def test_a_rule_that_this_version_does_not_know_is_kept() -> None:
    text = json.dumps({"version": 1, "findings": [{**GOOD, "code": "NL777"}]})
    baseline = parse_baseline(text.encode(), "b.json")
    assert compare(baseline, (), scope("a.md")).unseen == baseline.entries
    assert updated(baseline, (), scope("a.md")) == baseline


@needs_corpus
def test_the_real_archive_is_hidden_by_its_own_baseline_in_any_order() -> None:
    findings: list[Finding] = []
    paths = sorted((CORPUS / "_news").glob("*.md"))
    for path in paths:
        findings += lint_bytes(f"site/_news/{path.name}", path.read_bytes(), PLAN).findings
    assert len(findings) > 200
    text = render_baseline(made(*findings))
    baseline = parse_baseline(text.encode(), "b.json")
    shuffled = list(findings)
    random.Random(7).shuffle(shuffled)
    assert render_baseline(made(*shuffled)) == text
    everything = scope(*(f"site/_news/{path.name}" for path in paths))
    compared = compare(baseline, shuffled, everything)
    assert (compared.new, compared.gone, compared.unseen) == ((), (), ())
    assert len(compared.baselined) == len(findings) == len(baseline.entries)
    assert len(compare(baseline, (), everything).gone) == len(findings)
