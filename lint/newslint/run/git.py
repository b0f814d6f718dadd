"""What differs from another revision, told by Git: the files, and the lines of a file.

Nothing that a repository could set is run: no external diff, no text conversion, no filter, no hook and no file-system
monitor (git-config(1): ``diff.external``, ``diff.<driver>.textconv``, ``filter.<driver>``, ``core.hooksPath``,
``core.fsmonitor``).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.limits import MAX_FILE_SIZE
from newslint.report import Report
from newslint.run.names import file_of
from newslint.run.open_files import RAISE_IT, none_left
from newslint.run.reading import UnreadableError, read_file
from newslint.settings import WrongUseError

_HUNK = compiled_late(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_FILE = compiled_late(r"^diff --git ", re.MULTILINE)
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "diff.external=")
_COMPARED = ("-c", "diff.autoRefreshIndex=true")
"""Files that were only touched are no changes: with another setting Git tells of them, and in some formats alone."""

_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--ignore-submodules")
_NOTHING = "NEWSLINT_NOTHING"
"""A variable without text: ``--config-env`` takes the value of a name that has a "=" in it from there."""

_CHUNK = 200
"""Names for one call, which is far from what a command line can hold."""

_TIMEOUT = 120
"""Seconds for one call: a repository of a million files answers in less."""


class GitError(WrongUseError):
    """Git cannot tell; the message is one line for the user."""


class Changes:
    """The files of a repository's work tree that differ from the merge base with a revision.

    Raises GitError where there is no repository, no such revision, or no common ancestor.
    """

    def __init__(self, revision: str) -> None:
        self._root = os.path.realpath(os.fsdecode(_git("rev-parse", "--show-toplevel").rstrip(b"\n")))
        self._filters = _without_filters()
        self._base = _merge_base(revision)

    def files(self) -> frozenset[str]:
        """Return the absolute paths of the files that differ or are new, ignored ones left out."""
        changed = self._in_root("diff", *_PLAIN, "--name-only", "-z", "--diff-filter=d", self._base, "--")
        new = self._in_root("ls-files", "--others", "--exclude-standard", "-z")
        return frozenset(os.path.join(self._root, os.fsdecode(name)) for name in (changed + new).split(b"\0") if name)

    def lines(self, paths: Iterable[str]) -> dict[str, list[range] | None]:
        """Return the ranges of 1-based lines that are new or changed, by path; None where all lines count as such.

        They do in a new file, in a link, and in a file with a lone CR, which ends a line here and not for Git.
        """
        names = {path: os.path.relpath(_real(path), self._root) for path in paths}
        found: dict[str, list[range] | None] = dict.fromkeys(names)
        asked = [path for path in names if not os.path.islink(path) and not _has_lone_cr(path)]
        for start in range(0, len(asked), _CHUNK):
            chunk = asked[start : start + _CHUNK]
            ranges = self._ranges([names[path] for path in chunk])
            found.update({path: ranges.get(names[path]) for path in chunk})
        return found

    def _ranges(self, names: list[str]) -> dict[str, list[range]]:
        """Return the lines of those files that the merge base has, too, and that differ; names are from the root."""
        places = ["--diff-filter=M", self._base, "--", *(f":(top,literal){name}" for name in names)]
        # ":MODE MODE HASH HASH M", NUL, name, NUL a file; and the patches, where names are quoted, in the same order.
        raw = self._in_root("diff", *_PLAIN, "--raw", "-z", *places).split(b"\0")[:-1]
        patches = self._in_root("diff", *_PLAIN, "--unified=0", "--inter-hunk-context=0", "--text", *places)
        parts = _FILE.split(patches.decode("utf-8", "replace"))[1:]
        if len(raw) != 2 * len(parts):
            # Somebody has written a file between the two calls.
            return {}
        return {
            os.fsdecode(name): [_range(at, count) for at, count in _HUNK.findall(part) if count != "0"]
            for name, part in zip(raw[1::2], parts, strict=True)
        }

    def _in_root(self, *arguments: str) -> bytes:
        return _git(*arguments, options=("-C", self._root, *_COMPARED, *self._filters))


def current_revision() -> str | None:
    """Return the abbreviated name of the commit that is checked out, or None where there is none or no Git."""
    try:
        return _git("rev-parse", "--short=12", "--verify", "HEAD").decode("ascii", "replace").strip() or None
    except GitError:
        return None


def on_changed_lines(report: Report, changes: Changes) -> Report:
    """Return a report with the findings alone that stand on a line that is new or changed."""
    files = {finding.path: file_of(finding.path) for finding in report.findings}
    by_file = changes.lines(dict.fromkeys(files.values()))
    kept: list[Finding] = []
    for finding in report.findings:
        ranges = by_file[files[finding.path]]
        lines = range(finding.line, max(finding.end_line, finding.line) + 1)
        if ranges is None or any(lines.start < other.stop and other.start < lines.stop for other in ranges):
            kept.append(finding)
    return report._replace(findings=tuple(kept))


def _range(first: str, count: str) -> range:
    return range(int(first), int(first) + int(count or 1))


def _real(path: str) -> str:
    """Return an absolute path by its real folder: for Git a link is a file of its own."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _has_lone_cr(path: str) -> bool:
    try:
        data = read_file(path, MAX_FILE_SIZE)
    except UnreadableError:
        return False
    return b"\r" in data.replace(b"\r\n", b"")


def _merge_base(revision: str) -> str:
    commit = _attempt("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    shallow = _attempt("rev-parse", "--is-shallow-repository") == b"true\n"
    cure = (
        ": this clone is shallow, so fetch more of it (git fetch --unshallow; fetch-depth: 0 for actions/checkout; "
        "GIT_DEPTH: 0 for GitLab)"
        if shallow
        else ""
    )
    if commit is None:
        hint = cure or ": fetch it, or name another"
        raise GitError(f'"{revision}" is no revision that Git knows here{hint}')
    base = _attempt("merge-base", commit.decode().strip(), "HEAD")
    if base is None:
        raise GitError(f'HEAD has no common ancestor with "{revision}"{cure}')
    return base.decode().split()[0]


def _without_filters() -> tuple[str, ...]:
    """Return the options that turn off all filter drivers of the configuration."""
    names = _attempt("config", "--name-only", "--get-regexp", "-z", r"^filter\..*\.(clean|smudge|process|required)$")
    options: list[str] = []
    for name in map(os.fsdecode, filter(None, (names or b"").split(b"\0"))):
        # No text is no command, and "false". For -c a name ends at its first "="; Git before 2.31 has nothing but -c.
        options += [f"--config-env={name}={_NOTHING}"] if "=" in name else ["-c", f"{name}="]
    return tuple(options)


def _attempt(*arguments: str) -> bytes | None:
    try:
        return _git(*arguments)
    except GitError as error:
        if error.__cause__ is not None:
            raise
        return None


def _git(*arguments: str, options: tuple[str, ...] = ()) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name != "GIT_EXTERNAL_DIFF"}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", _NOTHING: ""}
    # A partial clone would fetch what it lacks; Git before 2.45 does not know the first of these.
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
    try:
        result = subprocess.run(  # noqa: S603 - the arguments are ours, revisions and paths stand behind a stop
            ["git", *_SAFE, *options, *arguments],  # noqa: S607 - whoever calls newslint chooses the git in PATH
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be run: {_why(error)}") from error
    if result.returncode:
        raise GitError(f"git {arguments[0]}: {_told(result.stderr)}")
    return result.stdout


def _why(error: Exception) -> str:
    """Return what kept Git from being run, and what to do where this process may open too few files."""
    words = none_left(error)
    return f"{words}; {RAISE_IT}" if words is not None else str(error)


def _told(stderr: bytes) -> str:
    """Return the one line of what Git complains of that says most."""
    lines = stderr.decode("utf-8", "replace").strip().split("\n")
    if any("lazy fetching disabled" in line or line.startswith("fatal: transport ") for line in lines):
        return "this clone is partial and lacks files of the merge base: clone it without --filter"
    return next((line for line in lines if line.startswith("fatal: ")), lines[0])
