"""A report in the words of its readers: one module a format, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newslint.output.style import Style
    from newslint.report import Report

_RENDERERS = {
    "text": ("text", "pieces"),
    "concise": ("concise", "pieces"),
    "json": ("json_report", "pieces"),
    "json-lines": ("json_lines", "pieces"),
    "sarif": ("sarif", "render"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "pieces"),
    "junit": ("junit", "render"),
    "rdjson": ("rdjson", "pieces"),
    "rdjsonl": ("rdjson", "line_pieces"),
    "azure": ("azure", "render"),
    "teamcity": ("teamcity", "render"),
    "checkstyle": ("checkstyle", "pieces"),
    "markdown": ("markdown", "render"),
    "html": ("html.page", "render"),
}

FORMATS = tuple(_RENDERERS)
"""The names of the formats; those that are not for people are UTF-8, whatever the locale."""

STREAMED = frozenset(name for name, (_, function) in _RENDERERS.items() if function != "render")
"""Formats that are told finding by finding, however many there are; the others sort, count or pick them first."""

FOR_PEOPLE = frozenset({"text", "concise"})
"""Formats that end in a line of totals and may have colours."""

ANNOTATIONS = {"GITHUB_ACTIONS": "github", "TF_BUILD": "azure", "TEAMCITY_VERSION": "teamcity"}
"""The variable by which a CI is known, and the format whose lines it picks out of what a step prints.

GitLab reads no such lines: it takes the file of the format ``gitlab`` as an artifact.
"""


def render(name: str, report: Report, style: Style | None = None) -> str:
    """Return a report in a format; ``style`` is for the formats for people alone."""
    return "".join(pieces(name, report, style))


def pieces(name: str, report: Report, style: Style | None = None) -> Iterator[str]:
    """Yield a report in a format, one of those that are STREAMED in as many pieces as it has findings."""
    module, function = _RENDERERS[name]
    renderer = getattr(import_module(f"newslint.output.{module}"), function)
    if name in FOR_PEOPLE:
        yield from renderer(report, style)
    elif name in STREAMED:
        yield from renderer(report)
    else:
        yield renderer(report._replace(findings=tuple(report.findings)))


def annotate(name: str, report: Report) -> str:
    """Return the lines that follow a text report in a CI: those of a format that the CI shows beside the files.

    ``name`` is one of the values of ``ANNOTATIONS``. The text has all findings, so none is repeated that is not shown.
    """
    rendered: str = import_module(f"newslint.output.{name}").annotate(report)
    return rendered
