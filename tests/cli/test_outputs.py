"""One run, many reports: each says the same, each can be read, each points at the right character; and what a CI adds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newslint.cli.options import LEVELS
from newslint.output import ANNOTATIONS, FORMATS
from newslint.schema.files import packaged_schema, parse_schema
from tests.cli.conftest import Inside, Said
from tests.conftest import BASE, CORPUS, ROOT, SEED, Command, needs_corpus, with_fields
from tests.output.making import page_data
from tests.output.sarif_schema import LOG

NOW = ("--now", "2024-06-01T00:00:00Z")
ERROR = with_fields("published: true\n")
SEE = "(see newslint check --help)"

Levels = Counter[str]


def _levels(found: Iterable[str], names: Mapping[str, str] | None = None) -> Levels:
    return Counter(names[level] if names else level.lower() for level in found)


def _sarif(text: str) -> Levels:
    log = json.loads(text)
    Draft202012Validator(LOG).validate(log)
    words = {"error": "error", "warning": "warning", "note": "info"}
    return _levels((one["level"] for one in log["runs"][0]["results"] if "suppressions" not in one), words)


def _json(text: str) -> Levels:
    report = json.loads(text)
    Draft202012Validator(parse_schema(packaged_schema("report"), "report")).validate(report)
    summary = report["summary"]
    counts = Counter({level: summary[f"{level}s"] for level in ("error", "warning", "info")})
    assert +counts == _levels(finding["severity"] for finding in report["findings"])
    return +counts


def _gitlab(text: str) -> Levels:
    issues = json.loads(text)
    assert isinstance(issues, list)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return _levels((issue["severity"] for issue in issues), {"major": "error", "minor": "warning", "info": "info"})


def _junit(text: str) -> Levels:
    (suite,) = ET.fromstring(text.encode())
    cases = suite.findall("testcase")
    assert suite.attrib["tests"] == str(len(cases))
    assert suite.attrib["failures"] == str(len(suite.findall("testcase/failure")))
    told = [case[0].text or "" for case in cases if len(case)]
    return _levels(re.match(r".*?:\d+:\d+: (\w+): ", text, re.DOTALL)[1] for text in told)  # type: ignore[index]


def _html(text: str) -> Levels:
    data = page_data(text)
    levels = _levels(data["groups"]["severity"][level] for level in data["severity"])
    # What stands there without scripts says the same.
    figures = re.findall(r'<li class="figure severity (\w+)[^"]*"><b>([\d,]+)</b>', text)
    assert {level: int(number.replace(",", "")) for level, number in figures} == {**dict.fromkeys(LEVELS, 0), **levels}
    return levels


def _lines(pattern: str, names: Mapping[str, str] | None = None) -> Callable[[str], Levels]:
    return lambda text: _levels(re.findall(pattern, text, re.MULTILINE), names)


_SHOWN = _lines(r"^\S.*?:\d+:\d+: (error|warning|info) NL\d+ ")
READ: dict[str, Callable[[str], Levels]] = {
    "text": _SHOWN,
    "concise": _SHOWN,
    "json": _json,
    "json-lines": lambda text: _levels(json.loads(line)["severity"] for line in text.splitlines()),
    "sarif": _sarif,
    "github": _lines(r"^::(\w+) file=", {"error": "error", "warning": "warning", "notice": "info"}),
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": lambda text: _levels(one["severity"] for one in json.loads(text)["diagnostics"]),
    "rdjsonl": lambda text: _levels(json.loads(line)["severity"] for line in text.splitlines()),
    "azure": _lines(r"^##vso\[task\.logissue type=(\w+);"),
    "teamcity": _lines(r"^##teamcity\[inspection .* SEVERITY='(\w+)'\]$"),
    "checkstyle": lambda text: _levels(one.attrib["severity"] for one in ET.fromstring(text.encode()).iter("error")),
    "markdown": _lines(r"^\| (\w+) \| `"),
    "html": _html,
}
"""For each format: how its consumer reads it, down to the number of findings of each severity."""


def _all(folder: Path) -> list[str]:
    return [word for name in FORMATS for word in ("--output", f"{name}:{folder / name}")]


def _assert_they_agree(folder: Path) -> Levels:
    assert sorted(path.name for path in folder.iterdir()) == sorted(FORMATS)
    found = {name: read((folder / name).read_text("utf-8")) for name, read in READ.items()}
    expected = found["json"]
    # Azure knows errors and warnings alone.
    found["azure"] += Counter({"warning": -expected["info"], "info": expected["info"]})
    assert {name: dict(+levels) for name, levels in found.items()} == {key: dict(expected) for key in FORMATS}
    return expected


def test_one_run_writes_all_formats_and_they_agree(inside: Inside, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    articles = str(ROOT / "tests" / "articles")
    said = inside("check", articles, *NOW, *_all(out))
    assert (said.code, said.err) == (1, "")
    assert set(_assert_they_agree(out)) == {"error", "warning", "info"}
    assert said.out == (out / "text").read_text("utf-8")
    for name in FORMATS:
        # What goes to standard output in a format is what goes to its file.
        assert inside("check", articles, *NOW, "--output-format", name).out == (out / name).read_text("utf-8"), name


def test_one_run_without_findings(inside: Inside, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert inside("check", str(SEED), *NOW, *_all(out)) == (0, "1 file checked, no findings\n", "")
    assert _assert_they_agree(out) == Counter()
    assert (out / "gitlab").read_text() == "[]\n"


@needs_corpus
def test_one_run_over_the_corpus_writes_all_formats_and_they_agree(inside: Inside, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    said = inside("check", str(CORPUS / "_news"), "--no-cache", *NOW, *_all(out))
    assert said.err == ""
    assert sum(_assert_they_agree(out).values()) > 200


def test_a_suppressed_finding_is_told_by_sarif_alone_and_not_on_github(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    text = ERROR.replace("published: true\n", "published: true  # newslint: ignore[NL503] it is famous\n")
    Path("a.md").write_text(text)
    assert inside("check", "a.md", *_all(out)) == (0, "1 file checked, no findings, 1 suppressed\n", "")
    assert _assert_they_agree(out) == Counter()
    results = json.loads((out / "sarif").read_text())["runs"][0]["results"]
    assert [one["suppressions"] for one in results] == [[{"kind": "inSource"}]]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    inside("check", "a.md", "--output", "sarif:github.sarif")
    assert json.loads(Path("github.sarif").read_text())["runs"][0]["results"] == []


def test_files_with_fixes_statistics_and_patches(inside: Inside) -> None:
    text = with_fields("published: true\ntitle: 'Q&amp;A about facial recognition'\n")
    Path("a.md").write_text(text)
    said = inside("check", "a.md", "--statistics", "--output", "json:a.json", *NOW)
    assert "NL604" in said.out
    assert _json(Path("a.json").read_text()) == {"error": 1, "warning": 1}
    inside("check", "a.md", "--diff", "--output", "json:b.json", *NOW)
    assert json.loads(Path("b.json").read_text())["summary"]["fixed"] == 1
    inside("check", "a.md", "--fix", "--output", "json:c.json", *NOW)
    assert _json(Path("c.json").read_text()) == {"error": 1}
    assert inside("check", "a.md", "--quiet", "--output", "json:d.json", "--output-format", "concise").code == 1
    assert json.loads(Path("d.json").read_text())["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("sarf:a", '"sarf" is no format (did you mean "sarif"?)'),
        ("JSON:a", '"JSON" is no format (did you mean "json"?)'),
        ("xyzzy:a", f'"xyzzy" is no format, which is {", ".join(FORMATS[:-1])} or {FORMATS[-1]}'),
        ("json", '"json" is not FORMAT:FILE'),
        ("json:", '"json:" is not FORMAT:FILE'),
        (":a.json", '"" is no format, which is'),
        ("", '"" is not FORMAT:FILE'),
    ],
)
def test_an_output_that_is_none(inside: Inside, value: str, what: str) -> None:
    said = inside("check", "--output", value)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"newslint: Invalid value for '--output': {what}")
    assert said.err.endswith(f"{SEE}\n")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent/a.json", "No such file or directory"),
        ("folder", "Is a directory"),
        ("good.md/a.json", "Not a directory"),
        ("/dev/full", "No space left on device"),
        ("loop", "Too many levels of symbolic links"),
        ("\x1b[31m/a", "No such file or directory"),
    ],
)
def test_a_place_that_cannot_be_written_is_exit_3_and_one_line(inside: Inside, name: str, reason: str) -> None:
    os.mkdir("folder")
    os.symlink("loop", "loop")
    Path("good.md").write_text(BASE)
    shown = name.replace("\x1b", r"\x1b")
    line = f"newslint: the output cannot be written: {shown}: {reason}\n"
    assert inside("check", "good.md", "--output", f"json:{name}") == Said(3, "", line)
    assert sorted(os.listdir()) == ["folder", "good.md", "loop"]


def test_a_name_with_colons_and_one_in_a_link(inside: Inside) -> None:
    Path("good.md").write_text(BASE)
    os.mkdir("real")
    os.symlink("real/a.json", "link.json")
    inside("check", "good.md", "--output", "json:link.json", "--output", "concise:a:b.txt")
    assert os.path.islink("link.json")
    assert _json(Path("real/a.json").read_text()) == {}
    assert Path("a:b.txt").read_text() == "1 file checked, no findings\n"


def test_standard_output_and_a_pipe_as_files(newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(ERROR)
    words = [sys.executable, "-m", "newslint", "check", "bad.md", "--output-format", "concise"]
    arguments = [*words, "--output", "json:/dev/stdout"]
    piped = subprocess.run(arguments, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    report, end = json.JSONDecoder().raw_decode(piped.stdout.decode())
    assert (piped.returncode, len(report["findings"])) == (1, 1)
    assert piped.stdout.decode()[end:].startswith("\nbad.md:11:12: error NL503 ")
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(arguments, cwd=tmp_path, stdout=out, timeout=60, check=False)
    assert (tmp_path / "out").read_bytes() == piped.stdout, "a file says both, too"
    taken: list[str] = []
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=lambda: taken.append((tmp_path / "pipe").read_text()))
    reader.start()
    newslint("check", "bad.md", "--output", "json:pipe")
    reader.join(timeout=30)
    assert _json(taken[0]) == {"error": 1}


def test_a_pipe_that_nobody_reads_on_hides_nothing(tmp_path: Path) -> None:
    topics = ", ".join(f'" t{number}"' for number in range(900))
    (tmp_path / "many.md").write_text(with_fields(f"topics: [{topics}]\n"))
    command = f"'{sys.executable}' -m newslint check many.md --output json:>(head -c 1 >/dev/null) | tail -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b" findings in 1 file (" in done.stdout


def test_reports_are_utf8_whatever_the_locale(newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "caf\u00e9.md").write_text(with_fields('type: "\u65e5\u672c"\n'), "utf-8")
    out = tmp_path / ".out"
    out.mkdir()
    newslint("check", *NOW, *_all(out))
    expected = {name: (out / name).read_bytes() for name in FORMATS}
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    newslint("check", *NOW, *_all(out), **ascii_only)
    assert {name: (out / name).read_bytes() for name in FORMATS} == expected
    assert "\u65e5\u672c".encode() in expected["text"]


# What follows the text in a CI.

VALUES = {"GITHUB_ACTIONS": "true", "TF_BUILD": "True", "TEAMCITY_VERSION": "2024.12", "GITLAB_CI": "true"}


@pytest.mark.parametrize("variable", VALUES)
def test_annotations_follow_the_text(inside: Inside, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    Path("bad.md").write_text(ERROR)
    plain = inside("check", "bad.md")
    native = inside("check", "bad.md", "--output-format", ANNOTATIONS.get(variable, "json-lines")).out
    others = {name: inside("check", "bad.md", "--output-format", name) for name in FORMATS if name != "text"}
    monkeypatch.setenv(variable, VALUES[variable])
    # GitLab has no such lines.
    expected = native if variable in ANNOTATIONS else ""
    assert inside("check", "bad.md", "--output", "text:a.txt") == (1, plain.out + expected, "")
    assert Path("a.txt").read_text() == plain.out
    assert inside("check", "bad.md", "--no-annotations") == plain
    assert {name: inside("check", "bad.md", "--output-format", name) for name in others} == others
    assert "##" not in inside("check", "bad.md", "--statistics").out
    assert not inside("check", "bad.md", "--diff").out.endswith(native)
    Path("good.md").write_text(BASE)
    assert inside("check", "good.md").out == "1 file checked, no findings\n"
    assert inside("check", "good.md", "--quiet").out == ""
    monkeypatch.setenv(variable, "")
    assert inside("check", "bad.md") == plain


def test_the_job_summary_is_appended(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bad.md").write_text(ERROR)
    Path("summary.md").write_text("# Before\n\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    inside("check", "bad.md")
    assert Path("summary.md").read_text() == "# Before\n\n", "no GitHub, no summary"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    markdown = inside("check", "bad.md", "--output-format", "markdown").out
    inside("check", "bad.md", "--no-annotations")
    assert Path("summary.md").read_text() == "# Before\n\n"
    inside("check", "bad.md")
    assert Path("summary.md").read_text() == f"# Before\n\n{markdown}"
    inside("check", "bad.md")
    assert Path("summary.md").read_text() == f"# Before\n\n{markdown}{markdown}"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "absent/summary.md")
    said = inside("check", "bad.md")
    assert said.code == 1, "no summary is no failure"
    assert said.err.startswith("newslint: the job summary cannot be written: ")
    assert said.err.count("\n") == 1


def test_a_summary_has_no_more_than_github_takes(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bad.md").write_text(ERROR)
    Path("summary.md").write_bytes(b"x" * (1024 * 1024 - 50))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert inside("check", "bad.md").code == 1
    assert Path("summary.md").stat().st_size == 1024 * 1024 - 50


# A title that begins with an emoji and Chinese characters: where each format points.

LINE = 'title: "\U0001f4f0 \u65b0\u805e: Q&amp;A about facial recognition in Croydon"'
MARKED = "&amp;"
AT = LINE.index(MARKED)
POINTS: dict[str, Callable[[str], Any]] = {
    "concise": lambda text: re.match(r"a\.md:3:(\d+): ", text)[1],  # type: ignore[index]
    "json": lambda text: [json.loads(text)["findings"][0][key] for key in ("line", "column", "end_column")],
    "json-lines": lambda text: [json.loads(text)[key] for key in ("line", "column", "end_column")],
    "sarif": lambda text: (
        json.loads(text)["runs"][0]["columnKind"],
        json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"],
    ),
    "github": lambda text: re.match(r"::warning file=a\.md,(.*?),title", text)[1],  # type: ignore[index]
    "gitlab": lambda text: json.loads(text)[0]["location"],
    "junit": lambda text: re.findall(r">a\.md:3:(\d+): warning: title: ", text),
    "rdjson": lambda text: json.loads(text)["diagnostics"][0]["location"]["range"],
    "rdjsonl": lambda text: json.loads(text)["location"]["range"],
    "azure": lambda text: re.findall(r"linenumber=3;columnnumber=(\d+);", text),
    "teamcity": lambda text: re.findall(r"file='a\.md' line='(\d+)'", text),
    "checkstyle": lambda text: [ET.fromstring(text.encode()).find("*/error").attrib[key] for key in ("line", "column")],  # type: ignore[union-attr]
    "markdown": lambda text: re.findall(r"`a\.md:3:(\d+)`", text),
    "html": lambda text: [page_data(text)[key] for key in ("line", "column", "end_column")],
}
_BYTES = len(LINE[:AT].encode())
_RANGE = {"start": {"line": 3, "column": _BYTES + 1}, "end": {"line": 3, "column": _BYTES + 1 + len(MARKED)}}
_COLUMNS = [3, AT + 1, AT + 1 + len(MARKED)]
EXPECTED: dict[str, Any] = {
    "concise": str(AT + 1),
    "json": _COLUMNS,
    "json-lines": _COLUMNS,
    "sarif": ("unicodeCodePoints", {"startLine": 3, "startColumn": AT + 1, "endColumn": AT + 1 + len(MARKED)}),
    "github": f"line=3,col={AT + 1},endLine=3,endColumn={AT + 1 + len(MARKED)}",
    "gitlab": {"path": "a.md", "lines": {"begin": 3, "end": 3}},
    "junit": [str(AT + 1)],
    "rdjson": _RANGE,
    "rdjsonl": _RANGE,
    "azure": [str(AT + 1)],
    "teamcity": ["3"],
    "checkstyle": ["3", str(AT + 1)],
    "markdown": [str(AT + 1)],
    "html": [[number] for number in _COLUMNS],
}


def _cell(text: str) -> int:
    """Return the width of a text in a terminal, counted here once more."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def test_each_format_points_at_the_right_character(inside: Inside) -> None:
    Path("a.md").write_text(with_fields(f"{LINE}\n"), "utf-8")
    assert set(POINTS) == set(EXPECTED) == set(FORMATS) - {"text"}
    for name, point in POINTS.items():
        said = inside("check", "a.md", "--select", "NL604", "--output-format", name)
        assert said.code == 1
        assert point(said.out) == EXPECTED[name], name


def test_the_caret_stands_under_the_right_character(inside: Inside) -> None:
    Path("a.md").write_text(with_fields(f"{LINE}\n"), "utf-8")
    said = inside("check", "a.md", "--select", "NL604")
    _, _, source, marks, *_ = said.out.splitlines()
    assert source == f"  3 | {LINE}"
    assert marks == f"    | {' ' * _cell(LINE[:AT])}{'^' * len(MARKED)}"
    assert _cell(LINE[:AT]) == AT + 3, "an emoji and two Chinese characters fill two cells each"


def test_the_fix_of_each_format_hits_the_right_characters(inside: Inside) -> None:
    Path("a.md").write_text(with_fields(f"{LINE}\n"), "utf-8")
    mended = LINE.replace(MARKED, "&")
    inside("check", "a.md", "--select", "NL604", "--output", "json:j", "--output", "sarif:s", "--output", "rdjson:r")
    (edit,) = json.loads(Path("j").read_text())["findings"][0]["fix"]["edits"]
    assert LINE[: edit["column"] - 1] + edit["text"] + LINE[edit["end_column"] - 1 :] == mended
    (fix,) = json.loads(Path("s").read_text())["runs"][0]["results"][0]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    region, text = replacement["deletedRegion"], replacement.get("insertedContent", {"text": ""})["text"]
    assert LINE[: region["startColumn"] - 1] + text + LINE[region["endColumn"] - 1 :] == mended
    (suggestion,) = json.loads(Path("r").read_text())["diagnostics"][0]["suggestions"]
    assert suggestion == {"range": {"start": {"line": 3}, "end": {"line": 3}}, "text": mended}
