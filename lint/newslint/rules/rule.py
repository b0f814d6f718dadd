"""What a rule is: a code, a name, a severity, a documentation page, and mostly a function that yields violations."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newslint.finding import Pointer, Severity, Violation
from newslint.record import Record

if TYPE_CHECKING:
    from newslint.document.document import Document
    from newslint.vocabulary import Vocabulary

SAFE = "safe"
UNSAFE = "unsafe"
EITHER = "safe or unsafe"

ERROR = Severity.ERROR
WARNING = Severity.WARNING
INFO = Severity.INFO


class Option(Record):
    """An option of a rule: its default, what it is for, and, for a pair of numbers or a list, what is in it."""

    default: Any
    help: str


class Options:
    """What a rule is told beside the document: the values of its options, and the instant that counts as now (UTC).

    ``vocabulary`` is what topics are judged by, or None where none is configured.
    """

    __slots__ = ("now", "values", "vocabulary")

    def __init__(self, values: Mapping[str, Any], now: datetime, vocabulary: Vocabulary | None = None) -> None:
        self.values = values
        self.now = now
        self.vocabulary = vocabulary

    def __getitem__(self, name: str) -> Any:
        """Return the value of an option; raises KeyError for one that the rule did not declare."""
        return self.values[name]


Check = Callable[["Document", Options], Iterator[Violation]]


class Fact(Record):
    """What a file adds to what is known of the archive: files with an equal ``key`` are judged together.

    ``pointer`` is where a finding would stand, ``value`` what the judge needs to know beside the key.
    """

    key: str
    pointer: Pointer
    value: str


class FiledFact(Record):
    """A fact with the path of the file that it is from, and its number among those of that file."""

    path: str
    key: str
    pointer: Pointer
    value: str
    number: int = 0


class Conflict(Record):
    """What a judge says of one fact: the facts it is at odds with, in how many other files, and the words for it.

    ``others`` may hold facts of the fact's own file, which do not count, and need not be all of ``number`` files.
    """

    fact: FiledFact
    others: Sequence[FiledFact]
    number: int
    message: str
    hint: str
    other_message: str


Facts = Callable[["Document", Options], Iterator[Fact]]
Judge = Callable[[Sequence[FiledFact]], Iterable[Conflict]]


class Rule(Record):
    """One entry of the catalogue.

    ``check`` is None for the codes that reading and the schema speak with. ``silent_after`` are the codes whose finding
    at the same place, or at a place that the violation ``uses``, takes this rule's premise away. ``replaces`` are the
    codes whose finding at the same place this one stands in for. After a ``final`` finding nothing else is said of the
    value. A rule about the archive has ``facts`` in place of a check, and a ``judge`` for all facts with an equal key;
    where it speaks ``once``, a file has one finding, for the first of its facts (by key) that is at odds with others.
    Where ``judge`` finds fault only with ``differing`` facts, those with equal keys and equal values are at peace.
    ``fix`` tells how safe its repairs are: ``safe``, ``unsafe``, ``safe or unsafe``, or None where there are none.
    ``documentation`` is the docstring that the page is. A ``mandatory`` rule cannot be deselected. ``default`` tells
    whether the rule is on without being selected. What a ``timely`` rule finds is about the present; where it finds
    nothing at one instant, it finds nothing later.
    """

    code: str
    name: str
    severity: Severity
    documentation: str
    check: Check | None = None
    facts: Facts | None = None
    judge: Judge | None = None
    once: bool = False
    differing: bool = False
    options: Mapping[str, Option] = {}
    silent_after: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    fix: str | None = None
    final: bool = False
    mandatory: bool = False
    default: bool = True
    timely: bool = False

    @property
    def page(self) -> str:
        """The rule's documentation, as Markdown."""
        return inspect.cleandoc(self.documentation)

    @property
    def title(self) -> str:
        """The first sentence of the page, without its full stop."""
        return self.documentation.split("\n", 1)[0].rstrip(".")


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    fix: str | None = None,
    options: Mapping[str, Option] | None = None,
    silent_after: tuple[str, ...] = (),
    replaces: tuple[str, ...] = (),
    default: bool = True,
    timely: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function; its docstring is the documentation page."""

    def make(check: Check) -> Rule:
        return Rule(
            code,
            name,
            severity,
            check.__doc__ or "",
            check,
            options=options or {},
            silent_after=frozenset(silent_after),
            replaces=frozenset(replaces),
            fix=fix,
            default=default,
            timely=timely,
        )

    return make


def archive_rule(
    code: str, name: str, severity: Severity, judge: Judge, *, once: bool = False, differing: bool = False
) -> Callable[[Facts], Rule]:
    """Make a rule about many files of a function that yields one file's facts; its docstring is its page."""

    def make(facts: Facts) -> Rule:
        text = facts.__doc__ or ""
        return Rule(code, name, severity, text, facts=facts, judge=judge, once=once, differing=differing)

    return make


def spoken_elsewhere(
    code: str,
    name: str,
    severity: Severity,
    *,
    fix: str | None = None,
    final: bool = False,
    mandatory: bool = False,
) -> Callable[[Callable[[], None]], Rule]:
    """Make an entry for a code that reading or the schema speaks with; the function is its documentation page only."""

    def make(page: Callable[[], None]) -> Rule:
        return Rule(code, name, severity, page.__doc__ or "", fix=fix, final=final, mandatory=mandatory)

    return make
