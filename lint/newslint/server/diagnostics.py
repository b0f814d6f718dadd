"""Findings as the diagnostics of an editor."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from newslint.digest import digest
from newslint.finding import Finding, Severity
from newslint.output.escape import terminal
from newslint.server.texts import Text
from newslint.version import REPOSITORY, __version__

SOURCE = "newslint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_LOST = frozenset({"NL006", "NL012"})
"""The codes whose findings stand where YAML drops what is written."""

_RULES_PAGE = f"{REPOSITORY}/blob/v{__version__}/README.md#rules"
"""Where the rules are listed; the page of each is what the editor shows at the place of its finding."""

Address = Callable[[str], str]
"""Gives the URI of a file by its path as findings name it."""


def diagnostic(finding: Finding, text: Text, address: Address, *, related: bool) -> types.Diagnostic:
    """Return the diagnostic of a finding of this very text; ``related`` tells that the client shows other places."""
    hint = f"\n{finding.hint}" if finding.hint else ""
    where = f"{finding.readable_field}: " if finding.readable_field else ""
    return types.Diagnostic(
        range=range_of(finding, text),
        message="\n".join(map(terminal, f"{where}{finding.message}{hint}".split("\n"))),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(_RULES_PAGE),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if drops_text(finding) else None,
        related_information=_related(finding, text, address) if related else None,
    )


def range_of(finding: Finding, text: Text) -> types.Range:
    """Return where a finding of this text stands in it."""
    start, end = span_of(finding, text)
    return text.range(start, end)


def span_of(finding: Finding, text: Text) -> tuple[int, int]:
    """Return the offsets of a finding of this text; one at its very beginning covers a byte order mark."""
    start = text.at(finding.line, finding.column)
    if finding[1:5] == (1, 1, 1, 1):
        return 0, start
    return start, max(start, text.at(finding.end_line, finding.end_column))


def drops_text(finding: Finding) -> bool:
    """Tell whether what a finding is about is dropped by YAML, or does nothing, so that its fix takes it away."""
    if finding.code in _LOST:
        return True
    place = finding[1:5]
    if finding.fix is None or place[:2] == place[2:]:
        return False
    return any(not edit.text and edit[:2] <= place[:2] and place[2:] <= edit[2:4] for edit in finding.fix.edits)


def result_id(*parts: object) -> str:
    """Return what changes when diagnostics may have; a client sends it back with its next question."""
    return digest(repr(parts).encode("utf-8", "surrogatepass"))


def _related(finding: Finding, text: Text, address: Address) -> list[types.DiagnosticRelatedInformation]:
    found: list[types.DiagnosticRelatedInformation] = []
    for other in finding.related:
        if other.path == finding.path:
            at = text.position(text.at(other.line, other.column))
        else:
            # Only the line is certain: to count the column in the client's units, the other file would have to be read.
            at = types.Position(max(other.line - 1, 0), 0)
        location = types.Location(address(other.path), types.Range(at, at))
        found.append(types.DiagnosticRelatedInformation(location, terminal(other.message)))
    return found
