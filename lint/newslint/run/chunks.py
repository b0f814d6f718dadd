"""A stream of files in chunks, of which no more is held than one needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from newslint.run.discovery import Candidate, Held
from newslint.run.reading import UnreadableError, read_contents

_Known = TypeVar("_Known")


class Chunk(NamedTuple, Generic[_Known]):
    """Files that are worked on together, and what is known already of others that came among them."""

    left: Sequence[Candidate]
    kept: Sequence[_Known] = ()


def in_chunks(
    candidates: Iterable[Candidate], known: Callable[[Candidate], _Known | None], most: int, room: int
) -> Iterator[Chunk[_Known]]:
    """Yield files in chunks of at most so many, which end when they have ``room`` bytes with them."""
    left: list[Candidate] = []
    kept: list[_Known] = []
    size = 0
    for candidate in candidates:
        if (one := known(candidate)) is not None:
            kept.append(one)
        else:
            left.append(candidate)
            size += held_bytes(candidate)
        if len(left) == most or len(kept) == most or size >= room:
            yield Chunk(left, kept)
            left, kept, size = [], [], 0
    if left or kept:
        yield Chunk(left, kept)


def held_bytes(candidate: Candidate) -> int:
    """Return how many bytes a candidate has with it."""
    contents = candidate.held.contents if candidate.held is not None else None
    return len(contents.data) if contents is not None else 0


def loaded(candidate: Candidate, limit: int) -> Candidate:
    """Return a file with its bytes, at most ``limit`` plus one, or why it has none; one that is elsewhere as it is."""
    if candidate.held is not None or candidate.unreadable is not None:
        return candidate
    try:
        return candidate._replace(held=Held(read_contents(candidate.path, limit)))
    except UnreadableError as error:
        return candidate._replace(unreadable=error.reason, held=Held(hint=error.hint))
