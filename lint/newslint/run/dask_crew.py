"""Dask as the executor of a run: a cluster of this machine's processes, or the one whose scheduler has an address."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from newslint.limits import WORKER_PATIENCE
from newslint.quote import words_of
from newslint.run.crew import Crew, ExecutorError
from newslint.run.dask_executor import DaskExecutor
from newslint.run.deferral import signals_deferred
from newslint.settings import LostError

_CONNECT = 10
"""Seconds in which a scheduler has to answer."""

SETTINGS = {
    # A chunk that ends its worker is looked at more closely by ourselves.
    "distributed.scheduler.allowed-failures": 0,
    # The time for which results are asked of a worker that is no more; between machines it is 30 s.
    "distributed.comm.timeouts.connect": "10s",
    # A worker that happens to start anew when another end of it is so long ago (15 s) would be given up for good.
    "distributed.deploy.lost-worker-timeout": "1 day",
}
"""What Dask does otherwise in a cluster that is ours."""


def dask_crew(address: str | None, workers: int) -> Crew:
    """Return the workers of the scheduler at an address, or else so many of this machine.

    Raises ExecutorError where Dask is not installed, and LostError where no scheduler or no worker is there.
    """
    try:
        # They are of any type: what their stubs say depends on the version.
        dask: Any = import_module("dask")
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ExecutorError(f"this needs Dask: pip install 'newslint[dask]' ({error})") from error
    # What goes wrong is told by us, in one line.
    logging.disable(logging.CRITICAL)
    opened = ExitStack()

    def close() -> None:
        with signals_deferred():
            opened.close()

    with ExitStack() as failed:
        failed.callback(close)
        try:
            with signals_deferred():
                place: Any = address
                if address is None:
                    place = _own_cluster(dask, distributed, workers)
                    opened.callback(place.close, timeout=_CONNECT)
                client: Any = distributed.Client(place, timeout=_CONNECT, set_as_default=False)
                opened.callback(client.close, timeout=_CONNECT)
        except (OSError, ValueError, ImportError) as error:
            where = address or "this machine"
            raise LostError(f"no Dask scheduler answers at {where}: {words_of(error)}") from error
        watch = _Watch(client)
        try:
            client.wait_for_workers(1, timeout=WORKER_PATIENCE)
            threads = sum(client.nthreads().values())
        except (OSError, TimeoutError) as error:
            raise LostError(f"the Dask scheduler at {address} has no worker") from error
        failed.pop_all()
    return Crew(
        lambda: DaskExecutor(client),
        threads,
        sends=address is not None,
        losses=(distributed.scheduler.KilledWorker,),
        look=watch.look,
        close=close,
    )


def _own_cluster(dask: Any, distributed: Any, workers: int) -> Any:
    """Return a cluster of so many processes of this machine."""
    dask.config.set(SETTINGS)
    cluster = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL + 1,
        preload=["newslint.run.dask_silence"],
    )
    # It calls Python code whenever Python looks for circles, where an interrupt would be lost.
    distributed.gc.disable_gc_diagnosis(force=True)
    return cluster


class _Watch:
    """Knows since when a cluster has had no worker: its scheduler would wait for one for ever."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._since: float | None = None

    def look(self) -> None:
        """Raise LostError where there has been no worker for long."""
        try:
            there = bool(self._client.nthreads())
        except Exception as error:
            raise LostError(f"the Dask scheduler is gone: {words_of(error)}") from error
        if there:
            self._since = None
            return
        now = time.monotonic()
        self._since = self._since if self._since is not None else now
        if now - self._since > WORKER_PATIENCE:
            raise LostError(f"the Dask cluster has had no worker for {WORKER_PATIENCE} s")
