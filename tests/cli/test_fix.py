"""``--fix`` mends files, ``--diff`` says the same as a patch that Git takes, and neither touches anything else."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BASE, CORPUS, Command, needs_corpus

FAULTY = (
    BASE.replace('title: "Live', 'title: " Live  &amp;')
    .replace("police.uk\n", "POLICE.uk # bare\n", 1)
    .replace("heat: 39", "heat: 95")
)
MENDED = (
    BASE.replace('title: "Live', 'title: "Live &')
    .replace("police.uk\n", "police.uk # bare\n", 1)
    .replace("heat: 39", "heat: 95")
)


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(
        ["git", *arguments], cwd=folder, input=stdin, capture_output=True, check=True, timeout=60
    ).stdout


def test_fix_mends_what_is_safe_and_tells_what_remains(tmp_path: Path, newslint: Command) -> None:
    article = tmp_path / "a.md"
    article.write_text(FAULTY)
    done = newslint("check", "--fix", "a.md")
    assert article.read_text() == MENDED
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[0] == "a.md:11:12: error NL503 publish-threshold published"
    assert done.stdout.decode().splitlines()[-1] == (
        "1 file checked, 1 finding in 1 file (1 error), 4 fixed, 1 can be mended with --fix --unsafe-fixes"
    )
    assert done.stderr == b""
    again = newslint("check", "--fix", "a.md")
    assert article.read_text() == MENDED
    assert "fixed" not in again.stdout.decode()


def test_unsafe_fixes_are_made_when_asked_for(tmp_path: Path, newslint: Command) -> None:
    article = tmp_path / "a.md"
    article.write_text(FAULTY)
    done = newslint("check", "--fix", "--unsafe-fixes", "a.md")
    assert (done.returncode, done.stdout.decode()) == (0, "1 file checked, no findings, 5 fixed\n")
    assert article.read_text() == MENDED.replace("published: false", "published: true")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_patch_is_what_fix_would_do(tmp_path: Path, newslint: Command, line_end: str) -> None:
    text = FAULTY.replace("\n", line_end).encode() + b"A body.  " + line_end.encode() + b"No line end"
    names = ["a.md", "with blank.md", 'with "quotes".md', "ümlaut.md"]
    for name in names:
        (tmp_path / name).write_bytes(text)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "config", "core.autocrlf", "false")
    shown = newslint("check", "--diff", ".")
    assert shown.returncode == 1
    assert shown.stderr.decode() == "newslint: --fix would mend 16 findings in 4 files\n"
    assert [(tmp_path / name).read_bytes() for name in names] == [text] * 4
    _git(tmp_path, "apply", stdin=shown.stdout)
    patched = [(tmp_path / name).read_bytes() for name in names]
    for name in names:
        (tmp_path / name).write_bytes(text)
    newslint("check", "--fix", ".")
    assert [(tmp_path / name).read_bytes() for name in names] == patched
    assert (
        patched
        == [MENDED.replace("\n", line_end).encode() + text[-len(b"A body.  No line end" + line_end.encode()) :]] * 4
    )


def test_a_clean_file_has_no_patch(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(BASE)
    done = newslint("check", "--diff", "a.md")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "newslint: --fix would mend 0 findings in 0 files\n"


def test_what_does_not_parse_is_never_written(tmp_path: Path, newslint: Command) -> None:
    broken = FAULTY.replace('Croydon"', "Croydon", 1)
    (tmp_path / "a.md").write_text(broken)
    assert newslint("check", "--fix", "--unsafe-fixes", "a.md").returncode == 1
    assert (tmp_path / "a.md").read_text() == broken


def test_mode_and_link_are_kept(tmp_path: Path, newslint: Command) -> None:
    target = tmp_path / "target.md"
    target.write_text(FAULTY)
    target.chmod(0o640)
    (tmp_path / "link.md").symlink_to("target.md")
    newslint("check", "--fix", "link.md")
    assert target.read_text() == MENDED
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (tmp_path / "link.md").is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["link.md", "target.md"]


@pytest.mark.parametrize(
    ("config", "left"),
    [('fixable = ["NL6"]\n', "POLICE.uk"), ('unfixable = ["invalid-domain"]\n', "POLICE.uk")],
)
def test_the_configuration_says_what_may_be_mended(tmp_path: Path, newslint: Command, config: str, left: str) -> None:
    (tmp_path / "newslint.toml").write_text(config)
    (tmp_path / "a.md").write_text(FAULTY)
    newslint("check", "--fix", "a.md")
    assert (tmp_path / "a.md").read_text() == MENDED.replace("police.uk # bare", f"{left} # bare")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unsafe-fixes", "a.md"], "--unsafe-fixes goes with --fix or --diff (see newslint check --help)"),
        (["--fix", "--diff", "a.md"], "--fix and --diff exclude each other: --diff shows what --fix would change"),
        (["--fix", "-"], '--fix and --diff mend files, and "-" is none (see newslint check --help)'),
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(newslint: Command, arguments: list[str], message: str) -> None:
    done = newslint("check", *arguments, stdin=BASE.encode())
    assert done.returncode == 2
    assert message in done.stderr.decode()


@needs_corpus
def test_the_real_archive_is_mended_where_findings_are_and_nowhere_else(tmp_path: Path, newslint: Command) -> None:
    shutil.copytree(CORPUS / "_news", tmp_path / "_news", copy_function=shutil.copyfile)
    (tmp_path / "_news").chmod(0o755)
    before = {path: path.read_bytes() for path in (tmp_path / "_news").iterdir()}
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    shown = newslint("check", "--diff", "_news")
    assert newslint("check", "--fix", "_news").stderr == b""
    mended = {path: path.read_bytes() for path in before}
    assert newslint("check", "--fix", "_news").stderr == b""
    assert {path: path.read_bytes() for path in before} == mended
    for path, data in before.items():
        path.write_bytes(data)
    _git(tmp_path, "apply", stdin=shown.stdout)
    assert {path: path.read_bytes() for path in before} == mended
    remaining = newslint("check", "--output-format", "json", "_news").stdout
    assert b'"fixable": 0,' in remaining
