"""From files to their schema, and the proof that each of them is valid by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newslint.finding import readable_pointer
from newslint.infer.schema import make_schema
from newslint.infer.shape import Room, Shape
from newslint.infer.sources import Loaded
from newslint.record import Record
from newslint.schema.schema import Schema


class Inferred(Record):
    """A schema, and how many files it was made of."""

    schema: dict[str, Any]
    files: int


def infer(files: Iterable[Loaded], title: str) -> Inferred:
    """Return the schema of some files; the same files in the same order give the same schema.

    What is kept of them does not grow with their number.
    """
    root, room = Shape(), Room()
    for file in files:
        root.add(dict(file.document.data), room)
    return Inferred(make_schema(root, title), root.count)


def disproof(schema: dict[str, Any], files: Iterable[Loaded]) -> list[tuple[str, str]]:
    """Return the files that are not valid by an inferred schema, with the reason: there should be none.

    ``jsonschema`` alone is asked. The formats that rules judge were told by the rules' own parsers.
    """
    compiled = Schema(schema, "the inferred schema", exact=True)
    found: list[tuple[str, str]] = []
    for file in files:
        for _, violation in compiled.violations(file.document):
            found.append((file.path, f"{readable_pointer(violation.pointer)}: {violation.message}"))
            break
    return found
