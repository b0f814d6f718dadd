"""What a file came to as plain lists, for the cache (JSON) and for the way between processes, and back again.

The path is left out: a file is found by it, and one working directory names it in another way than the next.
"""

from __future__ import annotations

from typing import Any

from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.rules.rule import FiledFact

Plain = list[Any]


def plain_finding(finding: Finding) -> Plain:
    """Return a finding as a list of texts, numbers, lists and None."""
    fix = finding.fix
    return [
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.field,
        finding.readable_field,
        finding.code,
        finding.name,
        finding.severity.value,
        finding.message,
        finding.hint,
        finding.fingerprint,
        finding.source_line,
        finding.source_offset,
        # What stands beside a finding in its own file has that file's path.
        [[other.line, other.column, other.field, other.message] for other in finding.related],
        None if fix is None else [fix.applicability, fix.title, [_plain_edit(edit) for edit in fix.edits]],
    ]


def finding_from_plain(path: str, plain: Plain) -> Finding:
    """Return the finding that :func:`plain_finding` made a list of, in the file called ``path``.

    Raises ValueError, TypeError or AttributeError for a list that cannot be one.
    """
    *_, related, fix = plain
    line, column, end_line, end_column, field, readable, code, name, severity, message, hint, mark, source, offset = (
        plain[:14]
    )
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        field=field,
        readable_field=readable,
        code=code,
        name=name,
        severity=Severity(severity),
        message=message,
        hint=hint,
        fingerprint=mark,
        source_line=source,
        source_offset=offset,
        related=tuple(Related(path, *other) for other in related),
        fix=None if fix is None else Fix(fix[0], fix[1], tuple(Edit(*edit) for edit in fix[2])),
    )


def plain_fact(code: str, fact: FiledFact) -> Plain:
    """Return a fact with its rule's code as a list of texts, numbers and a list."""
    return [code, fact.line, fact.column, fact.end_line, fact.end_column, fact.key, list(fact.pointer), fact.value]


def fact_from_plain(path: str, plain: Plain) -> tuple[str, FiledFact]:
    """Return what :func:`plain_fact` made a list of; raises ValueError or TypeError for a list that cannot be one."""
    code, line, column, end_line, end_column, key, pointer, value = plain
    return code, FiledFact(path, line, column, end_line, end_column, key, tuple(pointer), value)


def _plain_edit(edit: Edit) -> Plain:
    return [edit.line, edit.column, edit.end_line, edit.end_column, edit.text]
