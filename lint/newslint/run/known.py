"""A report beside a baseline: what it hides, and what has been mended since it was written."""

from __future__ import annotations

import os
from pathlib import Path

from newslint.engine.baseline import (
    MAX_BASELINE_SIZE,
    Baseline,
    BaselineError,
    Compared,
    Scope,
    compare,
    parse_baseline,
)
from newslint.report import Report
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file
from newslint.run.runner import Runner
from newslint.settings import Settings, relative_to_root

DEFAULT_NAME = ".newslint-baseline.json"
"""The baseline beside the configuration, where no other is named."""


def baseline_path(named: str | None, settings: Settings) -> str:
    """Return where the baseline is: the file that was named, the configuration's, or the usual one."""
    if named is not None:
        return named
    return str(settings.root / (settings.baseline or DEFAULT_NAME))


def read_baseline(path: str) -> Baseline:
    """Return the baseline in a file; raises BaselineError where it cannot be used."""
    try:
        return parse_baseline(read_file(path, MAX_BASELINE_SIZE), path)
    except UnreadableError as error:
        missing = "" if os.path.lexists(path) else '; "newslint baseline" writes one'
        raise BaselineError(f"the baseline {path} cannot be used: {error.reason}{missing}") from error


def scope_of(runner: Runner, report: Report, path: str) -> Scope:
    """Return what a run can tell of the baseline in a file."""
    folder = Path(os.path.abspath(path)).parent
    archive = frozenset(rule.code for rule, _ in runner.plan.archive)
    return Scope(
        relative=lambda shown: relative_to_root(file_of(shown), folder),
        checked=[name for name in report.checked if name not in report.truncated],
        ran=runner.plan.codes if runner.whole else runner.plan.codes - archive,
        is_gone=lambda relative: not os.path.lexists(file_of(str(folder / relative))),
    )


def hide(report: Report, baseline: Baseline, scope: Scope) -> tuple[Report, Compared]:
    """Return the report without the findings that a baseline lists, and how the two compare."""
    compared = compare(baseline, report.findings, scope)
    hidden, mended = len(compared.baselined), len(compared.gone)
    return report._replace(findings=compared.new, baselined=hidden, mended=mended), compared
