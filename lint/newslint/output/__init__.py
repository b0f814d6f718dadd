"""A report in the words of its readers: one module a format, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.output.style import Style
    from newslint.report import Report

_RENDERERS = {
    "text": ("text", "render"),
    "concise": ("concise", "render"),
    "json": ("json_report", "render"),
    "json-lines": ("json_lines", "render"),
    "sarif": ("sarif", "render"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
    "junit": ("junit", "render"),
    "rdjson": ("rdjson", "render"),
    "rdjsonl": ("rdjson", "render_lines"),
    "azure": ("azure", "render"),
    "teamcity": ("teamcity", "render"),
    "checkstyle": ("checkstyle", "render"),
    "markdown": ("markdown", "render"),
    "html": ("html.page", "render"),
}

FORMATS = tuple(_RENDERERS)
"""The names of the formats; those that are not for people are UTF-8, whatever the locale."""

FOR_PEOPLE = frozenset({"text", "concise"})
"""Formats that end in a line of totals and may have colours."""

ANNOTATIONS = {"GITHUB_ACTIONS": "github", "TF_BUILD": "azure", "TEAMCITY_VERSION": "teamcity"}
"""The variable by which a CI is known, and the format whose lines it picks out of what a step prints.

GitLab reads no such lines: it takes the file of the format ``gitlab`` as an artifact.
"""


def render(name: str, report: Report, style: Style | None = None) -> str:
    """Return a report in a format; ``style`` is for the formats for people alone."""
    module, function = _RENDERERS[name]
    renderer = getattr(import_module(f"newslint.output.{module}"), function)
    rendered: str = renderer(report, style) if name in FOR_PEOPLE else renderer(report)
    return rendered


def annotate(name: str, report: Report) -> str:
    """Return the lines that follow a text report in a CI: those of a format that the CI shows beside the files.

    ``name`` is one of the values of ``ANNOTATIONS``. The text has all findings, so none is repeated that is not shown.
    """
    rendered: str = import_module(f"newslint.output.{name}").annotate(report)
    return rendered
