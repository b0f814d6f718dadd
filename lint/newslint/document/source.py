"""One file's bytes and text: its encoding, its line ends and its two fences; it knows nothing of YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from newslint.finding import Repair, Retext, Span, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_FINDINGS
from newslint.record import Record

_LINE_END = compiled_late(r"\r\n|\n|\r")
_OPENING = compiled_late(r"---[ \t\r]*(?:\n|\Z)")
_CLOSING = compiled_late(r"^(?:-{3,}[^\S\n]*|\.{3}[ \t\r\f\v]*)$", re.MULTILINE)
_INDENTED_CLOSING = compiled_late(r"^[ \t]+---(?=[ \t]*\r?$)", re.MULTILINE)
_USUAL_CLOSING = compiled_late(r"---\r?(?=\n|\Z)")
_ASCII_BLANKS = " \t\r\f\v"
BOM = b"\xef\xbb\xbf"
_SHOWN_FENCE = 10
_SHORT = 20_000
"""Characters up to which lines are counted anew for each position."""

Coded = tuple[str, Violation]
"""A violation with the code of the rule that speaks."""


class Fences(Record):
    """Where the front matter stands in the text.

    ``opening`` and ``closing`` are the spans of the two ``---``; ``yaml`` is the span between them, from the line end
    of the opening line (included, so that a byte order mark after it is never the first character that libyaml sees)
    to the start of the closing line; ``body`` is the offset at which the text after the closing line begins.
    """

    opening: Span
    closing: Span
    yaml: Span
    body: int


class Source:
    """A file's text, without a byte order mark, and the arithmetic of its lines and columns.

    A line ends at LF, CRLF or a lone CR, and nowhere else: NEL, U+2028 and U+2029 are characters like any other, as
    they are for editors and Git.
    """

    def __init__(self, name: str, text: str, *, bom: bool = False) -> None:
        self.name = name
        self.text = text
        self.bom = bom

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; the first is 0."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        # The same, five times as fast.
        return [0, *accumulate([len(line) + 1 for line in self.text.split("\n")[:-1]])]

    @cached_property
    def newline(self) -> str:
        """The line end of the file: of LF and CRLF the more frequent one, LF where they are equal.

        A lone CR is never what a file should have, however many there are: it can win no vote.
        """
        crlf = self.text.count("\r\n")
        return "\n" if self.text.count("\n") - crlf >= crlf else "\r\n"

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column (in code points) of an offset in the text."""
        if "\r" not in self.text and len(self.text) <= _SHORT:
            # Most files are short, end their lines in LF alone and have few findings: two searches tell all.
            return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a 1-based line without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def line_at(self, offset: int) -> str:
        """Return the text of the line that holds ``offset``, without its line end."""
        if "\r" in self.text:
            return self.line(self.position(offset)[0])
        end = self.text.find("\n", offset)
        return self.text[self.text.rfind("\n", 0, offset) + 1 : end if end >= 0 else None]

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line that holds ``offset`` ends, its line end excluded."""
        match = _LINE_END.search(self.text, offset)
        return match.start() if match else len(self.text)


def decode(name: str, data: bytes) -> tuple[Source, Coded | None]:
    """Decode strictly as UTF-8 and set a byte order mark aside.

    Returns the source and, where a byte is wrong, NL002 at that byte; the source then holds the text with the wrong
    bytes replaced, good enough to show the line.
    """
    bom = data.startswith(BOM)
    payload = data[len(BOM) :] if bom else data
    try:
        return Source(name, payload.decode("utf-8"), bom=bom), None
    except UnicodeDecodeError as error:
        offset = len(payload[: error.start].decode("utf-8"))
        source = Source(name, payload.decode("utf-8", "replace"), bom=bom)
        message, hint = f"the byte 0x{payload[error.start]:02X} is not UTF-8 text", _WRONG_ENCODING
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            message, hint = "the file is written in UTF-16, not in UTF-8", "Save the file in the encoding UTF-8"
        return source, ("NL002", Violation((), message, hint=hint, span=Span(offset, offset + 1)))


_WRONG_ENCODING = "Save the file in the encoding UTF-8 (it may have been written as Windows-1252 or Latin-1)"


def find_fences(source: Source) -> Fences | Coded:
    r"""Return where the front matter stands, or why there is none (NL003) or no end of it (NL004).

    Lines end at LF here, with or without a CR before it, as they do for Jekyll, whose expression for both fences is
    ``\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`` with ASCII blanks for ``\s`` (jekyll/document.rb); that of
    python-frontmatter is ``^-{3,}\s*$`` with the blanks of Unicode (frontmatter/default_handlers.py).
    """
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        message, hint = _why_no_opening(text)
        return "NL003", Violation((), message, hint=hint, span=Span(0, 0))
    fence = Span(0, 3)
    closing = _find_closing(text, opening.end())
    if closing is None:
        message = 'the front matter is opened by "---" here, but no "---" line closes it'
        hint = 'Write a line "---" after the last field'
        if indented := _INDENTED_CLOSING.search(text, opening.end()):
            line = source.position(indented.start())[0]
            hint = f'Delete the blank in front of the "---" in line {line}, if that is where the fields end'
        return "NL004", Violation((), message, hint=hint, span=fence)
    start, end = closing.span()
    written = closing.group().rstrip(_ASCII_BLANKS)
    if written != "---":
        message = _half_closed(written, source.position(start)[0])
        hint = 'Close the front matter with a line "---" of exactly three dashes'
        return "NL004", Violation((), message, hint=hint, span=fence)
    first_line_end = opening.end() - (2 if opening.group().endswith("\r\n") else 1)
    body = end + 1 if end < len(text) else end
    return Fences(fence, Span(start, start + 3), Span(first_line_end, start), body)


def _find_closing(text: str, start: int) -> re.Match[str] | None:
    """Return the first line from ``start`` on that any reader takes as closing, without its line feed."""
    # The usual line is looked for first: to find it, and no "..." before it, is many times faster than the expression.
    at = text.find("\n---", start - 1) + 1
    usual = _USUAL_CLOSING.match(text, at) if at else None
    if usual is not None and text.find("\n...", start - 1, at) < 0:
        return usual
    return _CLOSING.search(text, start)


def _half_closed(written: str, line: int) -> str:
    """Return the message of an NL004 whose closing line only one of the two readers takes."""
    taken, refused = ("Jekyll", "python-frontmatter") if written == "..." else ("python-frontmatter", "Jekyll")
    dashes = written.rstrip()
    if dashes == "---":
        shown = f'"---" and an odd blank (U+{ord(written[3]):04X})'
    else:
        shown = f'"{dashes}"' if len(dashes) <= _SHOWN_FENCE else f'"{dashes[:_SHOWN_FENCE]}…"'
    return (
        f"the front matter is closed by {shown} in line {line}, which {taken} takes as its end and {refused} does not"
    )


def _why_no_opening(text: str) -> tuple[str, str]:
    """Return the message and the hint of an NL003."""
    first = text.split("\n", 1)[0]
    if not text.strip():
        return "the file is empty", 'Begin the file with a line "---", then the fields, then a line "---"'
    if "\0" in first:
        return "the first line holds NUL characters, as text in UTF-16 does", "Save the file in the encoding UTF-8"
    if text.startswith("\ufeff"):
        return "the file begins with two byte order marks (BOM)", "Save the file as UTF-8 without BOM"
    if text.lstrip().startswith("---") and not text.startswith("-"):
        message = 'there is blank space before the opening "---", so Jekyll sees no front matter'
        return message, 'Delete what stands before the "---"'
    if re.fullmatch(r"-{4,}\s*", first):
        message = f'the first line has {len(first.rstrip())} dashes, where Jekyll takes exactly three ("---")'
        return message, 'Write "---"'
    if re.match(r"---[ \t]*\r", text):
        message = "the lines end in lone carriage returns (CR), so Jekyll sees no front matter"
        return message, "Save the file with LF or CRLF line ends"
    if first.startswith("---"):
        return 'the first line has more on it than "---"', 'Write "---" alone on the first line'
    return 'the first line is not "---", so the file has no front matter', 'Begin the file with a line "---"'


def check_text(source: Source) -> list[Coded]:
    """Return what is wrong with the file's bytes as text: a byte order mark (NL010), mixed line ends (NL011)."""
    found: list[Coded] = []
    if source.bom:
        message = (
            "the file begins with a byte order mark (BOM), so Jekyll and python-frontmatter see no front matter in it"
        )
        repair = Repair("Take the byte order mark away", (Retext(Span(0, 0), ""),))
        hint = "Save the file as UTF-8 without BOM"
        found.append(("NL010", Violation((), message, hint=hint, span=Span(0, 0), repair=repair)))
    if "\r" in source.text:
        found.extend(_mixed_line_ends(source))
    return found


def _mixed_line_ends(source: Source) -> list[Coded]:
    text = source.text
    crlf = text.count("\r\n")
    lf, cr = text.count("\n") - crlf, text.count("\r") - crlf
    # Where there are lone CRs and nothing else, nothing is mixed, and the opening line already said so (NL003).
    if (lf > 0) + (crlf > 0) + (cr > 0) < 2:
        return []
    majority = source.newline
    wanted, count = ("LF", lf) if majority == "\n" else ("CRLF", crlf)
    minority = [(lf, "LF", "\n"), (crlf, "CRLF", "\r\n"), (cr, "CR", "\r")]
    others = [(number, name, end) for number, name, end in minority if number and end != majority]
    shown = " and ".join(f"{number:,} in {name}" for number, name, _ in others)
    wrong = [Span(*match.span()) for match in _LINE_END.finditer(text) if match.group() != majority]
    message = f"line ends are mixed: {count:,} in {wanted}, {shown}"
    repair = Repair(f"Write all line ends as {wanted}", _with_line_end(text, wrong, majority))
    hint = f"Save the file with {wanted} line ends"
    return [("NL011", Violation((), message, hint=hint, span=wrong[0], repair=repair))]


def _with_line_end(text: str, wrong: list[Span], newline: str) -> tuple[Retext, ...]:
    """Return the changes that write other line ends; of very many it is one, from the first to the last."""
    if len(wrong) <= MAX_FINDINGS:
        return tuple(Retext(span, newline) for span in wrong)
    whole = Span(wrong[0].start, wrong[-1].end)
    return (Retext(whole, _LINE_END.sub(newline, text[whole.start : whole.end])),)
