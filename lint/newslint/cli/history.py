"""``newslint history``: write down how many findings there are today, and see whether they get fewer."""

from __future__ import annotations

import sys
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN, OUR_FAULT, WRONG_USE
from newslint.cli.streams import OutputError, say, silence, write
from newslint.history import MAX_REVISION
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.schema.files import SchemaError
from newslint.settings import WrongUseError

_FILE = click.option("--history", type=click.Path(), metavar="FILE", help="The history. [default: the usual one]")


class _Commands(click.Group):
    """The group, with the command that was probably meant, whatever version of click there is."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-"):
            # Imported here because a right use never needs it.
            from newslint.near import did_you_mean

            near = did_you_mean(args[0], self.commands)
            raise click.UsageError(f'"{args[0]}" is no command of {ctx.command_path}{near}', ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, invoke_without_command=True)
@click.pass_context
def history(context: click.Context) -> int:
    """Record how many findings of each rule there are, and show how that changes.

    The history is a small file of JSON Lines for your repository: one line a run. "newslint check --history" draws it
    in the HTML report, and "--fail-on-regression" compares with its last line.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return WRONG_USE
    return CLEAN


@history.command()
@click.argument("paths", nargs=-1, type=click.Path())
@_FILE
@click.option("--revision", metavar="TEXT", help="What was checked. [default: Git's current commit]")
@given.rule_options
@given.file_options
@given.config_options
@given.means_options
@click.option("--quiet", "-q", is_flag=True, help="Say nothing.")
def add(paths: tuple[str, ...], **options: Any) -> int:
    """Check the archive and add its totals to the history.

    A baseline hides nothing of them.
    Without PATHS the configuration's "include" is checked, or else the current folder.
    """
    # Imported here because the other commands of the group check nothing.
    from newslint.output.totals import counted
    from newslint.run.git import current_revision
    from newslint.run.recorded import append_entry, entry_of, history_path
    from newslint.run.runner import Runner

    if "-" in paths:
        raise click.UsageError('a history is about files, and "-" is none')
    if len(options["revision"] or "") > MAX_REVISION:
        raise click.UsageError(f"--revision is longer than {MAX_REVISION} characters")
    try:
        settings = given.settings(options)
        runner = Runner(settings, given.choices(options), given.means(options, settings))
        report = runner.run(paths)
        revision = options["revision"] if options["revision"] is not None else current_revision()
        entry = entry_of(report, runner, revision or None)
        path = history_path(options["history"], settings)
        number = append_entry(path, entry)
    except (WrongUseError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    if not options["quiet"]:
        found = counted(entry.total, "finding")
        say(f"{path}: entry {number:,} with {found} in {counted(entry.files, 'file')} written")
    return OUR_FAULT if any(finding.code == "NL999" for finding in report.findings) else CLEAN


@history.command()
@_FILE
@given.config_options
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
def show(color: str, **options: Any) -> int:
    """Show the course of each rule in the history."""
    # Imported here because the other commands of the group show nothing.
    from newslint.cli.telling import shows_blocks, wants_colour
    from newslint.output import trend
    from newslint.output.style import Style
    from newslint.run.recorded import history_path, read_history

    try:
        entries = read_history(history_path(options["history"], given.settings(options)))
    except WrongUseError as error:
        raise click.ClickException(str(error)) from error
    try:
        write(trend.render(entries, Style(wants_colour(color)), plain=not shows_blocks()))
    except BrokenPipeError:
        silence(sys.stdout)
    return CLEAN
