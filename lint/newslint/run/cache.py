"""The result cache: what each unchanged file came to the last time, and what the archive came to as a whole.

An entry holds where the file's stamp (times and size) is the one it was made for, or else where the file's content is.
As in Git's index, a stamp counts only if it is older than the shard: a file that was written in the same moment may
have changed once more without its times showing it. All else that can change a finding is in the key that names the
shards' folder. What is about the present (NL204) and what was cut off is not kept, and a shard that was made later than
``now`` does not count, because what has come to pass by then is no fault there.

Any doubt is a miss, and a place that cannot be written is no error. Two runs may work on a shard at once: it is put in
place whole, and what the earlier of them learnt is lost at worst.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime

from newslint.atomic import replacing
from newslint.limits import MAX_ARCHIVES, MAX_SHARD_SIZE
from newslint.record import Record
from newslint.run.cache_folder import keep_newest, make_folder
from newslint.run.discovery import Candidate
from newslint.run.reading import Stamp, UnreadableError, read_contents, read_file
from newslint.run.rows import CLEAN, NO_ARTICLE
from newslint.run.shard import SEPARATOR, Added, Shard, written_name
from newslint.run.spool import Spool
from newslint.settings import is_url

_RACY = 2_000_000_000
"""Nanoseconds: the coarsest file times that are still in use (FAT) count in steps of two seconds."""


class Entry(Record):
    """What is kept of one file: the JSON of :mod:`newslint.run.rows`, for which bytes, and whether it was named."""

    stamp: Stamp
    digest: str
    named: bool
    found: str
    facts: str


class Kept(Record):
    """What an entry says of a file: the digest of its content, and what was found in it."""

    mark: str
    found: str


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

    def prepare(self, counts: Mapping[str, int]) -> None:
        """Say how many files of each folder (an absolute path) are asked for: a shard is not read for a few."""
        usable = self.usable and not os.path.islink(self._folder)
        for folder, count in counts.items():
            if folder not in self._shards or not self._shards[folder].wanted:
                self._shards[folder] = shard = Shard(self._path(folder), wanted=usable)
                if usable:
                    shard.read(self._key, self._now, count)

    def find(self, path: str, *, named: bool = False) -> Kept | None:
        """Return what is kept of what a file is now, or None where nothing is.

        What a file came to that was named says nothing of whether it would have been recognised.
        """
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        line = shard.lines.get(written_name(name)) if shard is not None else None
        if shard is None or line is None:
            return None
        try:
            status = os.stat(path)
            mtime, ctime = status.st_mtime_ns, status.st_ctime_ns
            if (mtime if mtime > ctime else ctime) + _RACY >= shard.written or not line.startswith(
                f"{mtime}{SEPARATOR}{ctime}{SEPARATOR}{status.st_size}{SEPARATOR}"
            ):
                line = self._compared(path, line)
                shard.lines[written_name(name)] = line
                shard.changed = True
            _, _, _, mark, was_named, found = line.split(SEPARATOR)
        except (OSError, ValueError, UnreadableError):
            return None
        if was_named != "0" if not named else found == NO_ARTICLE:
            return None
        shard.held += 1
        # One text for the many that are clean.
        return Kept(mark, CLEAN if found == CLEAN else found)

    def _compared(self, path: str, line: str) -> str:
        """Return the entry with a file's stamp; raises ValueError where it is not about what the file holds."""
        contents = read_contents(path, self._limit)
        _, _, _, rest = line.split(SEPARATOR, 3)
        if not rest.startswith(digest(contents.data) + SEPARATOR):
            raise ValueError("the file has changed")
        return SEPARATOR.join((*map(str, contents.stamp), rest))

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
        return Kept(mark, CLEAN if found == CLEAN else found)

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
        if not self.usable or os.path.islink(self._folder):
            return None
        try:
            data = read_file(self._judged_path(seal), MAX_SHARD_SIZE)
            return data.decode("ascii") if len(data) <= MAX_SHARD_SIZE else None
        except (UnreadableError, ValueError):
            return None

    def keep_judged(self, seal: str, text: str) -> None:
        """Keep what an archive has come to: the last few of them, since runs over other folders have others."""
        # As with a shard, a place that cannot be written is no error.
        with suppress(OSError):
            if not self.usable or not make_folder(self._top, self._key):
                return
            path = self._judged_path(seal)
            with replacing(path, f"{path}.{os.urandom(8).hex()}.tmp") as stream:
                stream.write(text.encode("ascii"))
            keep_newest(self._folder, MAX_ARCHIVES)

    def _judged_path(self, seal: str) -> str:
        return os.path.join(self._folder, f"{seal}.archive")

    def _path(self, folder: str) -> str:
        """Return where a folder's shard is: by its place below the root, so that a moved checkout keeps its cache."""
        place = folder if is_url(folder) else os.path.relpath(folder, self._root).replace(os.sep, "/")
        return os.path.join(self._folder, f"{digest(os.fsencode(place))}.shard")


def digest(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for some bytes (BLAKE2b, RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
