"""``newslint check --watch``: check again whenever a file changes, on a screen that shows the last state alone."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from newslint.cli import ending
from newslint.cli import options as given
from newslint.cli.exits import INTERRUPTED
from newslint.cli.once import run_once
from newslint.cli.streams import say
from newslint.settings import CACHE_NAME, WrongUseError

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Take everything away and go to the first line (ECMA-48: ED, CUP; 3J is xterm's, for what has scrolled away)."""

_DEBOUNCE = 30
"""Milliseconds in which changes are put together: an editor saves in several steps."""


def watch(paths: tuple[str, ...], options: dict[str, Any]) -> int:
    """Check paths, and again after each change below them, until somebody interrupts or ends it.

    Raises KeyboardInterrupt or TerminatedError then.
    """
    if "-" in paths or options["fix"] or options["diff"] or options["add_suppressions"] is not None:
        raise click.UsageError('--watch only looks: it goes neither with "-" nor with an option that changes files')
    try:
        import watchfiles
    except ImportError as error:
        raise click.ClickException("--watch needs watchfiles: pip install 'newslint[watch]'") from error
    try:
        settings = given.settings(options)
    except WrongUseError as error:
        raise click.ClickException(str(error)) from error
    roots = list(paths) or [str(settings.root / entry) for entry in settings.include] or ["."]
    if settings.file is not None:
        roots.append(str(settings.file))
    for root in roots:
        if not os.path.exists(root):
            raise click.ClickException(f'"{root}" is not there')
    _redraw(paths, options)
    # The cache of this very run changes with each run.
    filter_own = watchfiles.DefaultFilter(ignore_dirs=[*watchfiles.DefaultFilter.ignore_dirs, CACHE_NAME])
    try:
        for _ in watchfiles.watch(*roots, watch_filter=filter_own, debounce=_DEBOUNCE, step=10, raise_interrupt=True):
            _redraw(paths, options)
    except KeyboardInterrupt:
        # watchfiles takes whatever a signal's handler raises for this.
        ending.raise_if_told()
        raise
    return 0


def _redraw(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    if sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(_CLEAR)
    try:
        if run_once(paths, options) == INTERRUPTED:
            # It has told what it had found so far; there is nothing more to wait for.
            raise KeyboardInterrupt
    except click.ClickException as error:
        # A configuration that is being edited may be right again in a moment.
        say(error.format_message())
