"""Any executor does the work: the same bytes come of it, a file that ends its worker costs itself, and wrong use is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.run.executors import check_remotely
from newslint.version import __version__
from tests.conftest import BASE, Command
from tests.run.caching import article, write_some
from tests.run.crashing import customized

CHECK = ("check", "--isolated", "--now", "2024-06-01T00:00:00Z")
PROCESSES = ("--executor", "concurrent.futures:ProcessPoolExecutor")
THREADS = ("--executor", "concurrent.futures:ThreadPoolExecutor")
FILES = 300

INTERRUPTED = """
import os, random, signal, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.crew import Crew
from newslint.run.executors import Engine
from newslint.run.packing import make_job
from newslint.settings import Settings

futures = []
class Kept(ThreadPoolExecutor):
    def submit(self, *arguments, **named):
        futures.append(super().submit(*arguments, **named))
        return futures[-1]

def interrupt(seconds):
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGINT)

job = make_job(Checker(Settings(Path(".")), Choices()), mend=False)
chance = random.Random(4)
executor, other = Kept(2), ThreadPoolExecutor(1)
for _ in range(200):
    pool = Engine(Crew(lambda: executor, 60)).pool(job)
    thread = Thread(target=interrupt, args=(chance.uniform(0.0005, 0.005),))
    try:
        thread.start()
        while True:
            while pool.give(1, []):
                pass
            pool.take()
    except KeyboardInterrupt:
        pool.close()
    thread.join()
    for future in futures:
        # A thread that has the lock already may take it again, so another one asks.
        other.submit(future.done).result(10)
    futures.clear()
print("free")
"""
"""Interrupts a run at many moments; nothing else of this process may lose the interrupt, as the test suite's own does."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_some(folder, FILES)
    return folder


@pytest.mark.parametrize("executor", [PROCESSES, THREADS], ids=["processes", "threads"])
def test_the_output_is_the_same_whoever_does_the_work(
    folder: Path, newslint: Command, tmp_path: Path, executor: tuple[str, ...]
) -> None:
    expected = newslint(*CHECK, "--output-format", "json", "--no-cache", cwd=folder)
    assert b"NL901" in expected.stdout
    cache = ("--cache-dir", str(tmp_path / "cache"))
    variables = {"PYTHONPATH": str(customized(tmp_path / "site"))}
    for options in ((*executor, *cache), cache):
        done = newslint(*CHECK, "--output-format", "json", *options, cwd=folder, **variables)
        assert (done.returncode, done.stdout, done.stderr) == (1, expected.stdout, b""), options
    said = newslint(*CHECK, *cache, "--verbose", cwd=folder).stderr.decode()
    assert f"{FILES:,} of them kept from an earlier run" in said


def test_a_file_that_ends_its_worker_costs_itself_and_one_that_does_it_once_nothing(
    folder: Path, newslint: Command, tmp_path: Path
) -> None:
    command = [*CHECK, "--no-cache", "--jobs", "2", "--output-format", "concise"]
    expected = newslint(*command, cwd=folder).stdout.decode().splitlines()[:-1]
    crashes = {"CRASH_ONCE": "0007.md", "CRASH_ALWAYS": "0149.md 0255.md", "CRASHED": str(tmp_path / "crashed")}
    done = newslint(*command, *PROCESSES, cwd=folder, PYTHONPATH=str(customized(tmp_path / "site")), **crashes)
    assert (tmp_path / "crashed").exists()
    assert (done.returncode, done.stderr) == (3, b"")
    lost = [f"{name}:1:1: error NL999 internal-error: newslint crashed on this file" for name in ("0149.md", "0255.md")]
    others = [line for line in expected if not line.startswith(("0149.md", "0255.md"))]
    assert done.stdout.decode().splitlines()[:-1] == sorted([*others, *lost])


def test_a_worker_with_another_newslint_does_nothing() -> None:
    assert check_remotely("0.0.0", b"no pickle", b"none either") == (__version__, [])


FACTORIES = """
import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

dying = partial(ProcessPoolExecutor, 2, initializer=os._exit, initargs=(1,))
nothing = dict
number = 5
def broken():
    raise RuntimeError("no machine")

class Older(ThreadPoolExecutor):
    def submit(self, function, version, *rest):
        return super().submit(lambda: ("0.0.1", []))

class Without(ThreadPoolExecutor):
    def submit(self, function, *rest):
        return super().submit(lambda: __import__("newslint_of_no_worker"))

class Gone(Executor):
    def submit(self, function, *rest):
        future = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future
"""


@pytest.mark.parametrize(
    ("spec", "code", "said"),
    [
        ("dsk", 2, '"dsk" is no executor (did you mean "dask"?)'),
        ("processes", 2, '"processes" is no executor (did you mean "process"?)'),
        (":x", 2, '":x" is no executor: it is process, dask, dask=ADDRESS or MODULE:FACTORY'),
        ("absent_module:x", 2, "the executor \"absent_module:x\" cannot be had: No module named 'absent_module'"),
        ("factories:x", 2, "the executor \"factories:x\" cannot be had: module 'factories' has no attribute 'x'"),
        ("factories:broken", 2, 'the executor "factories:broken" cannot be made: RuntimeError: no machine'),
        (
            "factories:number",
            2,
            "the executor \"factories:number\" cannot be made: TypeError: 'int' object is not callable",
        ),
        ("factories:nothing", 2, '"factories:nothing" makes dict, which is no concurrent.futures.Executor'),
        ("factories:Older", 2, f"a worker has newslint 0.0.1, and this is {__version__}: install that there"),
        (
            "factories:Without",
            2,
            f"a worker has no newslint {__version__}, or not all of it: No module named 'newslint_of_no_worker'",
        ),
        ("factories:dying", 3, "no worker stays alive: nothing is reported"),
        ("factories:Gone", 3, "the workers are gone: nothing is reported"),
    ],
)
def test_an_executor_that_is_of_no_use_is_told_in_one_line(
    tmp_path: Path, newslint: Command, spec: str, code: int, said: str
) -> None:
    (tmp_path / "factories.py").write_text(FACTORIES)
    (tmp_path / "a.md").write_text(BASE)
    output = ("--output", "json:out.json", "--output-format", "json")
    done = newslint(*CHECK, *output, "--executor", spec, "a.md", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.decode()) == (code, b"", f"newslint: {said}\n")
    assert sorted(os.listdir(tmp_path)) in (["a.md", "factories.py"], ["__pycache__", "a.md", "factories.py"])


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_files_are_mended_on_this_machine_alone(tmp_path: Path, newslint: Command, option: str) -> None:
    (tmp_path / "a.md").write_text(article(1))
    done = newslint("check", option, *THREADS, "a.md")
    assert done.returncode == 2
    assert b"--fix and --diff work in processes of this machine: they go with --executor process" in done.stderr
    assert (tmp_path / "a.md").read_text() == article(1)


def test_an_interrupt_leaves_no_lock_behind_for_which_the_threads_of_an_executor_would_wait(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"free\n", b"")
