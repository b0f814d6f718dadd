"""From what lies in the folders to a configuration: text for newslint.toml, schemas still to be inferred, and notes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from typing import Final

from newslint.limits import MAX_PATTERN_LENGTH
from newslint.record import Record
from newslint.setup.grouping import alike
from newslint.setup.survey import ARTICLE, EXTENSIONS, OTHER, PLAIN, POST, Folder, Survey

_LEAST: Final = 5
"""Documents from which it is worth while to infer a schema: fewer say too little of those to come."""

_FITTING: Final = 0.9
"""The share of posts that must be valid by newslint's own schema of a post, for the others to be faults."""

_PLAIN_SHARE: Final = 10
_BESIDE: Final = re.compile(r"(readme|contributing|changelog|license|licence|notice|authors|todo)\b", re.IGNORECASE)
"""Files that lie beside the content of a folder and have no front matter by right."""


class Kind(Record):
    """One kind of document: its name, its folders, the patterns of its files, and how many there are.

    ``schema`` is ``post``, or the path of one that is still to be inferred.
    """

    name: str
    folders: tuple[str, ...]
    patterns: tuple[str, ...]
    schema: str
    documents: int

    @property
    def is_inferred(self) -> bool:
        """Whether the schema is still to be made."""
        return self.schema != POST


class Proposal(Record):
    """The text of a newslint.toml, the kinds in it, and what to say of what was found."""

    text: str
    kinds: tuple[Kind, ...]
    notes: tuple[str, ...]


def propose(survey: Survey, topics: str | None, is_free: Callable[[str], bool]) -> Proposal:
    """Return the configuration of a site; ``topics`` is where its vocabulary is, or None.

    ``is_free`` tells whether a path relative to the site's root can be given to a new file.
    """
    maker = _Maker(survey, is_free)
    kinds = maker.kinds()
    lines = [
        "# newslint check without PATHS looks at all folders here; --show-files tells what it takes each file for.",
    ]
    exclude = [*survey.built, *maker.beside]
    if exclude:
        lines.append(f"exclude = {_list(exclude)}")
    corpus = [folder.path or "." for folder in maker.of(ARTICLE)]
    if corpus:
        lines.append(f"corpus = {_list(corpus)}  # {_counted(maker.articles, 'article')}, which NL9 compares")
    if topics is not None:
        lines.append(f"topics = {_text(topics)}")
    for kind in kinds:
        lines += [
            "",
            f"# {_counted(kind.documents, 'document')}",
            "[[kinds]]",
            f"name = {_text(kind.name)}",
            f"files = {_list(kind.patterns)}",
            f"schema = {_text(kind.schema)}",
        ]
    return Proposal("\n".join(lines) + "\n", tuple(kinds), tuple(maker.notes))


class _Maker:
    """Works out the kinds of one site, with the notes that come up meanwhile."""

    def __init__(self, survey: Survey, is_free: Callable[[str], bool]) -> None:
        self._is_free = is_free
        self._taken: set[str] = {ARTICLE}
        self._paths = [folder.path for folder in survey.folders]
        self.notes: list[str] = []
        self.beside: list[str] = []
        self._folders = [folder for folder in survey.folders if folder.documents and self._is_writable(folder)]
        self.articles = sum(folder.counts[ARTICLE] for folder in self._folders)
        for folder in self.of(ARTICLE):
            self.notes.append(f"{_shown(folder)}: {_counted(folder.counts[ARTICLE], 'article')}, known by their look")

    def of(self, kind: str) -> list[Folder]:
        """Return the folders of which most documents are of a kind."""
        return [folder for folder in self._folders if folder.kind == kind]

    def kinds(self) -> list[Kind]:
        """Return the kinds beside the article, in the order in which they are to stand."""
        groups: list[list[Folder]] = []
        posts = [folder for folder in self.of(POST) if self._can_be_claimed(folder)]
        if posts:
            groups.append(posts)
        for group in alike([folder for folder in self.of(OTHER) if self._can_be_claimed(folder)]):
            if sum(folder.documents for folder in group) >= _LEAST:
                groups.append(group)
            else:
                self.notes += [
                    f"{_shown(folder)}: {_counted(folder.documents, 'document')} of another kind, too few for a schema"
                    for folder in group
                ]
        return [self._kind(group) for group in groups]

    def _kind(self, group: list[Folder]) -> Kind:
        documents = sum(folder.documents for folder in group)
        names = ", ".join(map(_shown, group))
        folders = tuple(folder.path for folder in group)
        patterns = tuple(pattern for folder in folders for pattern in self._patterns(folder, folders))
        for folder in group:
            self.beside += [_pattern(path) for path in folder.plain if _BESIDE.match(os.path.basename(path))]
        if group[0].kind == POST:
            fitting = sum(folder.fitting for folder in group)
            name = self._name("post")
            if fitting >= _FITTING * documents:
                rest = f", {fitting:,} of them without a fault" if fitting < documents else ""
                self.notes.append(f"{names}: {_counted(documents, 'post')}{rest}")
                return Kind(name, folders, patterns, POST, documents)
            self.notes.append(
                f"{names}: {_counted(documents, 'post')} with fields of their own, so a schema is inferred"
            )
        else:
            largest = max(group, key=lambda folder: folder.documents)
            name = self._name(os.path.basename(largest.path))
            self.notes.append(f"{names}: {_counted(documents, 'document')} of another kind; a schema is inferred")
        return Kind(name, folders, patterns, self._schema_path(name), documents)

    def _patterns(self, folder: str, group: tuple[str, ...]) -> list[str]:
        """Return the patterns of the files of a folder, which leave alone what other folders inside it hold."""
        if any(folder.startswith(f"{outer}/") and not self._has_others_inside(outer, group) for outer in group):
            return []
        pattern = _pattern(folder)
        if not self._has_others_inside(folder, group):
            return [f"{pattern}/**"]
        return [*(f"{pattern}/*.{extension}" for extension in EXTENSIONS), f"{pattern}/[0-9]*/**"]

    def _has_others_inside(self, folder: str, group: tuple[str, ...]) -> bool:
        return any(path.startswith(f"{folder}/") and path not in group for path in self._paths)

    def _can_be_claimed(self, folder: Folder) -> bool:
        """Tell whether a pattern can claim a folder: not the root, and hardly anything in it without front matter."""
        if not folder.path:
            pages = _counted(folder.documents, "document")
            self.notes.append(f"{pages} beside the folders: of another kind, and not checked")
            return False
        odd = folder.counts[PLAIN] - sum(1 for path in folder.plain if _BESIDE.match(os.path.basename(path)))
        if odd * _PLAIN_SHARE > folder.documents:
            self.notes.append(
                f"{_shown(folder)}: {_counted(odd, 'file')} without front matter, so the folder is not checked"
            )
            return False
        return True

    def _is_writable(self, folder: Folder) -> bool:
        """Tell whether a folder's name can stand in a configuration, which is UTF-8 and has limits."""
        try:
            folder.path.encode()
        except UnicodeEncodeError:
            self.notes.append(f"{_shown(folder)}: the name is not UTF-8, so the folder is left out")
            return False
        return len(folder.path) < MAX_PATTERN_LENGTH // 2

    def _name(self, wanted: str) -> str:
        """Return a name for a kind that no other has."""
        base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:40] or "documents"
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}-{number}", number + 1
        self._taken.add(name)
        return name

    def _schema_path(self, name: str) -> str:
        path, number = f"schemas/{name}.schema.json", 2
        while not self._is_free(path):
            path, number = f"schemas/{name}-{number}.schema.json", number + 1
        return path


def _shown(folder: Folder) -> str:
    return folder.path or "the root"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _pattern(path: str) -> str:
    """Return the pattern, as in a .gitignore, of exactly one path."""
    escaped = re.sub(r"([\\*?\[])", r"\\\1", path)
    return f"\\{escaped}" if escaped[0] in "!#" else escaped


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """Return a text as TOML writes it: as JSON does, but that DEL is no character of it (toml.io, v1.0.0, "String")."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
