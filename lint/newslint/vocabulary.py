"""The vocabulary of topics: their names, the parent of each, and the other names under which a topic is meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from newslint.document import events
from newslint.document.source import Source
from newslint.finding import Pointer, Span, readable_pointer
from newslint.late import compiled_late
from newslint.limits import MAX_TOPICS
from newslint.near import did_you_mean, near_miss
from newslint.quote import quote
from newslint.record import Record

_ROOT = "the topics of this file"
_LATER_FENCE = compiled_late(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)
_FIRST_FENCE = compiled_late(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(---)[ \t]*\r?(?:\n|\Z)")


class VocabularyError(ValueError):
    """A vocabulary that cannot be used; the message names the file and the place in it."""


class Topic(Record):
    """One entry of a vocabulary as it is written; ``place`` and ``parent_place`` say where, for the user."""

    name: str
    place: str
    parent: str | None = None
    parent_place: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(eq=False)
class Vocabulary:
    """The topics that an article can have.

    ``names`` are in the order of the sources; ``parents`` maps a name to its parent's name, ``aliases`` another name of
    a topic to the name; ``by_folded`` maps names and aliases without their letter case to names. Never changed once
    made.
    """

    names: tuple[str, ...]
    parents: Mapping[str, str]
    aliases: Mapping[str, str]
    by_folded: Mapping[str, str] = field(repr=False)

    def __contains__(self, name: object) -> bool:
        """Tell whether a text is the name of a topic, letter by letter."""
        return isinstance(name, str) and self.by_folded.get(_fold(name)) == name

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the parent of a topic, the parent's parent and so on; a circle of parents ends before it closes."""
        found: list[str] = []
        parent = self.parents.get(name)
        while parent is not None and parent != name and parent not in found:
            found.append(parent)
            parent = self.parents.get(parent)
        return tuple(found)

    def known_as(self, word: str) -> str | None:
        """Return the topic whose name or other name a word is, letter case and blanks aside, or None."""
        return self.by_folded.get(_fold(word))

    def meant_by(self, word: str) -> str | None:
        """Return the topic that a word must mean: one known under it, or else one with a name close to it, or None."""
        return self.known_as(word) or _close_to(self, word)


@lru_cache(maxsize=4096)
def _close_to(vocabulary: Vocabulary, word: str) -> str | None:
    # Kept, because archives repeat the same unknown topic in many files.
    found = near_miss(word, (*vocabulary.aliases, *vocabulary.names))
    return vocabulary.known_as(found) if found is not None else None


def _fold(word: str) -> str:
    return " ".join(word.split()).casefold()


def make_vocabulary(topics: Iterable[Topic]) -> Vocabulary:
    """Return the vocabulary of some topics.

    An alias that is another topic's name, or belongs to two topics, is dropped. A parent may be given by an alias.
    Raises VocabularyError for no topic at all, too many, a name that stands twice (letter case aside) and a parent that
    is no topic.
    """
    entries = list(topics)
    if not entries:
        raise VocabularyError("the vocabulary has no topics")
    if len(entries) > MAX_TOPICS:
        raise VocabularyError(f"the vocabulary has {len(entries):,} topics, more than {MAX_TOPICS:,}")
    first: dict[str, Topic] = {}
    for entry in entries:
        other = first.setdefault(_fold(entry.name), entry)
        if other is not entry:
            raise VocabularyError(
                f"{entry.place}: the topic {quote(entry.name)} stands here a second time, first in {other.place}"
            )
    by_folded = {folded: entry.name for folded, entry in first.items()}
    meanings: dict[str, set[str]] = {}
    for entry in entries:
        for alias in entry.aliases:
            meanings.setdefault(_fold(alias), set()).add(entry.name)
    by_folded |= {
        folded: next(iter(names)) for folded, names in meanings.items() if len(names) == 1 and folded not in first
    }
    return Vocabulary(
        names=tuple(entry.name for entry in entries),
        parents={entry.name: _parent(entry, by_folded) for entry in entries if entry.parent is not None},
        aliases={
            alias: entry.name
            for entry in entries
            for alias in entry.aliases
            if _fold(alias) not in first and by_folded.get(_fold(alias)) == entry.name
        },
        by_folded=by_folded,
    )


def _parent(entry: Topic, by_folded: Mapping[str, str]) -> str:
    written = entry.parent or ""
    parent = by_folded.get(_fold(written))
    if parent is None:
        problem = f"the parent {quote(written)} of {quote(entry.name)} is no topic"
        raise VocabularyError(f"{entry.parent_place}: {problem}{did_you_mean(written, by_folded.values())}")
    return parent


def listed_topics(names: Sequence[str], place: str) -> list[Topic]:
    """Return the topics of a list of names that stands at ``place`` in the configuration; raises VocabularyError."""

    def in_list(pointer: Pointer) -> str:
        return place + readable_pointer(pointer)

    return [_topic(name, (index,), in_list) for index, name in enumerate(names)]


def written_topics(name: str, text: str) -> list[Topic]:
    """Return the topics that a file holds: a list of them, or one.

    A topic is its name, or a mapping with ``name`` and, where it has them, ``parent`` (a name), ``shortname``, ``_id``
    and ``aliases`` (one text or a list of them), which are other names for it; what else it holds is passed over. A
    file whose ``name`` ends in ``.json`` is read as JSON, any other as YAML, as strictly as an article: no anchors, no
    tags, no key twice. Raises VocabularyError, naming file and place.
    """
    read = _read_json if name.lower().endswith(".json") else _read_yaml
    data, place = read(name, text)
    if data is None:
        raise VocabularyError(f"{name}: there are no topics in it")
    if isinstance(data, list):
        return [_topic(entry, (index,), place) for index, entry in enumerate(data)]
    return [_topic(data, (), place)]


Place = Callable[[Pointer], str]
"""Says for the user where a pointer into a source of topics leads."""


def _topic(entry: Any, pointer: Pointer, place: Place) -> Topic:
    if isinstance(entry, str):
        return Topic(_text(entry, "a topic", pointer, place), place(pointer))
    if not isinstance(entry, dict):
        raise VocabularyError(f"{place(pointer)}: {quote(entry)} stands where a topic, or its name, is expected")
    if "name" not in entry:
        near = near_miss("name", entry)
        instead = f', but "{near}"' if near is not None else ""
        raise VocabularyError(f'{place(pointer)}: the topic has no "name"{instead}')
    name = _text(entry["name"], "name", (*pointer, "name"), place)
    parent = entry.get("parent")
    if parent is not None:
        parent = _text(parent, "parent", (*pointer, "parent"), place)
    aliases = [value for key in ("shortname", "_id") if isinstance(value := entry.get(key), str)]
    others = entry.get("aliases")
    if others is not None and not isinstance(others, list):
        aliases.append(_text(others, "aliases", (*pointer, "aliases"), place))
    for index, alias in enumerate(others if isinstance(others, list) else ()):
        aliases.append(_text(alias, "an alias", (*pointer, "aliases", index), place))
    other_names = dict.fromkeys(alias.strip() for alias in aliases if alias.strip() and _fold(alias) != _fold(name))
    return Topic(name, place((*pointer, "name")), parent, place((*pointer, "parent")), tuple(other_names))


def _text(value: Any, what: str, pointer: Pointer, place: Place) -> str:
    """Return a text without blanks at its edges; raises VocabularyError where it is none, or blank."""
    if not isinstance(value, str):
        hint = " (put it in quotes if it is text)" if isinstance(value, bool | int | float) else ""
        raise VocabularyError(f"{place(pointer)}: {what} is {quote(value)}, where text is expected{hint}")
    if not value.strip():
        raise VocabularyError(f"{place(pointer)}: {what} is blank")
    return value.strip()


def _read_json(name: str, text: str) -> tuple[Any, Place]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise VocabularyError(f"{name}:{error.lineno}: this is no JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise VocabularyError(f"{name}: this is no JSON that can be read: {error}") from error
    return data, lambda pointer: f"{name}: {readable_pointer(pointer)}" if pointer else name


class _Wrapped(Source):
    """A text one line and one column further down than in its file."""

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset in the file."""
        line, column = super().position(offset)
        return max(line - 1, 1), max(column - 1, 1)


def _read_yaml(name: str, text: str) -> tuple[Any, Place]:
    """Read YAML with the reader of articles, which takes only mappings: the text becomes the value of a field."""
    if fence := _FIRST_FENCE.match(text):
        text = f"{text[: fence.start(1)]}   {text[fence.end(1) :]}"
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    if fence := _LATER_FENCE.search(unix):
        if unix[fence.end() :].strip():
            line = unix.count("\n", 0, fence.start()) + 1
            raise VocabularyError(f"{name}:{line}: a second YAML document begins, where one is expected in a file")
        unix = unix[: fence.start()]
    source = _Wrapped(name, f"{_ROOT}:\n " + unix.replace("\n", "\n "))
    reading = events.read(source, Span(0, len(source.text)))
    if reading.violations:
        _, violation = reading.violations[0]
        line, column = source.position(violation.span.start if violation.span is not None else 0)
        hint = f" ({violation.hint})" if violation.hint else ""
        raise VocabularyError(f"{name}:{line}:{column}: {violation.message}{hint}")

    def place(pointer: Pointer) -> str:
        found = reading.places.value((_ROOT, *pointer)) if reading.places is not None else None
        return f"{name}:{source.position(found.start)[0]}" if found is not None else name

    data = reading.data or {}
    if len(data) != 1:
        raise VocabularyError(f"{name}: a line separator that is no line feed keeps this from being read")
    return data[_ROOT], place
