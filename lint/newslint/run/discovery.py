"""Which files a run is about: named ones always, found ones by extension and look; what is passed over, and why.

A walk follows no folder links, passes hidden names over and respects ``.gitignore`` as Git does (gitignore(5)): the
patterns of a folder beat those of the folders above it, and nothing is re-included below an ignored folder.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from newslint.limits import MAX_IGNORE_SIZE
from newslint.record import Record
from newslint.run.patterns import Patterns, read_patterns
from newslint.run.reading import Contents, Stamp, UnreadableError, read_file
from newslint.settings import relative_to_root

_Ignores = tuple[tuple[str, Patterns], ...]
"""The patterns that hold in a folder: (the .gitignore's folder and a slash, its patterns), the deepest last."""


class MissingPathError(FileNotFoundError):
    """A path that the user named and that is not there; ``path`` is how it was written."""

    def __init__(self, path: str) -> None:
        super().__init__(f'"{path}" is not there')
        self.path = path


class Held(Record):
    """What is known of a file that is none of this machine's: it lies in an archive, or in another file system.

    ``contents`` are there for one whose bytes travel with it, ``stamp`` stands for the state of one that is still to be
    fetched; ``hint`` is for the NL001 of one that cannot be read.
    """

    contents: Contents | None = None
    stamp: Stamp | None = None
    hint: str | None = None


class Candidate(Record):
    """A file that a run came across.

    ``path`` is absolute. ``skipped`` says why it is passed over, and is None for a file that is to be read. ``named``
    files are checked whatever they hold; the others only if they look like an article. ``unreadable`` says why a folder
    could not be searched, or why there is no telling what a file holds.
    """

    path: str
    named: bool
    skipped: str | None = None
    unreadable: str | None = None
    held: Held | None = None

    @property
    def is_remote(self) -> bool:
        """Whether the file has to be fetched from another file system."""
        held = self.held
        return held is not None and held.contents is None and self.unreadable is None


class Selection:
    """What is looked for: ``extensions`` without dot and in lower case, ``exclude`` as patterns relative to ``root``.

    ``as_found`` treats named files like those found in folders.
    """

    def __init__(
        self, root: Path, extensions: Sequence[str], exclude: Sequence[str] = (), as_found: bool = False
    ) -> None:
        self.root = root
        self.extensions = extensions
        self.exclude = exclude
        self.as_found = as_found

    @cached_property
    def _excluded(self) -> Patterns:
        return Patterns(self.exclude)

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(f".{extension}" for extension in self.extensions)

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether the configuration excludes an absolute path, or a folder around it."""
        return bool(self.exclude) and self._excluded.match(relative_to_root(path, self.root), folder=folder)

    def has_extension(self, name: str) -> bool:
        """Tell whether a file name has one of the extensions."""
        return name.endswith(self._endings) or name.lower().endswith(self._endings)


def discover(paths: Sequence[str], selection: Selection) -> Iterator[Candidate]:
    """Yield each file once: those named, and those in the folders named, by name within each folder.

    A file that is named and found is named. Raises MissingPathError for a path that is not there, before anything is
    yielded.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise MissingPathError(path)
    return _discover(paths, selection)


def _discover(paths: Sequence[str], selection: Selection) -> Iterator[Candidate]:
    folders = {path for path in paths if os.path.isdir(path)}
    named = {os.path.abspath(path) for path in paths if path not in folders}
    if len(paths) == 1 and not named:
        # A walk comes across nothing twice.
        absolute = os.path.abspath(paths[0])
        yield from _walk(absolute, selection, _ignores_around(absolute))
        return
    seen: set[str] = set()
    for path in paths:
        absolute = os.path.abspath(path)
        found = (
            _walk(absolute, selection, _ignores_around(absolute)) if path in folders else [Candidate(absolute, True)]
        )
        for candidate in found:
            if candidate.path not in seen:
                seen.add(candidate.path)
                yield named_candidate(candidate.path, selection) if candidate.path in named else candidate


def named_candidate(path: str, selection: Selection) -> Candidate:
    """Return what becomes of a file that is named; ``path`` is absolute."""
    if selection.excludes(path):
        return Candidate(path, True, 'excluded by the configuration; "--no-exclude" checks it')
    if selection.as_found:
        return Candidate(path, False, _why_no_article(path, selection))
    return Candidate(path, True)


def _walk(folder: str, selection: Selection, ignores: _Ignores) -> Iterator[Candidate]:
    """Yield what lies in a folder and below; folders are entered after the files beside them."""
    # A stack of its own: folders may be nested deeper than Python's calls.
    stack = [(folder, ignores)]
    while stack:
        folder, ignores = stack.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=_name)
        except OSError as error:
            yield Candidate(folder, False, unreadable=f"the folder cannot be read: {error.strerror or error}")
            continue
        ignores = _with_own_patterns(folder, entries, ignores)
        folders: list[tuple[str, _Ignores]] = []
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            kind = _kind(entry)
            if ignores and _is_ignored(entry.path, ignores, folder=kind == "folder"):
                continue
            if kind == "file" and not selection.exclude and selection.has_extension(name):
                yield Candidate(entry.path, False)
            elif kind != "folder":
                yield Candidate(entry.path, False, _why_skipped(entry, kind, selection))
            elif selection.excludes(entry.path, folder=True):
                yield Candidate(entry.path, False, "a folder that the configuration excludes")
            else:
                folders.append((entry.path, ignores))
        stack.extend(reversed(folders))


_name = attrgetter("name")


def _kind(entry: os.DirEntry[str]) -> str:
    """Return ``folder``, ``file`` or ``other`` (links are other), mostly without asking the file system again."""
    try:
        if entry.is_file(follow_symlinks=False):
            return "file"
        return "folder" if entry.is_dir(follow_symlinks=False) else "other"
    except OSError:
        return "other"


def _why_skipped(entry: os.DirEntry[str], kind: str, selection: Selection) -> str | None:
    """Return why something found in a folder is passed over, or None."""
    if kind == "other":
        reason = _why_no_article(entry.path, selection)
    else:
        reason = None if selection.has_extension(entry.name) else _other_extension(entry.name)
    if reason is None and selection.excludes(entry.path):
        return "excluded by the configuration"
    return reason


def _why_no_article(path: str, selection: Selection) -> str | None:
    """Return why a path cannot be an article as far as its name and kind tell, or None."""
    if os.path.isdir(path):
        return "a link to a folder, which is not followed"
    if not selection.has_extension(path):
        return _other_extension(path)
    if not os.path.isfile(path):
        return "no regular file" if os.path.exists(path) else "a link that leads nowhere"
    return None


def why_skipped(path: str, selection: Selection) -> str | None:
    """Return why a file that is none of this machine's is passed over, as far as its name tells, or None."""
    if not selection.has_extension(path):
        return _other_extension(path)
    return "excluded by the configuration" if selection.excludes(path) else None


def _other_extension(path: str) -> str:
    extension = os.path.splitext(path)[1]
    return f'the extension "{extension}" is none of "extensions"' if extension else 'no extension of "extensions"'


def _ignores_around(folder: str) -> _Ignores:
    """Return the patterns of the folders around a named one, from the root of its Git repository down.

    Outside a repository there are none, and none hold in a folder that they would ignore: whoever names it wants it.
    """
    around: list[str] = []
    above = folder
    while not os.path.lexists(os.path.join(above, ".git")):
        parent = os.path.dirname(above)
        if parent == above:
            return ()
        around.append(above)
        above = parent
    around.append(above)
    ignores = _with_patterns(above, os.path.join(above, ".git", "info", "exclude"), ())
    # The folder's own patterns are read by the walk, with its entries.
    for outer in reversed(around[1:]):
        ignores = _with_patterns(outer, os.path.join(outer, ".gitignore"), ignores)
    inside = reversed(around[:-1])
    return () if any(_is_ignored(step, ignores, folder=True) for step in inside) else ignores


def _with_own_patterns(folder: str, entries: list[os.DirEntry[str]], ignores: _Ignores) -> _Ignores:
    # They are sorted by name, and there may be very many.
    place = bisect_left(entries, ".gitignore", key=_name)
    # Git follows no link to a .gitignore either.
    if place < len(entries) and entries[place].name == ".gitignore" and not entries[place].is_symlink():
        return _with_patterns(folder, os.path.join(folder, ".gitignore"), ignores)
    return ignores


def _with_patterns(folder: str, path: str, ignores: _Ignores) -> _Ignores:
    """Return the patterns that hold in a folder, with those of a file put behind the others where there is one."""
    try:
        data = read_file(path, MAX_IGNORE_SIZE)
    except UnreadableError:
        return ignores
    whole = data if len(data) <= MAX_IGNORE_SIZE else data[: data.rfind(b"\n", 0, MAX_IGNORE_SIZE) + 1]
    return (*ignores, (os.path.join(folder, ""), read_patterns(whole)))


def _is_ignored(path: str, ignores: _Ignores, *, folder: bool) -> bool:
    """Tell whether Git would ignore an absolute path; the deepest .gitignore that has a matching pattern decides."""
    for base, patterns in reversed(ignores):
        verdict = patterns.verdict(path[len(base) :].replace(os.sep, "/"), folder=folder)
        if verdict is not None:
            return verdict
    return False
