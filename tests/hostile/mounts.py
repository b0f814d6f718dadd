"""Folders on file systems that are full or cannot be written: mounted in a namespace of the process, gone with it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_TMPFS = 'mount -t tmpfs -o size=64k none "$0" && cp -r "$1"/. "$0" && cd "$0" && shift && "$@"'
_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && "$@"'


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, timeout=60, check=False
    )
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not _can_mount(), reason="this system lets nobody mount in a namespace (unshare -rm)")


def on_small_disk(folder: Path, content: Path, command: list[str]) -> list[str]:
    """Return a command line that runs a command in ``folder`` while that is a disk of 64 KiB with a copy of some files."""
    return ["unshare", "-rm", "sh", "-c", _TMPFS, str(folder), str(content), *command]


def on_read_only_disk(folder: Path, command: list[str]) -> list[str]:
    """Return a command line that runs a command in ``folder`` while nothing can be written there, whoever runs it."""
    return ["unshare", "-rm", "sh", "-c", _READ_ONLY, str(folder), *command]
