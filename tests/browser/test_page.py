"""The page in a browser: it agrees with the JSON of the same run, asks the network for nothing, and everybody can use it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from newslint.output import render
from newslint.report import Report
from tests.browser.conftest import HOSTILE, Site, made_site
from tests.conftest import CORPUS, needs_corpus
from tests.output.making import made, report

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


class Tab:
    """A tab that remembers what must not happen: messages, errors, dialogs, requests."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.pages: set[str] = set()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def show(self, path: Path, address: str = "") -> Any:
        self.pages.add(path.as_uri())
        self.page.goto(f"{path.as_uri()}{address}")
        self.page.wait_for_selector("#tools:not([hidden]), #findings[hidden]", state="attached")
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.said == []
        # The page itself, and what it made for an export; nothing of a network, and no file beside it.
        assert {url.partition("#")[0] for url in self.asked if not url.startswith("blob:")} == self.pages


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.close()


def _count(page: Any) -> str:
    return str(page.inner_text("#count"))


def _rows(page: Any) -> int:
    return int(page.get_attribute("#table", "aria-rowcount")) - 1


def _bars(page: Any, group: str) -> dict[str, int]:
    """Return the numbers beside the bars of a group, by the first word of their labels."""
    found = page.eval_on_selector_all(
        f".group[data-group={group}] a",
        "all => all.map(a => [a.querySelector('.label').textContent, a.querySelector('.number').textContent])",
    )
    return {label.split(" ")[0] if group == "rule" else label: int(number.replace(",", "")) for label, number in found}


def _assert_agrees(page: Any, site: Site) -> None:
    assert _rows(page) == len(site.findings)
    figures = page.eval_on_selector_all(".figure.severity b", "all => all.map(b => b.textContent)")
    assert [int(figure.replace(",", "")) for figure in figures] == [
        site.summary[key] for key in ("errors", "warnings", "infos")
    ]
    fixable = int(page.inner_text(".figure.fixable b").replace(",", ""))
    assert fixable == site.summary["fixable"]
    assert _bars(page, "rule") == Counter(finding["code"] for finding in site.findings)
    assert _bars(page, "severity") == Counter(finding["severity"] for finding in site.findings)
    files = len({finding["path"] for finding in site.findings})
    assert page.inner_text("h1") == f"{len(site.findings):,} findings in {files:,} of {site.summary['files']:,} files"


def test_what_it_tells_is_what_json_tells(tab: Tab, site: Site) -> None:
    page = tab.show(site.page)
    assert _count(page) == f"{len(site.findings)} findings"
    _assert_agrees(page, site)


@needs_corpus
def test_the_real_archive_agrees_with_json_and_says_nothing(tab: Tab, tmp_path: Path) -> None:
    real = made_site(tmp_path, str(CORPUS / "_news"), "--isolated")
    page = tab.show(real.page)
    _assert_agrees(page, real)
    for code, count in Counter(finding["code"] for finding in real.findings).items():
        # Whoever changes the address by hand stays in the page.
        page = tab.show(real.page, f"#rule={code}")
        assert _rows(page) == count, code


def test_a_search_wants_all_words_and_stays_in_the_address(tab: Tab, site: Site) -> None:
    page = tab.show(site.page)
    page.keyboard.press("/")
    page.keyboard.type("BBC.com  amp; article-1")
    expected = [
        finding
        for finding in site.findings
        if "amp;" in finding["message"]
        and "article-1" in finding["path"]
        and int(finding["path"][:-3].split("-")[-1]) % 3
    ]
    assert 0 < len(expected) < len(site.findings)
    assert _rows(page) == len(expected)
    assert _count(page) == f"{len(expected)} of {len(site.findings)} findings"
    assert "q=BBC.com++amp%3B+article-1" in page.url
    page.reload()
    page.wait_for_selector(".row")
    assert _rows(page) == len(expected)
    page.fill("#search", "nothing has these words")
    assert page.is_visible("#empty")
    page.click("#clear")
    assert _rows(page) == len(site.findings)


def test_each_bar_filters_and_the_other_bars_count_what_is_left(tab: Tab, site: Site) -> None:
    page = tab.show(site.page)
    page.click(".group[data-group=rule] a:has-text('NL604')")
    only = [finding for finding in site.findings if finding["code"] == "NL604"]
    assert _rows(page) == len(only)
    assert page.url.endswith("#rule=NL604")
    # Within a group one or the other, so that its own bars stay; across groups both.
    assert _bars(page, "rule") == Counter(finding["code"] for finding in site.findings)
    assert +Counter(_bars(page, "severity")) == Counter(finding["severity"] for finding in only)
    page.click(".group[data-group=provider] a:has-text('bbc.com')")
    both = [
        finding for finding in only if "article" in finding["path"] and int(finding["path"][:-3].split("-")[-1]) % 3
    ]
    assert 0 < _rows(page) == len(both) < len(only)
    page.click(".group[data-group=rule] a:has-text('NL602')")
    assert _rows(page) > len(both)
    page.go_back()
    page.go_back()
    assert _rows(page) == len(only)
    page.click(".chip >> nth=0")
    assert _rows(page) == len(site.findings)
    page.click(".steps a >> nth=0")
    assert 0 < _rows(page) < len(site.findings)
    page.click("text=Clear all")
    assert _count(page) == f"{len(site.findings)} findings"


def test_the_table_is_sorted_by_its_heads(tab: Tab, site: Site) -> None:
    page = tab.show(site.page)
    ranks = {"error": 0, "warning": 1, "info": 2}

    def first() -> str:
        return str(page.inner_text(".row >> nth=0 >> .c-place .file"))

    gravest = min(site.findings, key=lambda one: ranks[one["severity"]])
    assert first() == gravest["path"].rpartition("/")[2].replace("\u202e", "\\u202e")
    page.click("[data-sort=place]")
    assert page.get_attribute("[role=columnheader]:has([data-sort=place])", "aria-sort") == "ascending"
    assert first() == site.findings[0]["path"].rpartition("/")[2].replace("\u202e", "\\u202e")
    page.click("[data-sort=place]")
    assert "sort=place&order=down" in page.url
    assert first() == site.findings[-1]["path"].rpartition("/")[2].replace("\u202e", "\\u202e")


def test_a_row_opens_to_the_place_the_fix_and_the_rule(tab: Tab, site: Site) -> None:
    finding = next(one for one in site.findings if one["code"] == "NL604" and "article-0." in one["path"])
    page = tab.show(site.page, "#rule=NL604&q=article-0.")
    page.click(".row .open")
    assert page.get_attribute(".row .open", "aria-expanded") == "true"
    assert page.inner_text(".detail mark") == "&amp;"
    source = page.inner_text(".detail .source code")
    assert source == "title: 'Q&amp;A about &amp; cameras 0'"
    assert source[finding["column"] - 1 : finding["end_column"] - 1] == "&amp;"
    assert page.inner_text(".detail .diff .minus") == f"- {source}"
    assert page.inner_text(".detail .diff .plus") == "+ title: 'Q&A about & cameras 0'"
    assert page.inner_text(".detail .hint").endswith(finding["hint"])
    assert page.inner_text(".detail .run code") == f"newslint check --fix --select NL604 {finding['path']}"
    assert (
        page.get_attribute(".detail .where a", "href")
        == f"https://example.com/blob/main/{finding['path']}#L{finding['line']}"
    )
    page.click(".detail .page summary")
    assert "Why is this bad?" in page.inner_text(".detail .page")
    opened = page.url
    page.keyboard.press("Escape")
    assert page.query_selector(".detail") is None
    assert page.eval_on_selector(".row .open", "e => document.activeElement === e")
    page.goto(opened)
    page.reload()
    page.wait_for_selector(".detail")


def test_the_command_of_a_hostile_name_mends_that_file(tab: Tab, site: Site, tmp_path: Path) -> None:
    import shlex

    # A name that a terminal would show wrongly gets no command; one with signs of the shell is quoted.
    page = tab.show(site.page, "#q=hostile&rule=NL604")
    page.click(".row .open")
    assert page.query_selector(".detail .run") is None
    path = tmp_path / "r.html"
    name = "-it's $(a) `b`.md"
    path.write_text(render("html", report(made(path=name, fix=_fix()))), "utf-8")
    page = tab.show(path)
    page.click(".row .open")
    assert shlex.split(page.inner_text(".detail .run code")) == [
        "newslint",
        "check",
        "--fix",
        "--select",
        "NL602",
        f"./{name}",
    ]


def _fix() -> Any:
    from newslint.finding import Edit, Fix

    return Fix("safe", "Delete it", (Edit(3, 8, 3, 9, ""),))


def test_hostile_texts_are_shown_as_text(tab: Tab, site: Site) -> None:
    page = tab.show(site.page, "#q=hostile&rule=NL604")
    assert page.query_selector("img") is None
    page.click(".row .open >> nth=0")
    assert HOSTILE.replace('"', '\\"') in page.inner_text(".detail .source code")
    assert "hostile \\u202e'$(x) é.md" in page.inner_text(".detail .where")
    assert "\u202e" not in page.inner_text("body")
    link = page.get_attribute(".detail .where a", "href")
    assert unquote(link.partition("#")[0]) == "https://example.com/blob/main/_news/hostile \u202e'$(x) é.md"


def _download(page: Any, button: str) -> str:
    with page.expect_download() as waiting:
        page.click(button)
    return str(Path(waiting.value.path()).read_text("utf-8"))


def test_what_is_chosen_is_exported(tab: Tab, site: Site) -> None:
    page = tab.show(site.page, "#severity=error&severity=warning&sort=place")
    chosen = [finding for finding in site.findings if finding["severity"] != "info"]
    without = [{key: value for key, value in finding.items() if key != "fingerprint"} for finding in chosen]
    assert json.loads(_download(page, "#json")) == without
    text = _download(page, "#csv")
    assert text[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert [(row["path"], int(row["line"]), row["code"], row["message"]) for row in rows] == [
        (one["path"], one["line"], one["code"], one["message"]) for one in chosen
    ]
    assert [row["fix"] for row in rows] == [one["fix"]["applicability"] if one["fix"] else "" for one in chosen]


def test_a_spreadsheet_takes_no_text_for_a_formula(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text(render("html", report(made(message='=HYPERLINK("https://example.com")', hint="-1+1"))), "utf-8")
    row = next(csv.DictReader(io.StringIO(_download(tab.show(path), "#csv")[1:], newline="")))
    assert (row["message"], row["hint"]) == ('\'=HYPERLINK("https://example.com")', "'-1+1")


def test_20_000_findings_are_small_and_only_those_seen_are_drawn(tab: Tab, tmp_path: Path) -> None:
    findings = [
        made(
            path=f"_news/{number // 4 % 40}/article-{number // 4}.md",
            line=number % 4 + 2,
            end_line=number % 4 + 2,
            message=f"message {number % 97}",
        )
        for number in range(20_000)
    ]
    path = tmp_path / "r.html"
    path.write_text(render("html", Report(tuple(sorted(findings, key=lambda one: one.sort_key)), 5_000)), "utf-8")
    assert path.stat().st_size < 500 * 1024
    page = tab.show(path)
    assert _rows(page) == 20_000
    assert page.eval_on_selector("body", "e => e.querySelectorAll('*').length") < 1_500
    page.focus(".row .open >> nth=0")
    for key, place in (("ArrowDown", 3), ("PageDown", None), ("End", 20_001), ("ArrowUp", 20_000), ("Home", 2)):
        page.keyboard.press(key)
        index = int(page.evaluate("document.activeElement.closest('.row').getAttribute('aria-rowindex')"))
        assert index == place if place else index > 5
    page.keyboard.press("Enter")
    assert page.is_visible(".detail")
    page.fill("#search", "article-4999 message")
    assert _rows(page) == 4
    page.fill("#search", "article-49")
    assert page.is_visible("#all")
    page.click("#all")
    assert page.locator(".row").count() == _rows(page) == 444


def test_what_is_printed_holds_rows_and_charts(tab: Tab, site: Site) -> None:
    page = tab.show(site.page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".row").count() == len(site.findings)
    assert page.is_visible("#archive")
    assert not page.is_visible("#tools")
    tops = page.eval_on_selector_all(".row", "all => all.slice(0, 20).map(row => row.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)), "rows lie on each other"


def test_without_scripts_all_but_the_list_is_there(browser: Any, site: Site) -> None:
    tab = Tab(browser, java_script_enabled=False)
    tab.pages.add(site.page.as_uri())
    tab.page.goto(site.page.as_uri())
    shown = tab.page.inner_text("body")
    for told in ("Mend first", "The list of findings needs scripts", "html-entity", "The archive", "61 articles"):
        assert told in shown, told
    assert not tab.page.is_visible("#tools")
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
def test_everybody_can_use_it(browser: Any, axe: str, site: Site, viewport: dict[str, int], scheme: str) -> None:
    tab = Tab(browser, viewport=viewport, color_scheme=scheme)
    page = tab.show(site.page, "#rule=NL604")
    page.evaluate(f"{axe};0")

    def faults() -> list[str]:
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    assert faults() == []
    page.click(".row .open >> nth=0")
    page.click(".detail .page summary")
    assert faults() == []
    page.click("a[data-view=archive]")
    assert page.is_visible("#archive")
    assert faults() == []
    tab.close()


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_it_fits_a_telephone_and_follows_the_colours_of_the_system(
    browser: Any, site: Site, scheme: str, dark: bool
) -> None:
    tab = Tab(browser, viewport=NARROW, color_scheme=scheme)
    page = tab.show(site.page)
    assert page.locator(".row").count() >= 8, "there are rows although all of them are below the screen"
    page.click(".row .open >> nth=0")
    for view in ("findings", "archive"):
        page.click(f"a[data-view={view}]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    red = int(page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]"))
    assert (red < 100) is dark
    tab.close()


def test_a_page_without_findings_is_quiet(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text(render("html", report()), "utf-8")
    page = tab.show(path)
    assert page.inner_text("h1") == "1 file, no findings"
    assert not page.is_visible("#findings")
