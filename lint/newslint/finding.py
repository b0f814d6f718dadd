"""The vocabulary that all parts share: severity, span, violation, finding, and what keeps a finding the same."""

from __future__ import annotations

from enum import Enum

from newslint.limits import MAX_KEY_SHOWN
from newslint.record import Record

Pointer = tuple[str | int, ...]
"""A place in the data, from the root down; its RFC 6901 text is made by :func:`pointer_text` only."""


class Severity(Enum):
    """How bad a finding is; ``ERROR > WARNING > INFO``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for an info."""
        return _RANKS[self.value]


_RANKS = {"error": 2, "warning": 1, "info": 0}


class Span(Record):
    """A range of a source's text: offsets in code points, the end exclusive."""

    start: int
    end: int


class Edit(Record):
    """A replacement of one range of the file (1-based, columns in code points, end exclusive) by a text.

    A byte order mark is no column, so the edit that takes it away is empty: 1:1 to 1:1, no text.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(Record):
    """Edits that mend a finding; ``applicability`` is ``safe`` (the meaning is kept) or ``unsafe``."""

    applicability: str
    title: str
    edits: tuple[Edit, ...]


Scalar = str | int | float | bool | None
"""A value that is neither a list nor a mapping."""


class Rewrite(Record):
    """Put new text for ranges of a decoded string: ``(start, end, text)``, in order and without overlaps.

    Only the source characters of these ranges change; the rest of the scalar stays as it is written.
    """

    pointer: Pointer
    pieces: tuple[tuple[int, int, str], ...]


class Replace(Record):
    """Put a new value for a scalar, in its own style; ``plain`` takes quotes away where the new value allows it.

    With ``comment`` the comment that follows the value is replaced together with it.
    """

    pointer: Pointer
    value: Scalar
    plain: bool = False
    comment: bool = False


class Remove(Record):
    """Take a field or a list's item out, with the lines and comments that are its own."""

    pointer: Pointer


class Insert(Record):
    """Put in a field that is not there yet, or a list's item before the one at ``pointer`` (or at the list's end).

    A field goes behind the last present one of ``after``, or else to the start of its mapping.
    """

    pointer: Pointer
    value: Scalar
    after: tuple[str, ...] = ()


class Rename(Record):
    """Give the field at ``pointer`` another key."""

    pointer: Pointer
    key: str


class Reorder(Record):
    """Put the fields of the mapping at ``pointer`` into the order of ``keys``, which names all of them."""

    pointer: Pointer
    keys: tuple[str, ...]


class Retext(Record):
    """Replace a range of the file's text that is no value: a line end, a comment.

    A byte order mark has no offset, so ``Retext(Span(0, 0), "")``, which could change nothing else, takes it away.
    """

    span: Span
    text: str


Change = Rewrite | Replace | Remove | Insert | Rename | Reorder | Retext
"""One step of a repair, said in terms of the data; the fixer turns it into edits of the text."""


class Repair(Record):
    """What would mend a violation; ``title`` is an imperative, ``safe`` tells that the meaning is kept."""

    title: str
    changes: tuple[Change, ...]
    safe: bool = True


class RelatedViolation(Record):
    """Another place that explains a violation: a pointer, or a range of the text where there is no pointer to it."""

    pointer: Pointer
    message: str
    part: str = "value"
    span: Span | None = None


class Violation(Record):
    """What a rule says: something is wrong at a place of the *data*; the engine works out where that is in the text.

    ``part`` is ``value``, ``key`` or ``missing`` (the pointer then names the absent field). ``within`` is a range of
    the decoded string. ``span`` is a range of the text and beats the pointer: for the few rules that judge the text
    itself. ``uses`` are the other pointers that the judgment rests on: where one of them is already known to be wrong,
    the rule that declares it keeps silent. ``repair`` is what would mend it.
    """

    pointer: Pointer
    message: str
    part: str = "value"
    within: tuple[int, int] | None = None
    hint: str | None = None
    span: Span | None = None
    uses: tuple[Pointer, ...] = ()
    related: tuple[RelatedViolation, ...] = ()
    repair: Repair | None = None


class Related(Record):
    """Another place that explains a finding, as path, 1-based line and column, and RFC 6901 pointer."""

    path: str
    line: int
    column: int
    field: str
    message: str


class Finding(Record):
    """One violation at its place in a file.

    Lines and columns are 1-based, columns count Unicode code points, ``end_column`` is exclusive; all four are 0 where
    there is no text (a ``frontmatter.Post``). ``field`` is an RFC 6901 JSON Pointer, ``readable_field`` the same for
    people (``related[0].webUrl``). ``source_line`` is the line at ``line``, shortened; ``source_offset`` says how many
    characters were cut off at its front. ``violation`` is what it was made of, kept where the fixer asks for it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    field: str
    readable_field: str
    code: str
    name: str
    severity: Severity
    message: str
    hint: str | None
    fingerprint: str
    source_line: str
    source_offset: int = 0
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    violation: Violation | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """The order of findings everywhere: path, line, column, code, message (and field, where there is no line)."""
        return (self.path, self.line, self.column, self.code, self.message, self.field)


def pointer_text(pointer: Pointer) -> str:
    """Return the RFC 6901 text of a pointer (section 3: ``~`` is ``~0``, ``/`` is ``~1``); ``""`` is the document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def readable_pointer(pointer: Pointer) -> str:
    """Return a pointer as people write it: ``related[0].webUrl``; no plain words are quoted, long ones cut."""
    parts: list[str] = []
    for step in pointer:
        if isinstance(step, int):
            parts.append(f"[{step}]")
            continue
        shown = step if len(step) <= MAX_KEY_SHOWN else f"{step[: MAX_KEY_SHOWN - 1]}…"
        if step and all(char.isalnum() or char in "_-" for char in step):
            parts.append(f".{shown}" if parts else shown)
        else:
            parts.append(f'["{shown}"]')
    return "".join(parts)


def without_indexes(pointer: Pointer) -> Pointer:
    """Return a pointer in which every index of a list is ``*``: what stays when the list's items are moved."""
    return tuple("*" if isinstance(step, int) else step for step in pointer)


def fingerprint(name: str, code: str, pointer: Pointer, value: str, count: int) -> str:
    """Return 32 hexadecimal digits that stay the same when lines move, fields are reordered or folders are renamed.

    ``name`` is the file's name without its folder, ``value`` the decoded value as text, ``count`` the number of
    findings of this file that are equal in all else and come before.
    """
    # Imported here because a clean file has no findings.
    import hashlib

    identity = "\0".join((name, code, pointer_text(without_indexes(pointer)), value, str(count)))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
