"""An archive of very many files: what is told is the same as if all of it were in memory, and memory stays as it is."""

from __future__ import annotations

import gc
import random
import re
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from newslint import lint_paths
from newslint.output import FORMATS, STREAMED, pieces
from newslint.output.style import Style
from newslint.report import Page, Report
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.ledger import Ledger
from newslint.run.outcomes import Means
from newslint.run.roll import Roll
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW, with_fields
from tests.output.making import made
from tests.run.caching import article

LIMITS = {
    "gathering.MAX_HELD_NAMES": 20,
    "roll.MAX_HELD_NAMES": 20,
    "gathering.MAX_HELD_FINDINGS": 11,
    "ledger.MAX_HELD_FINDINGS": 11,
    "gathering.MAX_HELD_DRAFTS": 4,
    "drafts.MAX_HELD_DRAFTS": 4,
    "facts.MAX_FACTS": 30,
    "spool.MAX_WAITING": 10_000,
    # A multiple of three.
    "parts._HELD": 12,
    "parts._BLOCK": 200,
    "outcomes.FILES_FOR_WORKERS": 40,
    "outcomes.CHUNK": 20,
    "sorter._PAGE": 3,
}


def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let little be in memory."""
    for name, limit in LIMITS.items():
        monkeypatch.setattr(f"newslint.run.{name}", limit)


def _pack(path: Path, names: list[str]) -> None:
    """Make an archive; each eighth article is the one before it again, and some have comments that excuse it or not."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            number = int(name[:5])
            text = article(number - number % 8 // 7, clean=number % 3 == 0)
            if number % 8 in (5, 7):
                text = text.replace("---\n", "---\n# newslint: ignore-file[NL901]\n", 1)
            archive.writestr(f"_news/{name}.md", text)


def _runner(
    folder: Path, *, corpus: Path | None = None, jobs: int = 1, select: tuple[str, ...] | None = None
) -> Runner:
    choices = Choices(Layer(select), now=NOW, corpus=(str(corpus),) if corpus is not None else ())
    return Runner(Settings(folder), choices, Means(jobs))


def _run(folder: Path, path: Path, corpus: Path | None = None, jobs: int = 1) -> Report:
    return _runner(folder, corpus=corpus, jobs=jobs).run([str(path)])


def _told(report: Report) -> dict[str, str]:
    style = Style(False)
    return {name: "".join(pieces(name, report._replace(page=Page()), style)) for name in FORMATS}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("order", "jobs"), [("sorted", 1), ("mixed", 2)])
def test_an_archive_is_told_as_if_it_were_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str, jobs: int
) -> None:
    names = [f"{number:05}" for number in range(160)]
    if order == "mixed":
        random.Random(1).shuffle(names)
        names += names[:9]
    _pack(tmp_path / "a.zip", names)
    _pack(tmp_path / "b.zip", [f"{number:05}" for number in range(140, 180)])
    whole = [_run(tmp_path, tmp_path / "a.zip"), _run(tmp_path, tmp_path / "a.zip", tmp_path / "b.zip")]
    assert [type(report.findings) for report in whole] == [tuple, tuple]
    assert {finding.code for finding in whole[0].findings} == {"NL602", "NL901", "NL902", "NL998"}
    assert whole[0].suppressed_findings
    _few(monkeypatch)
    small = [
        _run(tmp_path, tmp_path / "a.zip", jobs=jobs),
        _run(tmp_path, tmp_path / "a.zip", tmp_path / "b.zip", jobs=jobs),
    ]
    for few, many in zip(whole, small, strict=True):
        assert (type(many.findings), type(many.checked)) == (Ledger, Roll)
        assert tuple(many.findings) == few.findings
        assert tuple(many.suppressed_findings) == few.suppressed_findings
        assert tuple(many.checked) == few.checked
        assert _told(many) == _told(few)


def test_the_library_gives_tuples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pack(tmp_path / "a.zip", [f"{number:05}" for number in range(60)])
    _few(monkeypatch)
    report = lint_paths([tmp_path / "a.zip"], now=NOW)
    assert (type(report.findings), type(report.suppressed_findings), type(report.checked)) == (tuple, tuple, tuple)
    assert len(report.findings) > 30
    assert len(report.checked) == 60


LOSING = """
from newslint import limits
from newslint.run.scratch import Scratch
limits.MAX_HELD_FINDINGS = 20

def read(scratch, start, length):
    raise OSError(5, "Input/output error")

Scratch.read = read
from newslint.cli.main import main
main()
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_findings_that_the_disk_has_lost_are_told(tmp_path: Path, form: str) -> None:
    _pack(tmp_path / "a.zip", [f"{number:05}" for number in range(60)])
    report = tmp_path / "report"
    words = ["check", "--isolated", "--no-cache", "--output-format", form, "--output", f"{form}:{report}", "a.zip"]
    done = subprocess.run(
        [sys.executable, "-c", LOSING, *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = "newslint: a temporary file cannot be read: Input/output error: the report is incomplete\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)
    assert not report.exists()


def _held(folder: Path, files: int) -> int:
    """Return how many bytes Python holds when an archive of so many articles has been checked."""
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(files):
            # One in twenty is there twice; none has an address, of which the last few thousand are kept for speed.
            title = f'title: " Article {number - number % 20 // 19:05}"\nsecured: "{number:05}"\n'
            archive.writestr(f"_news/{number:05}.md", re.sub(r"(?m)^\w+Url: .*\n", "", with_fields(title)))
    gc.collect()
    tracemalloc.start()
    try:
        runner = _runner(folder, select=("NL602", "NL902"))
        report = runner.run([str(path)])
        gc.collect()
        # Python keeps the names by which the methods of types were looked up, each new text of a name again.
        sys._clear_type_cache()
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert (report.files, len(report.findings)) == (files, files + 2 * (files // 20))
    return held


def test_memory_does_not_grow_with_the_files_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _few(monkeypatch)
    # What is imported and made once, some of it after the hundredth file.
    _held(tmp_path, 160)
    small, large = _held(tmp_path, 40), _held(tmp_path, 160)
    # The name of a file takes 150 bytes, its facts and its finding 900 more.
    assert (large - small) / 120 < 50, f"from {small:,} to {large:,} bytes"


@pytest.mark.parametrize("name", sorted(STREAMED))
def test_memory_does_not_grow_with_what_is_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    _few(monkeypatch)

    def peak(number: int) -> int:
        found = Ledger(made(path=f"{one:05}.md", fingerprint=f"{one:032x}") for one in range(number))
        told = 0
        # What json makes of a finding holds circles, and how many of those wait to be found is not what is measured.
        gc.collect()
        gc.freeze()
        tracemalloc.start()
        try:
            for piece in pieces(name, Report(found, number), Style(False)):
                told += len(piece)
                gc.collect()
            assert told > 75 * number
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.unfreeze()

    # What is imported and made once, and the names that are kept for speed.
    peak(400)
    small, large = peak(100), peak(400)
    assert (large - small) / 300 < 5, f"from {small:,} to {large:,} bytes"
