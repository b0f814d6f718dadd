"""Where a report goes beside standard output: files, and what a CI picks up."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from newslint.cli.options import one_of
from newslint.cli.streams import OutputError, in_blocks, say, silence, write
from newslint.output import ANNOTATIONS, FOR_PEOPLE, FORMATS, annotate, pieces
from newslint.output.style import Style
from newslint.report import Report
from newslint.run.put import put

SUMMARY = "GITHUB_STEP_SUMMARY"


def parse_outputs(
    context: click.Context,
    parameter: click.Parameter,
    values: tuple[str, ...],
) -> tuple[tuple[str, str], ...]:
    """Take each ``FORMAT:FILE`` apart."""
    pairs: list[tuple[str, str]] = []
    for value in values:
        name, separator, path = value.partition(":")
        if not separator or not path:
            raise click.BadParameter(f'"{value}" is not FORMAT:FILE')
        pairs.append((one_of(name, FORMATS, "format"), path))
    return tuple(pairs)


def write_outputs(report: Report, outputs: tuple[tuple[str, str], ...]) -> None:
    """Write a report to files, each in its format and in UTF-8; raises OutputError where one cannot be written."""
    for name, path in outputs:
        parts = in_blocks(pieces(name, ready(name, report), Style(False) if name in FOR_PEOPLE else None))
        try:
            put(path, (part.encode("utf-8", "backslashreplace") for part in parts))
        except BrokenPipeError:
            # Whoever reads this one has seen enough; the others have not.
            continue
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise OutputError(f"{path}: {reason}") from error


def ready(name: str, report: Report) -> Report:
    """Return a report as a format is to tell it: GitHub takes suppressed results of SARIF for open alerts."""
    if name == "sarif" and os.environ.get("GITHUB_ACTIONS"):
        return report._replace(suppressed_findings=())
    return report


def annotate_for_ci(report: Report) -> None:
    """Follow a text with the annotations of the CI that this runs in, and with its summary, where there is one."""
    try:
        for variable, name in ANNOTATIONS.items():
            if os.environ.get(variable):
                write(annotate(name, report), utf8=True)
    except BrokenPipeError:
        silence(sys.stdout)
    path = os.environ.get(SUMMARY)
    if path and os.environ.get("GITHUB_ACTIONS"):
        _add_summary(report, path)


def _add_summary(report: Report, path: str) -> None:
    # Imported here because only GitHub has such a file.
    from newslint.output.github import summary

    taken = 0
    with contextlib.suppress(OSError):
        taken = os.stat(path).st_size
    try:
        with open(path, "ab") as stream:
            stream.write(summary(report, taken).encode("utf-8", "backslashreplace"))
    except (OSError, ValueError) as error:
        say(f"the job summary cannot be written: {error}")
