"""What comments say to newslint: ``# newslint: ignore[NL602, html-entity] reason``, taken apart, right or wrong."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.document.source import Source
from newslint.engine.selectors import excused
from newslint.finding import Span
from newslint.late import compiled_late
from newslint.near import did_you_mean
from newslint.quote import quote
from newslint.record import Record

_NAME = "newslint"
_START = compiled_late(r"(?<![^ \t])#+[ \t]*newslint")
_COLON = compiled_late(r"[ \t]*:[ \t]*")
_WITHOUT_COLON = compiled_late(r"[ \t]+(ignore(?:-file)?)[ \t]*\[")
_WORDS = compiled_late(r"[\w-]+")

LINE = "ignore"
FILE = "ignore-file"


class Item(Record):
    """One entry of a comment's list, as it is written, and where it stands in the text."""

    selector: str
    span: Span


class Fault(Record):
    """What is wrong with a comment, what to do, and the part of it that is meant."""

    message: str
    hint: str
    span: Span


class Directive(Record):
    """One instruction in a comment, from its ``#`` to the end of its reason.

    ``comment`` is the whole comment, which may hold other words and instructions; ``alone`` tells that nothing but
    blank space stands before it on its line. ``items`` is empty where there is a ``fault``.
    """

    span: Span
    comment: Span
    line: int
    alone: bool
    whole_file: bool = False
    items: tuple[Item, ...] = ()
    fault: Fault | None = None

    @property
    def fills_comment(self) -> bool:
        """Whether the comment holds nothing else."""
        return self.span == self.comment


def read_directives(source: Source, comments: list[tuple[Span, str]]) -> list[Directive]:
    """Return the instructions in the comments of a front matter, in order."""
    return [directive for span, text in comments if _NAME in text for directive in _in_comment(source, span, text)]


def removal(source: Source, directive: Directive, number: int) -> Span:
    """Return the range of the text to delete for an entry of an instruction's list (by its number) to be gone.

    The last one takes the instruction along, with the blanks before it, and with the line if it is alone there.
    """
    items, text = directive.items, source.text
    if len(items) > 1 and number == 0:
        return Span(items[0].span.start, items[1].span.start)
    if len(items) > 1:
        return Span(items[number - 1].span.end, items[number].span.end)
    start, end = directive.span
    if directive.fills_comment and directive.alone:
        return Span(source.line_starts[directive.line - 1], source.line_starts[directive.line])
    if start == directive.comment.start and not directive.fills_comment:
        return Span(start, _skip_blanks(text, end, len(text)))
    # Blanks that the comment ended in would be left behind at the end of the line.
    last = _skip_blanks(text, end, len(text)) if end == directive.comment.end else end
    return Span(_blanks_before(text, start), last)


def _blanks_before(text: str, end: int) -> int:
    while end > 0 and text[end - 1] in " \t":
        end -= 1
    return end


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t":
        start += 1
    return start


def _in_comment(source: Source, comment: Span, text: str) -> Iterator[Directive]:
    text = text.rstrip()
    span = Span(comment.start, comment.start + len(text))
    line, _ = source.position(comment.start)
    alone = not source.text[source.line_starts[line - 1] : comment.start].strip(" \t")
    starts = [match for match in _START.finditer(text) if _is_meant(text, match.end())]
    if not starts:
        return
    ends = [*(_blanks_before(text, match.start()) for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=True):
        whole_file, items, fault = _take_apart(text, match.end(), end)
        place = Span(comment.start + match.start(), comment.start + end)
        if fault is not None:
            fault = fault._replace(span=_moved(fault.span, comment.start))
        moved = tuple(Item(item.selector, _moved(item.span, comment.start)) for item in items)
        yield Directive(place, span, line, alone, whole_file, moved, fault)


def _is_meant(text: str, end: int) -> bool:
    """Tell whether the word newslint that ends here begins an instruction, and no sentence about newslint."""
    return _COLON.match(text, end) is not None or _WITHOUT_COLON.match(text, end) is not None


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _take_apart(text: str, start: int, end: int) -> tuple[bool, tuple[Item, ...], Fault | None]:
    """Read what follows the word newslint: for the whole file or not, the entries, or what is wrong."""
    colon = _COLON.match(text, start, end)
    if colon is None:
        place = Span(text.rindex(_NAME, 0, start), start)
        rest = text[start:end].strip()
        message = 'the colon after "newslint" is missing, so this comment ignores nothing'
        return False, (), Fault(message, f'Write "# newslint: {rest}"', place)
    after = _word_end(text, colon.end(), end)
    word = text[colon.end() : after]
    if word not in (LINE, FILE):
        hint = 'Write "ignore[...]" for the line or "ignore-file[...]" for the file, with rules in the brackets'
        if not word:
            place = Span(text.rindex(_NAME, 0, start), colon.end())
            return False, (), Fault("the comment says nothing to newslint", hint, place)
        message = f"newslint does not know {quote(word)}{did_you_mean(word, (LINE, FILE))}"
        return False, (), Fault(message, hint, Span(colon.end(), after))
    opening = _skip_blanks(text, after, end)
    if not text.startswith("[", opening, end):
        rules = ", ".join(_leading_rules(text[after:end]))
        hint = f'Write "{word}[{rules}]"' if rules else f'Write rules in brackets, as in "{word}[NL602]"'
        message = "the comment does not say which rules it ignores"
        return False, (), Fault(message, hint, Span(colon.end(), after))
    closing = text.find("]", opening, end)
    if closing < 0:
        return False, (), Fault("the list of rules is not closed", 'Write "]" after the last rule', Span(opening, end))
    items = tuple(_items(text, opening + 1, closing))
    if not items:
        hint = "Write codes or names of rules between the brackets, or delete the comment"
        return False, (), Fault("the list of rules is empty", hint, Span(opening, closing + 1))
    return word == FILE, items, None


def _word_end(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isalnum() or text[start] in "-_"):
        start += 1
    return start


def _items(text: str, start: int, end: int) -> Iterator[Item]:
    position = start
    for part in text[start:end].split(","):
        selector = part.strip()
        if selector:
            begin = position + len(part) - len(part.lstrip())
            yield Item(selector, Span(begin, begin + len(selector)))
        position += len(part) + 1


def _leading_rules(text: str) -> list[str]:
    """Return the rules that a comment without brackets begins with: those that were meant."""
    rules: list[str] = []
    for match in _WORDS.finditer(text):
        if match.group() not in excused():
            break
        rules.append(match.group())
    return rules
