"""What lies in the folders of a site: articles, posts, other front matter, and files that have none."""

from __future__ import annotations

import os
from collections import Counter
from typing import Final

from newslint.document.document import Document
from newslint.document.read import read
from newslint.document.source import Fences, decode, find_fences
from newslint.limits import MAX_FILE_SIZE, MAX_TOPICS
from newslint.record import Record
from newslint.run.discovery import Candidate, Selection, discover
from newslint.run.reading import UnreadableError, read_file
from newslint.run.recognition import looks_like_article
from newslint.schema.schema import Schema
from newslint.settings import relative_to_root

EXTENSIONS: Final = ("md", "markdown", "txt")

BUILT: Final = ("/_site", "/node_modules", "/vendor", "/venv")
"""Folders that programs fill: Jekyll's output, and what is installed beside a site."""

ARTICLE: Final = "article"
POST: Final = "post"
OTHER: Final = "other"
BROKEN: Final = "broken"
PLAIN: Final = "plain"
"""What a file may be: the first two have a schema already, the last has no front matter."""

_POST_FOLDERS: Final = frozenset({"_posts", "_drafts"})
_NO_CONTENT: Final = frozenset({"_layouts", "_includes", "_sass", "_plugins", "_data"})
"""Folders of Jekyll in which nothing is content (jekyllrb.com/docs/structure)."""

_MAX_FIELDS: Final = 200
_MAX_PLAIN: Final = 20


class Folder:
    """What was found in one folder of content.

    ``counts`` says how many files are what, ``fitting`` how many posts are valid by newslint's own schema of a post,
    ``fields`` in how many files with other front matter a field is. ``plain`` are the first files without front matter.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self.fitting = 0
        self.fields: Counter[str] = Counter()
        self.plain: list[str] = []

    @property
    def documents(self) -> int:
        """How many files have front matter that can be read, or look like articles or posts nevertheless."""
        return self.counts[ARTICLE] + self.counts[POST] + self.counts[OTHER]

    @property
    def kind(self) -> str:
        """What most of the documents are."""
        return max((ARTICLE, POST, OTHER), key=lambda kind: self.counts[kind])

    def add(self, path: str, kind: str, document: Document | None) -> None:
        """Count a file."""
        self.counts[kind] += 1
        if kind == PLAIN and len(self.plain) < _MAX_PLAIN:
            self.plain.append(path)
        if kind == OTHER and document is not None:
            for name in document.data:
                if name in self.fields or len(self.fields) < _MAX_FIELDS:
                    self.fields[name] += 1


class Survey(Record):
    """What was found: the folders of content in the order of their paths, and how often the articles have which topic.

    ``built`` are the folders that programs fill, as patterns. ``unreadable`` are files and folders that cannot be read.
    """

    folders: tuple[Folder, ...]
    topics: Counter[str]
    built: tuple[str, ...]
    unreadable: tuple[str, ...]


def survey(selection: Selection, article: Schema, post: Schema) -> Survey:
    """Look at every file below the root of a selection that excludes ``BUILT``; no file can stop it."""
    folders: dict[str, Folder] = {}
    topics: Counter[str] = Counter()
    built: list[str] = []
    unreadable: list[str] = []
    for candidate in discover([str(selection.root)], selection):
        path = relative_to_root(candidate.path, selection.root)
        if candidate.skipped is not None:
            if os.path.isdir(candidate.path) and f"/{path}" in BUILT:
                built.append(f"/{path}")
            continue
        home = home_of(os.path.dirname(path))
        if _NO_CONTENT.intersection(home.split("/")):
            continue
        try:
            data = _read(candidate)
        except UnreadableError as error:
            unreadable.append(f"{path}: {error.reason}")
            continue
        kind, document = _look_at(path, data, article)
        folder = folders.setdefault(home, Folder(home))
        folder.add(path, kind, document)
        if kind == POST and document is not None:
            folder.fitting += next(post.violations(document), None) is None
        if kind == ARTICLE and document is not None:
            _count_topics(document, topics)
    return Survey(tuple(folders[path] for path in sorted(folders)), topics, tuple(built), tuple(unreadable))


def home_of(folder: str) -> str:
    """Return the folder that the files of a folder belong to, as a path with ``/`` between its parts.

    A collection of Jekyll is all that is below the first folder with a low line in front; folders for years and months
    belong to the folder around them.
    """
    parts = folder.split("/")
    collection = next((index for index, part in enumerate(parts) if part.startswith("_")), None)
    if collection is not None:
        return "/".join(parts[: collection + 1])
    while parts and parts[-1].isdecimal():
        parts.pop()
    return "/".join(parts)


def _read(candidate: Candidate) -> bytes:
    if candidate.unreadable is not None:
        raise UnreadableError(candidate.unreadable)
    data = read_file(candidate.path, MAX_FILE_SIZE)
    if len(data) > MAX_FILE_SIZE:
        raise UnreadableError(f"the file is larger than {MAX_FILE_SIZE:,} bytes")
    return data


def _look_at(path: str, data: bytes, article: Schema) -> tuple[str, Document | None]:
    """Return what a file is, and the document in it where that can be read."""
    source, undecodable = decode(os.path.basename(path), data)
    fences = find_fences(source)
    document: Document | None = None
    faults: set[str] = set()
    if isinstance(fences, Fences):
        reading = read(source, fences.yaml)
        faults = {code for code, _ in reading.violations}
        document = Document(source.name, reading, source, fences) if reading.data is not None else None
    if undecodable is not None:
        document = None
    if looks_like_article(data, article.required):
        return ARTICLE, document
    # A rule on top of a README is no front matter either: what follows it is a comment, or mere text.
    if (not isinstance(fences, Fences) and fences[0] == "NL003") or "NL008" in faults:
        return PLAIN, None
    in_posts = not _POST_FOLDERS.isdisjoint(path.split("/")[:-1])
    if in_posts or (document is not None and document.data.get("layout") == "post"):
        return POST, document
    return (OTHER, document) if document is not None else (BROKEN, None)


def _count_topics(document: Document, topics: Counter[str]) -> None:
    found = document.data.get("topics")
    for topic in found if isinstance(found, list) else ():
        if isinstance(topic, str) and (topic in topics or len(topics) < MAX_TOPICS):
            topics[topic] += 1
