"""``newslint clean``: delete the cache."""

from __future__ import annotations

from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN
from newslint.cli.streams import say
from newslint.run.cache_folder import NotOursError
from newslint.run.cache_folder import clean as delete
from newslint.settings import ConfigError


@click.command()
@click.option("--cache-dir", type=click.Path(), metavar="DIR", help="The cache to delete. [default: the usual one]")
@given.config_options
@click.option("--quiet", "-q", is_flag=True, help="Say nothing.")
def clean(**options: Any) -> int:
    """Delete the results that were kept of earlier runs."""
    try:
        folder = given.cache_folder(options["cache_dir"], given.settings(options))
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    try:
        found = delete(folder)
    except NotOursError as error:
        raise click.ClickException(f'"{error}" is no cache that newslint made, so nothing is deleted') from error
    except OSError as error:
        raise click.ClickException(f'"{folder}" cannot be deleted: {error.strerror or error}') from error
    if not options["quiet"]:
        say(f"{folder} is deleted" if found else f"{folder} is not there: nothing to delete")
    return CLEAN
