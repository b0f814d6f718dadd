"""Scale: very many files, very many findings, in bounded memory and time. ``python -m pytest -m load`` runs it."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from newslint.limits import MAX_FINDINGS, MAX_FINDINGS_TO_FIX
from tests.conftest import with_fields
from tests.hostile.limited import NOW, newslint
from tests.run.caching import article

pytestmark = pytest.mark.load

MEBIBYTE = 1_048_576


def _peak() -> int:
    """Return the most bytes that a process which has ended had in memory."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _numbered(number: int, *, clean: bool) -> str:
    """Return an article that is like no other, whatever the number."""
    text = (
        article(1234, clean=clean)
        .replace("rticle-1234", f"rticle-{number}")
        .replace("Article 1234", f"Article {number}")
    )
    return text.replace('"1234AAAA', f'"{number:08}')


def test_100_000_files(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / f"{folder:02}").mkdir()
        for file in range(1_000):
            text = _numbered(folder * 1_000 + file, clean=file % 100 > 0)
            (tmp_path / f"{folder:02}" / f"{file:03}.md").write_text(text)
    options = ("check", "--isolated", "--now", NOW, "--output-format", "concise", ".")
    first = newslint(*options, cwd=tmp_path, seconds=600)
    assert (first.code, first.err) == (1, b"")
    assert first.out.splitlines()[-1].startswith(
        b"100,000 files checked, 1,000 findings in 1,000 files (1,000 warnings)"
    )
    assert newslint(*options, cwd=tmp_path, seconds=600) == first
    assert _peak() < 600 * MEBIBYTE


def test_a_folder_with_20_000_findings(tmp_path: Path) -> None:
    fields = 'title: " Live"\nexcerpt: "Q&amp;A  x "\ntopics: [AI, AI]\nwebUrl: "http://www.bbc.com/news/1"\n'
    for number in range(2_500):
        text = with_fields(fields, article(number)).replace("news/1", f"news/{number}")
        (tmp_path / f"{number:04}.md").write_text(text)
    outputs = [word for name in ("json", "sarif", "junit", "text") for word in ("--output", f"{name}:../out.{name}")]
    done = newslint("check", "--isolated", "--now", NOW, *outputs, cwd=tmp_path, seconds=300)
    assert (done.code, done.err) == (1, b"")
    assert int(done.out.splitlines()[-1].split()[3].replace(b",", b"")) >= 20_000
    mended = newslint("check", "--isolated", "--now", NOW, "--fix", "--quiet", cwd=tmp_path, seconds=600)
    assert (mended.code, mended.err) == (1, b"")
    assert sorted(os.listdir(tmp_path))[1:3] == ["0000.md", "0001.md"]


@pytest.mark.parametrize("option", [(), ("--fix",), ("--diff", "--unsafe-fixes"), ("--add-suppressions",)])
def test_a_file_with_the_most_findings(tmp_path: Path, option: tuple[str, ...]) -> None:
    topics = ", ".join(['" t "'] * (MAX_FINDINGS_TO_FIX // 2))
    (tmp_path / "a.md").write_text(with_fields(f"topics: [{topics}]\n"))
    done = newslint("check", "--isolated", "--no-cache", "--now", NOW, *option, "a.md", cwd=tmp_path, seconds=300)
    assert done.code in (0, 1)
    assert b"internal" not in done.out + done.err
    if not option:
        assert done.out.splitlines()[-2] == b"a.md: more than 1,000 findings, the rest is not shown"
        assert done.out.count(b"\na.md:") == MAX_FINDINGS
