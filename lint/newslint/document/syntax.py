"""libyaml's syntax problems in an editor's words, each at its own place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from newslint.document.source import Source
from newslint.finding import RelatedViolation, Span, Violation
from newslint.late import compiled_late
from newslint.limits import MAX_KEY_LENGTH

_QUOTES = "Put the value in quotes"
_TAB = ("a tab is used for indentation, where YAML allows only spaces", "Replace the tab by spaces")
_PLAIN_WORDS: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        'a ":" stands where no field can begin',
        "Put the value in quotes if the colon belongs to it, or align the line with the fields around it",
    ),
    "block sequence entries are not allowed in this context": (
        'a list item "- " stands where none can begin',
        "Write the list on the lines below its key, each item on a line of its own",
    ),
    "mapping keys are not allowed in this context": ('a value cannot begin with "? " unless it is in quotes', _QUOTES),
    "did not find expected key": (
        "a field was expected here",
        "Align the line with the fields around it, and look for a quote or bracket that is closed too early",
    ),
    "did not find expected '-' indicator": (
        'a list item "- " was expected here',
        "Begin the line with - or align it with what it belongs to",
    ),
    "did not find expected comment or line break": (
        'a value that begins with "|" or ">" is a block of lines, and its text begins on the next line',
        "Put the value in quotes, or begin it on the next line",
    ),
    "found an indentation indicator equal to 0": (
        'a block of lines ("|" or ">") cannot have the indentation 0',
        "Write a number from 1 to 9, or none",
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found unexpected ':'": ('a ":" stands in a text between brackets, where YAML cannot tell what it is', _QUOTES),
    "did not find expected node content": ("a value was expected here", "Write a value, or take away the character"),
    "did not find expected <document start>": (
        "the fields end before this, and something follows them",
        "Write all fields in one mapping",
    ),
}
_FALLBACK = "Correct the line, or put the value in quotes"

_CONFLICT_MARKS = (
    compiled_late(r"^(<{7})(?= )", re.MULTILINE),
    compiled_late(r"^(={7})(?=\r?$)", re.MULTILINE),
    compiled_late(r"^(>{7})(?= )", re.MULTILINE),
)
_COLON = compiled_late(r":(?=\s|\Z)")
_LOW_SURROGATE = compiled_late(r"\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_LINE_BREAK = compiled_late(r"[\r\n\x85\u2028\u2029]")
_LIST_ITEM = compiled_late(r"-(?:\s|\Z)")
_QUOTE_MARKS = ("'", '"')
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}
_INDICATORS = {"alias": "*", "anchor": "&", "tag": "!", "directive": "%", "TAG": "%", "YAML": "%"}
_ABOUT_INDICATORS = ("found undefined tag handle", "did not find expected <document start>")


def violation_at(message: str, hint: str, start: int, related: tuple[RelatedViolation, ...] = ()) -> Violation:
    """Return a violation of the whole file at one character of its text."""
    return Violation((), message, hint=hint, span=Span(start, start + 1), related=related)


class Problem:
    """A problem at ``offset`` of the source, what libyaml was doing since ``context_offset``, the tokens before it.

    The YAML stands from ``base`` to ``end``.
    """

    def __init__(self, error: Any, source: Source, base: int, yaml_text: str) -> None:
        self.name: str = error.problem or ""
        self.context: str = error.context or ""
        self.offset: int = base + (error.problem_mark.index if error.problem_mark else 0)
        self.context_offset: int = base + error.context_mark.index if error.context_mark else self.offset
        self.source = source
        self.text = source.text
        self.base = base
        self.end = base + len(yaml_text)
        self.tokens = _tokens_before(yaml_text, base, self.offset)
        self.kind, self.last = self.tokens[-1] if self.tokens else ("", Span(self.offset, self.offset))
        # A block scalar takes the end of its last line along.
        self.same_line = (
            self.kind not in ("|", ">") and _LINE_BREAK.search(self.text, self.last.end, self.offset) is None
        )

    def explain(self) -> Violation:
        """Return the NL005 of the problem."""
        for special in (_conflict, _closed_late, _SPECIAL.get(self.name), _indicator):
            if special is not None and (found := special(self)) is not None:
                return found
        return self.here(*_PLAIN_WORDS.get(self.name, (f"YAML cannot be read here: {self.name}", _FALLBACK)))

    def here(self, message: str, hint: str, *related: RelatedViolation) -> Violation:
        """Return a violation at the problem."""
        return violation_at(message, hint, self.offset, related)

    def line(self, offset: int) -> int:
        """Return the 1-based line of an offset."""
        return self.source.position(offset)[0]

    def column(self, offset: int) -> int:
        """Return the 1-based column of an offset."""
        return self.source.position(offset)[1]

    def rest_of_line(self, offset: int) -> str:
        """Return the text from an offset to the end of its line."""
        return self.text[offset : self.source.line_end(offset)]


def _tokens_before(yaml_text: str, base: int, offset: int) -> list[tuple[str, Span]]:
    """Return kind and span of the last two tokens with a width that end at or before an offset of the source.

    The kind of a scalar is its quote, its block indicator or "plain"; that of any other token is its first character.
    """
    loader = yaml.CSafeLoader(yaml_text)
    found: list[tuple[str, Span]] = []
    try:
        while (token := loader.get_token()) is not None:
            span = Span(base + token.start_mark.index, base + token.end_mark.index)
            if span.end > offset:
                break
            if span.start < span.end:
                kind = yaml_text[token.start_mark.index]
                if isinstance(token, yaml.ScalarToken):
                    kind = token.style or "plain"
                found = [*found[-1:], (kind, span)]
    except (yaml.YAMLError, UnicodeError):
        pass
    finally:
        loader.dispose()
    return found


def _conflict(problem: Problem) -> Violation | None:
    """Git could not merge two versions of the file, and nobody has chosen between them yet (git-merge(1))."""
    marks: list[Span] = []
    start = problem.base
    for mark in _CONFLICT_MARKS:
        found = mark.search(problem.text, start, problem.end)
        if found is None:
            return None
        marks.append(Span(*found.span(1)))
        start = found.end()
    first, middle, last = marks
    return Violation(
        (),
        f"Git has left a merge conflict here, which ends in line {problem.line(last.start)}",
        hint='Keep one of the two versions, and delete the lines that begin with "<<<<<<<", "=======" and ">>>>>>>"',
        span=first,
        related=(
            RelatedViolation((), "the other version begins below", span=middle),
            RelatedViolation((), "the conflict ends here", span=last),
        ),
    )


def _closed_late(problem: Problem) -> Violation | None:
    """Something follows a quoted value of several lines: its own closing quote is missing, a later one closed it."""
    start, end = problem.last
    if problem.kind not in _QUOTE_MARKS or not problem.same_line or not _LINE_BREAK.search(problem.text, start, end):
        return None
    line = problem.line(start)
    message = f"the quoted value that begins in line {line} ends here, and text follows it"
    hint = f"Write the missing {problem.kind} at the end of line {line}: the quote opened there is closed only here"
    return problem.here(message, hint)


def _unclosed_quote(problem: Problem) -> Violation | None:
    if "quoted" not in problem.context:
        return None
    quote = problem.text[problem.context_offset]
    hint = f"Write a closing {quote} at the end of the value"
    return violation_at("the quote opened here is never closed", hint, problem.context_offset)


def _indicator_in_quotes(problem: Problem) -> Violation:
    indicator = problem.text[problem.offset : problem.offset + 3]
    message = f'a line inside quotes begins with "{indicator}", which ends a YAML document'
    return problem.here(
        message, f"Close the quote opened in line {problem.line(problem.context_offset)}, or indent this line"
    )


def _stray_colon(problem: Problem) -> Violation | None:
    if not problem.same_line:
        return None
    if problem.kind in _QUOTE_MARKS:
        return problem.here('a ":" follows the closing quote of a value', "Put the whole value in quotes")
    if problem.kind != "plain":
        return None
    line = problem.line(problem.last.start)
    if line == problem.line(problem.offset):
        return problem.here('the value holds a ": ", which YAML reads as the end of a key', _QUOTES)
    if len(problem.tokens) > 1:
        message = f'this line goes on with the value that begins in line {line}, so its ":" cannot follow a key'
        return problem.here(message, "Align the line with the fields around it, or put the value in quotes")
    return _line_without_colon(problem, problem.last.start)


def _missing_colon(problem: Problem) -> Violation:
    colon = _COLON.search(problem.rest_of_line(problem.context_offset))
    if colon is not None and colon.start() >= MAX_KEY_LENGTH:
        return problem.here(f"a key has more than {MAX_KEY_LENGTH:,} characters", "Shorten the key")
    return _line_without_colon(problem, problem.context_offset)


def _line_without_colon(problem: Problem, start: int) -> Violation:
    line = problem.line(start)
    message = f'a field was expected in line {line}, but the line has no ":" and a blank after a key'
    hint = f'Write line {line} as "key: value", or indent it if it belongs to the value above it'
    end = start + len(problem.rest_of_line(start).rstrip())
    return problem.here(message, hint, RelatedViolation((), "the line that is no field", span=Span(start, end)))


def _after_the_end(problem: Problem) -> Violation | None:
    """Something follows the one value that the document is: a first line without a colon, mostly."""
    if problem.kind == "plain" and len(problem.tokens) == 1 and not problem.text.startswith("%", problem.offset):
        return _line_without_colon(problem, problem.last.start)
    return None


def _no_value(problem: Problem) -> Violation | None:
    if not problem.text.startswith(":", problem.offset):
        return None
    return problem.here(
        'a ":" stands here with no key before it', "Write the key before the colon, or put it in quotes"
    )


def _no_field(problem: Problem) -> Violation | None:
    if problem.same_line:
        if problem.kind in _QUOTE_MARKS:
            hint = (
                r"Write \" for a quote inside the value"
                if problem.kind == '"'
                else "Write '' for a quote inside the value"
            )
            return problem.here("text follows the closing quote of a value", hint)
        if problem.kind in ("]", "}"):
            return problem.here(
                f'text follows the closing "{problem.kind}" of a value', "Put the whole value in quotes"
            )
        return _no_value(problem)
    rest = problem.rest_of_line(problem.offset)
    if problem.kind == "plain" and "#" in problem.text[problem.last.end : problem.offset] and not _COLON.search(rest):
        message = "a comment ended the value above, so this line cannot go on with it"
        return problem.here(message, 'Put the value in quotes if the "#" belongs to it')
    if _LIST_ITEM.match(rest):
        message = 'a list item "- " stands where a field was expected'
        return problem.here(message, "Write the list below a key of its own, with all its items in one column")
    column, expected = problem.column(problem.offset), problem.column(problem.context_offset)
    if column == expected:
        return _no_value(problem)
    message = (
        f"this line begins in column {column}, where the fields that it could belong to begin in column {expected}"
    )
    return problem.here(message, "Align the line with the fields around it")


def _unclosed_flow(problem: Problem) -> Violation:
    kind, opening, closing = ("list", "[", "]") if problem.name.endswith("']'") else ("mapping", "{", "}")
    line = problem.line(problem.context_offset)
    message = f'in the {kind} opened by "{opening}" in line {line}, a "," or a "{closing}" was expected here'
    return problem.here(message, f"Close the {kind} with {closing}, or put a comma between its items")


def _unknown_escape(problem: Problem) -> Violation:
    char = problem.text[problem.offset + 1 : problem.offset + 2]
    message = f'a "\\" in double quotes cannot stand before "{char}"'
    return problem.here(message, r"Write \\ for a backslash, or use single quotes")


def _short_escape(problem: Problem) -> Violation:
    letter = problem.text[problem.offset - 1]
    message = f"the escape \\{letter} needs {_ESCAPE_DIGITS.get(letter, 2)} hexadecimal digits"
    return problem.here(message, r"Complete the escape, or write \\ for a backslash")


def _impossible_escape(problem: Problem) -> Violation:
    letter = problem.text[problem.offset - 1]
    digits = problem.text[problem.offset : problem.offset + _ESCAPE_DIGITS.get(letter, 4)]
    code = int(digits, 16)
    if not 0xD800 <= code <= 0xDFFF:
        return problem.here(
            f"the escape \\{letter}{digits} is beyond the last character of Unicode", "Correct the escape"
        )
    message = f"the escape \\{letter}{digits} is half of a character, and no character by itself"
    low = _LOW_SURROGATE.match(problem.text, problem.offset + len(digits))
    if low is None or code >= 0xDC00:
        return problem.here(message, "Write the character itself")
    whole = 0x10000 + ((code - 0xD800) << 10) + (int(low.group(1), 16) - 0xDC00)
    return problem.here(message, f"Write the character itself, or \\U{whole:08X} for both halves")


def _bad_start(problem: Problem) -> Violation:
    if problem.text.startswith("\t", problem.offset):
        return problem.here(*_TAB)
    return problem.here(*_cannot_begin(problem, problem.offset))


def _cannot_begin(problem: Problem, start: int) -> tuple[str, str]:
    """Return message and hint for the character at which a value (or a key) begins."""
    before = problem.text[start - problem.column(start) + 1 : start]
    what = "key" if not before.strip("- \t") and _COLON.search(problem.rest_of_line(start)) else "value"
    return f'a {what} cannot begin with "{problem.text[start]}" unless it is in quotes', f"Put the {what} in quotes"


def _indicator(problem: Problem) -> Violation | None:
    """A text begins with what YAML takes for an alias, an anchor, a tag or a directive."""
    if problem.name not in _ABOUT_INDICATORS and not any(what in problem.context for what in _INDICATORS):
        return None
    for start in (problem.context_offset, problem.offset):
        if problem.text[start : start + 1] in _INDICATORS.values():
            return violation_at(*_cannot_begin(problem, start), start)
    return None


_SPECIAL: dict[str, Callable[[Problem], Violation | None]] = {
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _indicator_in_quotes,
    "mapping values are not allowed in this context": _stray_colon,
    "could not find expected ':'": _missing_colon,
    "did not find expected <document start>": _after_the_end,
    "did not find expected key": _no_field,
    "did not find expected node content": _no_value,
    "did not find expected ',' or ']'": _unclosed_flow,
    "did not find expected ',' or '}'": _unclosed_flow,
    "found unknown escape character": _unknown_escape,
    "did not find expected hexdecimal number": _short_escape,
    "found invalid Unicode character escape code": _impossible_escape,
    "found character that cannot start any token": _bad_start,
}
