"""What the caller of a run says beside the configuration, and beats it with."""

from __future__ import annotations

from datetime import datetime

from newslint.record import Record
from newslint.rules.selection import Layer


class Choices(Record):
    """The options of one run; ``now`` is aware, or None for the present. Plain, so that workers can be told.

    ``only`` are the absolute paths of the files that are reported; all others that a run finds are their partners.
    """

    selection: Layer = Layer()
    severity: tuple[tuple[str, str], ...] = ()
    now: datetime | None = None
    as_found: bool = False
    no_exclude: bool = False
    corpus: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    exact: bool = False
    only: frozenset[str] | None = None
