"""One run of ``newslint check``: the files checked, what was found told, the exit code worked out."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from newslint.cli import options as given
from newslint.cli.exits import INTERRUPTED, OUR_FAULT
from newslint.cli.outputs import write_outputs
from newslint.cli.progress import progress
from newslint.cli.streams import say
from newslint.cli.telling import exit_code, tell, tell_files, tell_notes, tell_patches, threshold
from newslint.output.totals import counted
from newslint.report import Report
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.run.reading import UnreadableError
from newslint.run.runner import Runner
from newslint.schema.files import SchemaError
from newslint.settings import LostError, Settings, WrongUseError

if TYPE_CHECKING:
    from newslint.cli.beside import Recorded
    from newslint.run.git import Changes


def run_once(paths: tuple[str, ...], options: dict[str, Any]) -> int:
    """Check paths as the options say, and return the exit code; raises click.ClickException for wrong use."""
    try:
        settings = given.settings(options)
        choices, changes = given.choices(options), None
        if options["diff_base"] is not None:
            # Imported here because few runs ask Git.
            from newslint.run.git import Changes

            changes = Changes(options["diff_base"])
            choices = choices._replace(only=changes.files())
        runner = Runner(settings, choices, given.means(options, settings))
        if options["verbose"]:
            say(f"configuration: {settings.file or 'none'}")
        if options["show_files"]:
            if "-" in paths:
                raise click.UsageError('--show-files lists files, and "-" is none')
            return tell_files(runner.verdicts(paths))
        recorded = None
        if options["history"] is not None:
            # Imported here because few runs have a history.
            from newslint.cli.beside import read_recorded

            recorded = read_recorded(options["history"])
        begun = time.perf_counter()
        try:
            report = _report(runner, paths, options)
        except KeyboardInterrupt:
            return _tell_unfinished(runner, settings, options)
        if options["verbose"]:
            _tell_time(report, runner, time.perf_counter() - begun)
        if recorded is not None and options["fail_on_regression"]:
            from newslint.cli.beside import compared

            recorded = compared(recorded, report, runner)
        report = _narrowed(report, runner, changes, options)
    except (WrongUseError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    except LostError as error:
        say(f"{error}: nothing is reported")
        return OUR_FAULT
    report = report._replace(fail_on=threshold(settings, options))
    try:
        return _told(report, runner, recorded, paths, options)
    except LostError as error:
        # Of very many findings most are read from the disk as they are told.
        say(f"{error}: the report is incomplete")
        return OUR_FAULT


def _told(
    report: Report, runner: Runner, recorded: Recorded | None, paths: tuple[str, ...], options: dict[str, Any]
) -> int:
    """Tell a report in all the ways that the options ask for, and return the exit code."""
    if "html" in (options["output_format"], *dict(options["outputs"])):
        # Imported here because few runs are told as a page.
        from newslint.cli.beside import with_page

        report = with_page(report, runner, recorded, options["html_link"], from_files="-" not in paths)
    if options["diff"]:
        write_outputs(report, options["outputs"])
        return tell_patches(runner, report, options)
    failed = runner.failed
    if options["add_suppressions"] is not None:
        report, not_written = _excused(report, runner, options)
        failed = failed or not_written
    if options["group_by"] is not None:
        # Imported here because few runs ask for it.
        from newslint.run.groups import with_groups

        report = with_groups(report, runner, options["group_by"])
    write_outputs(report, options["outputs"])
    tell(report, options)
    tell_notes(runner)
    if recorded is not None:
        from newslint.cli.beside import tell_regressions

        tell_regressions(recorded)
    return OUR_FAULT if failed else exit_code(report, options, recorded.worse if recorded is not None else None)


def _tell_unfinished(runner: Runner, settings: Settings, options: dict[str, Any]) -> int:
    """Tell what an interrupted run has found so far, and that it is not all; raises KeyboardInterrupt for nothing."""
    report = runner.so_far()
    if report is None or options["diff"] or options["add_suppressions"] is not None:
        raise KeyboardInterrupt
    say(f"interrupted after {counted(report.files, 'file')}: the report is incomplete, and no other is written")
    report = _narrowed(report, runner, None, options)
    tell(report._replace(fail_on=threshold(settings, options)), options)
    tell_notes(runner)
    return INTERRUPTED


def _tell_time(report: Report, runner: Runner, seconds: float) -> None:
    words = f"{counted(report.files, 'file')} checked in {seconds:.2f} s"
    if runner.cache is not None:
        words += f", {runner.kept:,} of them kept from an earlier run in {runner.cache}"
    say(words)


def _narrowed(report: Report, runner: Runner, changes: Changes | None, options: dict[str, Any]) -> Report:
    """Return a report without what the baseline lists and what stands on lines that have not changed."""
    settings = runner.settings
    if options["baseline"] is not None or settings.baseline is not None:
        # Imported here because without a baseline nobody needs it.
        from newslint.run.known import baseline_path, hide, read_baseline, scope_of

        path = baseline_path(options["baseline"], settings)
        report, compared = hide(report, read_baseline(path), scope_of(runner, report, path))
        if compared.gone and not options["quiet"]:
            known = "known finding has" if len(compared.gone) == 1 else "known findings have"
            say(f'{len(compared.gone):,} {known} been mended: "newslint baseline --prune" drops them from {path}')
    if changes is not None and options["changed_lines"]:
        # Imported here because few runs ask Git.
        from newslint.run.git import on_changed_lines

        report = on_changed_lines(report, changes)
    return report


def _excused(report: Report, runner: Runner, options: dict[str, Any]) -> tuple[Report, bool]:
    """Write comments for what was found; return the report of what is left, and whether a file could not be written."""
    # Imported here because few runs ask for it.
    from newslint.run.excuse import excuse

    done = excuse(report, runner.checker, options["add_suppressions"])
    for finding, reason in done.left:
        say(f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.name}: no comment: {reason}")
    if not options["quiet"]:
        say(f"{counted(done.findings, 'finding')} in {counted(done.files, 'file')} excused by comments")
    left = tuple(sorted((finding for finding, _ in done.left), key=lambda finding: finding.sort_key))
    return report._replace(findings=left, suppressed=report.suppressed + done.findings), done.failed


def _report(runner: Runner, paths: tuple[str, ...], options: dict[str, Any]) -> Report:
    stdin_name = options["stdin_filename"]
    if "-" not in paths:
        if stdin_name is not None:
            raise click.UsageError('--stdin-filename goes with the path "-"')
        with progress(False if options["quiet"] else options["progress"]) as tell_progress:
            return runner.run(paths, tell_progress)
    if len(paths) > 1:
        raise click.UsageError('"-" cannot be mixed with other paths')
    if sys.stdin is None:
        raise click.ClickException("there is no standard input to read")
    try:
        return runner.run_stream(sys.stdin.buffer, stdin_name or None)
    except UnreadableError as error:
        raise click.ClickException(error.reason) from error
