"""The command as a real process under limits: of memory, of processor time, of the size of what it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

MEMORY = 1024 * 1_048_576
"""Bytes of address space of each process: several times what a run over one file of the largest size takes."""

SECONDS = 30
"""Processor seconds of each process, many times what any case takes: a hang ends with SIGXCPU."""

NOW = "2024-06-01T00:00:00Z"

_LIMITER = """
import os, resource, sys
memory, seconds, size, files, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
if size != "None":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
if files != "None":
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(files), int(files)))
os.execv(command[0], command)
"""
"""Sets the limits and becomes the command: what runs between a fork and an exec in Python may hang (preexec_fn)."""


class Done(NamedTuple):
    """What a process came to: a negative code is the number of the signal that ended it."""

    code: int
    out: bytes
    err: bytes

    @property
    def report(self) -> Any:
        """The object that ``--output-format json`` wrote."""
        return json.loads(self.out)


def environment(**variables: str) -> dict[str, str]:
    """Return what a process sees of the environment: nothing that could change what it says."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", **variables}


def command(
    *arguments: str, memory: int = MEMORY, seconds: int = SECONDS, size: int | None = None, files: int | None = None
) -> list[str]:
    """Return the command line that runs ``newslint`` under limits.

    They are of bytes, of processor seconds, of the bytes of a file that is written, and of open files.
    """
    limits = [str(memory), str(seconds), str(size), str(files)]
    return [sys.executable, "-I", "-S", "-c", _LIMITER, *limits, sys.executable, "-m", "newslint", *arguments]


def newslint(
    *arguments: str,
    cwd: Path,
    stdin: bytes | BinaryIO = b"",
    memory: int = MEMORY,
    seconds: int = SECONDS,
    size: int | None = None,
    files: int | None = None,
    **variables: str,
) -> Done:
    """Run ``newslint`` under limits and return what it came to; ``stdin`` is its bytes, or a file to read from."""
    if size is not None:
        # Python keeps half of a module where it cannot write the whole, and every later run fails on it.
        variables["PYTHONDONTWRITEBYTECODE"] = "1"
    given: dict[str, Any] = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    done = subprocess.run(
        command(*arguments, memory=memory, seconds=seconds, size=size, files=files),
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        timeout=10 * seconds,
        check=False,
        **given,
    )
    return Done(done.returncode, done.stdout, done.stderr)
