"""Writes suppression comments for given findings into a file's text, and proves that they do that and nothing else."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newslint.document import events
from newslint.document.comments import comments
from newslint.document.document import Document
from newslint.document.source import Fences, Source, find_fences
from newslint.engine.directives import FILE, LINE
from newslint.engine.parsing import parse_suppressions
from newslint.engine.scope import Layout, Placed, place_directives
from newslint.engine.selectors import OWN_CODE, WHOLE_FILE, Lines, codes_of
from newslint.engine.suppressions import Suppressions
from newslint.finding import Finding
from newslint.late import compiled_late
from newslint.record import Record

_INSTRUCTION = compiled_late(r"#+(?=\s*newslint)")


class Added(Record):
    """The text with the comments, and the findings that no comment can excuse, each with the reason why."""

    text: str
    left: tuple[tuple[Finding, str], ...]


class _Insertion(Record):
    """Text to put in at an offset; ``line`` is the line that it pushes down, or 0 where it adds no line."""

    offset: int
    text: str
    line: int


@dataclass(slots=True)
class _Group:
    """The findings that one comment can excuse, and the lines that it must be about."""

    lines: Lines
    findings: list[Finding] = field(default_factory=list)


def add_suppressions(
    source: Source, findings: Iterable[Finding], reason: str = "", *, whole_file: bool = False
) -> Added:
    """Return a file's text (like ``source.text``, without a byte order mark) with comments that excuse the findings.

    A comment goes to the end of the line, joins one that is there, or stands above a value of several lines. For what
    is found at the opening ``---`` it goes to the first field; for what is found outside of the front matter, or is
    about the file's text as a whole, it stands below the opening ``---``, for the whole file (``whole_file``: for all
    findings). Other findings of the same rule on the same line are excused as well. The text still means the same, and
    its lines end as before.
    """
    left: list[tuple[Finding, str]] = []
    wanted: list[Finding] = []
    for finding in findings:
        why = _why_not(finding)
        if why is None:
            wanted.append(finding)
        else:
            left.append((finding, why))
    state = _State.read(source)
    if state is None:
        return Added(source.text, (*left, *((finding, "the front matter cannot be read") for finding in wanted)))
    printable = "".join(char if char.isprintable() else " " for char in reason)
    words = _INSTRUCTION.sub("", printable).split()
    state, failed = _write(state, state.groups(wanted, whole_file=whole_file), "".join(f" {word}" for word in words))
    left += ((finding, "no comment can be written there") for group in failed for finding in group.findings)
    return Added(state.source.text, tuple(left))


def _why_not(finding: Finding) -> str | None:
    """Return why no comment can excuse a finding, or None where one can."""
    if finding.line == 0:
        return "there is no text"
    if finding.code == OWN_CODE:
        return "the comment itself should be corrected"
    if not codes_of(finding.code):
        return f"{finding.code} cannot be suppressed"
    return None


class _State:
    """A text that was read, and what its comments excuse."""

    def __init__(self, source: Source, document: Document, violations: list[str]) -> None:
        self.source = source
        self.document = document
        self.codes = Counter(violations)
        self.placed: list[Placed] = place_directives(document)
        parsed = parse_suppressions(document)
        self.suppressions = parsed.suppressions if parsed is not None else Suppressions()
        fences = document.fences
        found = comments(source, fences) if fences is not None else []
        self.layout = Layout(document, source, [span for span, _ in found])

    @classmethod
    def read(cls, source: Source) -> _State | None:
        """Read a source, or return None where it holds no readable front matter."""
        fences = find_fences(source)
        if not isinstance(fences, Fences):
            return None
        reading = events.read(source, fences.yaml)
        if reading.data is None:
            return None
        return cls(source, Document(source.name, reading, source, fences), [code for code, _ in reading.violations])

    def groups(self, findings: Sequence[Finding], *, whole_file: bool) -> list[_Group]:
        """Return the findings by the lines of the comment that they need, in the order of these lines."""
        found: dict[Lines, _Group] = {}
        for finding in findings:
            if whole_file:
                lines = WHOLE_FILE
            elif 1 < finding.line < self.layout.closing and finding.field:
                lines = self.layout.together(finding.line)
                lines = (1, lines[1]) if lines == self.layout.first_field else lines
            elif finding.line == 1:
                lines = (1, self.layout.first_field[1])
            else:
                lines = WHOLE_FILE
            if not self.suppressions.excuse(finding.code, finding.line):
                found.setdefault(lines, _Group(lines)).findings.append(finding)
        return [found[lines] for lines in sorted(found)]

    def insertion(self, group: _Group, reason: str, *, above: bool) -> _Insertion:
        """Return what to write for a group: into a comment that is there, or at the end of its line, or above it."""
        codes = ", ".join(sorted({finding.code for finding in group.findings}))
        for directive, lines in self.placed:
            if lines == group.lines and directive.items and not above:
                return _Insertion(directive.items[-1].span.end, f", {codes}", 0)
        text, starts = self.source.text, self.source.line_starts
        verb, first = LINE, group.lines[0]
        if group.lines == WHOLE_FILE:
            verb, first = FILE, 2
        elif first == 1:
            first = self.layout.first_field[0]
        comment = f"# newslint: {verb}[{codes}]{reason}"
        if verb == LINE and group.lines[1] == first and not above:
            end = self.source.line_end(starts[first - 1])
            return _Insertion(end, comment if text[end - 1] in " \t" else f" {comment}", 0)
        content = self.source.line(first)
        indent = "" if verb == FILE else content[: len(content) - len(content.lstrip(" "))]
        return _Insertion(starts[first - 1], f"{indent}{comment}{_line_end(text)}", first)

    def proves(self, before: _State, insertions: Sequence[_Insertion], groups: Sequence[_Group]) -> bool:
        """Tell whether this text means what the one before did, and excuses what that did and the groups' findings."""
        pushed = sorted(insertion.line for insertion in insertions if insertion.line)

        def moved(line: int) -> int:
            return line + bisect_right(pushed, line)

        if repr(self.document.data) != repr(before.document.data) or self.codes != before.codes:
            return False
        entries = {entry[:3] for entry in self.suppressions.entries}
        kept = all((name, moved(first), moved(last)) in entries for name, first, last, _ in before.suppressions.entries)
        return kept and all(
            self.suppressions.excuse(finding.code, moved(finding.line))
            for group in groups
            for finding in group.findings
        )


def _write(state: _State, groups: list[_Group], reason: str) -> tuple[_State, list[_Group]]:
    """Return the state after comments for the groups (in the order of their lines), and the groups that got none."""
    if not groups:
        return state, []
    for above in (False, True) if len(groups) == 1 else (False,):
        insertions = [state.insertion(group, reason, above=above) for group in groups]
        after = _State.read(Source(state.source.name, _insert(state.source.text, insertions), bom=state.source.bom))
        if after is not None and after.proves(state, insertions, groups):
            return after, []
    if len(groups) == 1:
        return state, groups
    # The later lines come first: a new line for them pushes no earlier one down.
    half = (len(groups) + 1) // 2
    state, failed_below = _write(state, groups[half:], reason)
    state, failed_above = _write(state, groups[:half], reason)
    return state, [*failed_above, *failed_below]


def _insert(text: str, insertions: Iterable[_Insertion]) -> str:
    pieces: list[str] = []
    position = 0
    for insertion in sorted(insertions):
        pieces += (text[position : insertion.offset], insertion.text)
        position = insertion.offset
    return "".join(pieces) + text[position:]


def _line_end(text: str) -> str:
    """Return how most lines end, as NL011 counts them: a lone CR is no candidate, and LF wins a tie."""
    both = text.count("\r\n")
    return "\r\n" if both > text.count("\n") - both else "\n"
