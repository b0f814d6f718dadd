"""The result cache: what each unchanged file came to the last time, what the archive came to, and what a whole run did.

An entry holds where the file's stamp (times and size) is the one it was made for, or else where the file's content is.
As in Git's index, a stamp counts only if it is older than the shard: a file that was written in the same moment may
have changed once more without its times showing it. All else that can change a finding is in the key that names the
shards' folder. What is about the present (NL204) and what was cut off is not kept, and a shard that was made later than
``now`` does not count, because what has come to pass by then is no fault there.

Any doubt is a miss, and a place that cannot be written is no error. Two runs may work on a shard at once: it is put in
place whole, and what the earlier of them learnt is lost at worst.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import chain

from newslint.atomic import replacing
from newslint.digest import digest
from newslint.limits import MAX_ARCHIVES, MAX_SHARD_SIZE
from newslint.record import Record
from newslint.run.cache_folder import ARCHIVE, RUN, keep_newest, make_folder
from newslint.run.discovery import Candidate
from newslint.run.reading import Stamp, UnreadableError, open_file, read_contents, read_file, stamp_of
from newslint.run.rows import CLEAN, NO_ARTICLE
from newslint.run.shard import SEPARATOR, Added, Shard, written_name
from newslint.run.spool import Spool
from newslint.settings import is_url

_RACY = 2_000_000_000
"""Nanoseconds: the coarsest file times that are still in use (FAT) count in steps of two seconds."""

_RUN_VERSION = "newslint-run-1"

_HEAD = 200
"""Bytes in which the first line of a run's file ends."""


class Entry(Record):
    """What is kept of one file: the JSON of :mod:`newslint.run.rows`, for which bytes, and whether it was named."""

    stamp: Stamp
    digest: str
    named: bool
    found: str
    facts: str


class Kept(Record):
    """What an entry says of a file: the digest of its content, what was found in it, and what its stamp is now."""

    mark: str
    found: str
    stamp: Stamp | None


class Cache:
    """The results that were kept for the files of one run.

    ``folder`` is where all of them are, ``key`` stands for everything but the files that the results follow from,
    ``now`` is the run's instant. ``given`` tells that the user named the folder: one by default is never a link.
    """

    def __init__(self, folder: str, root: str, key: str, now: datetime, limit: int, *, given: bool = False) -> None:
        self._top = folder
        self._folder = os.path.join(folder, key)
        self._root = root
        self._key = key
        self._now = now.timestamp()
        self._limit = limit
        self._shards: dict[str, Shard] = {}
        self._spool = Spool()
        self._open: Shard | None = None
        self.usable = given or not os.path.islink(folder)

    @property
    def _can_be_used(self) -> bool:
        """Whether the files of the key may be read and written: a link could lead to what is none of ours."""
        return self.usable and not os.path.islink(self._folder)

    def prepare(self, counts: Mapping[str, int]) -> None:
        """Say how many files of each folder (an absolute path) are asked for: a shard is not read for a few."""
        usable = self._can_be_used
        for folder, count in counts.items():
            if folder not in self._shards or not self._shards[folder].wanted:
                self._shards[folder] = shard = Shard(self._path(folder), wanted=usable)
                if usable:
                    shard.read(self._key, self._now, count)

    def find(self, path: str, stamp: Stamp | None = None, *, named: bool = False) -> Kept | None:
        """Return what is kept of what a file is now, or None where nothing is; ``stamp`` is its own, if that is known.

        What a file came to that was named says nothing of whether it would have been recognised.
        """
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        line = shard.lines.get(written_name(name)) if shard is not None else None
        if shard is None or line is None:
            return None
        try:
            stamp = stamp or stamp_of(os.stat(path))
            mtime, ctime, size = stamp
            if not _is_older(mtime if mtime > ctime else ctime, shard.written) or not line.startswith(
                f"{mtime}{SEPARATOR}{ctime}{SEPARATOR}{size}{SEPARATOR}"
            ):
                stamp, line = self._compared(path, line)
                shard.lines[written_name(name)] = line
                shard.changed = True
            _, _, _, mark, was_named, found = line.split(SEPARATOR)
        except (OSError, ValueError, UnreadableError):
            return None
        if was_named != "0" if not named else found == NO_ARTICLE:
            return None
        shard.held += 1
        # One text for the many that are clean.
        return Kept(mark, CLEAN if found == CLEAN else found, stamp)

    def _compared(self, path: str, line: str) -> tuple[Stamp, str]:
        """Return a file's stamp and the entry with it; raises ValueError where it is not about what the file holds."""
        contents = read_contents(path, self._limit)
        _, _, _, rest = line.split(SEPARATOR, 3)
        if not rest.startswith(digest(contents.data) + SEPARATOR):
            raise ValueError("the file has changed")
        return contents.stamp, SEPARATOR.join((*map(str, contents.stamp), rest))

    def find_elsewhere(self, candidate: Candidate) -> Kept | None:
        """Return what is kept of a file of an archive, by its content, or of another file system, or None.

        There ETag and size take the place of times and size; what has no ETag is not kept.
        """
        held = candidate.held
        folder, _, name = candidate.path.rpartition(os.sep)
        if folder not in self._shards:
            # Nobody knows yet how many files of this folder come, and mostly they are many.
            self.prepare({folder: MAX_SHARD_SIZE})
        shard = self._shards[folder]
        line = shard.lines.get(written_name(name))
        if held is None or line is None:
            return None
        try:
            *stamp, mark, was_named, found = line.split(SEPARATOR)
        except ValueError:
            return None
        if held.contents is not None:
            is_same = digest(held.contents.data) == mark
        else:
            is_same = held.stamp is not None and list(map(str, held.stamp)) == stamp
        if not is_same or (was_named != "0" if not candidate.named else found == NO_ARTICLE):
            return None
        shard.held += 1
        return Kept(mark, CLEAN if found == CLEAN else found, None)

    def facts(self, path: str) -> str:
        """Return the facts of a file that has an entry; raises LookupError where another run has put others there.

        Those of one folder are in memory, of the last one that was asked for.
        """
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards[folder]
        if shard is not self._open and self._open is not None:
            self._open.forget_facts()
        self._open = shard
        return shard.facts(self._key)[written_name(name)]

    def put(self, path: str, entry: Entry) -> None:
        """Keep the entry of a file."""
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        if shard is not None and shard.wanted:
            written = written_name(name)
            shard.lines.pop(written, None)
            line = SEPARATOR.join((written, *map(str, entry.stamp), entry.digest, str(int(entry.named)), entry.found))
            shard.added.append(Added(self._spool.keep(line), self._spool.keep(entry.facts)))
            shard.changed = True

    def drop(self, path: str) -> None:
        """Forget the entry of a file."""
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        if shard is not None and shard.lines.pop(written_name(name), None) is not None:
            shard.changed = True

    def write(self, present: Callable[[], Mapping[str, Collection[str]]] | None) -> None:
        """Write what has changed.

        ``present`` gives the names of the files in the folders that were searched, where these were searched whole:
        what else is kept of them is gone.
        """
        if not self.usable:
            return
        if present is not None and any(shard.held < len(shard.lines) for shard in self._shards.values()):
            self._sweep(present())
        changed = [shard for shard in self._shards.values() if shard.wanted and shard.changed]
        # A place that cannot be written is no error: the next run is as slow as this one.
        with suppress(OSError):
            if not changed or not make_folder(self._top, self._key):
                return
            for shard in changed:
                with suppress(OSError):
                    shard.write(self._key, self._now, self._spool)

    def _sweep(self, present: Mapping[str, Collection[str]]) -> None:
        """Forget the files that are not there any more."""
        for folder, shard in self._shards.items():
            names = present.get(folder)
            if names is not None and (gone := shard.lines.keys() - set(map(written_name, names))):
                shard.lines = {name: line for name, line in shard.lines.items() if name not in gone}
                shard.changed = True

    def judged(self, seal: str) -> str | None:
        """Return what was kept of the archive that has a seal, or None."""
        if not self._can_be_used:
            return None
        try:
            data = read_file(self._judged_path(seal), MAX_SHARD_SIZE)
            return data.decode("ascii") if len(data) <= MAX_SHARD_SIZE else None
        except (UnreadableError, ValueError):
            return None

    def keep_judged(self, seal: str, text: str) -> None:
        """Keep what an archive has come to: the last few of them, since runs over other folders have others."""
        self._keep(self._judged_path(seal), ARCHIVE, [text])

    def _keep(self, path: str, suffix: str, parts: Iterable[str]) -> None:
        """Write a file of which the last few are kept."""
        # As with a shard, a place that cannot be written is no error.
        with suppress(OSError):
            if not self._can_be_used or not make_folder(self._top, self._key):
                return
            with replacing(path, f"{path}.{os.urandom(8).hex()}.tmp") as stream:
                for part in parts:
                    stream.write(part.encode("ascii"))
            keep_newest(self._folder, suffix, MAX_ARCHIVES)

    def _judged_path(self, seal: str) -> str:
        return os.path.join(self._folder, f"{seal}{ARCHIVE}")

    @property
    def has_runs(self) -> bool:
        """Whether it pays to ask for :meth:`run`: some run with this key may have left something."""
        return self._can_be_used and os.path.isdir(self._folder)

    def run(self, state: str, newest: int) -> Generator[str, None, None]:
        """Yield the lines of what was kept of a run over files in a state, the ``newest`` of which has this time.

        Raises LookupError where there is nothing of use, on the way, too.
        """
        try:
            with open_file(self._run_path(state)) as stream:
                status = os.fstat(stream.fileno())
                if status.st_size > MAX_SHARD_SIZE or not _is_older(newest, status.st_mtime_ns):
                    raise LookupError(state)
                version, key, made = stream.readline(_HEAD).decode("ascii").rstrip("\n").split(SEPARATOR)
                if (version, key) != (_RUN_VERSION, self._key) or not float(made) <= self._now:
                    raise LookupError(state)
                for line in stream:
                    yield line.decode("ascii")
        except (OSError, UnreadableError, ValueError) as error:
            raise LookupError(state) from error

    def keep_run(self, state: str, lines: Iterable[str]) -> None:
        """Keep the lines of what a run over files in a state came to: of the last few, as of archives."""
        head = SEPARATOR.join((_RUN_VERSION, self._key, repr(self._now)))
        self._keep(self._run_path(state), RUN, (f"{line}\n" for line in chain([head], lines)))

    def _run_path(self, state: str) -> str:
        return os.path.join(self._folder, f"{state}{RUN}")

    def _path(self, folder: str) -> str:
        """Return where a folder's shard is: by its place below the root, so that a moved checkout keeps its cache."""
        place = folder if is_url(folder) else os.path.relpath(folder, self._root).replace(os.sep, "/")
        return os.path.join(self._folder, f"{digest(os.fsencode(place))}.shard")


def _is_older(time: int, written: int) -> bool:
    """Tell whether a file with this time cannot have changed since ``written``: nanoseconds since 1970."""
    return time + _RACY < written
