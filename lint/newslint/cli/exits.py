"""Exit codes, and the one place where an exception becomes one of them and one line on stderr."""

from __future__ import annotations

from typing import Final

CLEAN: Final = 0
"""Nothing at or above ``--fail-on``."""

FINDINGS: Final = 1
"""There are findings at or above ``--fail-on``."""

WRONG_USE: Final = 2
"""A bad option, a bad configuration, a path that is not there."""

OUR_FAULT: Final = 3
"""A fault of newslint, or output that cannot be written."""

INTERRUPTED: Final = 130
"""Ctrl-C: 128 and the number of SIGINT, as shells report it."""

TERMINATED: Final = 143
"""Told to end: 128 and the number of SIGTERM, as shells report it."""
