"""Findings and reports made by hand, for the tests of the formats."""

from __future__ import annotations

from typing import Any

from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.report import Report

FINDING = Finding(
    path="_news/a.md",
    line=3,
    column=8,
    end_line=3,
    end_column=13,
    field="/title",
    readable_field="title",
    code="NL602",
    name="edge-whitespace",
    severity=Severity.WARNING,
    message="white space at the start",
    hint="Delete it",
    fingerprint="0" * 32,
    source_line='title: "A title of an article"',
)


def made(**changes: Any) -> Finding:
    """Return the finding with some of its members changed."""
    return FINDING._replace(**changes)


def under(line: str, start: int, end: int, **changes: Any) -> Finding:
    """Return a finding at the characters ``start`` to ``end`` (exclusive, from 0) of a source line."""
    return made(source_line=line, column=start + 1, end_column=end + 1, **changes)


HOSTILE = "a\x1b[31m\n\r\t\x00\x7f\x9b\u202e\u2028\ud800 \udc80%::]'|<&>\"{}`\ufeff\ufdd0\U0010ffff"

HOSTILE_FINDING = made(
    path=f"{HOSTILE}.md",
    field=f"/{HOSTILE}",
    readable_field=f'["{HOSTILE}"]',
    message=HOSTILE,
    hint=HOSTILE,
    source_line=HOSTILE,
    column=1,
    end_column=3,
    related=(Related(HOSTILE, 1, 2, f"/{HOSTILE}", HOSTILE),),
    fix=Fix("safe", HOSTILE, (Edit(1, 1, 1, 2, HOSTILE),)),
)


def report(*findings: Finding, **members: Any) -> Report:
    """Return a report over one file with some findings."""
    return Report(findings, **{"files": 1, **members})
