"""What the tests of the cache share: an archive, which of its files a run opens, and which it takes from the cache."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from newslint.config import load_settings
from newslint.report import Report
from newslint.run.choices import Choices
from newslint.run.outcomes import Means
from newslint.run.runner import Runner
from newslint.settings import CACHE_NAME, Settings
from tests.conftest import NOW, with_fields

FILES = 16
"""As many as a run must have for its cache to be opened."""

FOUND = "the text begins with a space, where a visible character is expected"
KEPT = "this was kept"
SECOND = 1_000_000_000

_opened: list[str] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open" and isinstance(arguments[0], str) and arguments[0].endswith(".md"):
        _opened.append(os.path.basename(arguments[0]))


sys.addaudithook(_listen)


@contextmanager
def opened() -> Iterator[list[str]]:
    """Collect the names of the articles that this process opens."""
    global _opened  # noqa: PLW0603 - Python has no way to take a hook away
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


def article(number: int, fields: str = "", *, clean: bool = False) -> str:
    """Return an article that is like no other; unless it is ``clean`` it has one finding, NL602 at its title."""
    blank = "" if clean else " "
    url = f"https://news.met.police.uk/news/article-{number}"
    secured = f"{number:04}AAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    own = f'title: "{blank}Article {number:04}"\noriginalUrl: "{url}"\nwebUrl: "{url}"\nsecured: "{secured}"\n'
    return with_fields(fields, with_fields(own))


def write_some(folder: Path, files: int) -> None:
    """Write articles ``0000.md`` and so on: four of five are clean, and some share their address with another."""
    for number in range(files):
        (folder / f"{number:04}.md").write_text(article(number - number % 7 // 6, clean=number % 5 != 0))


class Archive:
    """A folder ``_news`` of articles ``0000.md`` and so on, with a cache beside it."""

    def __init__(self, root: Path, files: int = FILES) -> None:
        self.root = root
        self.news = root / "_news"
        self.cache = root / CACHE_NAME
        self.news.mkdir(parents=True)
        for number in range(files):
            (self.news / f"{number:04}.md").write_text(article(number))

    def run(
        self,
        *paths: Path,
        config: str = "",
        now: datetime = NOW,
        cache: Path | None = None,
        jobs: int = 1,
        given: bool = False,
        **choices: object,
    ) -> Report:
        """Return what a run with the cache comes to; without paths it is over ``_news``."""
        settings = Settings(self.root)
        if config:
            (self.root / "newslint.toml").write_text(config)
            settings = load_settings(self.root / "newslint.toml", self.root)
        means = Means(jobs, str(self.cache if cache is None else cache), cache_given=given)
        runner = Runner(settings, Choices(now=now, **choices), means)  # type: ignore[arg-type]
        return runner.run([str(path) for path in paths or (self.news,)])

    def plain(self, *paths: Path, now: datetime = NOW, **choices: object) -> Report:
        """Return what a run without a cache comes to."""
        runner = Runner(Settings(self.root), Choices(now=now, **choices))  # type: ignore[arg-type]
        return runner.run([str(path) for path in paths or (self.news,)])

    @property
    def shards(self) -> list[Path]:
        """The shards of the cache, the one written last at the end."""
        found = [path for path in self.cache.glob("*/*.shard") if path.is_file()]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    @property
    def shard(self) -> Path:
        """The only shard of the cache."""
        (shard,) = self.shards
        return shard

    @property
    def facts(self) -> Path:
        """The only file of facts."""
        (facts,) = self.cache.glob("*/*.facts")
        return facts

    @property
    def judged(self) -> Path:
        """The only archive of which is kept what it came to."""
        (judged,) = self.cache.glob("*/*.archive")
        return judged

    def entries(self) -> list[str]:
        """Return the names of the files of which something is kept."""
        lines = [line for shard in self.shards for line in shard.read_text("ascii").splitlines()[1:]]
        return sorted(line.split("\t")[0].strip('"') for line in lines)

    @property
    def runs(self) -> list[Path]:
        """The runs that are kept as a whole."""
        return sorted(self.cache.glob("*/*.run"))

    def age(self, seconds: float = 60) -> None:
        """Let the parts of the cache be written so much later than now, and no run be kept as a whole."""
        for run in self.runs:
            run.unlink()
        for shard in self.shards:
            os.utime(shard, ns=(time.time_ns(), time.time_ns() + int(seconds * SECOND)))

    def mark(self, seconds: float = 60) -> None:
        """Let what is kept be told from what is found, and the cache be written so much later than now."""
        for shard in self.shards:
            text = shard.read_text("ascii")
            shard.write_text(text.replace(FOUND, KEPT))
        self.age(seconds)

    def moved(self, root: Path) -> Archive:
        """Return a copy as a fresh checkout has it: other folders above it, other times, the cache restored."""
        copy = Archive(root, 0)
        shutil.copytree(self.root, root, copy_function=shutil.copyfile, dirs_exist_ok=True)
        return copy


def kept(report: Report) -> list[str]:
    """Return the names of the files whose findings come from a marked cache."""
    return sorted({finding.path.rpartition("/")[2] for finding in report.findings if finding.message == KEPT})


def worked_out(report: Report) -> list[str]:
    """Return the names of the files whose findings do not."""
    return sorted({finding.path.rpartition("/")[2] for finding in report.findings if finding.message != KEPT})


def names(numbers: Sequence[int]) -> list[str]:
    """Return the names of some articles."""
    return [f"{number:04}.md" for number in numbers]


def put_no_file(path: Path, way: str, target: Path, absent: Path) -> None:
    """Put a FIFO, a folder, a link to ``target`` or one to what is ``absent`` in the place of a file."""
    if way == "fifo":
        os.mkfifo(path)
    elif way == "folder":
        path.mkdir()
        (path / "mine").touch()
    else:
        path.symlink_to(target if way == "link" else absent)
