"""The folder of the result cache: made, marked as what it is, kept from growing, and deleted again.

In it each key has a folder, and in that are the files: two for each shard, one for each archive and for each run.
Nothing that a cache does not call so is ever deleted.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

from newslint.limits import MAX_CACHE_KEYS
from newslint.run.reading import UnreadableError, read_file

_TAG = "CACHEDIR.TAG"
_TAG_TEXT = """Signature: 8a477f597d28d172789f06886806bc55
# This file marks a cache of newslint (bford.info/cachedir). It can be deleted at any time: newslint clean.
"""
_MARKS = {_TAG: _TAG_TEXT, ".gitignore": "*\n"}
"""What a cache's folder is known by, in the order in which it is written."""

_KEY = re.compile(r"[0-9a-f]{32}")
ARCHIVE = ".archive"
RUN = ".run"
"""How the files are called of which the last few are kept."""

_KEPT = re.compile(rf"[0-9a-f]{{32}}\.(?:shard|facts|{ARCHIVE[1:]}|{RUN[1:]})(?:\.[0-9a-f]+\.tmp)?")
"""A file of a key, or what a run that was killed has left of one."""


class NotOursError(Exception):
    """A folder that newslint did not make and does not delete."""


def make_folder(top: str, key: str) -> bool:
    """Make the folder of a key in that of a cache, and leave only the keys that were used last.

    Returns False, and does nothing, where ``top`` holds something else: ``*`` in the .gitignore of a folder of articles
    would hide them all. Raises OSError for what the system refuses.
    """
    os.makedirs(top, exist_ok=True)
    if not _is_ours(top):
        return False
    for name, text in _MARKS.items():
        with suppress(FileExistsError), open(os.path.join(top, name), "x", encoding="ascii") as stream:
            stream.write(text)
    folder = os.path.join(top, key)
    os.makedirs(folder, exist_ok=True)
    os.utime(folder)
    keys = [(entry.stat(follow_symlinks=False).st_mtime_ns, entry.path) for entry in _keys(top)]
    for _, old in sorted(keys, reverse=True)[MAX_CACHE_KEYS:]:
        _empty(old)
    return True


def keep_newest(folder: str, suffix: str, most: int) -> None:
    """Delete the files of a key that are called so but for the last ones; raises OSError."""
    with os.scandir(folder) as scan:
        files = [entry for entry in scan if _KEPT.fullmatch(entry.name) and suffix in entry.name]
    for old in sorted(files, key=lambda entry: -entry.stat(follow_symlinks=False).st_mtime_ns)[most:]:
        with suppress(FileNotFoundError):
            os.unlink(old.path)


def can_be_cache(folder: str) -> bool:
    """Tell whether a cache can be kept in a folder: it is one, is empty, or is not there yet."""
    return not os.path.lexists(folder) or _is_ours(folder)


def clean(folder: str) -> bool:
    """Delete a cache and tell whether there was one.

    Whatever else somebody has put there stays. Raises NotOursError for a folder that newslint did not make, and OSError
    for what the system refuses.
    """
    if not os.path.lexists(folder):
        return False
    if os.path.islink(folder) or not _is_ours(folder):
        raise NotOursError(folder)
    # Another run may do the same.
    with suppress(FileNotFoundError):
        for key in _keys(folder):
            _empty(key.path)
        for name in reversed(_MARKS):
            if _is_mark(folder, name):
                os.unlink(os.path.join(folder, name))
    with suppress(OSError):
        os.rmdir(folder)
    return True


def _is_ours(folder: str) -> bool:
    """Tell whether a folder has our tag, or holds nothing but what a cache does: another run may be at work there."""
    try:
        names = os.listdir(folder)
    except (NotADirectoryError, FileNotFoundError):
        return False
    if _TAG in names:
        return _is_mark(folder, _TAG)
    return all(_KEY.fullmatch(name) or name in _MARKS for name in names)


def _is_mark(folder: str, name: str) -> bool:
    """Tell whether a file is one of our marks, or as much of it as another run has written so far."""
    text = _MARKS[name].encode()
    try:
        return text.startswith(read_file(os.path.join(folder, name), len(text)))
    except UnreadableError:
        return False


def _keys(folder: str) -> list[os.DirEntry[str]]:
    """Return the folders of the keys of a cache."""
    with os.scandir(folder) as scan:
        return [entry for entry in scan if _KEY.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)]


def _empty(folder: str) -> None:
    """Delete the files of one key, and its folder if nothing else is in it."""
    files: list[str] = []
    with suppress(FileNotFoundError), os.scandir(folder) as scan:
        files = [entry.path for entry in scan if _KEPT.fullmatch(entry.name) and not entry.is_dir()]
    for file in files:
        with suppress(FileNotFoundError):
            os.unlink(file)
    with suppress(OSError):
        os.rmdir(folder)
