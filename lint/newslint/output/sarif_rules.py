"""Rules as SARIF lists them: what each is about, its page, and how grave it is."""

from __future__ import annotations

from typing import Any

from newslint.finding import Severity
from newslint.report import RuleSummary

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""SARIF's words for severities (SARIF 3.27.10)."""

# GitHub's own words for them, which its filters know.
_GITHUB_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}

_MAX_DESCRIPTION = 1024
"""Characters of a description that GitHub keeps (docs: "SARIF support for code scanning", reportingDescriptor)."""


def rule_object(rule: RuleSummary) -> dict[str, Any]:
    """Return a rule as a ``reportingDescriptor``; its page is both the text and the Markdown of its help."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _sentence(rule.title)},
        "fullDescription": {"text": _described(rule)[:_MAX_DESCRIPTION]},
        "help": {"text": rule.help or _sentence(rule.title), "markdown": f"# {rule.code} {rule.name}\n\n{rule.help}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"problem.severity": _GITHUB_SEVERITIES[rule.severity], "precision": "high"},
    }


def _sentence(title: str) -> str:
    return f"{title[: _MAX_DESCRIPTION - 1]}."


def _described(rule: RuleSummary) -> str:
    """Return the title and the first paragraph of the page's first section, which says what the rule does."""
    _, heading, section = rule.help.partition("\n## ")
    paragraph = section.partition("\n")[2].strip().partition("\n\n")[0] if heading else ""
    return f"{_sentence(rule.title)} {' '.join(paragraph.split())}".strip()
