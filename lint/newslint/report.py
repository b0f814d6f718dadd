"""What a run found, as plain data: all that the output formats may know."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
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


class Tally(Record):
    """What there is to count of findings: those of each severity, the safe and the unsafe fixes, files and codes."""

    severities: Mapping[Severity, int]
    fixes: Mapping[str, int]
    files: int
    codes: frozenset[str]


def count(findings: Iterable[Finding]) -> Tally:
    """Return what there is to count of findings that come file by file, in one pass."""
    severities, fixes = dict.fromkeys(Severity, 0), {"safe": 0, "unsafe": 0}
    codes: set[str] = set()
    files, path = 0, None
    for finding in findings:
        severities[finding.severity] += 1
        codes.add(finding.code)
        if finding.fix is not None:
            fixes[finding.fix.applicability] += 1
        if finding.path != path:
            files, path = files + 1, finding.path
    return Tally(severities, fixes, files, frozenset(codes))


class ManyFindings(Sequence[Finding]):
    """Findings that are not in memory: each way through them takes time, so that what can be counted is kept."""

    @property
    @abstractmethod
    def tally(self) -> Tally:
        """What there is to count."""


class Report(Record):
    """The outcome of one run: findings in their order, and what was counted beside them.

    The findings are a tuple, or ManyFindings where memory is not for so many; so are ``suppressed_findings``.
    ``files`` is the number of files checked, ``skipped`` of those passed over; ``truncated`` maps a path to the limit
    at which its findings were cut off. ``suppressed_findings`` are those that comments excuse, where a format is to
    tell them one by one; ``checked`` are the paths of all files checked, as findings name them, in order; ``fail_on``
    is the least severity that fails the run. ``unchanged`` files do not differ from the revision that the run is about.
    ``groups`` maps the paths of findings to what they are counted under, where only the file tells it. ``mended`` are
    the findings of the baseline that are gone, or None where there was no baseline. ``page`` is for the report as a
    page alone. An ``incomplete`` report is of a run that was interrupted: not all files were checked, none compared.
    """

    findings: Sequence[Finding]
    files: int
    skipped: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    truncated: Mapping[str, int] = {}
    rules: tuple[RuleSummary, ...] = ()
    suppressed_findings: Sequence[Finding] = ()
    checked: Collection[str] = ()
    fail_on: Severity = Severity.WARNING
    unchanged: int = 0
    groups: Mapping[str, str] = {}
    mended: int | None = None
    page: Page | None = None
    incomplete: bool = False

    def number(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return self.tally.severities[severity]

    @property
    def tally(self) -> Tally:
        """What there is to count of the findings; mostly they are counted each time that it is asked for."""
        return self.findings.tally if isinstance(self.findings, ManyFindings) else count(self.findings)

    @property
    def fixable(self) -> int:
        """How many of the findings ``--fix`` would mend without ``--unsafe-fixes``."""
        return self.tally.fixes["safe"]

    @property
    def unsafely_fixable(self) -> int:
        """How many of the findings ``--fix`` would mend with ``--unsafe-fixes`` only."""
        return self.tally.fixes["unsafe"]


def whole_line(finding: Finding) -> str | None:
    """Return the source line of a finding, or None where only a part of it is known: a long line is cut."""
    whole = not finding.source_offset and len(finding.source_line) < MAX_SOURCE_LINE
    return finding.source_line if whole else None
