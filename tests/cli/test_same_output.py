"""The same input gives the same bytes, however the work is done: in how many processes, from the cache or by which reader."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from newslint.limits import CHUNK
from newslint.settings import CACHE_NAME
from tests.conftest import CORPUS, ROOT, Command, needs_corpus
from tests.run.caching import article

CHECK = ("check", "--now", "2024-06-01T00:00:00Z", "--isolated")
BOTH = ("--output", "json:../out.json", "--output", "concise:../out.txt")
WAYS: dict[str, tuple[str, ...]] = {
    "cache, first run": (),
    "cache, second run": (),
    "no cache": ("--no-cache",),
    "two workers": ("--no-cache", "--jobs", "2"),
    "three workers, into the cache": ("--cache-dir", "../cache", "--jobs", "3"),
    "from what the workers kept": ("--cache-dir", "../cache"),
    "exact, by workers": ("--exact", "--jobs", "2"),
}
IN_SHORT = ("no cache", "two workers", "cache, first run", "cache, second run", "exact, by workers")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the articles and the cases of the tests and enough others for more than two chunks."""
    folder = tmp_path_factory.mktemp("made") / "site"
    for name in ("articles", "cases"):
        shutil.copytree(ROOT / "tests" / name, folder / name, copy_function=shutil.copyfile)
    (folder / "many").mkdir()
    for number in range(2 * CHUNK + 1):
        # Some are clean, some share their address with another, some have a comment that is or is not of use.
        text = article(number - number % 7 // 6, clean=number % 3 == 0)
        comment = "title:" if number % 5 else "# newslint: ignore[NL602, NL901] why\ntitle:"
        (folder / "many" / f"{number:04}.md").write_text(text.replace("title:", comment))
    return folder


def _tree(folder: Path) -> dict[str, str]:
    """Return a digest of each file."""
    return {
        os.path.join(place, name): hashlib.sha256(Path(place, name).read_bytes()).hexdigest()
        for place, _, names in os.walk(folder)
        for name in names
        if CACHE_NAME not in place
    }


def _outputs(newslint: Command, folder: Path, *arguments: str) -> tuple[int, bytes, bytes, bytes, bytes]:
    done = newslint(*CHECK, *arguments, *BOTH, ".", cwd=folder)
    written = [(folder.parent / name).read_bytes() for name in ("out.json", "out.txt")]
    return done.returncode, done.stdout, done.stderr, written[0], written[1]


def _compare(newslint: Command, folder: Path, *ways: str) -> tuple[int, bytes, bytes, bytes, bytes]:
    expected = _outputs(newslint, folder, *WAYS[ways[0]])
    for way in ways[1:]:
        assert _outputs(newslint, folder, *WAYS[way]) == expected, way
    return expected


def test_the_output_is_the_same_however_the_work_is_done(made: Path, newslint: Command) -> None:
    code, text, errors, report, _ = _compare(newslint, made, *WAYS)
    assert (code, errors) == (1, b"")
    for known in (b"NL901", b"NL998", b"NL602", b"NL005"):
        assert known in text
        assert known in report
    assert b" suppressed" in text.splitlines()[-1]


def test_the_fixes_are_the_same_however_the_work_is_done(made: Path, newslint: Command, tmp_path: Path) -> None:
    outputs: list[tuple[int, bytes, bytes, bytes, bytes]] = []
    trees: list[dict[str, str]] = []
    folder = tmp_path / "site"
    names = sorted(path for path in made.glob("cases/NL*/bad*.md") if path.is_file())[::3]
    for jobs in ("1", "3"):
        folder.mkdir()
        for number, path in enumerate([*names, *sorted(made.glob("many/000?.md"))]):
            shutil.copyfile(path, folder / f"{number:03}.md")
        before = _tree(folder)
        outputs.append(_outputs(newslint, folder, "--diff", "--jobs", jobs))
        assert _tree(folder) == before
        outputs.append(_outputs(newslint, folder, "--fix", "--unsafe-fixes", "--jobs", jobs))
        trees.append(_tree(folder))
        shutil.rmtree(folder)
    assert outputs[:2] == outputs[2:]
    assert trees[0] == trees[1]
    assert outputs[0][1].startswith(b"--- a/")
    assert b" fixed" in outputs[1][1].splitlines()[-1]


@needs_corpus
def test_the_output_over_real_articles_is_the_same(newslint: Command, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(CORPUS, site, copy_function=shutil.copyfile)
    code, text, errors, _, _ = _compare(newslint, site, *IN_SHORT)
    assert (code, errors) == (1, b"")
    assert text
