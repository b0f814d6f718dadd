"""The cache through the command: where it is, who goes without, what deletes it, and that nobody can tell it is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.settings import CACHE_NAME
from tests.cli.conftest import Inside
from tests.conftest import Command
from tests.run.caching import FILES, FOUND, KEPT, article

CHECK = ("check", "--now", "2024-06-01T00:00:00Z", "--output-format", "concise")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Somebody may work on this checkout while its tests run.
    monkeypatch.setattr("newslint.run.key._sources", list)
    (tmp_path / "_news").mkdir()
    for number in range(FILES):
        (tmp_path / "_news" / f"{number:04}.md").write_text(article(number))
    return tmp_path


def _mark(cache: Path) -> None:
    """Let what is kept be told from what is found, of files and of whole runs; it stays younger than the files."""
    for kept in (*cache.glob("*/*.shard"), *cache.glob("*/*.run")):
        kept.write_text(kept.read_text().replace(FOUND, KEPT))


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_it_is_beside_the_configuration_or_where_the_run_is(archive: Path, inside: Inside) -> None:
    inside(*CHECK, "_news")
    assert (archive / CACHE_NAME).is_dir()
    _mark(archive / CACHE_NAME)
    assert inside(*CHECK, "_news").out.count(KEPT) == FILES
    os.chdir(archive / "_news")
    assert inside(*CHECK, ".").out.count(KEPT) == 0
    assert (archive / "_news" / CACHE_NAME).is_dir()
    (archive / "newslint.toml").write_text("")
    assert inside(*CHECK, ".").out.count(KEPT) == FILES
    assert inside("clean").err == f"newslint: {archive / CACHE_NAME} is deleted\n"
    assert not (archive / CACHE_NAME).exists()
    assert (archive / "_news" / CACHE_NAME).is_dir()


def test_without_a_cache_none_is_used_and_none_is_made(archive: Path, inside: Inside) -> None:
    plain = inside(*CHECK, "--no-cache", "_news")
    assert not (archive / CACHE_NAME).exists()
    assert inside(*CHECK, "_news") == plain
    _mark(archive / CACHE_NAME)
    before = _tree(archive / CACHE_NAME)
    assert inside(*CHECK, "--no-cache", "_news") == plain
    assert _tree(archive / CACHE_NAME) == before


def test_another_place_can_be_named(archive: Path, inside: Inside) -> None:
    inside(*CHECK, "--cache-dir", "a/b", "_news")
    assert not (archive / CACHE_NAME).exists()
    _mark(archive / "a" / "b")
    assert inside(*CHECK, "--cache-dir", "a/b", "_news").out.count(KEPT) == FILES
    assert inside("clean", "--cache-dir", "a/b").err == "newslint: a/b is deleted\n"
    assert os.listdir(archive / "a") == []


def test_a_cache_in_a_folder_that_is_checked_is_not_seen(archive: Path, inside: Inside) -> None:
    first = inside(*CHECK, "--cache-dir", "_news/cache", "_news")
    assert first.out.endswith(
        f"{FILES} files checked, {FILES} findings in {FILES} files (16 warnings), 16 can be mended with --fix\n"
    )
    assert inside(*CHECK, "--cache-dir", "_news/cache", "_news") == first


def test_fix_and_diff_work_on_what_is_in_the_files(archive: Path, inside: Inside) -> None:
    plain = inside(*CHECK, "--no-cache", "--diff", "_news")
    inside(*CHECK, "_news")
    _mark(archive / CACHE_NAME)
    before = _tree(archive / CACHE_NAME)
    assert inside(*CHECK, "--diff", "_news") == plain
    assert KEPT not in plain.out
    fixed = inside(*CHECK, "--fix", "_news")
    assert fixed.out == f"{FILES} files checked, no findings, {FILES} fixed\n"
    # What was mended is not kept, and what was kept of it before does not hold.
    assert _tree(archive / CACHE_NAME) == before
    assert (archive / "_news" / "0003.md").read_text() == article(3, clean=True)
    for _ in range(2):
        assert inside(*CHECK, "_news").out == f"{FILES} files checked, no findings\n"


def test_it_is_deleted_and_nothing_else(archive: Path, inside: Inside) -> None:
    absent = inside("clean")
    assert (absent.code, absent.out) == (0, "")
    assert absent.err == f"newslint: {archive / CACHE_NAME} is not there: nothing to delete\n"
    for options in ((), ("--select", "NL6"), ("--exact",)):
        inside(*CHECK, *options, "_news")
    cache = archive / CACHE_NAME
    assert len(list(cache.glob("*/*.shard"))) == 3
    before = _tree(archive / "_news")
    assert inside("clean", "--quiet") == (0, "", "")
    assert not cache.exists()
    assert _tree(archive / "_news") == before
    inside(*CHECK, "_news")
    (key,) = (path for path in cache.iterdir() if path.is_dir())
    mine = ["mine.txt", f"{key.name}/b.tmp", "folder/c.tmp", f"folder/{'0' * 32}.shard"]
    (cache / "folder").mkdir()
    for name in mine:
        (cache / name).write_text("mine")
    (cache / "link").symlink_to(archive / "_news")
    (cache / ("f" * 32)).symlink_to(archive / "_news")
    assert inside("clean", "--quiet").code == 0
    assert sorted(_tree(cache)) == sorted(mine)
    assert _tree(archive / "_news") == before


@pytest.mark.parametrize("way", ["folder", "file", "link", "another's tag", "a FIFO for a tag"])
def test_what_newslint_did_not_make_is_not_deleted(archive: Path, inside: Inside, way: str) -> None:
    cache = archive / CACHE_NAME
    if way == "file":
        cache.write_text("mine")
    elif way == "link":
        inside(*CHECK, "--cache-dir", "elsewhere", "_news")
        cache.symlink_to("elsewhere")
    else:
        cache.mkdir()
        (cache / ("0" * 32)).mkdir()
        (cache / ("0" * 32) / f"{'0' * 32}.shard").touch()
        (cache / "mine").touch()
        if way == "another's tag":
            (cache / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n# made by another\n")
        elif way == "a FIFO for a tag":
            os.mkfifo(cache / "CACHEDIR.TAG")
    before = _tree(archive)
    done = inside("clean")
    assert (done.code, done.out) == (2, "")
    assert done.err == f'newslint: "{cache}" is no cache that newslint made, so nothing is deleted\n'
    assert _tree(archive) == before


def test_ones_own_gitignore_stays(archive: Path, inside: Inside) -> None:
    inside(*CHECK, "_news")
    (archive / CACHE_NAME / ".gitignore").write_text("*.log\n")
    inside("clean", "--quiet")
    assert _tree(archive / CACHE_NAME) == {".gitignore": b"*.log\n"}


def test_a_cache_without_its_tag_is_used_and_deleted(archive: Path, inside: Inside) -> None:
    """One run has deleted everything while another was at work."""
    inside(*CHECK, "_news")
    (archive / CACHE_NAME / "CACHEDIR.TAG").unlink()
    _mark(archive / CACHE_NAME)
    (archive / "_news" / "0000.md").write_text(article(0, clean=True))
    assert inside(*CHECK, "_news").out.count(KEPT) == FILES - 1
    assert (archive / CACHE_NAME / "CACHEDIR.TAG").exists()
    (archive / CACHE_NAME / "CACHEDIR.TAG").unlink()
    (archive / CACHE_NAME / ".gitignore").unlink()
    assert inside("clean", "--quiet").code == 0
    assert not (archive / CACHE_NAME).exists()


def test_a_folder_of_articles_named_as_the_cache_is_not_harmed(archive: Path, inside: Inside) -> None:
    plain = inside(*CHECK, "--no-cache", "_news")
    before = _tree(archive)
    for place in (".", "_news"):
        done = inside(*CHECK, "--cache-dir", place, "_news")
        assert done[:2] == plain[:2]
        assert done.err == f'newslint: "{place}" is no cache that newslint made, so nothing is kept there\n'
        assert _tree(archive) == before
        assert inside("clean", "--cache-dir", place).code == 2


def test_several_runs_at_once_are_right_and_leave_a_good_cache(archive: Path, newslint: Command) -> None:
    """Each writes what the others write, at the same moment, and one deletes it all the while."""
    plain = newslint(*CHECK, "--no-cache", "_news", cwd=archive)
    program = """
import os, sys
from newslint.cli.main import main
import newslint.cli.check, newslint.cli.clean, newslint.run.packing, newslint.run.key
sys.stdin.read()
sys.argv = ["newslint", *sys.argv[1:]]
for _ in range(12):
    child = os.fork()
    if not child:
        main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == (1 if sys.argv[1] == "check" else 0), code
"""
    commands = [(*CHECK, "_news"), (*CHECK, "_news"), (*CHECK, "--select", "NL6", "_news"), ("clean", "--quiet")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, *command],
            cwd=archive,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for command in commands
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    ended = [process.communicate(timeout=60) for process in running]
    assert [err for _, err in ended] == [b""] * len(commands)
    assert [out for out, _ in ended] == [plain.stdout * 12] * 3 + [b""]
    assert newslint(*CHECK, "_news", cwd=archive).stdout == plain.stdout
    _mark(archive / CACHE_NAME)
    assert newslint(*CHECK, "_news", cwd=archive).stdout.count(KEPT.encode()) == FILES
    assert list(archive.glob(f"{CACHE_NAME}/*/*.tmp")) == []


def test_the_format_and_the_threshold_do_not_come_from_the_cache(archive: Path, inside: Inside) -> None:
    inside(*CHECK, "_news")
    _mark(archive / CACHE_NAME)
    shown = inside("check", "--now", CHECK[2], "--output-format", "json", "--severity", "NL602=info", "_news")
    findings = json.loads(shown.out)["findings"]
    assert shown.code == 0
    assert {(finding["message"], finding["severity"]) for finding in findings} == {(KEPT, "info")}
    assert len(findings) == FILES
