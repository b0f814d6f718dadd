"""Findings about an archive that are too many for memory: on disk, and given their places some files at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from newslint.engine.archive import Draft, Locate, first_ones, placed
from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.limits import MAX_HELD_DRAFTS, MAX_LOOKS
from newslint.run.sorter import Form, Sorter

_FORM: Form[Draft] = Form(key=Draft.sort_key, plain=tuple, item=Draft._make)


class Drafts:
    """Takes findings without places, and gives those with them; raises LostError where the disk loses some."""

    def __init__(self, found: Iterable[Draft]) -> None:
        self._found = Sorter(_FORM, MAX_HELD_DRAFTS)
        for draft in found:
            self._found.add(draft)

    def placed(self, plan: Plan, locate: Locate) -> Iterator[list[Finding]]:
        """Yield the findings of some files after those of others; ``locate`` is asked for each of these groups."""
        # An archive that is packed in one stream is read from its beginning each time: better few times than many.
        most = max(MAX_HELD_DRAFTS, -(-len(self._found) // MAX_LOOKS))
        group: list[Draft] = []
        for _, of_file in groupby(first_ones(self._found), attrgetter("path")):
            group += of_file
            if len(group) >= most:
                yield placed(group, plan, locate)
                group = []
        yield placed(group, plan, locate)
