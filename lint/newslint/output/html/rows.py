"""The findings of a page as its script reads them: columns of numbers that point to texts, gzipped, in base64.

Texts that many findings share stand there once, and numbers of one kind stand together: that is what makes 20,000
findings fit into some hundred kilobytes. It is compressed piece by piece, so that the whole is never one text.
"""

from __future__ import annotations

import base64
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from newslint.finding import Edit, Finding, Fix, Related
from newslint.limits import MAX_SOURCE_LINE
from newslint.output.dump import dump
from newslint.output.html.groups import NAMES, Group, of_path
from newslint.report import Report, RuleSummary

MAX_ROWS: Final = 200_000
"""Findings that a page lists: a browser holds them in some 150 MB and filters them at once; the gravest are kept."""

_SOURCE_BUDGET: Final = 400_000
"""Characters of source lines that a page holds; where they are more, each is cut to what stands around its range."""

_SOURCE_WIDTHS: Final = (MAX_SOURCE_LINE, 240, 120, 60, 30)
_EDIT_BUDGET: Final = 400_000
"""Characters of the texts that fixes put in: to order the fields of a file anew is to write all of it again."""

_SHORT_EDIT: Final = 100
"""Characters that a fix may always put in."""

_FILE_GROUPS: Final = ("kind", "folder", "provider", "topic", "month")
_PIECE: Final = 4_096
_GZIP: Final = 16 + zlib.MAX_WBITS
"""What makes zlib write gzip's header and trailer (zlib: deflateInit2), whose time is 0 then."""

_COLUMNS: Final = (
    *("path", "rule", "severity", "line", "column", "end_line", "end_column", "field", "readable", "message"),
    *("hint", "source", "offset", "fix", "related"),
)
_RISING: Final = ("path", "source")
"""Columns whose numbers mostly rise by one: as differences they are next to nothing."""


class Texts:
    """Numbers texts in the order in which they come; 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str | None) -> int:
        """Return the number of a text; None counts as the empty one."""
        return self._numbers.setdefault(text or "", len(self._numbers))

    def __iter__(self) -> Iterator[str]:
        """Yield the texts in the order of their numbers."""
        return iter(self._numbers)


class Packed:
    """What goes into a page: ``data``, ``rows`` findings, source lines of at most ``width`` characters."""

    def __init__(self, report: Report, groups: dict[str, Group]) -> None:
        findings = _kept(report.findings)
        self.rows = len(findings)
        self.width = _source_width(findings)
        self._report = report
        self._groups = groups
        self._texts = Texts()
        self._fixes: dict[tuple[Any, ...], int] = {}
        self._room = _EDIT_BUDGET
        self._related: list[list[list[int]]] = []
        self._paths: dict[str, int] = {}
        self._topics: dict[tuple[int, ...], int] = {}
        self._files: dict[str, array[int]] = {name: array("q") for name in ("name", *_FILE_GROUPS)}
        self._columns: dict[str, array[int]] = {name: array("q") for name in _COLUMNS}
        self._numbers = {
            name: {value: number for number, (value, _) in enumerate(groups[name].values)} for name in NAMES
        }
        for finding in findings:
            self._add(finding)

    @property
    def is_cut(self) -> bool:
        """Whether source lines are shorter than they would be in a smaller report."""
        return self.width < MAX_SOURCE_LINE

    def data(self) -> str:
        """Return the findings as base64 of gzipped JSON."""
        packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
        parts = [packer.compress(piece.encode("utf-8")) for piece in self._pieces()]
        return base64.b64encode(b"".join([*parts, packer.flush()])).decode("ascii")

    def _add(self, finding: Finding) -> None:
        if finding.path not in self._paths:
            self._paths[finding.path] = len(self._paths)
            self._add_file(finding.path)
        source, offset, cut = window(finding, self.width)
        related = 0
        if finding.related:
            self._related.append([self._other(other) for other in finding.related])
            related = len(self._related)
        number = self._texts.number
        row = {
            "path": self._paths[finding.path],
            "rule": self._numbers["rule"][finding.code],
            "severity": self._numbers["severity"][finding.severity.value],
            "line": finding.line,
            "column": finding.column,
            "end_line": finding.end_line - finding.line,
            "end_column": finding.end_column,
            "field": number(finding.field),
            "readable": number(finding.readable_field),
            "message": number(finding.message),
            "hint": number(finding.hint),
            "source": number(source),
            "offset": offset * 2 + cut,
            "fix": self._fix(finding),
            "related": related,
        }
        for name, value in row.items():
            self._columns[name].append(value)

    def _add_file(self, path: str) -> None:
        """Add a file: its name, and the numbers of what it is counted under; of topics that of their list."""
        values = {
            group: tuple(self._numbers[group][value] for value in found)
            for group, found in of_path(path, self._report).items()
        }
        folder, _, name = path.rpartition("/")
        # The script puts folder and name together again, but where it takes "." for no folder or there is the root.
        self._files["name"].append(self._texts.number(path if folder in ("", ".") else name))
        for group in _FILE_GROUPS:
            number = self._topics.setdefault(values[group], len(self._topics)) if group == "topic" else values[group][0]
            self._files[group].append(number)

    def _other(self, other: Related) -> list[int]:
        number = self._texts.number
        return [number(other.path), other.line, other.column, number(other.field), number(other.message)]

    def _fix(self, finding: Finding) -> int:
        """Return the number of a fix, 0 for none; edits are told as seen from the finding, so that many are equal.

        They are None where their texts are long and there is no room left for such.
        """
        fix: Fix | None = finding.fix
        if fix is None:
            return 0
        size = sum(len(edit.text) for edit in fix.edits)
        edits = None
        if size <= _SHORT_EDIT or size <= self._room:
            self._room -= size
            edits = tuple(self._edit(edit, finding) for edit in fix.edits)
        key = (fix.applicability, self._texts.number(fix.title), edits)
        return self._fixes.setdefault(key, len(self._fixes) + 1)

    def _edit(self, edit: Edit, finding: Finding) -> tuple[int, ...]:
        line, column = finding.line, finding.column
        start, end = (edit.line - line, edit.column - column), (edit.end_line - line, edit.end_column - column)
        return (*start, *end, self._texts.number(edit.text))

    def _pieces(self) -> Iterator[str]:
        """Yield JSON, piece by piece."""
        page = self._report.page
        rules = {rule.code: rule for rule in self._report.rules}
        names = {finding.code: finding.name for finding in self._report.findings}
        head = {
            "groups": {name: [value for value, _ in self._groups[name].values] for name in NAMES},
            "rules": [_rule(code, names[code], rules.get(code)) for code, _ in self._groups["rule"].values],
            "link": page.link if page is not None else None,
        }
        yield dump(head, indented=False)[:-1]
        arrays: tuple[tuple[str, Iterable[Any]], ...] = (
            ("texts", self._texts),
            *((f"file_{name}", column) for name, column in self._files.items()),
            ("topics", self._topics),
            ("repairs", self._fixes),
            ("others", self._related),
            *((name, _differences(column) if name in _RISING else column) for name, column in self._columns.items()),
        )
        for name, items in arrays:
            yield f',"{name}":'
            yield from _array(items)
        yield "}"


def _kept(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return the findings that a page lists, in their order: where they are too many, the gravest of them."""
    if len(findings) <= MAX_ROWS:
        return findings
    gravest = sorted(range(len(findings)), key=lambda number: (-findings[number].severity.rank, number))[:MAX_ROWS]
    return [findings[number] for number in sorted(gravest)]


def _source_width(findings: Sequence[Finding]) -> int:
    """Return the greatest number of characters to which source lines can be cut so that all stay within the budget."""
    lines = {finding.source_line for finding in findings}
    for width in _SOURCE_WIDTHS:
        if sum(min(len(line), width) for line in lines) <= _SOURCE_BUDGET:
            return width
    return _SOURCE_WIDTHS[-1]


def window(finding: Finding, width: int) -> tuple[str, int, bool]:
    """Return what is shown of a source line, how many characters are cut off in front, and whether some are behind.

    A third of what is kept of a longer line stands before the finding's range.
    """
    line = finding.source_line
    start = max(finding.column - 1 - finding.source_offset, 0)
    begin = min(max(start - width // 3, 0), max(len(line) - width, 0))
    shown = line[begin : begin + width]
    cut = begin + width < len(line) or (len(line) >= MAX_SOURCE_LINE and begin + width >= len(line))
    return shown, finding.source_offset + begin, cut


def _rule(code: str, name: str, rule: RuleSummary | None) -> dict[str, str]:
    if rule is None:
        return {"code": code, "name": name, "title": "", "page": ""}
    return {"code": code, "name": name, "title": rule.title, "page": rule.help}


def _differences(numbers: Iterable[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        yield number - before
        before = number


def _array(items: Iterable[Any]) -> Iterator[str]:
    """Yield an array as JSON, some thousand items at a time."""
    opened = "["
    piece: list[Any] = []
    for item in items:
        piece.append(item)
        if len(piece) == _PIECE:
            yield opened + dump(piece, indented=False)[1:-1]
            opened, piece = ",", []
    yield opened + dump(piece, indented=False)[1:-1] + "]" if piece else ("[]" if opened == "[" else "]")
