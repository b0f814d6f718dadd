"""A ``concurrent.futures.Executor`` over a Dask client that answers for every task that it was given.

``Client.get_executor`` of Dask does not: a task whose result is there, is lost with its worker before it is fetched and
then fails is never told of, because what the second wait raises reaches nobody (``_cascade_future`` in
distributed/cfexecutor.py, as of 2026.8).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import partial
from typing import Any

from newslint.quote import words_of

_FETCH = 60
"""Seconds in which the result of a task that is done has to be here; after that it is as good as lost."""


class DaskExecutor(Executor):
    """Has the workers of a client call functions."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a function called by a worker; return what will have its result.

        That raises what the function raises, ``KilledWorker`` of Dask where it ended its worker, BrokenExecutor where
        its result is lost, and CancelledError where the cluster does not have the task any more.
        """
        task = self._client.submit(fn, *args, pure=False, **kwargs)
        future: Future[Any] = Future()
        future.add_done_callback(partial(_cancel, task))
        task.add_done_callback(partial(_answer, future))
        return future


def _cancel(task: Any, future: Future[Any]) -> None:
    if future.cancelled():
        task.cancel()


def _answer(future: Future[Any], task: Any) -> None:
    """Give a future what has become of a task; Dask calls this in a thread that does nothing else."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = task.result(timeout=_FETCH)
    except Exception as error:  # noqa: BLE001 - what a function raises is for whoever waits
        if task.cancelled():
            future.set_exception(CancelledError())
        elif task.status == "error":
            future.set_exception(error)
        else:
            future.set_exception(BrokenExecutor(f"a result cannot be fetched: {words_of(error)}"))
    else:
        future.set_result(result)
