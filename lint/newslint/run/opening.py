"""Sources opened: each path that stands for files elsewhere, by what it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from newslint.run.sources import Source
from newslint.settings import is_url


def open_sources(paths: Sequence[str]) -> list[Source]:
    """Return the sources that paths stand for, each once; raises MissingPathError and WrongUseError."""
    found: list[Source] = []
    for path in dict.fromkeys(path if is_url(path) else os.path.abspath(path) for path in paths):
        # Imported here because most runs have none of these.
        if is_url(path):
            from newslint.run.remote import open_url

            found.append(open_url(path))
        else:
            from newslint.run.packed import Packed

            found.append(Packed(path, partial(_open, path)))
    return found


def _open(path: str) -> BinaryIO:
    return open(path, "rb")
