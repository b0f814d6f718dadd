"""What a path stands for that is no file or folder of this machine: a packed archive, or another file system.

Whatever lies there is a candidate with what is known of it, and from then on like any other file. Only what the user
names as a URL is ever fetched; names in archives, and all that configurations say, are names of files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from newslint.run.discovery import Candidate, Selection


class Source(Protocol):
    """A place with articles that is no folder of this machine."""

    @property
    def whole(self) -> bool:
        """Whether it is many files, as a folder is, and not one that is named."""

    def count(self) -> int | None:
        """Return about how many files there are, or None where nobody can tell beforehand."""

    def candidates(self, selection: Selection, limit: int) -> Iterator[Candidate]:
        """Yield the files, with at most ``limit`` plus one bytes of each that come with it; raises WrongUseError."""

    def again(self, paths: Collection[str], limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield some of the files by path once more, in any order; those that cannot be read any more are left out."""
