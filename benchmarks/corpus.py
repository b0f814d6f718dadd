"""The files that are measured: an archive of any size made of the articles at hand, and their front matter alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.vary import vary

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "_news"
ARTICLES = ROOT / "tests" / "articles"
CLEAN = ARTICLES / "good" / "live-facial-recognition-helps-deliver-justice-in-croydon.md"
"""An article without a finding."""

_SETTLED = 2.2
"""Seconds until a file's time is old enough that caches believe it: file systems may count in steps of two seconds."""


class Original(NamedTuple):
    """An article that copies are made of."""

    name: str
    text: str


def originals(folder: Path) -> list[Original]:
    """Return the articles under a folder, in the order of their names; files that are not UTF-8 are left out.

    Raises FileNotFoundError where there is none.
    """
    found: dict[str, Original] = {}
    for path in sorted(folder.rglob("*.md")):
        try:
            found.setdefault(path.name, Original(path.name, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue
    if not found:
        raise FileNotFoundError(f"there is no article (*.md) in {folder}")
    return list(found.values())


def write_articles(articles: Sequence[Original], folder: Path, count: int) -> list[str]:
    """Write so many articles into a new flat folder, the first ones as they are; return their names in this order."""
    folder.mkdir(parents=True)
    names: list[str] = []
    for place in range(count):
        number, index = divmod(place, len(articles))
        name, text = articles[index]
        if number:
            stem, ending = os.path.splitext(name)
            name, text = f"{stem}-copy{number}{ending}", vary(text, number)
        (folder / name).write_bytes(text.encode("utf-8"))
        names.append(name)
    return names


def link(names: Iterable[str], folder: Path, target: Path) -> None:
    """Give files of a folder a second name in a new folder."""
    target.mkdir(parents=True)
    for name in names:
        os.link(folder / name, target / name)


def extract(folder: Path, target: Path) -> None:
    """Write the front matter of a folder's articles as YAML files: what tools for YAML and JSON Schema can read."""
    target.mkdir(parents=True)
    for path in folder.iterdir():
        data = path.read_bytes()
        end = data.find(b"\n---", 3)
        (target / f"{path.stem}.yaml").write_bytes(data[: end + 1] if end >= 0 else data)


def settle(folders: Iterable[Path]) -> None:
    """Wait until caches trust the times of all files in some folders; a new name is news of a file, too."""
    newest = max(entry.stat().st_ctime for folder in folders for entry in os.scandir(folder))
    time.sleep(max(0.0, newest + _SETTLED - time.time()))
