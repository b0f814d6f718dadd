"""``newslint completion``: the script that lets a shell complete commands, options, rules and formats."""

from __future__ import annotations

from typing import Any

import click

from newslint.cli.exits import CLEAN
from newslint.cli.streams import write

VARIABLE = "_NEWSLINT_COMPLETE"
"""The variable by which the script asks for completions; click reads it (click: Shell Completion)."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script of a shell.

    \b
    bash: eval "$(newslint completion bash)" in ~/.bashrc
    zsh:  eval "$(newslint completion zsh)" in ~/.zshrc
    fish: newslint completion fish > ~/.config/fish/completions/newslint.fish
    """  # noqa: D301 - click takes the character, not the two that stand for it
    # Imported here because nothing else needs it.
    from click.shell_completion import get_completion_class

    from newslint.cli.main import newslint

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"click knows no completion for {shell}")
    write(_source(kind, newslint))
    return CLEAN


def _source(kind: Any, command: click.Command) -> str:
    """Return the script; bash is asked for no version, for the script may be made on another machine."""
    completer = kind(command, {}, "newslint", VARIABLE)
    text: str = completer.source_template % completer.source_vars()
    return text
