"""What a file came to in a run, however that was found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.engine.archive import CodedFact
from newslint.engine.linter import Linted
from newslint.record import Record
from newslint.run.checker import Checker
from newslint.run.discovery import Candidate

if TYPE_CHECKING:
    from newslint.run.packing import Packed
    from newslint.run.rows import Sketch


class Checked(Record):
    """What a file came to (None: no article), its facts as they are or as JSON, and the fixer's account.

    ``shown`` is how findings name the file. ``mark`` stands for what the facts follow from, where there is a cache, and
    ``unread`` is a file whose facts are in it and have not been read.
    """

    shown: str
    linted: Linted | None
    facts: tuple[CodedFact, ...] = ()
    sketch: Sketch | None = None
    packed: Packed | None = None
    mark: str = ""
    unread: Candidate | None = None


def found_in(checker: Checker, candidate: Candidate, shown: str, found: str) -> Linted | None:
    """Return what a file that findings call ``shown`` came to, from its JSON; raises RowError."""
    # Imported here because without a cache and workers there is no JSON.
    from newslint.run.rows import NO_ARTICLE, read_found

    return None if found == NO_ARTICLE else read_found(shown, found, checker.plan_for(candidate.path))
