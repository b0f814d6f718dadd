"""The report as one HTML file: its parts put into the template, its script and style named by their hashes."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from newslint.output.html.archive import archive
from newslint.output.html.course import trend
from newslint.output.html.filters import bars
from newslint.output.html.groups import count_groups
from newslint.output.html.markup import element, text
from newslint.output.html.rows import Packed
from newslint.output.html.summary import figures, first_steps, headline, notes, worst_files
from newslint.report import Report
from newslint.version import __version__

_SCRIPTS: Final = ("read.js", "state.js", "detail.js", "table.js", "export.js", "main.js")


def render(report: Report) -> str:
    """Return the page, which loads nothing: style, script and data are in it. The same report gives the same bytes."""
    groups = count_groups(report)
    packed = Packed(report, groups)
    first, worst = first_steps(report, groups), worst_files(report)
    parts = {
        "policy": text(_policy()),
        "style": _asset("style.css"),
        "headline": text(headline(report)),
        "version": text(__version__),
        "figures": figures(report),
        "notes": notes(report, packed),
        "first": _section("Mend first", first),
        "worst": _section("Most findings in one file", worst),
        "trend": trend(report),
        "no-findings": "" if report.findings else " hidden",
        "bars": bars(report, groups),
        "count": f"{packed.rows:,}",
        "archive": archive(report),
        "script": _script(),
        "data": packed.data(),
    }
    # Each part is put in once, so that nothing in it is taken for a place of the template.
    pieces = _asset("page.html").split("§")
    return "".join(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def _section(title: str, content: str) -> str:
    return element("section", element("h2", text(title)), content) if content else ""


def _policy() -> str:
    """Return what the page may do (CSP level 3): run its own script and style, known by their hashes; nothing else."""
    script, style = _hash(_script()), _hash(_asset("style.css"))
    return f"default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}"


@cache
def _script() -> str:
    return '"use strict";\n' + "".join(map(_asset, _SCRIPTS))


@cache
def _asset(name: str) -> str:
    return (files("newslint.output.html") / "assets" / name).read_text("utf-8")
