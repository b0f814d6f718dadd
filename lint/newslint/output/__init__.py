"""A report in the words of its readers: one module a format, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.output.style import Style
    from newslint.report import Report

_MODULES = {"text": "text", "concise": "concise", "json": "json_report"}

FORMATS = tuple(_MODULES)
"""The names of the formats; those that are not for people are UTF-8, whatever the locale."""

FOR_PEOPLE = frozenset({"text", "concise"})
"""Formats that end in a line of totals and may have colours."""


def render(name: str, report: Report, style: Style | None = None) -> str:
    """Return a report in a format; ``style`` is for the formats for people alone."""
    module = import_module(f"newslint.output.{_MODULES[name]}")
    rendered: str = module.render(report, style) if name in FOR_PEOPLE else module.render(report)
    return rendered
