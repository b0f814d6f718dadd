"""A packed archive (.zip, .tar, .tar.gz) as a source: its files are read as a stream, and never extracted.

A file in it is called ``ARCHIVE!/NAME``. As in a folder, hidden names are passed over and others tested by extension.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

from newslint.run.discovery import Candidate, Held, Selection, why_skipped
from newslint.run.members import ArchiveError, Member, Open, Wanted
from newslint.run.reading import Contents, Stamp

_NO_STAMP = Stamp(0, 0, 0)
"""An archive has been read whole when the cache is asked, which goes by the content then."""

_HINT = "Pack the archive anew"


class Packed:
    """The archive at an absolute path or URL, which ``open_archive`` opens."""

    whole = True

    def __init__(self, path: str, open_archive: Open) -> None:
        self._path = path
        self._open = open_archive
        self._inside = f"{path}!/"

    def count(self) -> int | None:
        """Return how many files there are, folders included, where a directory tells."""
        if not self._is_zip:
            return None
        # Imported here because a run has one kind of archives, if any.
        from newslint.run.zips import count_members

        try:
            return count_members(self._open)
        except (ArchiveError, OSError):
            return None

    def candidates(self, selection: Selection, limit: int) -> Iterator[Candidate]:
        """Yield the files with their bytes; an archive that is damaged is itself a file that cannot be read."""

        def wanted(name: str) -> bool:
            return not is_hidden(name) and why_skipped(self._inside + name, selection) is None

        try:
            for member in self._members(wanted, limit):
                if not is_hidden(member.name):
                    yield self._candidate(member, selection)
        except ArchiveError as error:
            yield self._broken(str(error))
        except OSError as error:
            yield self._broken(error.strerror or str(error))

    def _candidate(self, member: Member, selection: Selection) -> Candidate:
        path = self._inside + member.name
        if member.reason is not None:
            unreadable = f"the file cannot be unpacked: {member.reason}"
            return Candidate(path, False, unreadable=unreadable, held=Held(hint=_HINT))
        if member.data is None:
            return Candidate(path, False, why_skipped(path, selection))
        return Candidate(path, False, held=Held(Contents(member.data, _NO_STAMP)))

    def _broken(self, reason: str) -> Candidate:
        return Candidate(self._path, True, unreadable=f"the archive cannot be read: {reason}", held=Held(hint=_HINT))

    def again(self, paths: Collection[str], limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield some of the files by path once more."""
        names = {path[len(self._inside) :] for path in paths if path.startswith(self._inside)}
        if not names:
            return
        # Whatever is wrong with the archive has been told.
        with suppress(ArchiveError, OSError):
            for name, data, _ in self._members(names.__contains__, limit):
                if data is not None:
                    yield self._inside + name, data

    @property
    def _is_zip(self) -> bool:
        return self._path.lower().endswith(".zip")

    def _members(self, wanted: Wanted, limit: int) -> Iterator[Member]:
        # Imported here because a run has one kind of them, if any.
        if self._is_zip:
            from newslint.run.zips import read_members as read_zip

            return read_zip(self._open, wanted, limit)
        from newslint.run.tars import read_members as read_tar

        return read_tar(self._open, wanted, limit, packed=self._path.lower().endswith("gz"))


def is_hidden(name: str) -> bool:
    """Tell whether a file, or a folder that it is in, is hidden."""
    return name.startswith(".") or "/." in name
