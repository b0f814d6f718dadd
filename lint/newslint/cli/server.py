"""``newslint server``: the language server, over standard input and output."""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from newslint.cli import options as given
from newslint.cli.exits import CLEAN, INTERRUPTED, TERMINATED
from newslint.output.escape import terminal

if TYPE_CHECKING:
    import socket

_NOT_SHUT_DOWN = 1
"""The exit code where the client went without a word (LSP 3.17, "Exit Notification")."""


@click.command()
@given.rule_options
@given.config_options
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of unchanged files.")
@click.option("--cache-dir", type=click.Path(), metavar="DIR", help="Keep them here. [default: as newslint check]")
@click.option("--exact", is_flag=True, help="Read with libyaml, validate with jsonschema alone: slower.")
@click.option("--verbose", "-v", is_flag=True, help="Tell on standard error what the protocol's library does.")
def server(**options: Any) -> int:
    """Serve an editor: findings, fixes, completion (a language server; needs newslint[lsp]).

    It speaks the Language Server Protocol over standard input and output, and ends with its client.
    The configuration is the nearest one of each document; the options beat it, as those of check do.
    """
    if options["isolated"] and options["config"] is not None:
        raise click.UsageError("--config and --isolated exclude each other")
    if sys.stdin is None or sys.stdout is None:
        raise click.ClickException("an editor starts this: it speaks over standard input and output, and one is closed")
    if sys.stdin.isatty():
        raise click.UsageError("an editor starts this: it reads the Language Server Protocol, not what is typed")
    # Imported here because the help needs none of it.
    from importlib.util import find_spec

    from newslint.rules.selection import UnknownRuleError
    from newslint.run.checker import Checker
    from newslint.settings import WrongUseError

    if find_spec("pygls") is None:
        raise click.ClickException("server needs pygls: pip install 'newslint[lsp]'")
    choices = given.choices(options)
    try:
        # What is wrong with the options is said now, and not to each document.
        Checker(given.settings({**options, "isolated": options["config"] is None}), choices)
    except (WrongUseError, UnknownRuleError) as error:
        raise click.ClickException(str(error)) from error
    try:
        # Imported here because it takes half a second to come.
        from newslint.server.features import make_server
        from newslint.server.projects import Orders
    except ImportError as error:
        raise click.ClickException(f"server needs another pygls ({error}): pip install -U 'newslint[lsp]'") from error

    _log_to_stderr(verbose=options["verbose"])
    orders = Orders(choices, options["config"], options["isolated"], options["cache_dir"], not options["no_cache"])
    running = make_server(orders)
    _heed_signals()
    # What else is printed must not come between the messages.
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno() if sys.stderr is not None else os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    running.start_io(sys.stdin.buffer, stdout)
    return CLEAN if running.is_shut_down else _NOT_SHUT_DOWN


def _heed_signals() -> None:
    """End at once when told to.

    What Python does on a signal it does in the main thread, when that goes on: where the signal comes a moment before
    the thread begins to wait, or to another thread, that is with the next message of the client. So a thread waits for
    the byte that Python writes meanwhile (https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd).
    """
    # Imported here because the help needs none of it.
    import socket
    from threading import Thread

    # A pipe would do, but not on Windows.
    heard, told = socket.socketpair()
    told.setblocking(False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    signal.set_wakeup_fd(told.detach(), warn_on_full_buffer=False)
    Thread(target=_wait, args=(heard,), name="signals", daemon=True).start()


def _wait(heard: socket.socket) -> NoReturn:
    while True:
        for number in heard.recv(1):
            if number in (signal.SIGTERM, signal.SIGINT):
                _end(number, None)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    # Another thread waits for what the client says next, and would be waited for; there is nothing to put away.
    os._exit(INTERRUPTED if number == signal.SIGINT else TERMINATED)


class Brief(logging.Formatter):
    """Tells what went wrong in one line, the traceback only where it is asked for."""

    def __init__(self, *, verbose: bool) -> None:
        super().__init__("newslint: %(message)s")
        self._verbose = verbose

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if record.exc_info is None or self._verbose:
            return super().format(record)
        error = record.exc_info[1]
        line = f"{record.getMessage()}: {type(error).__name__}: {error}; please report this with the file"
        return f"newslint: internal error: {terminal(line)}"


def _log_to_stderr(*, verbose: bool) -> None:
    """Send what is logged to standard error, which editors keep in a file."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Brief(verbose=verbose))
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("newslint").setLevel(logging.INFO)
    logging.getLogger("pygls").setLevel(logging.INFO if verbose else logging.CRITICAL)
