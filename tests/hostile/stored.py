"""An archive whose cache is damaged at random: what a run makes of it, and of what it leaves behind."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
import time
from functools import lru_cache
from pathlib import Path

from hypothesis import strategies as st

from newslint.report import Report
from newslint.rules import BY_CODE
from tests.hostile.invariants import report_holds
from tests.run.caching import Archive, article

_LATER = 60_000_000_000
"""Nanoseconds by which the cache is younger than the articles, so that their times count."""

KEPT = (".shard", ".facts", ".archive", ".run")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|null|true|false|[\[\]{},\t\n]')
_TOKENS = (
    *(b'""', b'"NL901"', b'"NL602"', b'"NL1000"', b'"safe"', b'"/title"', b'"../x.md"', b'"\\u001b[31m\\ud800"'),
    *(b"0", b"-1", b"1", b"16", b"99999999", b"1e9", b"1.5", b"9" * 5000, b"null", b"true", b"NaN"),
    *(b"[]", b"{}", b"[" * 2000, b"[[", b"]", b",", b"\t", b"\n", b"", b"\xff", b"\0"),
)


class Stored:
    """An archive with files of all kinds, and its cache as a run has left it; the articles stay as they are."""

    def __init__(self, root: Path) -> None:
        self.archive = archive = Archive(root)
        (archive.news / "0015.md").write_text(article(0))
        (archive.news / "excused.md").write_text(
            article(99).replace("title:", "# newslint: ignore[NL602, NL901]\ntitle:")
        )
        (archive.news / "note.md").write_text("no article\n")
        (archive.news / "old").mkdir()
        (archive.news / "old" / "0100.md").write_text(article(100, clean=True))
        self.plain = archive.plain()
        archive.run()
        self._files = {path: path.read_bytes() for path in sorted(archive.cache.glob("*/*"))}

    def put(self, damaged: dict[str, bytes], without: frozenset[str]) -> None:
        """Put the cache back, with other contents for some suffixes, and without the files of others."""
        for path in self.archive.cache.glob("*/*"):
            path.unlink()
        for path, data in self._files.items():
            if path.suffix not in without:
                path.write_bytes(damaged.get(path.suffix, data))
                os.utime(path, ns=(time.time_ns(), time.time_ns() + _LATER))

    def content(self, suffix: str) -> bytes:
        """Return what the first file with a suffix holds."""
        return next(data for path, data in self._files.items() if path.suffix == suffix)


@lru_cache(maxsize=1)
def stored() -> Stored:
    """Return the archive, made once for all examples."""
    folder = tempfile.mkdtemp(prefix="newslint-stored-")
    atexit.register(shutil.rmtree, folder)
    return Stored(Path(folder))


@st.composite
def damages(draw: st.DrawFn) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return other contents of files of the cache by suffix, and the suffixes of files that are gone."""
    suffix = draw(st.sampled_from(KEPT))
    data = stored().content(suffix)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 5]))):
        places = [match.span() for match in _TOKEN.finditer(data)] or [(0, len(data))]
        start, end = draw(st.sampled_from(places))
        kind = draw(st.integers(0, 5))
        if kind < 4:
            data = data[:start] + draw(st.sampled_from(_TOKENS)) + data[end:]
        elif kind == 4:
            other = draw(st.sampled_from(places))
            data = data[:start] + data[other[0] : other[1]] + data[end:]
        else:
            data = data[:start] + data[end:] if draw(st.booleans()) else data[:start]
    # Without the run the parts are asked, without the archive the facts.
    without = {".run"} if suffix != ".run" else set()
    if suffix == ".facts" or draw(st.booleans()):
        without |= {".archive"} - {suffix}
    return {suffix: data}, frozenset(without)


def cache_holds(damaged: dict[str, bytes], without: frozenset[str]) -> None:
    """Check that a run over a damaged cache tells of these files alone, in every format, and leaves a good cache."""
    archive, plain = stored().archive, stored().plain
    stored().put(damaged, without)
    first = archive.run()
    _is_about(first, plain)
    report_holds(first)
    archive.age()
    _is_about(archive.run(), plain)
    assert list(archive.cache.glob("*/*.tmp")) == []


def _is_about(report: Report, plain: Report) -> None:
    """Check what no cache may change: which files there are, and that each finding is of a rule and about one of them."""
    known = {*plain.checked, str(stored().archive.news / "note.md")}
    assert set(report.checked) <= known
    assert len(report.checked) == report.files
    assert report.files + report.skipped == plain.files + plain.skipped
    for finding in (*report.findings, *report.suppressed_findings):
        assert finding.path in report.checked, finding
        assert {other.path for other in finding.related} <= known, finding
        assert BY_CODE[finding.code].name == finding.name
        assert finding.severity is BY_CODE[finding.code].severity
    assert [finding.code for finding in report.findings if finding.code == "NL999"] == []
