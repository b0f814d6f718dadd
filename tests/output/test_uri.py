"""A path is a URI reference that names the same bytes and nothing else."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

import pytest

from newslint.output.uri import uri
from tests.output.making import HOSTILE_TEXTS


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("_news/2024-01-24-a.md", "_news/2024-01-24-a.md"),
        ("a b#c?d%e.md", "a%20b%23c%3Fd%25e.md"),
        ("caf\u00e9/\u65e5\u672c.md", "caf%C3%A9/%E6%97%A5%E6%9C%AC.md"),
        ("C:/x.md", "C%3A/x.md"),
        ("<stdin>", "%3Cstdin%3E"),
        ("\udcff.md", "%FF.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        ("//srv/a.md", "file:////srv/a.md"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="which paths are absolute is the system's to say")
def test_paths(path: str, reference: str) -> None:
    assert uri(path) == reference


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_names_are_paths_and_nothing_else(text: str) -> None:
    parts = urlsplit(uri(f"_news/{text}.md"))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    expected = f"_news/{text}.md".encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape")
    assert unquote_to_bytes(parts.path) == expected
