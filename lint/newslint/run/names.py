"""How findings name a file, and where a file really is."""

from __future__ import annotations

import os

from newslint.settings import is_url


def shown_path(path: str) -> str:
    """Return a path as findings name it: relative to the working directory where it is under it, else absolute.

    It is the UTF-8 text of the name's bytes, whatever the locale; a byte that is none is a lone surrogate (PEP 383).
    """
    return named_from(os.path.join(os.getcwd(), ""), path if is_url(path) else os.path.abspath(path))


def named_from(here: str, absolute: str) -> str:
    """Return the same for an absolute path; ``here`` is the working directory and a slash."""
    shown = absolute[len(here) :] if absolute.startswith(here) else absolute
    if not shown.isascii():
        shown = os.fsencode(shown).decode("utf-8", "surrogateescape")
    return shown.replace(os.sep, "/")


def leads_out(path: str, root: str) -> bool:
    """Tell whether a file is a symbolic link to one that lies neither below ``root`` nor in the link's own folder."""
    if not os.path.islink(path):
        return False
    target = os.path.realpath(path)
    folders = (os.path.realpath(folder) for folder in (root, os.path.dirname(path) or "."))
    return not any(target.startswith(os.path.join(folder, "")) for folder in folders)


def file_of(shown: str) -> str:
    """Return the path to open for a file that is named as :func:`shown_path` names it."""
    return shown if shown.isascii() else os.fsdecode(shown.encode("utf-8", "surrogateescape"))


_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is a packed archive."""
    return name.lower().endswith(_ARCHIVES)


def is_source(path: str) -> bool:
    """Tell whether a path that the user gave stands for files that are none of this machine's, by URL or packed."""
    return is_url(path) or (is_archive(path) and os.path.isfile(path))
