"""Dask does the work: on this machine, and on a scheduler and workers that were started before."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from newslint.version import __version__
from tests.conftest import ROOT, Command
from tests.run.caching import write_some
from tests.run.crashing import customized
from tests.run.proc import children, needs_proc, processes

pytestmark = pytest.mark.cluster
pytest.importorskip("distributed", reason="Dask is not installed (pip install -e '.[cluster-test]')")

CHECK = ("check", "--isolated", "--now", "2024-06-01T00:00:00Z", "--jobs", "2")
FILES = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_some(folder, FILES)
    return folder


class Cluster(NamedTuple):
    """A scheduler, its address, and its two workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def stop(self) -> None:
        """End all of it, nannies and all: each was started in a group of its own."""
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)


def _start(folder: Path, python_path: str, *, workers: int = 2, threads: int = 1) -> Cluster:
    """Start a cluster whose workers are in another folder than the run, and find no file that it names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    variables = {**os.environ, "PYTHONPATH": python_path, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    common = {"cwd": folder, "env": variables, "stderr": subprocess.DEVNULL, "start_new_session": True}
    dask = [sys.executable, "-m", "dask"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        **common,  # type: ignore[call-overload]
    )
    command = [*dask, "worker", address, "--nthreads", str(threads), "--no-dashboard", "--local-directory", str(folder)]
    return Cluster(address, scheduler, [subprocess.Popen(command, **common) for _ in range(workers)])  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    started = _start(elsewhere, str(customized(elsewhere / "site")), threads=2)
    yield started
    started.stop()


def _expected(newslint: Command, folder: Path, *options: str) -> bytes:
    return newslint(*CHECK[:-2], "--no-cache", *options, cwd=folder).stdout


@pytest.mark.parametrize("where", ["here", "there"])
def test_dask_comes_to_the_same(folder: Path, newslint: Command, cluster: Cluster, tmp_path: Path, where: str) -> None:
    (tmp_path / "newslint.toml").write_text(
        '[rules.publish-threshold]\nthreshold = 20\n[[kinds]]\nname = "note"\nfiles = ["0002.md"]\nschema = "note.json"\n'
    )
    (tmp_path / "note.json").write_text('{"type": "object", "properties": {"title": {"type": "integer"}}}')
    for name in ("0001.md", "0002.md", "0005.md", "0006.md"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    executor = "dask" if where == "here" else f"dask={cluster.address}"
    options = ("--output-format", "json")
    for place, check in ((folder, CHECK), (tmp_path, ("check", *CHECK[2:]))):
        plain = newslint(*check[:-2], "--no-cache", *options, cwd=place)
        cache = ("--cache-dir", str(tmp_path / f"cache-{place.name}"))
        for means in (("--executor", executor, *cache), cache):
            done = newslint(*check, *options, *means, cwd=place, PYTHONPATH=str(customized_once(tmp_path)))
            assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, b"")
    assert b'"0002.md"' in done.stdout
    assert b"NL503" in done.stdout


def customized_once(folder: Path) -> Path:
    return folder / "site" if (folder / "site").exists() else customized(folder / "site")


@pytest.mark.parametrize("where", ["here", "there"])
def test_a_file_that_ends_its_worker_costs_itself_and_a_worker_that_is_killed_nothing(
    folder: Path, newslint: Command, tmp_path: Path, where: str
) -> None:
    crashes = {"CRASH_ONCE": "0007.md", "CRASH_ALWAYS": "0149.md", "CRASHED": str(tmp_path / "crashed")}
    site = str(customized(tmp_path / "site"))
    os.environ.update(crashes)
    try:
        started = _start(tmp_path, site) if where == "there" else None
    finally:
        for name in crashes:
            del os.environ[name]
    try:
        executor = f"dask={started.address}" if started is not None else "dask"
        done = newslint(
            *CHECK,
            "--no-cache",
            "--output-format",
            "concise",
            "--executor",
            executor,
            cwd=folder,
            PYTHONPATH=site,
            **crashes,
        )
    finally:
        if started is not None:
            started.stop()
    assert (tmp_path / "crashed").exists()
    assert (done.returncode, done.stderr) == (3, b"")
    lost = "0149.md:1:1: error NL999 internal-error: newslint crashed on this file"
    lines = _expected(newslint, folder, "--output-format", "concise").decode().splitlines()[:-1]
    others = [line for line in lines if not line.startswith("0149.md")]
    assert done.stdout.decode().splitlines()[:-1] == sorted([*others, lost])


def test_a_worker_with_another_newslint_is_refused(folder: Path, newslint: Command, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(ROOT / "lint" / "newslint"), str(tmp_path / "newslint")], check=True)
    subprocess.run(["cp", "-r", str(ROOT / "schemas"), str(tmp_path / "newslint" / "schemas")], check=True)
    version = tmp_path / "newslint" / "version.py"
    version.write_text(version.read_text().replace(__version__, "0.0.7"))
    started = _start(tmp_path, str(tmp_path), workers=1)
    try:
        done = newslint(*CHECK, "--executor", f"dask={started.address}", cwd=folder)
    finally:
        started.stop()
    said = f"newslint: a worker has newslint 0.0.7, and this is {__version__}: install that there\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)


def test_a_scheduler_that_is_not_there_is_told(folder: Path, newslint: Command) -> None:
    done = newslint(*CHECK, "--executor", "dask=tcp://127.0.0.1:1", cwd=folder)
    assert (done.returncode, done.stdout) == (3, b"")
    line = r"newslint: no Dask scheduler answers at tcp://127\.0\.0\.1:1: .*: nothing is reported\n"
    assert re.fullmatch(line, done.stderr.decode())


def _run(folder: Path, tmp_path: Path, address: str) -> subprocess.Popen[bytes]:
    """Start a run over more files than are done before something happens to it."""
    many = tmp_path / "many"
    many.mkdir()
    for number in range(4_000):
        os.link(folder / f"{number % FILES:04}.md", many / f"{number}.md")
    words = [sys.executable, "-m", "newslint", *CHECK, "--no-cache", "--progress", "--output", "json:out.json"]
    variables = {**os.environ, "PYTHONPATH": str(customized(tmp_path / "site"))}
    process = subprocess.Popen(
        [*words, "--executor", f"dask={address}", str(many)],
        cwd=tmp_path,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # The bar is begun when the run is under way.
    assert process.stderr is not None
    assert process.stderr.read(8) == b"newslint"
    return process


def _after_bar(err: bytes) -> str:
    return err.rpartition(b"\x1b[?25h")[2].decode()


@needs_proc
@pytest.mark.parametrize("who", ["scheduler", "all"])
def test_a_cluster_that_is_lost_is_one_line_and_nothing_half_written(folder: Path, tmp_path: Path, who: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    started = _start(elsewhere, str(customized(elsewhere / "site")))
    try:
        process = _run(folder, tmp_path, started.address)
        if who == "all":
            started.stop()
        else:
            os.killpg(started.scheduler.pid, signal.SIGKILL)
        out, err = process.communicate(timeout=90)
    finally:
        started.stop()
    assert (process.returncode, out) == (3, b""), err
    line = "newslint: (the workers are gone|the Dask scheduler is gone.*): nothing is reported\n"
    assert re.fullmatch(line, _after_bar(err)), err
    assert not (tmp_path / "out.json").exists()
    assert children(process.pid) == []


@needs_proc
@pytest.mark.parametrize("seconds", [0.7, 0.9, 1.1, 1.3])
def test_an_interrupt_while_a_cluster_starts_leaves_nothing(tmp_path: Path, seconds: float) -> None:
    write_some(tmp_path, 4_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", *CHECK, "--executor", "dask"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"\n")
    # The one that counts semaphores takes a moment to see that nobody is there any more.
    stop = time.monotonic() + 30
    while (left := [one for one in processes() if one.group == process.pid]) and time.monotonic() < stop:
        time.sleep(0.1)
    assert left == []


def test_an_interrupted_run_tells_what_is_done(folder: Path, tmp_path: Path, cluster: Cluster) -> None:
    process = _run(folder, tmp_path, cluster.address)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    told = re.fullmatch(
        r"newslint: interrupted after ([\d,]+) files?: the report is incomplete, and no other is written\n",
        _after_bar(err),
    )
    assert told is not None, err
    total = rf"{told[1]} files? checked before the interruption, .*"
    assert re.fullmatch(total, out.decode().splitlines()[-1])
    assert 0 < int(told[1].replace(",", "")) < 4_000
    assert not (tmp_path / "out.json").exists()
