"""What all tests share: the project's places, a valid article to change, and the command as a real process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.rules.layout import field_order
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings

# The suite tries the same examples each time; --hypothesis-profile default looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
# Long runs of tests/hostile/test_fuzz.py: what fails is told with the seed that repeats it, and kept in no database.
settings.register_profile("long", max_examples=20_000, deadline=None, print_blob=True, database=None)
settings.load_profile("suite")

# newslint says more where it runs in a CI, and the suite may run in one.
for _name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "TEAMCITY_VERSION", "TF_BUILD"):
    os.environ.pop(_name, None)

# A shell's background job ignores interrupts, and so would all that the tests start, interrupt and wait for.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real articles is not here (../shared/corpus)"
)
SEED = ROOT / "tests" / "articles" / "good" / "live-facial-recognition-helps-deliver-justice-in-croydon.md"
NOW = datetime(2024, 6, 1, tzinfo=UTC)

BASE = """\
---
category: news
title: "Live facial recognition helps deliver justice in Croydon"
excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
publishedDateTime: 2024-01-24T15:00:00Z
originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
type: article
quality: 39
heat: 39
published: false

provider:
  name: Metropolitan Police Service
  domain: police.uk

topics:
  - Computer Vision
  - AI

images:
  - url: "https://resources.mynewsdesk.com/image/upload/w_1782/lykkap5cas9xk7ycmkmm"
    width: 1782
    height: 1002
    isCached: true

secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
---
"""
"""A valid article; its published agrees with its heat, its image's URL with its width."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that rewrite what the tests compare with; read the diff before you commit it."""
    parser.addoption("--update-cases", action="store_true", help="rewrite the expected output of tests/cases")
    parser.addoption("--update-readme", action="store_true", help="rewrite the table of rules in README.md")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a cluster, unless it is asked for: it takes minutes."""
    if "cluster" in str(config.getoption("-m")):
        return
    for item in items:
        if item.get_closest_marker("cluster") is not None:
            item.add_marker(pytest.mark.skip(reason="it needs a cluster: python -m pytest -m cluster"))


def with_fields(fields: str, base: str = BASE) -> str:
    """Return the base article with top-level fields replaced by those written in ``fields``.

    A field that the base lacks goes to its place in the format's order, an unknown one to the end.
    """
    blocks = _blocks(base.split("---\n")[1])
    order = field_order.options["article-order"].default
    for name, block in _blocks(fields).items():
        later = order[order.index(name) :] if name in order else []
        behind = {} if name in blocks else {other: blocks.pop(other) for other in list(blocks) if other in later}
        blocks[name] = block
        blocks.update(behind)
    return "---\n" + "".join(blocks.values()) + "---\n"


def _blocks(yaml: str) -> dict[str, str]:
    """Split lines of YAML at its top-level keys; a key that stands twice keeps both blocks."""
    blocks: dict[str, str] = {}
    name = ""
    for line in yaml.splitlines(keepends=True):
        if line[0] not in " \n-#\t]}":
            name = line.split(":", 1)[0].strip("\"'")
        blocks[name] = blocks.get(name, "") + line
    return blocks


def lint(text: str | bytes, name: str = "article.md", **choices: object) -> tuple[Finding, ...]:
    """Return the findings of a text under the default settings, on the first of June 2024."""
    from newslint.engine.linter import lint_bytes

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    plan = default_plan() if not choices else _plan(**choices)
    return lint_bytes(name, data, plan).findings


@lru_cache(maxsize=1)
def default_plan() -> Plan:
    """Return the plan of the default settings on the first of June 2024, made once for all tests."""
    return _plan()


def _plan(**choices: object) -> Plan:
    return Runner(Settings(ROOT), Choices(now=NOW, **choices)).plan  # type: ignore[arg-type]


def brief(findings: Iterable[Finding]) -> list[str]:
    """Return findings as ``line:column-end_line:end_column code field``, for short comparisons."""
    return [
        f"{found.line}:{found.column}-{found.end_line}:{found.end_column} {found.code} {found.field}"
        for found in findings
    ]


Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def newslint(tmp_path: Path) -> Command:
    """Return a function that runs ``newslint`` as a process in a folder of its own, with a clean environment."""

    def run(
        *arguments: str, stdin: bytes = b"", cwd: Path = tmp_path, **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-m", "newslint", *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**kept, "PYTHONUTF8": "1", **variables},
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what Git has or would have of the checkout, the cases aside: building it leaves no trace."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    copy = tmp_path_factory.mktemp("source")
    for name in names:
        if (ROOT / name).is_file() and not name.startswith("tests/cases/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    return copy
