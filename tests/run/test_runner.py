"""A run: the configuration and the caller's choices decide what is checked and said; the report adds it up."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.finding import Severity
from newslint.report import Report
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.names import shown_path
from newslint.run.runner import Runner
from newslint.settings import ConfigError, find_config
from tests.conftest import BASE, NOW, brief, with_fields

BAD = with_fields("publishedDateTime: '2024-01-24T15:00:00Z'\nheat: 80\npublished: false\n")
"""Has a warning NL203 and an error NL503."""

PAGE = "# About\n\nThis is no article.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(**files: str) -> None:
    for name, content in files.items():
        path = Path(name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def _runner(config: str = "", **choices: object) -> Runner:
    Path("newslint.toml").write_text(config)
    return Runner(load_settings(find_config(Path.cwd()), Path.cwd()), Choices(now=NOW, **choices))  # type: ignore[arg-type]


def _codes(report: Report) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for finding in report.findings:
        # The files of these tests are copies of each other.
        if not finding.code.startswith("NL9"):
            codes.setdefault(finding.path, []).append(finding.code)
    return codes


def test_files_and_skipped_ones_are_counted_and_findings_sorted() -> None:
    _write(b=BAD, a__z=BAD, a__b=BASE, page=PAGE)
    Path("logo.png").touch()
    report = _runner('ignore = ["NL9"]').run(["b.md", "a", "."])
    assert (report.files, report.skipped) == (3, 3)
    assert _codes(report) == {"a/z.md": ["NL203", "NL503"], "b.md": ["NL203", "NL503"]}
    assert brief(report.findings)[:2] == ["5:20-5:42 NL203 /publishedDateTime", "11:12-11:17 NL503 /published"]


def test_a_named_page_is_checked_and_a_found_one_is_not() -> None:
    _write(page=PAGE)
    assert _codes(_runner().run(["page.md"])) == {"page.md": ["NL003"]}
    assert _codes(_runner().run(["."])) == {}
    assert _codes(_runner(as_found=True).run(["page.md"])) == {}
    assert _codes(_runner().run([".", "page.md"])) == {"page.md": ["NL003"]}


def test_verdicts_say_what_a_run_would_do() -> None:
    _write(a=BASE, page=PAGE, drafts__c=BASE, named=PAGE, broken=BASE.replace("---\n", ""))
    os.mkfifo("f.md")
    runner = _runner('exclude = ["drafts"]')
    verdicts = {
        shown_path(verdict.path): (verdict.kind, verdict.reason) for verdict in runner.verdicts([".", "named.md"])
    }
    no_article = "it does not look like an article: fewer than half of the required fields begin lines at its top"
    assert verdicts == {
        "a.md": ("article", "looks like an article"),
        "broken.md": ("article", "looks like an article"),
        "drafts": (None, "a folder that the configuration excludes"),
        "f.md": (None, "no regular file"),
        "named.md": ("article", "named"),
        "newslint.toml": (None, 'the extension ".toml" is none of "extensions"'),
        "page.md": (None, no_article),
    }
    report = runner.run([".", "named.md"])
    assert report.files == sum(kind is not None for kind, _ in verdicts.values())
    assert report.skipped == sum(kind is None for kind, _ in verdicts.values())


def test_no_paths_means_include_or_else_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    _write(_news__a=BAD, other__b=BAD)
    assert list(_codes(_runner('include = ["_news"]').run([]))) == ["_news/a.md"]
    monkeypatch.chdir("other")
    settings = load_settings(find_config(Path.cwd()), Path.cwd())
    assert list(_codes(Runner(settings, Choices(now=NOW)).run([]))) == [str(Path("../_news/a.md").resolve())]
    Path("newslint.toml").write_text("")
    assert list(_codes(_runner().run([]))) == ["b.md"]


@pytest.mark.parametrize("key", ["include", "corpus"])
def test_a_configured_path_that_is_not_there_is_an_error_of_the_configuration(key: str) -> None:
    _write(a=BASE)
    runner = _runner(f'{key} = [\n  ".",\n  "_nws",\n]')
    with pytest.raises(ConfigError) as caught:
        runner.run([] if key == "include" else ["a.md"])
    assert str(caught.value) == f'newslint.toml:3: {key}[1]: "_nws" is not there'


def test_exclude_and_its_lifting() -> None:
    _write(drafts__a=BAD, b=BASE)
    assert _runner('exclude = ["drafts"]').run(["drafts/a.md", "."]).findings == ()
    assert list(_codes(_runner('exclude = ["drafts"]', no_exclude=True).run(["."]))) == ["drafts/a.md"]


PER_FILE = '[per-file-ignores]\n"old" = ["NL2"]\n"*-x.md" = ["publish-threshold"]\n'


def test_per_file_ignores_hold_for_the_files_that_match_and_add_up() -> None:
    _write(old__a=BAD, **{"new__b-x": BAD, "old__c-x": BAD}, d=BAD)
    assert _codes(_runner(PER_FILE).run(["."])) == {
        "d.md": ["NL203", "NL503"],
        "new/b-x.md": ["NL203"],
        "old/a.md": ["NL503"],
    }


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        (Layer(), ["NL503"]),
        (Layer(select=["NL203"]), ["NL203"]),
        (Layer(select=["ALL"]), ["NL203", "NL503"]),
        (Layer(extend_select=["NL203"]), ["NL203", "NL503"]),
        (Layer(extend_select=["NL803"]), ["NL503"]),
        (Layer(ignore=["NL5"]), []),
    ],
)
def test_the_command_line_beats_per_file_ignores(choice: Layer, codes: list[str]) -> None:
    _write(old__a=BAD)
    report = _runner(PER_FILE, selection=choice).run(["old"])
    assert [finding.code for finding in report.findings if finding.code != "NL803"] == codes


def test_what_cannot_be_deselected_is_not_ignored_per_file() -> None:
    _write(a=PAGE)
    assert _codes(_runner('select = ["NL2"]\nignore = ["ALL"]\n[per-file-ignores]\n"*" = ["ALL"]\n').run(["a.md"])) == {
        "a.md": ["NL003"]
    }


@pytest.mark.parametrize(
    ("config", "choice", "codes"),
    [
        ("", Layer(), ["NL203", "NL503"]),
        ('select = ["NL5"]', Layer(), ["NL503"]),
        ('ignore = ["NL5"]', Layer(), ["NL203"]),
        ('ignore = ["NL5"]\nextend-select = ["NL503"]', Layer(), ["NL203", "NL503"]),
        ('select = ["ALL"]\nextend-ignore = ["timestamp-style"]', Layer(), ["NL503"]),
        ('select = ["NL203"]\nignore = ["NL203"]', Layer(), []),
        ('select = ["NL2"]', Layer(select=["NL5"]), ["NL503"]),
        ('ignore = ["NL5"]', Layer(select=["ALL"]), ["NL203", "NL503"]),
        ('ignore = ["NL5"]', Layer(extend_select=["NL503"]), ["NL203", "NL503"]),
        ('select = ["NL2"]', Layer(extend_ignore=["NL203"]), []),
    ],
)
def test_the_command_line_beats_the_configuration(config: str, choice: Layer, codes: list[str]) -> None:
    _write(a=BAD)
    report = _runner(config, selection=choice).run(["a.md"])
    assert [finding.code for finding in report.findings if finding.code != "NL803"] == codes


@pytest.mark.parametrize(
    ("config", "choice", "level"),
    [
        ("", (), Severity.ERROR),
        ('severity = {ALL = "info"}', (), Severity.INFO),
        ('severity = {ALL = "error", NL5 = "info", NL503 = "warning"}', (), Severity.WARNING),
        ('severity = {NL503 = "warning", NL = "info"}', (), Severity.WARNING),
        ('severity = {publish-threshold = "info", NL5 = "warning"}', (), Severity.INFO),
        ('severity = {NL503 = "info"}', (("NL5", "warning"),), Severity.WARNING),
        ('severity = {NL503 = "info"}', (("NL2", "info"), ("ALL", "warning")), Severity.WARNING),
        ("", (("NL503", "info"), ("NL503", "warning")), Severity.WARNING),
    ],
)
def test_severities_by_selector(config: str, choice: tuple[tuple[str, str], ...], level: Severity) -> None:
    _write(a=BAD)
    report = _runner(config, severity=choice).run(["a.md"])
    assert [finding.severity for finding in report.findings if finding.code == "NL503"] == [level]


def test_a_severity_switches_nothing_on() -> None:
    _write(a=BAD)
    report = _runner('ignore = ["NL503"]\nseverity = {NL503 = "error", NL803 = "error"}').run(["a.md"])
    assert [finding.code for finding in report.findings] == ["NL203"]


def test_a_comment_about_the_archive_is_unused_only_where_the_archive_is_known() -> None:
    _write(a=BASE.replace("webUrl:", "# newslint: ignore[NL901]\nwebUrl:"))
    told = [finding.code for finding in _runner().run(["."]).findings]
    assert told == ["NL998"]
    for as_found in (False, True):
        assert _runner(as_found=as_found).run(["a.md"]).findings == ()


def test_the_report_knows_the_rules_that_ran_with_their_severities() -> None:
    _write(a=BASE)
    report = _runner('select = ["NL5"]\nseverity = {NL503 = "info"}').run(["a.md"])
    rules = {rule.code: rule.severity for rule in report.rules}
    assert rules["NL503"] is Severity.INFO
    assert "NL003" in rules
    assert "NL203" not in rules


def test_findings_beyond_the_limit_are_cut_and_told() -> None:
    _write(a=with_fields("topics: [" + ", ".join(["x"] * 30) + "]\n"))
    report = _runner("max-findings = 2").run(["a.md"])
    assert (len(report.findings), report.truncated) == (2, {"a.md": 2})


def test_options_of_rules_arrive() -> None:
    _write(a=BAD)
    report = _runner("[rules.publish-threshold]\nthreshold = 90\n").run(["a.md"])
    assert [finding.code for finding in report.findings] == ["NL203"]


def _stream(content: str, name: str | None, config: str = "", **choices: object) -> Report:
    return _runner(config, **choices).run_stream(io.BytesIO(content.encode()), name)


def test_a_stream_without_a_name() -> None:
    report = _stream(BAD, None)
    assert (report.files, _codes(report)) == (1, {"<stdin>": ["NL203", "NL503"]})


def test_a_stream_with_a_name_is_treated_as_the_file_of_that_name() -> None:
    assert _codes(_stream(BAD, "old/new.md", PER_FILE)) == {"old/new.md": ["NL503"]}
    assert _codes(_stream(BASE, "./x/../2020-01-01-a.md")) == {"2020-01-01-a.md": ["NL206"]}
    excluded = _stream(BAD, "drafts/a.md", 'exclude = ["drafts"]')
    assert (excluded.files, excluded.skipped, excluded.findings) == (0, 1, ())
    assert _codes(_stream(BAD, "drafts/a.md", 'exclude = ["drafts"]', no_exclude=True)) == {
        "drafts/a.md": ["NL203", "NL503"]
    }


def test_a_stream_can_be_tested_as_found() -> None:
    assert _stream(PAGE, "a.md", as_found=True).skipped == 1
    assert _stream(BAD, "a.html", as_found=True).skipped == 1
    assert _stream(BAD, "a.md", as_found=True).files == 1


def test_a_stream_is_read_no_further_than_the_limit() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.taken += size
            return b"x" * size

    stream = Endless()
    report = _runner("max-file-size = 100").run_stream(stream, None)  # type: ignore[arg-type]
    assert [finding.message for finding in report.findings] == ["the file is larger than 100 bytes"]
    assert stream.taken == 101


def test_shown_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("in").mkdir()
    assert shown_path(str(tmp_path / "a.md")) == "a.md"
    assert shown_path("./in//../a.md") == "a.md"
    assert shown_path("caf\u00e9.md") == "caf\u00e9.md"
    assert shown_path(os.fsdecode(b"\xff.md")) == "\udcff.md"
    monkeypatch.chdir("in")
    assert shown_path("../a.md") == f"{tmp_path.as_posix()}/a.md"
    assert shown_path(f"{tmp_path}/inside.md") == f"{tmp_path.as_posix()}/inside.md"
    monkeypatch.chdir("/")
    assert shown_path("/a.md") == "a.md"
