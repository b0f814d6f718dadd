"""``newslint schema`` prints a schema, infers one from files, or says what another one would change."""

from __future__ import annotations

from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN
from newslint.cli.streams import write
from newslint.near import did_you_mean
from newslint.quote import listed
from newslint.schema.files import packaged_schema

_PACKAGED = ["article", "config", "post", "report"]


@click.command()
@click.argument("words", nargs=-1, metavar="[NAME | PATHS... | OLD NEW PATHS...]", type=click.Path())
@click.option("--infer", is_flag=True, help="Print a first schema, made from the files at PATHS.")
@click.option("--diff", is_flag=True, help="Tell which files at PATHS would newly fail or pass under NEW.")
@click.option("--output-format", type=click.Choice(["text", "json"]), help="What --diff prints. [default: text]")
@given.config_options
def schema(words: tuple[str, ...], infer: bool, diff: bool, output_format: str | None, **options: Any) -> int:
    """Print a JSON Schema: of an article, a post, the configuration (config) or the JSON output (report).

    --infer makes one from existing files: types, required fields, choices, formats and bounds, with what was seen in
    comments. --diff OLD NEW compares two, each a file or article or post, over existing files; it exits with 1 where
    one of them would newly fail.
    """
    if infer and diff:
        raise click.UsageError("--infer and --diff exclude each other")
    if output_format is not None and not diff:
        raise click.UsageError("--output-format goes with --diff; a schema is JSON anyway")
    if infer or diff:
        # Imported here because a schema is printed without them.
        from newslint.cli import schema_files

        if infer:
            return schema_files.infer_from(words, options)
        return schema_files.compare_over(words, options, as_json=output_format == "json")
    name = words[0] if words else "article"
    if name not in _PACKAGED or len(words) > 1:
        raise click.UsageError(_not_packaged(words))
    write(packaged_schema(name), utf8=True)
    return CLEAN


def _not_packaged(words: tuple[str, ...]) -> str:
    unknown = next((word for word in words if word not in _PACKAGED), None)
    if unknown is None:
        return "one schema is printed at a time"
    near = did_you_mean(unknown, _PACKAGED) or f", which are {listed(_PACKAGED, 'and')}"
    return f'"{unknown}" is none of newslint\'s own schemas{near}; --infer makes one from files'
