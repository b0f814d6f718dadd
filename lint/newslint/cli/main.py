"""The ``newslint`` command and the guard around it: whatever happens, one clear line and the right exit code."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from itertools import takewhile
from typing import Any, NoReturn

import click

from newslint.cli import ending
from newslint.cli.exits import CLEAN, INTERRUPTED, OUR_FAULT, TERMINATED, WRONG_USE
from newslint.cli.streams import OutputError, prepare, say, silence
from newslint.version import __version__

_COMMANDS = {
    "baseline": "newslint.cli.baseline",
    "check": "newslint.cli.check",
    "clean": "newslint.cli.clean",
    "completion": "newslint.cli.completion",
    "config": "newslint.cli.config",
    "history": "newslint.cli.history",
    "init": "newslint.cli.init",
    "rule": "newslint.cli.rule",
    "rules": "newslint.cli.rule",
    "schema": "newslint.cli.schema",
    "server": "newslint.cli.server",
    "stats": "newslint.cli.stats",
}
"""The module of each command; it is imported when the command is asked for."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[name]), name)
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = arguments[0]
        if name not in _COMMANDS and not name.startswith("-"):
            near = f"; newslint check {name} checks it" if os.path.exists(name) else _near(name, _COMMANDS)
            raise click.UsageError(f'"{name}" is no command{near}', context)
        if not context.resilient_parsing:
            _refuse_names_like_options(arguments[1:])
        return super().resolve_command(context, arguments)


def _refuse_names_like_options(words: list[str]) -> None:
    """Refuse an option that is the name of a file, too: whoever adds a file must not choose the options.

    pre-commit, xargs and a shell's * put names behind the options; ``--output=json:`` can be a folder of a repository,
    ``--add-suppressions=x.md`` a file.
    """
    for word in takewhile("--".__ne__, words):
        if word.startswith("-") and word != "-" and os.path.lexists(word):
            # Imported here because hardly any file is called so.
            from newslint.quote import quote

            what = f"{quote(word)} is an option and the name of a file"
            raise click.ClickException(f"{what}: put ./ in front of the file, or rename it")


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="newslint %(version)s")
@click.pass_context
def newslint(context: click.Context) -> int:
    """Lint news articles kept as files with YAML front matter.

    Exit codes: 0 nothing to report, 1 findings, 2 wrong use, 3 a fault of newslint, 130 interrupted,
    143 told to end.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return WRONG_USE
    return CLEAN


def main() -> NoReturn:
    """Run the command on ``sys.argv`` and exit."""
    prepare()
    ending.heed()
    try:
        code = newslint.main(standalone_mode=False, prog_name="newslint")
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        say(_wrong_use(error))
        _exit(WRONG_USE)
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error.__context__, EOFError):
            # click takes it for the end of an answer; nobody was asked, so it is a fault like any other.
            _tell_our_fault(error.__context__)
            _exit(OUR_FAULT)
        _exit(INTERRUPTED)
    except ending.TerminatedError:
        _exit(TERMINATED)
    except (BrokenPipeError, SystemExit):
        # click, too, answers a closed pipe by itself, and that is the only exit that it takes in this mode.
        _exit(CLEAN)
    except OutputError as error:
        say(f"the output cannot be written: {error}")
        _exit(OUR_FAULT)
    except Exception as error:  # noqa: BLE001 - the last guard: a fault of ours is one line, never a traceback
        # Imported here because hardly any run ends here.
        from newslint.run.open_files import RAISE_IT, none_left
        from newslint.settings import LostError

        if isinstance(error, LostError):
            say(str(error))
        elif (words := none_left(error)) is not None:
            say(f"the system opens no more files: {words}; {RAISE_IT}")
        elif isinstance(error, OSError) and error.filename is None:
            # What click itself printed: the help, the version.
            say(f"the output cannot be written: {error.strerror or error}")
        else:
            _tell_our_fault(error)
        _exit(OUR_FAULT)
    _exit(code if isinstance(code, int) else CLEAN)


def _wrong_use(error: click.ClickException) -> str:
    """Return the line that tells a wrong use: what is wrong, what was probably meant, where help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    message = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption) and context is not None:
        known = [name for parameter in context.command.get_params(context) for name in parameter.opts]
        message = f'"{error.option_name}" is no option of {context.command_path}{_near(error.option_name, known)}'
    return f"{message} (see {context.command_path} --help)" if context is not None else message


def _near(word: str, known: Any) -> str:
    # Imported here because a right use never needs it.
    from newslint.near import did_you_mean

    return did_you_mean(word, known)


def _tell_our_fault(error: Exception) -> None:
    # The options may not have been read yet.
    if any(re.fullmatch(r"--verbose|-[a-z]*v[a-z]*", argument) for argument in sys.argv[1:]):
        import traceback

        traceback.print_exc()
    say(f"internal error: {type(error).__name__}: {error}; please report this with the command and the file")


def _exit(code: int) -> NoReturn:
    """Exit without the interpreter's own complaint about output that nobody takes."""
    ending.heed_no_more()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        silence(sys.stdout)
    sys.exit(code)
