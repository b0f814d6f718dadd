"""What a run found, as plain data: all that the output formats may know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newslint.finding import Finding, Severity
from newslint.limits import MAX_SOURCE_LINE
from newslint.record import Record

if TYPE_CHECKING:
    from newslint.history import Entry
    from newslint.stats.numbers import Stats


class RuleSummary(Record):
    """What an output format needs to know of a rule; ``documentation`` is the docstring that its page is."""

    code: str
    name: str
    severity: Severity
    title: str
    documentation: str

    @property
    def help(self) -> str:
        """The rule's page, as Markdown."""
        # Imported here because few formats show it.
        from inspect import cleandoc

        return cleandoc(self.documentation)


class Labels(Record):
    """What a file is counted under that its findings do not tell; ``provider`` is None where it has none."""

    kind: str
    provider: str | None = None
    topics: tuple[str, ...] = ()


class Page(Record):
    """What a report as a page shows beside the findings.

    ``link`` is the address of a line of a file with ``{path}`` and ``{line}`` in it. ``history`` are the recorded runs,
    the oldest first. ``sentences`` say what is worth knowing of the archive that ``stats`` counts. ``labels`` are by
    the paths of findings.
    """

    link: str | None = None
    history: tuple[Entry, ...] = ()
    stats: Stats | None = None
    sentences: tuple[str, ...] = ()
    labels: Mapping[str, Labels] = {}


class Report(Record):
    """The outcome of one run: findings in their order, and what was counted beside them.

    ``files`` is the number of files checked, ``skipped`` of those passed over; ``truncated`` maps a path to the limit
    at which its findings were cut off. ``suppressed_findings`` are those that comments excuse, where a format is to
    tell them one by one; ``checked`` are the paths of all files checked, as findings name them; ``fail_on`` is the
    least severity that fails the run. ``unchanged`` files do not differ from the revision that the run is about.
    ``groups`` maps the paths of findings to what they are counted under, where only the file tells it. ``mended`` are
    the findings of the baseline that are gone, or None where there was no baseline. ``page`` is for the report as a
    page alone. An ``incomplete`` report is of a run that was
    interrupted: not all files were checked, and none compared.
    """

    findings: tuple[Finding, ...]
    files: int
    skipped: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    truncated: Mapping[str, int] = {}
    rules: tuple[RuleSummary, ...] = ()
    suppressed_findings: tuple[Finding, ...] = ()
    checked: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    unchanged: int = 0
    groups: Mapping[str, str] = {}
    mended: int | None = None
    page: Page | None = None
    incomplete: bool = False

    def number(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many of the findings ``--fix`` would mend without ``--unsafe-fixes``."""
        return self._with_fix("safe")

    @property
    def unsafely_fixable(self) -> int:
        """How many of the findings ``--fix`` would mend with ``--unsafe-fixes`` only."""
        return self._with_fix("unsafe")

    def _with_fix(self, applicability: str) -> int:
        return sum(finding.fix is not None and finding.fix.applicability == applicability for finding in self.findings)


def whole_line(finding: Finding) -> str | None:
    """Return the source line of a finding, or None where only a part of it is known: a long line is cut."""
    whole = not finding.source_offset and len(finding.source_line) < MAX_SOURCE_LINE
    return finding.source_line if whole else None
