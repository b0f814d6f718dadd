"""New files, and nothing but new files: what is there already stays, whatever it is."""

from __future__ import annotations

import os


def is_free(path: str) -> bool:
    """Tell whether there is nothing at a path, not even a link that leads nowhere."""
    return not os.path.lexists(path)


def create(path: str, text: str) -> bool:
    """Write a new file in UTF-8, with the folders that it needs; tell whether there was room for it.

    Raises OSError where the system refuses; what was begun is then taken away.
    """
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    try:
        # Exclusive, so that a file that has come meanwhile stays, and no link is followed.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8"))
    except BaseException:
        os.unlink(path)
        raise
    return True
