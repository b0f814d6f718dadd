"""Where a site keeps the vocabulary of its topics."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Final

_PLACES: Final = ("_data/topics", "_data/topics.yml", "_data/topics.yaml", "_data/topics.json")
_KNOWN: Final = 0.95
"""The share of the articles' topics that a vocabulary must know: with fewer it is about something else."""


def find_topics(root: Path, topics: Counter[str]) -> str | None:
    """Return the path, relative to ``root``, of the vocabulary that knows the topics of a site's articles, or None."""
    if not topics:
        return None
    # Imported here because most sites have no such file.
    from newslint.topic_files import load_vocabulary
    from newslint.vocabulary import VocabularyError

    for place in _PLACES:
        if not os.path.exists(root / place):
            continue
        try:
            vocabulary = load_vocabulary(place, str(root), "topics")
        except VocabularyError:
            continue
        known = sum(number for topic, number in topics.items() if topic in vocabulary)
        if known >= _KNOWN * topics.total():
            return place
    return None
