"""What files are counted under that their findings do not tell: the provider of an article, the kind of a document."""

from __future__ import annotations

from newslint.engine.linter import read_bytes
from newslint.report import Report
from newslint.run.checker import Checker
from newslint.run.names import file_of
from newslint.run.reading import UnreadableError, read_file


def with_groups(report: Report, checker: Checker, by: str) -> Report:
    """Return a report that tells the provider or the kind of each file with findings; other groups it knows itself."""
    if by not in ("provider", "kind"):
        return report
    of = _provider if by == "provider" else _kind
    groups = {path: name for path in {finding.path for finding in report.findings} if (name := of(path, checker))}
    return report._replace(groups=groups)


def _kind(path: str, checker: Checker) -> str | None:
    return (checker.kinds.of(file_of(path)) or checker.kinds.article).name


def _provider(path: str, checker: Checker) -> str | None:
    """Return the domain of a file's provider, or its name where there is none."""
    plan = checker.plan_for(file_of(path))
    try:
        document = read_bytes(path.rpartition("/")[2], read_file(file_of(path), plan.max_file_size), plan)
    except UnreadableError:
        return None
    provider = document.data.get("provider") if document is not None else None
    if not isinstance(provider, dict):
        return None
    named = (provider.get("domain"), provider.get("name"))
    return next((name for name in named if isinstance(name, str) and name), None)
