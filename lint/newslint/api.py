"""The library: lint a file, a text, a post or a folder from Python, without printing and without global state."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.engine.linter import lint_metadata
from newslint.finding import Finding
from newslint.report import Report
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings

if TYPE_CHECKING:
    import frontmatter


def _runner(config: str | os.PathLike[str] | None, now: datetime | None) -> Runner:
    if now is not None and now.utcoffset() is None:
        raise ValueError("now must be an aware datetime, for example datetime.now(timezone.utc)")
    here = Path.cwd()
    if config is None:
        return Runner(Settings(here), Choices(now=now))
    # Imported here because without a configuration nobody needs it.
    from newslint.config import load_settings

    return Runner(load_settings(Path(config), here), Choices(now=now))


def lint_path(
    path: str | os.PathLike[str],
    *,
    config: str | os.PathLike[str] | None = None,
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of one file, in their order.

    ``config`` is a newslint.toml or pyproject.toml (none is looked for), ``now`` an aware datetime in place of the
    present. A file that cannot be read is a finding (NL001). Raises ``newslint.ConfigError`` for a bad configuration,
    ValueError for a naive ``now``.
    """
    return _runner(config, now).lint_file(os.fsdecode(path)).findings


def lint_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    config: str | os.PathLike[str] | None = None,
    now: datetime | None = None,
) -> Report:
    """Return the report over files and folders; folders are searched for articles as the command does it.

    Without paths these are the configuration's ``include``, or else the working directory. Raises FileNotFoundError
    (``newslint.run.discovery.MissingPathError``) for a path that is not there, TypeError for a single path that is not
    in a list; else as :func:`lint_path`.
    """
    if isinstance(paths, str | bytes | os.PathLike):
        # The characters of a text are texts, too.
        raise TypeError(f"paths must be a list of paths, not one path: [{paths!r}]")
    report = _runner(config, now).run([os.fsdecode(path) for path in paths])
    # Programs take them for tuples, of however many files they are.
    findings, suppressed = tuple(report.findings), tuple(report.suppressed_findings)
    return report._replace(findings=findings, suppressed_findings=suppressed, checked=tuple(report.checked))


def lint_text(
    text: str,
    name: str = "article.md",
    *,
    config: str | os.PathLike[str] | None = None,
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a text as if it were the content of a file called ``name``; else as :func:`lint_path`."""
    return _runner(config, now).lint_data(text.encode("utf-8", "surrogatepass"), name).findings


def lint_post(
    post: frontmatter.Post,
    *,
    config: str | os.PathLike[str] | None = None,
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a ``frontmatter.Post`` that a program is about to write.

    There is no text yet, so the findings name a field, and their lines and columns are 0. A datetime counts as its RFC
    3339 text (a naive one as UTC); what YAML has no type for is NL102, a key that is no text NL009. Else as
    :func:`lint_path`.
    """
    return lint_metadata(post.metadata, _runner(config, now).plan).findings
