"""What a run tells: the report on standard output, the rest on standard error, and the exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from newslint.cli.exits import CLEAN, FINDINGS, OUR_FAULT
from newslint.cli.outputs import annotate_for_ci, ready
from newslint.cli.streams import in_blocks, say, silence, write
from newslint.finding import Severity
from newslint.output import FOR_PEOPLE, pieces
from newslint.output.escape import terminal
from newslint.output.style import Style
from newslint.output.totals import counted, cuts, totals
from newslint.report import Report
from newslint.run.names import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newslint.history import Regression
    from newslint.run.runner import Runner
    from newslint.run.verdicts import Verdict
    from newslint.settings import Settings


_WITHOUT_CUTS = frozenset({"gitlab", "rdjson", "rdjsonl", "checkstyle", "json-lines"})
"""Formats that have no place to tell that findings of a file were cut off."""


def tell(report: Report, options: dict[str, Any]) -> None:
    """Write the report to standard output, and to standard error what a format for programs has no place for."""
    name = options["output_format"]
    for_people = name in FOR_PEOPLE
    counts = options["statistics"] or options["group_by"] is not None
    style = Style(wants_colour(options["color"]), _columns()) if for_people else None
    if not report.files and not for_people and not options["quiet"]:
        say(totals(report))
    if for_people and options["quiet"] and not report.findings and not report.truncated:
        return
    try:
        if counts:
            # Imported here because few runs ask for it.
            from newslint.output import statistics

            by = options["group_by"] or "rule"
            write(
                statistics.render(report, style, by) if for_people else statistics.render_json(report, by),
                utf8=not for_people,
            )
        else:
            for block in in_blocks(pieces(name, ready(name, report), style)):
                write(block, utf8=not for_people)
    except BrokenPipeError:
        # Whoever reads has seen enough; the exit code still tells what was found.
        silence(sys.stdout)
    if name in _WITHOUT_CUTS:
        for line in cuts(report):
            say(line)
    if name == "text" and options["annotations"] and not counts:
        annotate_for_ci(report)


def tell_patches(runner: Runner, report: Report, options: dict[str, Any]) -> int:
    """Write the patch to standard output and the rest to standard error; return the exit code."""
    try:
        write(b"".join(runner.patches))
    except BrokenPipeError:
        silence(sys.stdout)
    tell_notes(runner)
    if not options["quiet"]:
        say(f"--fix would mend {counted(report.fixed, 'finding')} in {counted(len(runner.patches), 'file')}")
    return FINDINGS if runner.patches and not options["exit_zero"] else exit_code(report, options)


def tell_notes(runner: Runner) -> None:
    """Write what the fixer has to say, to standard error."""
    for note in runner.notes:
        say(note)


def tell_files(verdicts: Iterable[Verdict]) -> int:
    """Write what would be checked and what would be passed over, and why; return the exit code."""
    checked = skipped = 0
    for verdict in verdicts:
        path = terminal(shown_path(verdict.path))
        if verdict.kind is None:
            skipped += 1
            write(f"skip   {path} ({terminal(verdict.reason)})\n")
        else:
            checked += 1
            write(f"check  {path} as {verdict.kind} ({terminal(verdict.reason)})\n")
    write(f"{checked:,} to check, {skipped:,} skipped\n")
    return CLEAN


def _columns() -> int | None:
    """Return how wide the terminal is, in cells, or None where standard output is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    # Imported here because most runs are not at a terminal.
    from shutil import get_terminal_size

    return get_terminal_size().columns


def wants_colour(choice: str) -> bool:
    """Decide on colour: the option, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether this is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def shows_blocks() -> bool:
    """Tell whether standard output can show the signs that bars are made of (U+2580 to U+258F)."""
    try:
        "█▏·…".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def threshold(settings: Settings, options: dict[str, Any]) -> Severity:
    """Return the least severity that fails a run."""
    return Severity(options["fail_on"]) if options["fail_on"] else settings.fail_on


def exit_code(report: Report, options: dict[str, Any], worse: Sequence[Regression] | None = None) -> int:
    """Return the exit code of a run: 3 for a fault of ours, 1 for findings that matter, else 0.

    Where a run is to fail for what got ``worse``, known findings matter only if somebody said from which severity on.
    """
    tally = report.tally
    if "NL999" in tally.codes:
        return OUR_FAULT
    if worse is not None and (worse or options["fail_on"] is None):
        return FINDINGS if worse and not options["exit_zero"] else CLEAN
    failing = any(tally.severities[severity] for severity in Severity if severity.rank >= report.fail_on.rank)
    return FINDINGS if failing and not options["exit_zero"] else CLEAN
