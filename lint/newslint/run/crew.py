"""What a kind of executor has to say of itself, so that the work of a run can be given to it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from newslint.record import Record
from newslint.settings import WrongUseError


class ExecutorError(WrongUseError):
    """An executor that cannot be used: it is not there, is none, or its workers have another newslint."""


class Crew(Record):
    """What an engine has found to work with.

    ``make`` makes an executor with so many ``workers``, ``sends`` tells that those may be on other machines, so that
    files travel by their bytes. ``losses`` are exceptions that mean a lost worker beside BrokenExecutor. ``look`` is
    called while nothing comes and raises LostError where nobody is there any more; ``close`` lets all go.
    """

    make: Callable[[], Executor]
    workers: int
    sends: bool = True
    losses: tuple[type[BaseException], ...] = ()
    look: Callable[[], None] = lambda: None
    close: Callable[[], None] = lambda: None
