"""``newslint baseline``: write down today's findings, so that only new ones are told from now on."""

from __future__ import annotations

import os
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN, OUR_FAULT
from newslint.cli.streams import OutputError, say
from newslint.engine.baseline import Baseline, compare, pruned, render_baseline, updated
from newslint.output.totals import counted
from newslint.report import Report
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.run.known import baseline_path, read_baseline, scope_of
from newslint.run.put import put
from newslint.run.runner import Runner
from newslint.schema.files import SchemaError
from newslint.settings import WrongUseError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--baseline", "-o", type=click.Path(), metavar="FILE", help="The file to write. [default: the usual one]")
@click.option("--prune", is_flag=True, help="Only drop what has been mended, and add nothing.")
@given.rule_options
@given.file_options
@given.config_options
@given.means_options
@click.option("--quiet", "-q", is_flag=True, help="Say nothing.")
def baseline(paths: tuple[str, ...], **options: Any) -> int:
    """Write the findings of today into a file that "newslint check --baseline" hides.

    Without PATHS the configuration's "include" is checked, or else the current folder.
    """
    if "-" in paths:
        raise click.UsageError('a baseline is about files, and "-" is none')
    try:
        settings = given.settings(options)
        runner = Runner(settings, given.choices(options), given.means(options, settings))
        path = baseline_path(options["baseline"], settings)
        old = _old(path, must_be_there=options["prune"])
        report = runner.run(paths)
    except (WrongUseError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    new, words = _next(runner, report, path, old, prune=options["prune"])
    data = render_baseline(new).encode("utf-8")
    try:
        put(path, data)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    if not options["quiet"]:
        say(f"{path}: {words}")
    return OUR_FAULT if any(finding.code == "NL999" for finding in report.findings) else CLEAN


def _old(path: str, *, must_be_there: bool) -> Baseline:
    return read_baseline(path) if must_be_there or os.path.lexists(path) else Baseline()


def _next(runner: Runner, report: Report, path: str, old: Baseline, *, prune: bool) -> tuple[Baseline, str]:
    """Return the baseline to write, and what to say of it."""
    scope = scope_of(runner, report, path)
    if prune:
        gone = compare(old, report.findings, scope).gone
        new = pruned(old, gone)
        return new, f"{counted(len(gone), 'mended finding')} dropped, {len(new.entries):,} left"
    new = updated(old, report.findings, scope)
    words = f"{counted(len(new.entries), 'finding')} written"
    left = len(report.findings) + len(compare(old, report.findings, scope).unseen) - len(new.entries)
    if left > 0:
        words += f", {left:,} more cannot be hidden: they keep a file from being checked"
    return new, words
