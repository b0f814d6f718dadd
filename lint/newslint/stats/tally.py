"""Counting documents one by one; what is kept grows with the variety of an archive, not with its number of files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from newslint.late import compiled_late
from newslint.stats.numbers import Completeness, Counts, Stats, distribution

NARROW: Final = 1_200
"""Pixels of width under which an image is not shown large by Google Discover (Google: "Discover and your website")."""

CLOSE: Final = 10
"""Points of heat by which an article is close to the publish threshold."""

MAX_NAMES: Final = 20_000
"""Different providers, topics or types that are counted; a file can be made of nothing but new ones."""

MAX_NAME: Final = 80
"""Characters of such a name that are kept."""

OTHERS: Final = "(others)"
"""What is counted under once there are too many names."""

_MONTH = compiled_late(r"(\d{4})-(0[1-9]|1[0-2])-\d{2}", re.ASCII)
_ENDS = frozenset(".!?:;)]\"'”’»。！？")
"""What a whole sentence, or a quotation of one, ends in."""

_MOST_MONTHS: Final = 1_200
"""Months from the first to the last that are listed one by one: a hundred years."""


class Tally:
    """Counts documents; ``optional`` are the optional fields of each kind, ``threshold`` is the heat to publish at."""

    def __init__(self, optional: Mapping[str, Sequence[str]], threshold: int) -> None:
        self._optional = optional
        self._threshold = threshold
        self.unreadable = 0
        self._months: Counter[str] = Counter()
        self._names: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "type", "provider", "topic")}
        self._numbers: dict[str, Counter[int]] = {
            name: Counter() for name in ("quality", "heat", "title", "excerpt", "width")
        }
        self._fields: Counter[tuple[str, str]] = Counter()
        self._sums: Counter[str] = Counter()

    def add(self, name: str, kind: str, data: Mapping[str, Any]) -> None:
        """Count one document: its file's name, its kind, its fields."""
        self._sums["documents"] += 1
        self._count_name("kind", kind)
        for field in self._optional.get(kind, ()):
            if data.get(field) is not None:
                self._fields[kind, field] += 1
        month = _MONTH.match(str(data.get("publishedDateTime", ""))) or _MONTH.match(name)
        if month:
            self._months[f"{month[1]}-{month[2]}"] += 1
        if isinstance(data.get("type"), str):
            self._count_name("type", data["type"])
        provider = provider_of(data)
        if provider is not None:
            self._count_name("provider", provider)
        for topic in topics_of(data):
            self._count_name("topic", topic)
        for field in ("quality", "heat"):
            if (number := _number(data.get(field))) is not None:
                self._numbers[field][number] += 1
        for field in ("title", "excerpt"):
            if isinstance(data.get(field), str):
                self._numbers[field][len(data[field])] += 1
        self._add_article(data)

    def _add_article(self, data: Mapping[str, Any]) -> None:
        heat = _number(data.get("heat"))
        published = data.get("published")
        self._sums["published"] += published is True
        self._sums["held back"] += published is False
        self._sums["below"] += heat is not None and heat < self._threshold
        self._sums["close"] += heat is not None and self._threshold - CLOSE <= heat < self._threshold
        excerpt = data.get("excerpt")
        if isinstance(excerpt, str) and excerpt.strip():
            self._sums["cut off"] += excerpt.rstrip()[-1] not in _ENDS or excerpt.rstrip().endswith("...")
        images = data.get("images")
        self._sums["without image"] += not isinstance(images, list) or not images
        for image in images if isinstance(images, list) else ():
            width = _number(image.get("width")) if isinstance(image, dict) else None
            if width is not None:
                self._numbers["width"][width] += 1

    def _count_name(self, what: str, name: str) -> None:
        counted = self._names[what]
        shown = short_name(name)
        counted[shown if shown in counted or len(counted) < MAX_NAMES else OTHERS] += 1

    def stats(self) -> Stats:
        """Return what has been counted."""
        sums, numbers = self._sums, self._numbers
        kinds = _greatest_first(self._names["kind"])
        return Stats(
            documents=sums["documents"],
            unreadable=self.unreadable,
            months=_without_gaps(self._months),
            undated=sums["documents"] - self._months.total(),
            kinds=kinds,
            types=_greatest_first(self._names["type"]),
            providers=_greatest_first(self._names["provider"]),
            topics=_greatest_first(self._names["topic"]),
            threshold=self._threshold,
            published=sums["published"],
            held_back=sums["held back"],
            below=sums["below"],
            close=sums["close"],
            without_image=sums["without image"],
            cut_off=sums["cut off"],
            quality=distribution(numbers["quality"]),
            heat=distribution(numbers["heat"], self._threshold),
            titles=distribution(numbers["title"]),
            excerpts=distribution(numbers["excerpt"]),
            widths=distribution(numbers["width"]),
            narrow=sum(count for width, count in numbers["width"].items() if width < NARROW),
            fields=tuple(
                Completeness(kind, field, self._fields[kind, field], number)
                for kind, number in kinds
                for field in self._optional.get(kind, ())
            ),
        )


def short_name(name: str) -> str:
    """Return a name as it is counted, cut where it is too long to be one."""
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…"


def provider_of(data: Mapping[str, Any]) -> str | None:
    """Return the domain of a document's provider, or its name where there is none."""
    provider = data.get("provider")
    if not isinstance(provider, dict):
        return None
    named = (provider.get("domain"), provider.get("name"))
    return next((name for name in named if isinstance(name, str) and name), None)


def topics_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the topics of a document, each once."""
    topics = data.get("topics")
    return tuple(dict.fromkeys(topic for topic in topics if isinstance(topic, str))) if isinstance(topics, list) else ()


def _number(value: Any) -> int | None:
    """Return a whole number, or None for anything else (a boolean is none)."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _greatest_first(counted: Counter[str]) -> Counts:
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _without_gaps(months: Counter[str]) -> Counts:
    """Return months in their order, those without a document between them too, unless they are too many to list."""
    numbers = sorted(int(month[:4]) * 12 + int(month[5:]) - 1 for month in months)
    if not numbers or numbers[-1] - numbers[0] >= _MOST_MONTHS:
        return tuple(sorted(months.items()))
    named = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(numbers[0], numbers[-1] + 1))
    return tuple((month, months[month]) for month in named)
