"""Reading the files of a run once more for what they are: their numbers, and what each is counted under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from newslint.engine.linter import read_bytes
from newslint.record import Record
from newslint.report import Labels
from newslint.rules.scores import publish_threshold
from newslint.run.checker import Checker
from newslint.run.names import file_of
from newslint.stats.numbers import Stats
from newslint.stats.tally import Tally, provider_of, short_name, topics_of

_MOST_TOPICS: Final = 50
"""Topics of one file that are kept as its labels: a file can have tens of thousands, and an article has a few."""


class Archive(Record):
    """The numbers of some files, and the labels of those of them that were asked for."""

    stats: Stats
    labels: Mapping[str, Labels]


def read_archive(files: Iterable[tuple[str, bytes | None]], labelled: frozenset[str], checker: Checker) -> Archive:
    """Return the numbers of files, and the labels of the ``labelled`` ones.

    ``files`` are paths, as findings name them, with what they hold, or None for one that cannot be read: that has a
    kind and no other label. Memory grows with the labelled files and with the variety
    of the archive alone.
    """
    tally = make_tally(checker)
    labels: dict[str, Labels] = {}
    for path, data in files:
        file = file_of(path)
        kind = (checker.kinds.of(file) or checker.kinds.article).name
        name = path.rpartition("/")[2]
        document = read_bytes(name, data, checker.plan_for(file)) if data is not None else None
        if document is None:
            tally.unreadable += 1
        else:
            tally.add(document.name, kind, document.data)
        if path in labelled:
            labels[path] = _labels(kind, document.data if document is not None else {})
    return Archive(tally.stats(), labels)


def _labels(kind: str, data: Mapping[str, Any]) -> Labels:
    provider = provider_of(data)
    topics = dict.fromkeys(map(short_name, topics_of(data)[:_MOST_TOPICS]))
    return Labels(kind, short_name(provider) if provider is not None else None, tuple(topics))


def make_tally(checker: Checker) -> Tally:
    """Return a tally for the kinds of a run: their optional fields in the order of their schemas, the threshold."""
    optional = {kind.name: _optional(kind.schema.raw, kind.schema.required) for kind in checker.kinds.all}
    threshold: int = publish_threshold.options["threshold"].default
    for rule, options in checker.plan.checks:
        if rule.code == publish_threshold.code:
            threshold = options["threshold"]
    return Tally(optional, threshold)


def _optional(schema: Mapping[str, object], required: tuple[str, ...]) -> list[str]:
    properties = schema.get("properties")
    return [name for name in properties if name not in required] if isinstance(properties, dict) else []
