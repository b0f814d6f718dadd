"""What a run is set to do: the settings, where the file that holds them is found, and what paths are relative to."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.finding import Severity
from newslint.late import compiled_late
from newslint.limits import MAX_FILE_SIZE, MAX_FINDINGS
from newslint.record import Record
from newslint.rules.selection import Layer, matching

if TYPE_CHECKING:
    from newslint.vocabulary import Vocabulary

CACHE_NAME = ".newslint_cache"
"""The folder of the cache beside the configuration, where no other is named."""

FILE_NAMES = ("newslint.toml", "pyproject.toml")
TABLE = ("tool", "newslint")


class WrongUseError(Exception):
    """Something that the user must put right before newslint can work; the message is one line for them."""


class LostError(Exception):
    """What a run cannot go on without is gone, as all workers of a cluster may be; the message is one line."""


class ConfigError(WrongUseError):
    """A configuration that cannot be used; the message is one line for the user, naming file and key."""


ARTICLE = "article"
"""The name of the built-in kind of document."""


class KindSettings(Record):
    """What the configuration says of one kind of document.

    ``files`` are patterns relative to the configuration's folder, ``schema`` is a path relative to it or the name of a
    packaged schema (None: the article's), ``rules`` holds options by the rule's name.
    """

    name: str
    files: Sequence[str] = ()
    schema: str | None = None
    selection: Layer = Layer()
    rules: Mapping[str, Mapping[str, Any]] = {}


class Settings(Record):
    """The configuration of a run. ``root`` is the folder that patterns and ``include`` are relative to."""

    root: Path
    file: Path | None = None
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    extensions: Sequence[str] = ("md", "markdown", "txt")
    selection: Layer = Layer()
    severity: Mapping[str, str] = {}
    fail_on: Severity = Severity.WARNING
    max_file_size: int = MAX_FILE_SIZE
    max_findings: int = MAX_FINDINGS
    rules: Mapping[str, Mapping[str, Any]] = {}
    per_file_ignores: Mapping[str, Sequence[str]] = {}
    corpus: Sequence[str] = ()
    fixable: Sequence[str] = ("ALL",)
    unfixable: Sequence[str] = ()
    vocabulary: Vocabulary | None = None
    baseline: str | None = None
    kinds: Sequence[KindSettings] = ()

    @property
    def severities(self) -> dict[str, Severity]:
        """The severity of each code that the configuration changes; the more specific selector wins."""
        return resolve_severities(self.severity)


def resolve_severities(by_selector: Mapping[str, str]) -> dict[str, Severity]:
    """Return severities by code from severities by selector; raises UnknownRuleError."""
    levels: dict[str, Severity] = {}
    for selector in sorted(by_selector, key=lambda name: (name != "ALL", not name.startswith("NL"), len(name))):
        levels.update(dict.fromkeys(matching(selector), Severity(by_selector[selector])))
    return levels


def find_config(start: Path) -> Path | None:
    """Return the nearest newslint.toml, or pyproject.toml with [tool.newslint], from ``start`` upwards.

    Raises ConfigError for a pyproject.toml on the way that may have such a table and cannot be read.
    """
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            candidate = folder / name
            # Path.is_file raises where a folder may not be entered.
            if os.path.isfile(candidate) and (name == "newslint.toml" or _has_table(candidate)):
                return candidate
    return None


def _has_table(path: Path) -> bool:
    # Imported here because it takes its time, and only a configuration file on the way needs it.
    from newslint.toml_file import TomlError, TomlFile

    try:
        file = TomlFile(str(path))
        return "newslint" in file.text and file.table(*TABLE) is not None
    except TomlError as error:
        raise ConfigError(f"{shown_file(path)}{error.place}: {error}") from error


def shown_file(path: Path) -> str:
    """Return how messages name a configuration file: relative to the working directory where it is under it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def relative_to_root(path: str, root: Path) -> str:
    """Return a path as patterns see it: relative to the configuration's folder, with ``/`` between its parts.

    A path under ``root`` by another name (a link leads there) is under it. A file in an archive is called what it is
    called there, one in another file system what it is called below the host or bucket.
    """
    if (outside := name_outside(path)) is not None:
        return outside
    absolute = os.path.abspath(path)
    base = os.path.join(root, "")
    if not absolute.startswith(base):
        # Only the folder: a linked file is what it is called here.
        real = os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))
        base = os.path.join(os.path.realpath(root), "")
        absolute = real if real.startswith(base) else absolute
    relative = absolute[len(base) :] if absolute.startswith(base) else os.path.relpath(absolute, root)
    return relative.replace(os.sep, "/")


_ARCHIVE = compiled_late(r"\.(?:zip|tar|tar\.gz|tgz)!/", re.IGNORECASE)
_SCHEME = compiled_late(r"[A-Za-z][A-Za-z0-9+.:-]*://")
"""One scheme (RFC 3986, section 3.1), or several as fsspec chains them."""


def is_url(path: str) -> bool:
    """Tell whether a path that the user gave is a URL."""
    return "://" in path and _SCHEME.match(path) is not None


def name_outside(path: str) -> str | None:
    """Return what a file is called in its archive, or below its host or bucket; None for a file of this machine."""
    if "!/" in path and (inside := _ARCHIVE.search(path)) is not None:
        return path[inside.end() :]
    return path.partition("://")[2].partition("/")[2] if is_url(path) else None
