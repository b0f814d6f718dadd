"""Regular expressions that are compiled when they are first used: most of them never are on the way to a clean file.

To compile the expressions of all modules takes 25 ms, a third of what a run over one file takes in all.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands in for a ``re.Pattern``; each of its methods is looked up once and then is an attribute like any other."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Python's own cache of expressions sees to it that this compiles but once.
        value = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, value)
        return value


def compiled_late(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what can be used like ``re.compile(expression, flags)``; an error in it is raised at its first use."""
    return cast("re.Pattern[str]", _Late(expression, flags))
