"""One file in, its findings out: a rule that fails is told and hides nothing, and limits hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from newslint.document.document import Document
from newslint.engine.linter import File, lint_bytes, lint_files, lint_metadata
from newslint.engine.plan import Plan
from newslint.finding import Severity, Violation
from newslint.rules import BY_CODE
from newslint.rules.rule import Options, Rule
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, NOW, ROOT, with_fields


def _plan(**settings: Any) -> Plan:
    return Runner(Settings(ROOT, **settings), Choices(now=NOW)).plan


def _failing(*_: object) -> Iterator[Violation]:
    yield Violation(("title",), "said before the fault")
    raise ZeroDivisionError("a fault of ours")


def test_a_rule_that_fails_is_told_and_the_others_go_on() -> None:
    plan = _plan()
    broken = BY_CODE["NL503"]._replace(check=_failing)
    checks = ((broken, Options({}, NOW)), *(pair for pair in plan.checks if pair[0].code != "NL503"))
    found = lint_bytes(
        "a.md", with_fields("heat: 2000\npublished: false\n").encode(), plan._replace(checks=checks)
    ).findings
    by_code = {finding.code: finding for finding in found}
    assert by_code["NL999"].message == (
        "the rule NL503 publish-threshold failed on this file: ZeroDivisionError: a fault of ours"
    )
    assert (by_code["NL999"].line, by_code["NL999"].column, by_code["NL999"].severity) == (1, 1, Severity.ERROR)
    assert by_code["NL502"].message.startswith("heat is 2000")


def test_a_rule_about_the_archive_that_fails_is_told() -> None:
    plan = _plan()
    broken: Rule = BY_CODE["NL901"]._replace(facts=_failing)  # type: ignore[arg-type]
    linted = lint_bytes("a.md", BASE.encode(), plan._replace(archive=((broken, Options({}, NOW)),)))
    assert [finding.code for finding in linted.findings] == ["NL999"]


def test_files_linted_together_come_to_what_each_comes_to_alone() -> None:
    plan = _plan()
    files = [
        File("_news/one.md", with_fields("heat: 2000\npublished: false\n").encode(), plan),
        File("_news/large.md", BASE.encode(), plan._replace(max_file_size=100)),
        File("_news/latin.md", b"---\ntitle: caf\xe9\n---\n", plan),
        File(
            "_news/two.md", with_fields("heat: 3000\npublished: false\n").encode(), plan.without(frozenset({"NL502"}))
        ),
        File("_news/none.md", b"no front matter\n", plan),
        File("_news/broken.md", b"---\ntitle: [\n---\n", plan),
        File("_news/commented.md", with_fields("heat: 4000 # newslint: ignore[NL502]\n").encode(), plan),
        File("_news/clean.md", BASE.encode(), plan),
    ]
    together = lint_files(files)
    assert together == [lint_bytes(*file) for file in files]
    assert [{finding.code for finding in linted.findings} for linted in together] == [
        {"NL502"},
        {"NL001"},
        {"NL002"},
        {"NL105", "NL503"},
        {"NL003"},
        {"NL005"},
        set(),
        set(),
    ]
    assert together[3] == lint_files(files[3:4])[0]
    assert {fact.path for linted in together for _, fact in linted.facts} == {
        "_news/one.md",
        "_news/two.md",
        "_news/commented.md",
        "_news/clean.md",
    }


def test_a_rule_that_fails_on_one_file_has_looked_at_the_others() -> None:
    def check(document: Document, _: Options) -> Iterator[Violation]:
        if document.data["heat"] == 2:
            raise ZeroDivisionError("a fault of ours")
        yield Violation(("heat",), f"heat is {document.data['heat']}")

    plan = _plan()
    plan = plan._replace(checks=((BY_CODE["NL502"]._replace(check=check), Options({}, NOW)),), archive=())
    files = [File(f"{heat}.md", with_fields(f"heat: {heat}\n").encode(), plan) for heat in (1, 2, 3)]
    told = [[finding.message for finding in linted.findings] for linted in lint_files(files)]
    failed = "the rule NL502 heat-out-of-range failed on this file: ZeroDivisionError: a fault of ours"
    assert told == [["heat is 1"], [failed], ["heat is 3"]]


def test_no_more_findings_than_the_limit_are_told_and_the_cut_is() -> None:
    images = "".join("  - {url: x}\n" for _ in range(400))
    linted = lint_bytes("a.md", with_fields(f"images:\n{images}").encode(), _plan(max_findings=50))
    assert len(linted.findings) == 50
    assert linted.truncated


@pytest.mark.parametrize("comment", ["", "# newslint: ignore[NL999x]\n"], ids=["plain", "with a comment"])
def test_what_is_cut_is_never_worse_than_what_is_told(comment: str) -> None:
    text = with_fields('title: "Two  blanks"\nheat: 2000\nurl: x\n').replace(
        "category: news\n", f"{comment}category: news\n"
    )
    everything = lint_bytes("a.md", text.encode(), _plan()).findings
    assert {finding.severity for finding in everything} == set(Severity)
    linted = lint_bytes("a.md", text.encode(), _plan(max_findings=1))
    assert linted.truncated
    assert [(finding.code, finding.severity) for finding in linted.findings] == [("NL502", Severity.ERROR)]


def test_a_failing_rule_is_told_whatever_is_cut() -> None:
    plan = _plan(max_findings=1)
    broken = BY_CODE["NL503"]._replace(check=_failing)
    checks = (*plan.checks, (broken, Options({}, NOW)))
    linted = lint_bytes("a.md", with_fields("heat: 2000\n").encode(), plan._replace(checks=checks))
    assert [finding.code for finding in linted.findings] == ["NL999"]


def test_a_file_beyond_the_limit_is_not_read() -> None:
    linted = lint_bytes("a.md", BASE.encode(), _plan(max_file_size=100))
    assert [(finding.code, finding.line, finding.message) for finding in linted.findings] == [
        ("NL001", 1, "the file is larger than 100 bytes")
    ]


def test_severities_of_the_settings_hold() -> None:
    plan = _plan(severity={"NL5": "info", "publish-threshold": "warning"})
    found = lint_bytes("a.md", with_fields("heat: 95\npublished: false\n").encode(), plan).findings
    assert [(finding.code, finding.severity) for finding in found] == [("NL503", Severity.WARNING)]


def test_the_same_findings_for_the_same_bytes_and_other_names() -> None:
    text = with_fields("heat: 2000\ntitle: [x]\n").encode()
    first = lint_bytes("one/a.md", text, _plan()).findings
    again = lint_bytes("one/a.md", text, _plan()).findings
    moved = lint_bytes("two/a.md", text, _plan()).findings
    assert first == again
    assert [finding.fingerprint for finding in first] == [finding.fingerprint for finding in moved]


@pytest.mark.parametrize(
    "changed",
    [
        with_fields("heat: 2000\ntitle: [x]\n").replace("category: news\n", "# a comment\n\ncategory: news\n"),
        with_fields("title: [x]\nheat: 2000\n"),
        with_fields("heat: 2000\ntitle: [x]\n").replace("\n", "\r\n"),
    ],
)
def test_moved_lines_keep_their_fingerprints(changed: str) -> None:
    before = {
        finding.fingerprint
        for finding in lint_bytes("a.md", with_fields("heat: 2000\ntitle: [x]\n").encode(), _plan()).findings
    }
    assert {finding.fingerprint for finding in lint_bytes("a.md", changed.encode(), _plan()).findings} == before


def test_another_value_has_another_fingerprint_and_equal_ones_are_counted() -> None:
    image = '  - {url: "https://a.bbc.com/x.jpg", width: 0, height: 9}\n'
    found = lint_bytes("a.md", with_fields(f"images:\n{image}{image}").encode(), _plan()).findings
    assert len({finding.fingerprint for finding in found}) == len(found)


def test_metadata_of_a_post_gives_fields_without_places() -> None:
    metadata = {"category": "blog", 3: "x"}
    found = lint_metadata(metadata, _plan()).findings
    assert {finding.line for finding in found} == {0}
    assert ("NL009", "/3") in {(finding.code, finding.field) for finding in found}
    assert ("NL103", "/category") in {(finding.code, finding.field) for finding in found}
