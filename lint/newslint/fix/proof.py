"""The proof that a fixed text says what it should, that nothing else changed, and that it is no worse than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from newslint.document.comments import comments
from newslint.document.document import Document
from newslint.edits.intended import Origins, intended, same
from newslint.edits.text import Refused, TextEdit
from newslint.finding import Change, Finding, Pointer, Remove, Rename, Retext, Severity, Span
from newslint.fix.choice import Candidate
from newslint.rules import BY_CODE


def prove(before: Document, after: Document, changes: Sequence[Change], edits: Sequence[TextEdit]) -> Origins:
    """Return where each value of the new document comes from.

    Raises Refused where its data is not what the changes should have made of it, or where the writing of anything that
    they do not name has changed: the style of another value or key, a comment.
    """
    wanted, origins = intended(before.data, changes)
    if not same(after.data, wanted):
        raise Refused("the data would not be what it should be")
    named = {change.pointer for change in changes if not isinstance(change, Retext)}
    for new, old in origins.items():
        if old not in named and _styles(before, old) != _styles(after, new):
            raise Refused("another value would be written in another style")
    if not _keeps_comments(before, after, changes, edits):
        raise Refused("a comment would be lost")
    return origins


def _styles(document: Document, pointer: Pointer) -> tuple[str | None, str | None]:
    """Return how a value and its key are written."""
    if document.places is None:
        return None, None
    value, key = document.places.value(pointer), document.places.key(pointer)
    return value and value.style, key and key.style


def _keeps_comments(before: Document, after: Document, changes: Sequence[Change], edits: Sequence[TextEdit]) -> bool:
    """Tell whether all comments are still there, but for those that the changes take along, and no others."""
    old, new = _comments(before), Counter(text for _, text in _comments(after))
    taking = any(isinstance(change, Remove | Retext) or getattr(change, "comment", False) for change in changes)
    lost = Counter(text for _, text in old) - new
    if not taking:
        return not lost and new.total() == len(old)
    touched = Counter(text for span, text in old if any(_overlap(span, edit.span) for edit in edits))
    return lost <= touched and new.total() <= len(old)


def _comments(document: Document) -> list[tuple[Span, str]]:
    if document.source is None or document.fences is None:
        return []
    return [(span, text.rstrip(" \t")) for span, text in comments(document.source, document.fences)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def new_errors(
    before: Iterable[Finding], after: Iterable[Finding], origins: Origins, mended: Sequence[Candidate]
) -> list[Finding]:
    """Return the errors that were not there before, and that no mended fault had hidden.

    Findings must have their violations. A fault hides what is said of its value where the catalogue declares it (NL102
    silences all else about the value, NL304 silences NL303 ...), and an unknown key all that is said of the field.
    """
    known = {(finding.code, _violation_pointer(finding)) for finding in before}
    found: list[Finding] = []
    for finding in after:
        violation = finding.violation
        if finding.severity is not Severity.ERROR or violation is None:
            continue
        if (finding.code, _old(violation.pointer, origins)) in known:
            continue
        places = [_old(place, origins) for place in (violation.pointer, *violation.uses)]
        if not any(_hides(candidate, finding.code, places) for candidate in mended):
            found.append(finding)
    return found


def _violation_pointer(finding: Finding) -> Pointer:
    return finding.violation.pointer if finding.violation is not None else ()


def _old(pointer: Pointer, origins: Origins) -> Pointer:
    """Return the pointer that a place of the new data had before; of what is not there, that of what it would be in."""
    for length in range(len(pointer), -1, -1):
        if pointer[:length] in origins:
            return (*origins[pointer[:length]], *pointer[length:])
    return pointer


def _hides(mended: Candidate, code: str, places: Collection[Pointer]) -> bool:
    """Tell whether a fault that is mended now kept a rule from speaking about places (given as they were before)."""
    changes = [change for change in mended.repair.changes if not isinstance(change, Retext)]
    pointers = {mended.violation.pointer, *(change.pointer for change in changes)}
    if not any(place[: len(pointer)] == pointer for pointer in pointers for place in places):
        return False
    fault, rule = BY_CODE[mended.finding.code], BY_CODE[code]
    was_unknown = any(isinstance(change, Rename) for change in changes)
    return was_unknown or fault.final or fault.code in rule.silent_after or code in fault.replaces
