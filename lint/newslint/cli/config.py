"""``newslint config``: the settings that hold here, and where each of them comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN
from newslint.cli.streams import write
from newslint.output.escape import terminal
from newslint.settings import WrongUseError


@click.command()
@given.config_options
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def config(**options: Any) -> int:
    """Show the effective settings, and where each comes from.

    The text is TOML: it can be kept as a newslint.toml.
    """
    # Imported here because no other command needs it.
    from newslint.explain import explain

    try:
        settings = given.settings(options)
        explained = explain(settings)
    except WrongUseError as error:
        raise click.ClickException(str(error)) from error
    if options["output_format"] == "json":
        content = {
            "file": None if settings.file is None else str(settings.file),
            "root": str(settings.root),
            "settings": {one.key: {"value": one.value, "source": one.source} for one in explained},
        }
        write(json.dumps(content, ensure_ascii=False, indent=2) + "\n", utf8=True)
        return CLEAN
    lines = [f"# {'no configuration: the defaults hold' if settings.file is None else terminal(str(settings.file))}"]
    lines += [f"{terminal(one.toml)}  # {terminal(one.source)}" for one in explained]
    write("\n".join(lines) + "\n")
    return CLEAN
