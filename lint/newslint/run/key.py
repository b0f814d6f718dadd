"""The key of the cache: everything but the files themselves that a finding can follow from."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import newslint
from newslint.digest import digest
from newslint.run.checker import Checker
from newslint.version import __version__

_PACKAGES = ("can_ada-", "ftfy-", "jsonschema-", "jsonschema_rs-", "python_frontmatter-", "pyyaml-")
"""How the folders begin in which installers note the version of a package (PEP 376), in lower case."""

_VERSION = 1
"""Raised when rows mean something else."""


def cache_key(checker: Checker) -> str:
    """Return 32 hexadecimal digits that change whenever a file could come to something else than before."""
    settings, choices = checker.settings, checker.choices
    vocabulary = settings.vocabulary
    known: dict[str, Any] = {
        "version": [_VERSION, __version__, *sys.version_info[:2], _packages(), _sources()],
        "kinds": [
            [
                kind.name,
                kind.schema.raw,
                sorted(kind.plan.codes),
                [[rule.code, options.values] for rule, options in (*kind.plan.checks, *kind.plan.archive)],
            ]
            for kind in checker.kinds.all
        ],
        "vocabulary": None if vocabulary is None else [vocabulary.names, vocabulary.parents, vocabulary.aliases],
        "limits": [settings.max_file_size, settings.max_findings],
        "exact": choices.exact,
        # Which kind a file is and which codes are taken from it depends on these, and on its place below the root.
        "files": [settings.kinds, settings.per_file_ignores, settings.selection, choices.selection],
    }
    return digest(json.dumps(known, sort_keys=True, default=list).encode("utf-8", "surrogatepass"))


def _packages() -> list[str]:
    """Return the versions of the packages that findings follow from; importlib.metadata takes 40 ms for it."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            found.update(name for name in os.listdir(folder or ".") if name.lower().startswith(_PACKAGES))
        except OSError:
            continue
    return sorted(name for name in found if name.endswith("-info"))


def _sources() -> list[Any]:
    """Return what tells one state of a checkout of newslint from another; an installed one has its version."""
    package = os.path.dirname(newslint.__file__)
    if os.path.isdir(os.path.join(package, "schemas")):
        return []
    found: list[Any] = []
    folders = [package]
    while folders:
        with os.scandir(folders.pop()) as scan:
            for entry in scan:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    found.append([entry.path[len(package) :], status.st_mtime_ns, status.st_size])
                elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
                    folders.append(entry.path)
    return sorted(found)
