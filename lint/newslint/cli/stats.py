"""``newslint stats``: the archive as a newsroom sees it, in numbers."""

from __future__ import annotations

import sys
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN
from newslint.cli.streams import say, silence, write
from newslint.output.totals import counted
from newslint.rules.selection import UnknownRuleError
from newslint.run.discovery import MissingPathError
from newslint.schema.files import SchemaError
from newslint.settings import WrongUseError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@given.file_options
@given.config_options
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="Do not say what is left out.")
def stats(paths: tuple[str, ...], output_format: str, color: str, quiet: bool, **options: Any) -> int:
    """Show an archive in numbers: when, by whom and about what, how it is scored, how complete it is.

    Nothing is judged. Without PATHS the configuration's "include" is read, or else the current folder.
    """
    # Imported here because no other command needs it.
    from newslint.output import archive
    from newslint.stats.insights import insights
    from newslint.stats.survey import survey

    if "-" in paths:
        raise click.UsageError('an archive is files, and "-" is none')
    try:
        found = survey(paths, given.settings(options), given.choices(options))
    except (WrongUseError, SchemaError, UnknownRuleError, MissingPathError) as error:
        raise click.ClickException(str(error)) from error
    if found.skipped and not quiet:
        say(f"{counted(found.skipped, 'file')} skipped: newslint check --show-files tells why")
    if not found.stats.documents:
        raise click.ClickException("there is no article here that can be read, so there is nothing to count")
    sentences = insights(found.stats)
    try:
        if output_format == "json":
            write(archive.render_json(found.stats, sentences), utf8=True)
        else:
            # Imported here because JSON has no colours.
            from newslint.cli.telling import shows_blocks, wants_colour
            from newslint.output.style import Style

            write(archive.render(found.stats, sentences, Style(wants_colour(color)), plain=not shows_blocks()))
    except BrokenPipeError:
        silence(sys.stdout)
    return CLEAN
