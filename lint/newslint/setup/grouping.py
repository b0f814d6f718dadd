"""Which folders hold the same kind of document: their most frequent fields say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newslint.setup.survey import Folder

_ALIKE: Final = 0.5
"""The share of their usual fields that two folders have in common where they hold the same kind."""


def usual_fields(folder: Folder) -> frozenset[str]:
    """Return the fields that at least half of the documents of a folder have."""
    return frozenset(name for name, number in folder.fields.items() if 2 * number >= folder.documents)


def alike(folders: Sequence[Folder]) -> list[list[Folder]]:
    """Return folders in groups, each of folders whose usual fields are like those of the first one in it.

    The largest folders come first, so that they say what the groups are.
    """
    groups: list[list[Folder]] = []
    for folder in sorted(folders, key=lambda folder: (-folder.documents, folder.path)):
        fields = usual_fields(folder)
        for group in groups:
            others = usual_fields(group[0])
            if fields and len(fields & others) >= _ALIKE * len(fields | others):
                group.append(folder)
                break
        else:
            groups.append([folder])
    return [sorted(group, key=lambda folder: folder.path) for group in groups]
