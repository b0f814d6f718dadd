"""``newslint check``: options in, report out, exit code."""

from __future__ import annotations

import gc
import sys
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import OUR_FAULT
from newslint.cli.streams import say
from newslint.cli.telling import exit_code, tell, tell_files, tell_notes, tell_patches
from newslint.output import FORMATS
from newslint.report import Report
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.run.reading import UnreadableError
from newslint.run.runner import Runner
from newslint.schema.files import SchemaError
from newslint.settings import ConfigError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@given.rule_options
@click.option(
    "--fail-on", type=click.Choice(given.LEVELS), help="The least severity for exit code 1. [default: warning]"
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, in the files themselves.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend what may change the meaning, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change as a patch, and write nothing.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--statistics", is_flag=True, help="Count the findings by rule in place of listing them.")
@click.option("--stdin-filename", metavar="NAME", help='The name of what is read from "-".')
@given.file_options
@click.option("--show-files", is_flag=True, help="List what would be checked and what is skipped, and why.")
@given.config_options
@given.means_options
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where there are no findings.")
@click.option("--verbose", "-v", is_flag=True, help="Name the configuration; show tracebacks of internal errors.")
def check(paths: tuple[str, ...], **options: Any) -> int:
    """Check articles: files, folders, or - for standard input.

    Without PATHS the configuration's "include" is checked, or else the current folder.
    """
    # What a run makes holds no circles, or few: to look for them again and again costs a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        settings = given.settings(options)
        runner = Runner(settings, given.choices(options), given.means(options, settings))
        if options["verbose"]:
            say(f"configuration: {settings.file or 'none'}")
        if options["show_files"]:
            if "-" in paths:
                raise click.UsageError('--show-files lists files, and "-" is none')
            return tell_files(runner.verdicts(paths))
        _check_fix_options(paths, options)
        report = _report(runner, paths, options["stdin_filename"])
    except (ConfigError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    if options["diff"]:
        return tell_patches(runner, report, settings, options)
    tell(report, options)
    tell_notes(runner)
    return OUR_FAULT if runner.failed else exit_code(report, settings, options)


def _check_fix_options(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if options["fix"] and options["diff"]:
        raise click.UsageError("--fix and --diff exclude each other: --diff shows what --fix would change")
    if "-" in paths and (options["fix"] or options["diff"]):
        raise click.UsageError('--fix and --diff mend files, and "-" is none')


def _report(runner: Runner, paths: tuple[str, ...], stdin_name: str | None) -> Report:
    if "-" not in paths:
        if stdin_name is not None:
            raise click.UsageError('--stdin-filename goes with the path "-"')
        return runner.run(paths)
    if len(paths) > 1:
        raise click.UsageError('"-" cannot be mixed with other paths')
    if sys.stdin is None:
        raise click.ClickException("there is no standard input to read")
    try:
        return runner.run_stream(sys.stdin.buffer, stdin_name or None)
    except UnreadableError as error:
        raise click.ClickException(error.reason) from error
