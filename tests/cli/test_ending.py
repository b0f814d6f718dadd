"""A run that is told to end, or killed: the right exit code, no process and no half file left, the cache still good."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.run.caching import article
from tests.run.proc import children, is_gone, needs_proc

pytestmark = needs_proc

FILES = 600
"""Enough for several chunks, and for a run that is still at work when it has just begun."""

KILLS = 200 if os.environ.get("NEWSLINT_LONG") else 50
NOW = "2024-06-01T00:00:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for number in range(FILES):
        (folder / f"{number:04}.md").write_text(article(number))
    return folder


def _started(folder: Path, *arguments: str, workers: int = 2) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own and return when it has its workers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", "check", "--now", NOW, "--jobs", str(workers), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    end = time.monotonic() + 30
    while len(children(process.pid)) < workers and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    return process


def _hidden(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".") and name != ".newslint_cache"]


@pytest.mark.parametrize(
    ("number", "to_all", "code"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, True, 143),
        (signal.SIGTERM, False, 143),
        (signal.SIGKILL, False, -9),
    ],
)
def test_an_order_to_end_leaves_no_worker(
    folder: Path, newslint: Command, number: signal.Signals, to_all: bool, code: int
) -> None:
    process = _started(folder)
    (os.killpg if to_all else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code
    if number != signal.SIGINT or not out:
        assert (out, err.strip()) == (b"", b"")
    assert is_gone(process.pid)
    assert _hidden(folder) == []
    assert list(folder.glob(".newslint_cache/*/*.tmp")) == []
    if not to_all:
        return
    # What has been kept until then is right, and is used.
    kept = [line for shard in folder.glob(".newslint_cache/*/*.shard") for line in shard.read_text().splitlines()[1:]]
    assert len(kept) < FILES
    plain = newslint("check", "--now", NOW, "--no-cache", cwd=folder)
    assert newslint("check", "--now", NOW, cwd=folder).stdout == plain.stdout
    assert newslint("clean", cwd=folder).returncode == 0


WAITS = """
import sys, time
from newslint.engine import plan
from newslint.run import processes
def wait(document, options):
    while document.name == "0599.md" and not processes.stopping():
        time.sleep(0.01)
    yield from ()
plan.RULES = [rule._replace(check=wait) if rule.code == "NL503" else rule for rule in plan.RULES]
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
main()
"""


def test_an_interrupted_run_tells_what_is_done_and_that_it_is_not_all(folder: Path, newslint: Command) -> None:
    options = ("check", "--now", NOW, "--output-format", "json", "--no-cache", "--output", "concise:out.txt", ".")
    out = b""
    # Until the first chunk is through; the last one never is.
    for seconds in (1, 2, 4, 8, 16):
        process = subprocess.Popen(
            [sys.executable, "-c", WAITS, *options, "--jobs", "2"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert is_gone(process.pid)
        if out:
            break
    report = json.loads(out)
    files = report["summary"]["files"]
    assert 0 < files < FILES
    assert report["incomplete"] is True
    line = f"newslint: interrupted after {files} files: the report is incomplete, and no other is written\n"
    assert err.decode() == line
    assert not (folder / "out.txt").exists()
    whole = json.loads(newslint(*options, cwd=folder).stdout)
    (folder / "out.txt").unlink()
    assert "incomplete" not in whole
    assert report["findings"] == [one for one in whole["findings"] if one["path"] < f"{files:04}"]


def test_a_second_order_changes_nothing(folder: Path) -> None:
    process = _started(folder, "--no-cache")
    for _ in range(3):
        os.killpg(process.pid, signal.SIGTERM)
        time.sleep(0.001)
    assert process.wait(timeout=30) == 143
    assert is_gone(process.pid)
    process.communicate()


def test_who_has_said_that_a_run_is_to_outlive_the_order_is_obeyed(folder: Path) -> None:
    command = f"trap '' TERM; exec {sys.executable} -m newslint check --exit-zero -q --no-cache --jobs 1"
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, stdout=subprocess.PIPE)
    time.sleep(0.4)
    process.terminate()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.endswith(b"600 can be mended with --fix\n")


CRASHES = """
import os, sys
from newslint.engine import plan
def crash(document, options):
    if document.name in ("0300.md", "0301.md", "0599.md"):
        os._exit(9)
    yield from ()
plan.RULES = [rule._replace(check=crash) if rule.code == "NL503" else rule for rule in plan.RULES]
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
main()
"""


def test_a_file_that_ends_its_worker_costs_itself(folder: Path, newslint: Command) -> None:
    crashing = ("0300.md", "0301.md", "0599.md")
    command = ["check", "--now", NOW, "--jobs", "2", "--output-format", "concise"]
    done = subprocess.run([sys.executable, "-c", CRASHES, *command], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (3, b"")
    expected = newslint(*command, "--no-cache", cwd=folder).stdout.decode().splitlines()
    for number, line in enumerate(expected[:-1]):
        if line.startswith(crashing):
            expected[number] = f"{line[:7]}:1:1: error NL999 internal-error: newslint crashed on this file"
    expected[-1] = "600 files checked, 600 findings in 600 files (3 errors, 597 warnings), 597 can be mended with --fix"
    assert done.stdout.decode().splitlines() == expected
    (shard,) = folder.glob(".newslint_cache/*/*.shard")
    kept = {line.split("\t")[0].strip('"') for line in shard.read_text().splitlines()[1:]}
    assert kept == {f"{number:04}.md" for number in range(FILES)} - set(crashing)
    newslint("clean", "--quiet", cwd=folder)


FORKS = """
import os, sys
from newslint.cli.main import main
import newslint.cli.check, newslint.run.mending, newslint.run.packing, newslint.run.workers
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.argv = ["newslint", *line.split()]
        main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def forks(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has newslint loaded and runs command lines in processes of their own: most of a run is the run."""
    process = subprocess.Popen(
        [sys.executable, "-c", FORKS],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.communicate()


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.md")}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_moment_a_file_is_the_old_or_the_new_one(
    tmp_path: Path, forks: subprocess.Popen[str], jobs: str
) -> None:
    """Set NEWSLINT_LONG to kill more often."""
    assert forks.stdin is not None
    assert forks.stdout is not None
    command = f"check --fix --select NL602 --no-cache --isolated --jobs {jobs} --now {NOW} .\n"
    old = {f"{number:02}.md": article(number).encode() + b"Body.\n" * 50 for number in range(20)}

    def restore() -> None:
        for name, data in old.items():
            if not (tmp_path / name).exists() or (tmp_path / name).read_bytes() != data:
                (tmp_path / name).write_bytes(data)

    def start() -> int:
        assert forks.stdin is not None
        assert forks.stdout is not None
        forks.stdin.write(command)
        forks.stdin.flush()
        return int(forks.stdout.readline())

    restore()
    began = time.monotonic()
    start()
    assert forks.stdout.readline() == "0\n"
    took = time.monotonic() - began
    new = _read(tmp_path)
    assert all(new[name] != old[name] for name in old)
    chance = random.Random(20240601)
    halfway = 0
    for _ in range(KILLS // 2):
        restore()
        group = start()
        time.sleep(chance.uniform(0, took))
        number = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        try:
            chance.choice([os.kill, os.killpg])(group, number)
        except ProcessLookupError:
            # It was faster this time.
            assert number
        code = int(forks.stdout.readline())
        assert is_gone(group)
        left = _hidden(tmp_path)
        found = _read(tmp_path)
        assert found.keys() == old.keys()
        assert all(found[name] in (old[name], new[name]) for name in old)
        halfway += old != found != new
        if number != signal.SIGKILL:
            assert left == [], code
        for name in left:
            (tmp_path / name).unlink()
    assert halfway > KILLS // 10
