"""The benchmark runs, says what it left out, and measures an archive that has the faults of its articles, no more."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from benchmarks.corpus import ARTICLES, CORPUS, extract, originals, write_articles
from benchmarks.measure import BenchmarkError, Command, Sample, interleave, prove, ratio
from benchmarks.ours import NOW
from benchmarks.stages import STAGES
from benchmarks.tables import LARGE_RESULTS, RESULTS, Goal, marks, update
from benchmarks.vary import vary

from newslint.finding import Finding
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import ROOT, needs_corpus

NUMBER = r"\d+\.\d+"


def test_it_prints_a_table_of_newslint_alone(tmp_path: Path) -> None:
    only = ("--only", "many", "--only", "stages")
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks",
            "--corpus",
            ARTICLES,
            "--files",
            "3",
            "--few",
            "1",
            "--rounds",
            "1",
            *only,
        ],
        cwd=ROOT,
        # No other tool is on the PATH, whatever this machine has.
        env={"PATH": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    headings = re.findall(r"^### (.*)$", result.stdout, re.MULTILINE)
    assert headings == ["Many files", "Stages", "Calls"]
    tools = "check-jsonschema (pip install check-jsonschema), yamllint (pip install yamllint), ryl (pip install ryl)"
    assert f"Not installed, and so left out: {tools}, rumdl (pip install rumdl), sourcemeta (npm" in result.stdout
    many, stages, calls = (re.findall(r"^\| (.*) \|$", part, re.MULTILINE) for part in result.stdout.split("###")[1:])
    assert many[0] == " | seconds | from - to | CPU seconds | against newslint, one job | CPU"
    names = ["newslint, one job", "newslint, 2 jobs", "newslint, its own jobs", "newslint, warm"]
    for name, row in zip(names, many[2:], strict=True):
        assert re.fullmatch(rf"{name} \| {NUMBER} \| {NUMBER} - {NUMBER} \| {NUMBER} \| {NUMBER} \| {NUMBER}", row)
    assert [row.split(" | ")[0] for row in stages[2:-2]] == list(STAGES)
    options = f"check --isolated --now {NOW} --output-format concise"
    assert f"newslint, one job | `newslint {options} --no-cache --jobs 1 articles-3`" in calls
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("corpus", [ARTICLES, pytest.param(CORPUS, marks=needs_corpus)], ids=["articles", "corpus"])
def test_copies_have_the_findings_of_their_articles(corpus: Path, tmp_path: Path) -> None:
    articles = originals(corpus)
    once, thrice = tmp_path / "once", tmp_path / "thrice"
    write_articles(articles, once, len(articles))
    write_articles(articles, thrice, 3 * len(articles))
    assert len(list(thrice.iterdir())) == 3 * len(articles)
    counted = Counter(finding.code for finding in _findings(once))
    assert Counter(finding.code for finding in _findings(thrice)) == {code: 3 * n for code, n in counted.items()}


def _findings(folder: Path) -> Sequence[Finding]:
    return Runner(Settings(folder), Choices(now=datetime.fromisoformat(NOW))).run([str(folder)]).findings


def test_a_copy_is_another_article() -> None:
    fields = """\
---
title: "“Two”  words"
excerpt: 'One.'
originalUrl: "https://youtube.com/watch?v=WJk-Y8LQlfE"
webUrl: "https://example.com/news/?page=1#top"
ampWebUrl: "https://example.com/amp/"
cdnAmpWebUrl: "https://example-com.cdn.ampproject.org/c/s/example.com/amp/"
provider:
  images:
    - url: "https://example.com/logo.png"

images:
  - url: https://i.ytimg.com/vi/WJk-Y8LQlfE/default.jpg
  - url: https://example.com/photo-630x355.jpg
related:
  - title: Plain
    webUrl: http://example.com
secured: "AQAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
---
title: "The body"
"""
    changed = [
        ('"“Two”  words"', '"“Two” 7  words"'),
        ("'One.'", "'One. 7'"),
        ("watch?v=WJk-Y8LQlfE", "watch?v=lb_R7ehf8A8"),
        ("/news/?page", "/news-7/?page"),
        ("/amp/", "/amp-7/"),
        ("/vi/WJk-Y8LQlfE/", "/vi/lb_R7ehf8A8/"),
        ("/photo-630x355", "/7/photo-630x355"),
        ("title: Plain", "title: Plain 7"),
        ("http://example.com\n", "http://example.com?copy=7\n"),
        ('"AQAAAAAA', '"AAAAAAAH'),
    ]
    expected = fields
    for before, after in changed:
        assert before in expected
        expected = expected.replace(before, after)
    assert vary(fields, 7) == expected


def test_extracted_files_are_the_front_matter(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(b'---\ntitle: "A"\n---\nBody\n')
    extract(tmp_path / "in", tmp_path / "out")
    assert (tmp_path / "out" / "a.yaml").read_bytes() == b'---\ntitle: "A"\n'


def test_a_run_that_does_not_do_its_work_is_refused(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "print('2 files'); raise SystemExit(1)")
    prove(Command("tool", program, frozenset({1}), "2 files"), tmp_path, {})
    with pytest.raises(BenchmarkError, match=r"^tool exits with 1: 2 files$"):
        prove(Command("tool", program), tmp_path, {})
    with pytest.raises(BenchmarkError, match=r"^tool did not do its work: '3 files' is 0 times in what it says$"):
        prove(Command("tool", program, frozenset({1}), "3 files"), tmp_path, {})


def test_rounds_begin_with_another_command_each(tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = f"open({str(order)!r}, 'a').write(%r)"
    commands = [Command(name, (sys.executable, "-c", code % name)) for name in "abc"]
    samples = interleave(commands, 3, tmp_path, {})
    assert order.read_text() == "abc" + "abc" + "bca" + "cab"
    assert [len(samples[name]) for name in "abc"] == [3, 3, 3]


def test_ratios_are_those_of_rounds() -> None:
    slow, fast = [Sample(2, 1), Sample(30, 9), Sample(4, 4)], [Sample(1, 1), Sample(10, 3), Sample(1, 1)]
    assert ratio({"slow": slow, "fast": fast}, "slow", "fast") == (3, 3)


def test_goals_are_met_or_not() -> None:
    assert Goal("a / b", 2.0, 1.996, cpu=2.1).row == ("a / b", "2.00", "2.00", "2.10", "yes")
    assert Goal("memory", 300, 301, "MiB").row == ("memory", "300 MiB", "301 MiB", "", "**no**")


def test_results_stand_between_their_marks(tmp_path: Path) -> None:
    (begin, end), (large, large_end) = marks(RESULTS), marks(LARGE_RESULTS)
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{begin}old\n{end}\nbetween\n{large}old\n{large_end}\nafter\n")
    update(readme, RESULTS, "new\n")
    update(readme, LARGE_RESULTS, "much\n")
    assert readme.read_text() == (f"before\n{begin}\nnew\n\n{end}\nbetween\n{large}\nmuch\n\n{large_end}\nafter\n")
    readme.write_text("no marks\n")
    with pytest.raises(ValueError, match=r"has lost the marks between which the large results stand$"):
        update(readme, LARGE_RESULTS, "new\n")
    page = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    assert all(mark in page for mark in (begin, end, large, large_end))
