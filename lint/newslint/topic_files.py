"""The vocabulary as the configuration names it: a list, a YAML or JSON file, or a folder of such files."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from newslint.limits import MAX_TOPIC_FILE_SIZE, MAX_TOPICS
from newslint.near import did_you_mean
from newslint.vocabulary import Topic, Vocabulary, VocabularyError, listed_topics, make_vocabulary, written_topics

EXTENSIONS = (".yaml", ".yml", ".json")
"""What the files of a folder of topics end in; others, hidden ones and folders in it are passed over."""


def load_vocabulary(topics: str | Sequence[str], root: str, place: str) -> Vocabulary:
    """Return the vocabulary that the configuration names.

    ``topics`` is a list of names, or a path relative to the folder ``root``; ``place`` says where it is written, for
    the errors of a list. Raises VocabularyError for anything that is wrong with it.
    """
    if not isinstance(topics, str):
        return make_vocabulary(listed_topics(topics, place))
    path = os.path.join(root, topics)
    try:
        if not stat.S_ISDIR(os.stat(path).st_mode):
            return make_vocabulary(_read(path, topics))
        names = sorted(name for name in os.listdir(path) if name.lower().endswith(EXTENSIONS) and name[0] != ".")
    except (OSError, ValueError) as error:
        if isinstance(error, VocabularyError):
            raise
        raise VocabularyError(f"{topics}: {_reason(error)}{_near(path)}") from error
    if not names:
        raise VocabularyError(f"{topics}: the folder holds no file of topics ({', '.join(EXTENSIONS)})")
    if len(names) > MAX_TOPICS:
        raise VocabularyError(f"{topics}: the folder holds {len(names):,} files of topics, more than {MAX_TOPICS:,}")
    entries: list[Topic] = []
    for name in names:
        entries += _read(os.path.join(path, name), f"{topics.rstrip('/')}/{name}")
    return make_vocabulary(entries)


def _read(path: str, shown: str) -> list[Topic]:
    """Return the topics of a file that messages call ``shown``; what is no regular file is never opened."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise VocabularyError(f"{shown}: this is neither a file nor a folder")
        with open(path, "rb") as stream:
            content = stream.read(MAX_TOPIC_FILE_SIZE + 1)
    except OSError as error:
        raise VocabularyError(f"{shown}: {_reason(error)}") from error
    if len(content) > MAX_TOPIC_FILE_SIZE:
        raise VocabularyError(f"{shown}: the file is larger than {MAX_TOPIC_FILE_SIZE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise VocabularyError(f"{shown}:{line}: the byte 0x{content[error.start]:02X} is not UTF-8 text") from error
    return written_topics(shown, text)


def _reason(error: OSError | ValueError) -> str:
    strerror = error.strerror if isinstance(error, OSError) else None
    return f"it cannot be read: {strerror or error}"


def _near(path: str) -> str:
    """Return a question for the name beside a path that leads nowhere, or an empty text."""
    folder, name = os.path.split(path.rstrip(os.sep))
    try:
        return "" if os.path.lexists(path) else did_you_mean(name, os.listdir(folder or os.curdir))
    except (OSError, ValueError):
        return ""
