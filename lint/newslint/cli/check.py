"""``newslint check``: options in, report out, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newslint.cli.exits import CLEAN, FINDINGS, OUR_FAULT
from newslint.cli.streams import say, silence, write
from newslint.finding import Severity
from newslint.near import did_you_mean
from newslint.output import FOR_PEOPLE, FORMATS, render
from newslint.output.escape import terminal
from newslint.output.style import Style
from newslint.output.totals import counted, totals
from newslint.quote import listed
from newslint.report import Report
from newslint.rules.selection import Layer, UnknownRuleError
from newslint.rules.timestamps import Timestamp, parse_timestamp
from newslint.run.discovery import MissingPathError
from newslint.run.reading import UnreadableError
from newslint.run.runner import Choices, Runner, shown_path
from newslint.schema.files import SchemaError
from newslint.settings import ConfigError, Settings, find_config

if TYPE_CHECKING:
    from newslint.run.mending import Mender

_LEVELS = [severity.value for severity in Severity]


def _codes(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split comma-separated selectors."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _levels(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Take ``RULE=LEVEL`` apart."""
    pairs: list[tuple[str, str]] = []
    for value in values:
        rule, separator, level = value.partition("=")
        if not separator or not rule:
            raise click.BadParameter(f'"{value}" is not RULE=LEVEL')
        if level not in _LEVELS:
            near = did_you_mean(level, _LEVELS) or f", which is {listed(_LEVELS)}"
            raise click.BadParameter(f'"{level}" is no severity{near}')
        pairs.append((rule, level))
    return tuple(pairs)


def _instant(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Read ``--now``."""
    if value is None:
        return None
    stamp = parse_timestamp(value)
    if not isinstance(stamp, Timestamp):
        raise click.BadParameter(f'"{value}" is no valid timestamp: {stamp}')
    return stamp.instant.astimezone(UTC)


def _selectors(name: str, help_text: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, callback=_codes, metavar="RULES", help=help_text)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@_selectors("--select", "Only these rules: codes, prefixes, names or ALL, separated by commas.")
@_selectors("--ignore", "Not these rules.")
@_selectors("--extend-select", "These rules beside the others.")
@_selectors("--extend-ignore", "Not these rules either.")
@click.option("--severity", multiple=True, callback=_levels, metavar="RULE=LEVEL", help="Another severity for a rule.")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="The least severity that exits with 1. [default: warning]")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, in the files themselves.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend what may change the meaning, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change as a patch, and write nothing.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--statistics", is_flag=True, help="Count the findings by rule in place of listing them.")
@click.option("--corpus", multiple=True, type=click.Path(), metavar="DIR", help="The archive that NL9 compares with.")
@click.option("--now", callback=_instant, metavar="TIMESTAMP", help="The present, for a run that can be repeated.")
@click.option("--stdin-filename", metavar="NAME", help='The name of what is read from "-".')
@click.option("--as-found", is_flag=True, help="Test named files like those found in folders.")
@click.option("--no-exclude", is_flag=True, help="Check what the configuration excludes, too.")
@click.option("--show-files", is_flag=True, help="List what would be checked and what is skipped, and why.")
@click.option("--config", type=click.Path(), metavar="FILE", help="Take this configuration.")
@click.option("--isolated", is_flag=True, help="Take no configuration.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where there are no findings.")
@click.option("--verbose", "-v", is_flag=True, help="Name the configuration; show tracebacks of internal errors.")
def check(paths: tuple[str, ...], **options: Any) -> int:
    """Check articles: files, folders, or - for standard input.

    Without PATHS the configuration's "include" is checked, or else the current folder.
    """
    try:
        settings = _settings(options)
        runner = Runner(settings, _choices(options))
        if options["verbose"]:
            say(f"configuration: {settings.file or 'none'}")
        if options["show_files"]:
            return _show_files(runner, paths)
        _check_fix_options(paths, options)
        report = _report(runner, paths, options["stdin_filename"])
    except (ConfigError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    if runner.mender is not None and runner.mender.dry:
        return _tell_patches(runner.mender, report, settings, options)
    _tell(report, options)
    if runner.mender is not None:
        _tell_notes(runner.mender)
        if runner.mender.failed:
            return OUR_FAULT
    return _exit_code(report, settings, options)


def _check_fix_options(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if options["fix"] and options["diff"]:
        raise click.UsageError("--fix and --diff exclude each other: --diff shows what --fix would change")
    if "-" in paths and (options["fix"] or options["diff"]):
        raise click.UsageError('--fix and --diff mend files, and "-" is none')


def _tell_patches(mender: Mender, report: Report, settings: Settings, options: dict[str, Any]) -> int:
    """Write the patch to standard output and the rest to standard error; say whether there is anything to do."""
    try:
        write(b"".join(mender.patches))
    except BrokenPipeError:
        silence(sys.stdout)
    _tell_notes(mender)
    if not options["quiet"]:
        say(f"--fix would mend {counted(mender.fixed, 'finding')} in {counted(len(mender.patches), 'file')}")
    return FINDINGS if mender.patches and not options["exit_zero"] else _exit_code(report, settings, options)


def _tell_notes(mender: Mender) -> None:
    for note in mender.notes:
        say(note)


def _settings(options: dict[str, Any]) -> Settings:
    try:
        here = Path.cwd()
    except OSError as error:
        raise click.ClickException(f"there is no working directory: {error.strerror or error}") from error
    given = options["config"]
    if not options["isolated"]:
        found = Path(given) if given is not None else find_config(here)
        if found is None:
            return Settings(here)
        # Imported here because without a configuration nobody needs it.
        from newslint.config import load_settings

        return load_settings(found, here)
    if given is not None:
        raise click.UsageError("--config and --isolated exclude each other")
    return Settings(here)


def _choices(options: dict[str, Any]) -> Choices:
    layer = Layer(options["select"] or None, options["ignore"], options["extend_select"], options["extend_ignore"])
    names = ("severity", "now", "as_found", "no_exclude", "corpus", "fix", "unsafe_fixes", "diff")
    return Choices(layer, **{name: options[name] for name in names})


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


def _show_files(runner: Runner, paths: tuple[str, ...]) -> int:
    if "-" in paths:
        raise click.UsageError('--show-files lists files, and "-" is none')
    checked = skipped = 0
    for verdict in runner.verdicts(paths):
        path = terminal(shown_path(verdict.path))
        if verdict.kind is None:
            skipped += 1
            write(f"skip   {path} ({terminal(verdict.reason)})\n")
        else:
            checked += 1
            write(f"check  {path} as {verdict.kind} ({terminal(verdict.reason)})\n")
    write(f"{checked:,} to check, {skipped:,} skipped\n")
    return CLEAN


def _tell(report: Report, options: dict[str, Any]) -> None:
    """Write the report to standard output, and to standard error what a format for programs has no place for."""
    name = options["output_format"]
    for_people = name in FOR_PEOPLE
    if options["statistics"] and not for_people:
        raise click.UsageError(f"--statistics goes with {listed(sorted(FOR_PEOPLE))}: {name} has its own summary")
    style = Style(_wants_colour(options["color"])) if for_people else None
    if not report.files and not for_people and not options["quiet"]:
        say(totals(report))
    if for_people and options["quiet"] and not report.findings and not report.truncated:
        return
    try:
        if options["statistics"]:
            # Imported here because few runs ask for it.
            from newslint.output import statistics

            shown = statistics.render(report, style)
        else:
            shown = render(name, report, style)
        write(shown, utf8=not for_people)
    except BrokenPipeError:
        # Whoever reads has seen enough; the exit code still tells what was found.
        silence(sys.stdout)


def _wants_colour(choice: str) -> bool:
    """Decide on colour: the option, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether this is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _exit_code(report: Report, settings: Settings, options: dict[str, Any]) -> int:
    if any(finding.code == "NL999" for finding in report.findings):
        return OUR_FAULT
    threshold = Severity(options["fail_on"]) if options["fail_on"] else settings.fail_on
    failing = any(finding.severity.rank >= threshold.rank for finding in report.findings)
    return FINDINGS if failing and not options["exit_zero"] else CLEAN
