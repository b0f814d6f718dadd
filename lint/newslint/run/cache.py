"""The result cache: what each unchanged file came to the last time, one shard a folder, each line an entry.

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
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from newslint.atomic import replacing
from newslint.limits import MAX_SHARD_SIZE, SHARD_BYTES_PER_FILE
from newslint.run.cache_folder import make_folder
from newslint.run.reading import Stamp, UnreadableError, open_file, read_contents, stamp_of
from newslint.run.rows import NO_ARTICLE
from newslint.run.spool import Spool, Waiting

_RACY = 2_000_000_000
"""Nanoseconds: the coarsest file times that are still in use (FAT) count in steps of two seconds."""

_VERSION = "newslint-cache-1"
_SEPARATOR = "\t"
"""JSON has no tabs but those between its tokens, which are not written."""


class Entry(NamedTuple):
    """What is kept of one file: the JSON of :mod:`newslint.run.rows`, for which bytes, and whether it was named."""

    stamp: Stamp
    digest: str
    named: bool
    found: str
    facts: str


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
        self._shards: dict[str, _Shard] = {}
        self._spool = Spool()
        self.usable = given or not os.path.islink(folder)

    def prepare(self, counts: Mapping[str, int]) -> None:
        """Say how many files of each folder (an absolute path) are asked for: a shard is not read for a few."""
        for folder, count in counts.items():
            if folder not in self._shards or not self._shards[folder].wanted:
                self._shards[folder] = self._read(folder, count)

    def holds(self, path: str, *, named: bool = False) -> bool:
        """Tell whether there is an entry for what a file is now.

        What a file came to that was named says nothing of whether it would have been recognised.
        """
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        line = shard.lines.get(_written_name(name)) if shard is not None else None
        if shard is None or line is None:
            return False
        try:
            entry = _read_entry(line)
            if entry.named if not named else entry.found == NO_ARTICLE:
                return False
            stamp = stamp_of(os.stat(path))
            if stamp == entry.stamp and max(stamp.mtime, stamp.ctime) + _RACY < shard.written:
                return True
            contents = read_contents(path, self._limit)
        except (OSError, ValueError, UnreadableError):
            return False
        if digest(contents.data) != entry.digest:
            return False
        shard.lines[_written_name(name)] = _line_of(entry._replace(stamp=contents.stamp))
        shard.changed = True
        return True

    def get(self, path: str) -> tuple[str, str]:
        """Return what was found in a file that has an entry, and its facts, as :mod:`newslint.run.rows` has them."""
        folder, _, name = path.rpartition(os.sep)
        *_, found, facts = self._shards[folder].lines[_written_name(name)].split(_SEPARATOR)
        return found, facts

    def put(self, path: str, entry: Entry) -> None:
        """Keep the entry of a file."""
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        if shard is not None and shard.wanted:
            written = _written_name(name)
            shard.lines.pop(written, None)
            shard.added.append(self._spool.keep(f"{written}{_SEPARATOR}{_line_of(entry)}"))
            shard.changed = True

    def drop(self, path: str) -> None:
        """Forget the entry of a file."""
        folder, _, name = path.rpartition(os.sep)
        shard = self._shards.get(folder)
        if shard is not None and shard.lines.pop(_written_name(name), None) is not None:
            shard.changed = True

    def write(self, present: dict[str, set[str]]) -> None:
        """Write what has changed; ``present`` names the files of the folders that were searched, the rest is gone."""
        if not self.usable:
            return
        for folder, shard in self._shards.items():
            names = present.get(folder)
            if names is not None and (gone := shard.lines.keys() - set(map(_written_name, names))):
                shard.lines = {name: line for name, line in shard.lines.items() if name not in gone}
                shard.changed = True
        changed = {folder: shard for folder, shard in self._shards.items() if shard.wanted and shard.changed}
        # A place that cannot be written is no error: the next run is as slow as this one.
        with suppress(OSError):
            if not changed or not make_folder(self._top, self._key):
                return
            for folder, shard in changed.items():
                with suppress(OSError):
                    self._write(folder, shard)

    def _path(self, folder: str) -> str:
        """Return where a folder's shard is: by its place below the root, so that a moved checkout keeps its cache."""
        place = os.path.relpath(folder, self._root).replace(os.sep, "/")
        return os.path.join(self._folder, f"{digest(os.fsencode(place))}.shard")

    def _read(self, folder: str, count: int) -> _Shard:
        if not self.usable or os.path.islink(self._folder):
            return _Shard({}, 0, wanted=False)
        path = self._path(folder)
        try:
            status = os.stat(path)
            if status.st_size > MAX_SHARD_SIZE:
                return _Shard({}, 0)
            if status.st_size > SHARD_BYTES_PER_FILE * count:
                # To read it would take longer than to lint these few files.
                return _Shard({}, 0, wanted=False)
            with open_file(path) as stream:
                version, key, now, number = _text(next(stream)).split(_SEPARATOR)
                if (version, key) != (_VERSION, self._key) or not float(now) <= self._now:
                    # "nan" is neither earlier nor later.
                    return _Shard({}, 0)
                pairs = [_parted(_text(line)) for line in stream]
            lines = dict(pairs)
            # A shard that was cut off has another number of lines.
            whole = int(number) == len(pairs) == len(lines)
            return _Shard(lines if whole else {}, status.st_mtime_ns)
        except (OSError, UnreadableError, ValueError, LookupError, TypeError, RecursionError, StopIteration):
            return _Shard({}, 0)

    def _write(self, folder: str, shard: _Shard) -> None:
        path = self._path(folder)
        # In a container each run may have the same number, so that is no name for what a killed one leaves behind.
        temporary = f"{path}.{os.urandom(8).hex()}.tmp"
        head = (_VERSION, self._key, repr(self._now), str(len(shard.lines) + len(shard.added)))
        with replacing(path, temporary) as stream:
            stream.write(f"{_SEPARATOR.join(head)}\n".encode("ascii"))
            for name, line in shard.lines.items():
                stream.write(f"{name}{_SEPARATOR}{line}\n".encode("ascii"))
            for waiting in shard.added:
                stream.write(f"{self._spool.text(waiting)}\n".encode("ascii"))


class _Shard:
    """The entries of one folder by file name, as both are written; ``written`` is when, in nanoseconds since 1970.

    ``added`` are those of this run, name and all: nobody looks them up again.

    A shard that is not ``wanted`` is neither read nor written.
    """

    def __init__(self, lines: dict[str, str], written: int, *, wanted: bool = True) -> None:
        self.lines = lines
        self.added: list[Waiting] = []
        self.written = written
        self.wanted = wanted
        self.changed = False


def _written_name(name: str) -> str:
    """Return a file's name as it stands in a shard: as JSON, so that any name stands on one line."""
    if name.isascii() and name.isprintable() and not ('"' in name or "\\" in name):
        return f'"{name}"'
    return json.dumps(name)


def _text(line: bytes) -> str:
    """Return a line of a shard; raises ValueError where it is not ASCII or was cut off."""
    if not line.endswith(b"\n"):
        raise ValueError("a line is cut off")
    return line[:-1].decode("ascii")


def _parted(line: str) -> tuple[str, str]:
    name, _, rest = line.partition(_SEPARATOR)
    return name, rest


def _line_of(entry: Entry) -> str:
    head = (*map(str, entry.stamp), entry.digest, str(int(entry.named)))
    return _SEPARATOR.join((*head, entry.found, entry.facts))


def _read_entry(line: str) -> Entry:
    """Return the entry in a line; raises ValueError."""
    mtime, ctime, size, mark, named, found, facts = line.split(_SEPARATOR)
    return Entry(Stamp(int(mtime), int(ctime), int(size)), mark, named != "0", found, facts)


def digest(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for some bytes (BLAKE2b, RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
