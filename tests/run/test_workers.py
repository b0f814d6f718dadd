"""Workers: every item once and in order, whatever becomes of the processes; and none of them is left behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from newslint.config import load_settings
from newslint.run.choices import Choices
from newslint.run.packing import check_chunk, make_job
from newslint.run.processes import Processes, stopping
from newslint.run.runner import Runner
from newslint.run.workers import Workers
from tests.conftest import NOW
from tests.run.caching import article
from tests.run.proc import children, needs_proc

DIES, FAILS, SLOW = -1, -2, -3


def work(items: Sequence[int]) -> list[int]:
    """Return each item doubled, with the number of the process where it is odd what becomes of it."""
    results: list[int] = []
    for item in items:
        if stopping():
            break
        if item == DIES:
            os._exit(9)
        if item == FAILS:
            raise ZeroDivisionError("boom")
        if item == SLOW:
            time.sleep(0.3)
        results.append(2 * item)
    return results


def lost(item: int) -> int:
    return 1_000_000 + item


def _run(*chunks: list[int], jobs: int = 2, pause: float = 0) -> list[list[int]]:
    found: list[list[int]] = []
    for results in Workers(Processes(work, jobs), lost).run(chunks):
        found.append(list(results))
        time.sleep(pause)
    return found


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    chunks = [[SLOW, 1], *([number, number + 1] for number in range(2, 40, 2))]
    assert _run(*chunks, jobs=jobs) == [[2 * item for item in chunk] for chunk in chunks]


def test_no_work_is_no_workers() -> None:
    assert _run() == []


Running = Callable[[], list[int]]


@pytest.fixture
def workers() -> Running:
    """Return what tells which processes have been started since and still run; other tests may have some of their own."""
    others = children(os.getpid())
    return lambda: [number for number in children(os.getpid()) if number not in others]


@needs_proc
@pytest.mark.parametrize("place", [0, 4, 11])
def test_a_worker_that_dies_costs_one_item(place: int, workers: Running) -> None:
    chunks = [list(range(start, start + 4)) for start in range(0, 12, 4)]
    chunks[place // 4][place % 4] = DIES
    assert _run(*chunks) == [[2 * item if item != DIES else 999_999 for item in chunk] for chunk in chunks]
    assert workers() == []


def test_several_that_die_cost_themselves() -> None:
    assert _run([DIES, 1, DIES], [DIES], [2, 3]) == [[999_999, 2, 999_999], [999_999], [4, 6]]


def test_a_worker_that_dies_while_nobody_waits_for_it() -> None:
    """The next chunk is handed out to a pool that is broken already."""
    chunks = [[1], [DIES], *([number] for number in range(2, 12))]
    expected = [[2], [999_999], *([2 * number] for number in range(2, 12))]
    assert _run(*chunks, jobs=1, pause=0.1) == expected


def test_what_was_done_is_not_done_again(tmp_path: Path) -> None:
    """A fix that is made twice is counted once: the second time there is nothing to mend."""
    chunks = [[str(tmp_path / "slow")], [str(tmp_path / "a"), str(tmp_path / "b")], ["die"]]
    assert list(Workers(Processes(_append, 2), str.upper).run(chunks)) == [["done"], ["done", "done"], ["DIE"]]
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["x", "x"]


def _append(names: Sequence[str]) -> list[str]:
    for name in names:
        if name.endswith("slow"):
            time.sleep(0.4)
        elif name == "die":
            time.sleep(0.2)
            os._exit(1)
        else:
            with Path(name).open("a") as stream:
                stream.write("x")
    return ["done"] * len(names)


@needs_proc
def test_what_the_function_raises_is_raised_and_no_worker_is_left(workers: Running) -> None:
    with pytest.raises(ZeroDivisionError, match="boom"):
        _run([1, 2], [3, FAILS], [4], [5], [6])
    assert workers() == []


def test_a_worker_that_somebody_tells_to_stop_leaves_nothing_out(tmp_path: Path) -> None:
    names = [str(tmp_path / str(number)) for number in range(8)]
    assert list(Workers(Processes(_once_terminated, 2), str.upper).run([names[:3], names[3:6], names[6:]])) == [
        [True, True, True],
        [True, True, True],
        [True, True],
    ]


def _once_terminated(names: Sequence[str]) -> list[Any]:
    results: list[Any] = []
    for name in names:
        if stopping():
            break
        if not Path(name).exists() and name.endswith(("1", "5")):
            Path(name).touch()
            # As somebody does who ends all processes of a name.
            os.kill(os.getpid(), signal.SIGTERM)
        results.append(True)
    return results


@needs_proc
def test_one_dies_while_another_has_much_to_say(workers: Running) -> None:
    """With one pipe for all workers, all would wait for each other."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    try:
        chunks = [["large"], ["die"], ["killed"], ["large"]] * 4
        found = list(Workers(Processes(_large, 2), str.upper).run(chunks))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert [results[0][:9] for results in found] == ["xxxxxxxxx", "DIE", "KILLED", "xxxxxxxxx"] * 4
    assert workers() == []


def _large(items: Sequence[str]) -> list[str]:
    if not items:
        return []
    if items[0] == "die":
        os._exit(1)
    if items[0] == "killed":
        # In the middle of a message, as the system does where memory runs out.
        Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return ["y" * 100_000_000]
    return ["x" * 3_000_000]


def test_chunks_larger_than_a_pipe_are_handed_out() -> None:
    chunks = [["large", "z" * 300_000]] * 8
    assert [len(results[0]) for results in Workers(Processes(_large, 2), str.upper).run(chunks)] == [3_000_000] * 8


def test_results_that_come_early_wait_for_the_first_and_work_goes_on_only_so_far() -> None:
    handed = []

    def chunks() -> Iterator[list[int]]:
        for number in range(60):
            handed.append(number)
            yield [SLOW if number == 0 else number]

    results = Workers(Processes(work, 2), lost).run(chunks())
    assert next(results) == [2 * SLOW]
    assert len(handed) <= 12
    assert [result[0] // 2 for result in results] == list(range(1, 60))


def test_a_worker_that_is_not_forked_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no fork (Windows) a worker knows of a run what it is sent."""
    monkeypatch.chdir(tmp_path)
    Path("newslint.toml").write_text(
        'topics = ["AI"]\nseverity = {NL6 = "info"}\n[per-file-ignores]\n"1.md" = ["NL602"]\n'
        '[rules.publish-threshold]\nthreshold = 20\n[[kinds]]\nname = "note"\nfiles = ["2.md"]\nschema = "note.json"\n'
    )
    Path("note.json").write_text('{"type": "object", "properties": {"title": {"type": "integer"}}}')
    for number in range(3):
        Path(f"{number}.md").write_text(article(number))
    runner = Runner(load_settings(tmp_path / "newslint.toml", tmp_path), Choices(now=NOW))
    job = make_job(runner.checker, mend=False)
    candidates = list(runner.candidates(["0.md", "1.md", "2.md"]))
    program = """
import pickle, sys
from newslint.run.packing import check_chunk
sys.stdout.buffer.write(pickle.dumps(check_chunk(*pickle.load(sys.stdin.buffer))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps((job, candidates)), capture_output=True, check=True
    )
    packed = pickle.loads(done.stdout)
    assert packed == check_chunk(job, candidates)
    assert [("NL602" in one.found, "NL503" in one.found, "NL701" in one.found) for one in packed][:2] == [
        (True, True, True),
        (False, True, True),
    ]
    assert "NL102" in packed[2].found


@needs_proc
def test_whoever_wants_no_more_leaves_no_worker(workers: Running) -> None:
    results = Workers(Processes(work, 2), lost).run([[number] for number in range(100)])
    assert next(results) == [0]
    assert len(workers()) == 2
    results.close()  # type: ignore[attr-defined]
    assert workers() == []
