"""``newslint check``: options in, report out, exit code."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import click

from newslint.cli import options as given
from newslint.cli.exits import OUR_FAULT
from newslint.cli.outputs import parse_outputs, write_outputs
from newslint.cli.streams import say
from newslint.cli.telling import exit_code, tell, tell_files, tell_notes, tell_patches, threshold
from newslint.output import FORMATS
from newslint.output.totals import counted
from newslint.report import Report
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.run.reading import UnreadableError
from newslint.run.runner import Runner
from newslint.schema.files import SchemaError
from newslint.settings import WrongUseError

if TYPE_CHECKING:
    from newslint.run.git import Changes


class _Check(click.Command):
    """The command, with an option whose value can be left out, and never is the next argument."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        named = [f"{word}=" if word == "--add-suppressions" else word for word in args[:end]]
        return super().parse_args(ctx, [*named, *args[end:]])


@click.command(cls=_Check)
@click.argument("paths", nargs=-1, type=click.Path())
@given.rule_options
@click.option(
    "--fail-on", type=click.Choice(given.LEVELS), help="The least severity for exit code 1. [default: warning]"
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, in the files themselves.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend what may change the meaning, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change as a patch, and write nothing.")
@click.option("--add-suppressions", metavar="[=REASON]", help="Write comments that ignore what is found.")
@click.option("--baseline", type=click.Path(), metavar="FILE", help="Hide the findings that this file lists.")
@click.option("--diff-base", metavar="REV", help="Only files that differ from the merge base with REV.")
@click.option("--changed-lines", is_flag=True, help="With --diff-base: only lines that differ.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--output", "outputs", multiple=True, callback=parse_outputs, metavar="FORMAT:FILE", help="Write it to a file, too."
)
@click.option(
    "--annotations/--no-annotations", default=True, help="In CI, follow the text with annotations. [default: do]"
)
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
    _check_options(paths, options)
    # What a run makes holds no circles, or few: to look for them again and again costs a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
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
        report = _report(runner, paths, options["stdin_filename"])
        report = _narrowed(report, runner, changes, options)
    except (WrongUseError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    report = report._replace(fail_on=threshold(settings, options))
    if options["diff"]:
        write_outputs(report, options["outputs"])
        return tell_patches(runner, report, options)
    failed = runner.failed
    if options["add_suppressions"] is not None:
        report, not_written = _excused(report, runner, options)
        failed = failed or not_written
    write_outputs(report, options["outputs"])
    tell(report, options)
    tell_notes(runner)
    return OUR_FAULT if failed else exit_code(report, options)


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


def _check_options(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    """Raise click.UsageError for options that make no sense together."""
    writes = [name for name in ("fix", "diff", "add_suppressions") if options[name] not in (False, None)]
    if options["changed_lines"] and options["diff_base"] is None:
        raise click.UsageError("--changed-lines goes with --diff-base")
    if options["changed_lines"] and writes:
        raise click.UsageError("--changed-lines only chooses what is told: it goes with no option that writes")
    if options["diff_base"] is not None and "-" in paths:
        raise click.UsageError('--diff-base is about files, and "-" is none')
    if options["add_suppressions"] is not None and ("-" in paths or options["diff"]):
        raise click.UsageError('--add-suppressions writes files: it goes neither with "-" nor with --diff')
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
