"""newslint: a linter for news articles kept as files with YAML front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newslint.version import __version__

if TYPE_CHECKING:
    from newslint.api import lint_path, lint_paths, lint_post, lint_text
    from newslint.document.handler import FrontMatterError, StrictYAMLHandler
    from newslint.finding import Finding, Severity
    from newslint.report import Report
    from newslint.settings import ConfigError

__all__ = [
    "ConfigError",
    "Finding",
    "FrontMatterError",
    "Report",
    "Severity",
    "StrictYAMLHandler",
    "__version__",
    "lint_path",
    "lint_paths",
    "lint_post",
    "lint_text",
]

_HOMES = {
    "ConfigError": "newslint.settings",
    "Finding": "newslint.finding",
    "FrontMatterError": "newslint.document.handler",
    "Report": "newslint.report",
    "Severity": "newslint.finding",
    "StrictYAMLHandler": "newslint.document.handler",
    "lint_path": "newslint.api",
    "lint_paths": "newslint.api",
    "lint_post": "newslint.api",
    "lint_text": "newslint.api",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for (PEP 562), so that ``newslint --version`` loads none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'newslint' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
