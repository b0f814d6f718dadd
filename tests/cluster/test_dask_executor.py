"""Every task that Dask was given has an answer, whatever becomes of its worker and of what it has answered."""

from __future__ import annotations

import os
import time
from concurrent.futures import CancelledError, wait
from pathlib import Path
from typing import Any

import pytest

REASON = "Dask is not installed (pip install -e '.[cluster-test]')"
dask = pytest.importorskip("dask", reason=REASON)
distributed = pytest.importorskip("distributed", reason=REASON)

from newslint.run.dask_crew import SETTINGS  # noqa: E402
from newslint.run.dask_executor import DaskExecutor  # noqa: E402

pytestmark = pytest.mark.cluster

ROUNDS = 20
"""In so many rounds Dask's own executor has left a task without an answer, three times of three."""

LARGE = 300_000
"""Bytes of a result: while some are fetched, the worker that has them ends."""


@pytest.fixture
def client() -> Any:
    with (
        dask.config.set(SETTINGS),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=51) as cluster,
        distributed.Client(cluster, set_as_default=False) as connected,
    ):
        yield connected


def answer_or_end(number: int) -> bytes:
    if number % 7 == 6:
        time.sleep(0.01)
        os._exit(9)
    return bytes([number]) * LARGE


def test_a_result_that_is_lost_with_its_worker_is_made_again_or_told_to_be_lost(client: Any) -> None:
    executor = DaskExecutor(client)
    for _ in range(ROUNDS):
        futures = [executor.submit(answer_or_end, number) for number in range(14)]
        assert not wait(futures, 50).not_done
        for number, future in enumerate(futures):
            error = future.exception()
            assert isinstance(error, distributed.KilledWorker) or (
                number % 7 != 6 and future.result() == bytes([number]) * LARGE
            )
        assert {type(futures[number].exception()) for number in (6, 13)} == {distributed.KilledWorker}


def fail(words: str) -> None:
    raise ValueError(words)


def test_what_a_function_raises_is_raised(client: Any) -> None:
    with pytest.raises(ValueError, match="as it is"):
        DaskExecutor(client).submit(fail, "as it is").result(30)


def leave(path: str) -> None:
    Path(path).touch()


def test_what_is_cancelled_is_not_run(client: Any, tmp_path: Path) -> None:
    executor = DaskExecutor(client)
    busy = [executor.submit(time.sleep, 1) for _ in range(2)]
    waiting = executor.submit(leave, str(tmp_path / "run"))
    assert waiting.cancel()
    for future in (*busy, executor.submit(leave, str(tmp_path / "after"))):
        future.result(30)
    assert [path.name for path in tmp_path.iterdir()] == ["after"]


def test_what_the_cluster_has_no_more_is_cancelled(client: Any) -> None:
    future = DaskExecutor(client).submit(time.sleep, 60)
    client.close()
    with pytest.raises(CancelledError):
        future.result(30)
