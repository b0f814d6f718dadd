"""What a Dask worker of our own cluster loads first: what goes wrong there is told by the run, in one line.

A worker that is stopped while its nanny stops ends in a traceback on stderr now and then, after all work is done.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any


def dask_setup(worker: Any) -> None:  # noqa: ARG001 - Dask gives it
    """Have a worker say nothing more on stderr; Dask calls this, with the worker, before its first task.

    https://docs.dask.org/en/stable/deploying-python-advanced.html (Custom Initialization)
    """
    logging.disable(logging.CRITICAL)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as the process lives
