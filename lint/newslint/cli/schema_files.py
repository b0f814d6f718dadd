"""``newslint schema --infer`` and ``--diff``: a schema made from files, and two schemas compared over files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN, FINDINGS, OUR_FAULT
from newslint.cli.streams import say, write
from newslint.infer.compare import Comparison, compare
from newslint.infer.inference import disproof, infer
from newslint.infer.layout import compact
from newslint.infer.sources import Sources
from newslint.output.dump import dump
from newslint.output.escape import line_start, terminal
from newslint.output.json_report import finding_object
from newslint.output.totals import counted
from newslint.run.discovery import MissingPathError, Selection
from newslint.run.names import shown_path
from newslint.schema.files import SchemaError
from newslint.schema.schema import load_schema
from newslint.settings import ConfigError

_TOLD = 10
"""Files that are named on standard error for one reason; the rest is counted."""


def infer_from(paths: tuple[str, ...], options: dict[str, Any]) -> int:
    """Print the schema of the files at some paths, prove it on them, and return the exit code."""
    if not paths:
        raise click.UsageError("--infer needs PATHS: the files and folders to make a schema from")
    sources = _sources(paths, options)
    inferred = infer(sources, _title(paths))
    _tell_left_out(sources)
    if not inferred.files:
        raise click.ClickException("no file with front matter can be read here, so there is nothing to infer from")
    faults = disproof(inferred.schema, sources)
    write(f"{compact(dump(inferred.schema))}\n", utf8=True)
    if faults:
        _name(faults, "is not valid by the schema that was made from it")
        say("this is a fault of newslint: please report it with the file")
        return OUR_FAULT
    valid = "it is" if inferred.files == 1 else "all are"
    say(f"inferred from {counted(inferred.files, 'file')}; {valid} valid by the schema, says jsonschema")
    return CLEAN


def compare_over(words: tuple[str, ...], options: dict[str, Any], *, as_json: bool) -> int:
    """Print what a new schema changes for the files at some paths, and return the exit code.

    The words are the old schema, the new one and the paths.
    """
    if len(words) < 3:
        raise click.UsageError("--diff needs OLD and NEW, which are schemas, and PATHS to try them on")
    try:
        old, new = (load_schema(word, Path()) for word in words[:2])
    except SchemaError as error:
        raise click.ClickException(str(error)) from error
    sources = _sources(words[2:], options)
    comparison = compare(old, new, sources)
    _tell_left_out(sources)
    if not comparison.files:
        raise click.ClickException("no file with front matter can be read here, so there is nothing to compare")
    if as_json:
        write(_json(comparison, words, len(sources.broken)), utf8=True)
    else:
        write(_text(comparison))
    return FINDINGS if comparison.fails else CLEAN


def _sources(paths: tuple[str, ...], options: dict[str, Any]) -> Sources:
    try:
        settings = given.settings(options)
        return Sources(paths, Selection(settings.root, settings.extensions, settings.exclude), settings.max_file_size)
    except (ConfigError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error


def _title(paths: tuple[str, ...]) -> str:
    """Return what the files are called: as the one folder is called in which they are."""
    name = os.path.basename(shown_path(paths[0]).rstrip("/")).strip("_") if len(paths) == 1 else ""
    return name or "documents"


def _tell_left_out(sources: Sources) -> None:
    """Say which files are left out because they are broken, and how many have no front matter."""
    if sources.broken:
        _name(sources.broken, "is left out")
        say(f"{counted(len(sources.broken), 'file')} left out")
    if sources.passed_over:
        say(f"{counted(sources.passed_over, 'file')} without front matter passed over")


def _name(files: list[tuple[str, str]], what: str) -> None:
    for path, reason in files[:_TOLD]:
        say(f"{path} {what}: {reason}")
    if len(files) > _TOLD:
        say(f"and {len(files) - _TOLD:,} more")


def _text(comparison: Comparison) -> str:
    lines: list[str] = []
    for path, findings in comparison.changes:
        if not findings:
            lines.append(f"passes {line_start(path)}")
            continue
        first = findings[0]
        told = f"{first.readable_field}: {first.message}" if first.readable_field else first.message
        lines.append(f"fails  {line_start(path)}  {counted(len(findings), 'finding')}: {terminal(told)}")
    lines.append(
        f"{counted(comparison.files, 'file')}: {len(comparison.fails):,} would newly fail and "
        f"{len(comparison.passes):,} newly pass; {comparison.passing:,} pass and {comparison.failing:,} fail under both"
    )
    return "\n".join(lines) + "\n"


def _json(comparison: Comparison, words: tuple[str, ...], left_out: int) -> str:
    content = {
        "version": 1,
        "old": words[0],
        "new": words[1],
        "summary": {
            "files": comparison.files,
            "fails": len(comparison.fails),
            "passes": len(comparison.passes),
            "passing": comparison.passing,
            "failing": comparison.failing,
            "left-out": left_out,
        },
        "fails": [
            {"path": path, "findings": [finding_object(finding) for finding in findings]}
            for path, findings in comparison.fails
        ],
        "passes": [path for path, _ in comparison.passes],
    }
    return f"{dump(content)}\n"
