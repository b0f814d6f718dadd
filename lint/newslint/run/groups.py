"""What files are counted under that their findings do not tell: the provider of an article, the kind of a document."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.document.document import Document
from newslint.engine.linter import read_bytes
from newslint.report import Report
from newslint.run.names import file_of
from newslint.run.runner import Runner


def with_groups(report: Report, runner: Runner, by: str) -> Report:
    """Return a report that tells the provider or the kind of each file with findings; other groups it knows itself."""
    if by not in ("provider", "kind"):
        return report
    paths = {finding.path for finding in report.findings}
    groups = dict(_providers(runner, paths)) if by == "provider" else {path: _kind(runner, path) for path in paths}
    return report._replace(groups=groups)


def _kind(runner: Runner, path: str) -> str:
    kinds = runner.checker.kinds
    return (kinds.of(file_of(path)) or kinds.article).name


def _providers(runner: Runner, paths: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the files that have a provider, with its domain, or its name where there is none."""
    for path, data in runner.read_again(paths):
        document = read_bytes(path.rpartition("/")[2], data, runner.checker.plan_for(file_of(path)))
        name = _provider(document) if document is not None else None
        if name is not None:
            yield path, name


def _provider(document: Document) -> str | None:
    provider = document.data.get("provider")
    if not isinstance(provider, dict):
        return None
    named = (provider.get("domain"), provider.get("name"))
    return next((name for name in named if isinstance(name, str) and name), None)
