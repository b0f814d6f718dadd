"""``newslint schema`` prints a schema, so that editors and other tools can use it."""

from __future__ import annotations

import click

from newslint.cli.streams import write
from newslint.schema.files import packaged_schema


@click.command()
@click.argument("name", type=click.Choice(["article", "config", "report"]), default="article")
def schema(name: str) -> None:
    """Print the JSON Schema of an article (or of the configuration, or of the JSON output)."""
    write(packaged_schema(name), utf8=True)
