"""``newslint check``: options in, report out, exit code."""

from __future__ import annotations

import gc
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.once import run_once
from newslint.cli.outputs import parse_outputs
from newslint.output import FOR_PEOPLE, FORMATS
from newslint.quote import listed
from newslint.run.names import is_source
from newslint.settings import is_url


class _Check(click.Command):
    """The command, with an option whose value can be left out, and never is the next argument."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        named = [f"{word}=" if word == "--add-suppressions" else word for word in args[:end]]
        return super().parse_args(ctx, [*named, *args[end:]])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Imported here because only the help needs it.
        from newslint.cli.sections import write_sections

        write_sections(self, ctx, formatter)


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
@click.option("--history", type=click.Path(), metavar="FILE", help="The recorded runs, for the HTML report.")
@click.option("--fail-on-regression", is_flag=True, help="Fail where a rule has more findings than recorded last.")
@click.option("--diff-base", metavar="REV", help="Only files that differ from the merge base with REV.")
@click.option("--changed-lines", is_flag=True, help="With --diff-base: only lines that differ.")
@click.option("--output-format", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--output", "outputs", multiple=True, callback=parse_outputs, metavar="FORMAT:FILE", help="Write it to a file, too."
)
@click.option("--html-link", callback=given.link, metavar="URL", help="A line's address, with {path} and {line}.")
@click.option(
    "--annotations/--no-annotations", default=True, help="In CI, follow the text with annotations. [default: do]"
)
@click.option("--statistics", is_flag=True, help="Count the findings by rule in place of listing them.")
@click.option("--group-by", type=click.Choice(given.GROUPS), help="Count them by this. [default: rule]")
@click.option("--stdin-filename", metavar="NAME", help='The name of what is read from "-".')
@given.file_options
@click.option("--show-files", is_flag=True, help="List what would be checked and what is skipped, and why.")
@given.config_options
@given.means_options
@click.option("--watch", is_flag=True, help="Check again whenever a file changes (needs newslint[watch]).")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--progress/--no-progress", default=None, help="A progress bar. [default: at a terminal]")
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
    if options["watch"]:
        # Imported here because few runs watch.
        from newslint.cli.watch import watch

        return watch(paths, options)
    return run_once(paths, options)


def _check_options(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    """Raise click.UsageError for options that make no sense together."""
    writes = [name for name in ("fix", "diff", "add_suppressions") if options[name] not in (False, None)]
    counts = options["statistics"] or options["group_by"] is not None
    if counts and (name := options["output_format"]) not in (*FOR_PEOPLE, "json"):
        raise click.UsageError(f"--statistics goes with {listed([*sorted(FOR_PEOPLE), 'json'])}: {name} has its own")
    if options["changed_lines"] and options["diff_base"] is None:
        raise click.UsageError("--changed-lines goes with --diff-base")
    if options["changed_lines"] and writes:
        raise click.UsageError("--changed-lines only chooses what is told: it goes with no option that writes")
    if options["diff_base"] is not None and "-" in paths:
        raise click.UsageError('--diff-base is about files, and "-" is none')
    if options["add_suppressions"] is not None and ("-" in paths or options["diff"]):
        raise click.UsageError('--add-suppressions writes files: it goes neither with "-" nor with --diff')
    if options["html_link"] is not None and "html" not in (options["output_format"], *dict(options["outputs"])):
        raise click.UsageError("--html-link goes with --output html:FILE")
    if options["fail_on_regression"]:
        if options["history"] is None:
            raise click.UsageError("--fail-on-regression goes with --history, whose last entry it compares with")
        if options["diff_base"] is not None or "-" in paths or options["diff"]:
            raise click.UsageError('--fail-on-regression is about all files: not with --diff-base, --diff or "-"')
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if options["fix"] and options["diff"]:
        raise click.UsageError("--fix and --diff exclude each other: --diff shows what --fix would change")
    if "-" in paths and (options["fix"] or options["diff"]):
        raise click.UsageError('--fix and --diff mend files, and "-" is none')
    elsewhere = next((path for path in paths if is_source(path) and (is_url(path) or not options["as_found"])), None)
    if elsewhere is not None:
        for name in (*writes, *(name for name in ("watch", "diff_base") if options[name])):
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f'{option} is about files of this machine, and "{elsewhere}" is only read')
    if options["executor"] != "process" and (options["fix"] or options["diff"]):
        raise click.UsageError("--fix and --diff work in processes of this machine: they go with --executor process")
