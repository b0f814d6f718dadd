"""How hostile files are made: whole files from bytes or text, and valid articles with something put into them."""

from __future__ import annotations

from tests.conftest import with_fields

Group = dict[str, bytes]
"""Hostile files by what they are."""


def raw(data: bytes | str) -> bytes:
    """Return a whole file; a text may hold lone surrogates."""
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


def fields(yaml: str) -> bytes:
    """Return a valid article with some top-level fields replaced or added."""
    return raw(with_fields(yaml))


def title(value: str) -> bytes:
    """Return a valid article with another title, which stands in line 3 from column 8 on."""
    return fields(f"title: {value}\n")
