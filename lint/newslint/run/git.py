"""What differs from another revision, told by Git: the files, and the lines of a file.

Nothing that a repository could set is run: no external diff, no text conversion, no filter, no hook and no file-system
monitor (git-config(1): ``diff.external``, ``diff.<driver>.textconv``, ``filter.<driver>``, ``core.hooksPath``,
``core.fsmonitor``).
"""

from __future__ import annotations

import os
import re
import subprocess

from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.report import Report
from newslint.run.names import file_of
from newslint.settings import WrongUseError

_HUNK = compiled_late(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "diff.external=")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--ignore-submodules")
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

    def lines(self, path: str) -> list[range] | None:
        """Return the ranges of 1-based lines of a changed file that are new or changed; None for a file that is new."""
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(self._root))
        place = f":(top,literal){relative}"
        if not self._in_root("ls-tree", "-z", "--full-tree", self._base, "--", relative):
            return None
        patch = self._in_root("diff", *_PLAIN, "--unified=0", "--text", self._base, "--", place)
        text = patch.decode("utf-8", "replace")
        found = [(int(match[1]), int(match[2] or 1)) for match in _HUNK.finditer(text)]
        return [range(first, first + count) for first, count in found if count]

    def _in_root(self, *arguments: str) -> bytes:
        return _git(*arguments, options=("-C", self._root, *self._filters))


def on_changed_lines(report: Report, changes: Changes) -> Report:
    """Return a report with the findings alone that stand on a line that is new or changed."""
    by_path = {path: changes.lines(file_of(path)) for path in {finding.path for finding in report.findings}}
    kept: list[Finding] = []
    for finding in report.findings:
        ranges = by_path[finding.path]
        lines = range(finding.line, max(finding.end_line, finding.line) + 1)
        if ranges is None or any(lines.start < other.stop and other.start < lines.stop for other in ranges):
            kept.append(finding)
    return report._replace(findings=tuple(kept))


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
    for name in (names or b"").split(b"\0"):
        if name:
            options += ["-c", f"{os.fsdecode(name)}={'false' if name.endswith(b'.required') else ''}"]
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
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
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
        raise GitError(f"git cannot be run: {error}") from error
    if result.returncode:
        told = result.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise GitError(f"git {arguments[0]}: {told}")
    return result.stdout
