"""A real browser for the page, a site to make one of, and axe-core; each is skipped with its reason where it is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import ROOT, with_fields

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LINK = "https://example.com/blob/main/{path}#L{line}"
HOSTILE = '</script><img src=x onerror=alert(1)>&amp; <b>"bold"</b>'


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The Chromium of the system, driven by playwright."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install -e '.[browser]'"
    )
    path = os.environ.get("NEWSLINT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium here (NEWSLINT_CHROMIUM names one)")
    # The sandbox of Chromium does not start for root, as whom containers run.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    folder = Path(os.environ.get("NEWSLINT_NODE_MODULES") or ROOT / "node_modules")
    script = folder / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"axe-core is not in {folder}: npm install --no-save axe-core")
    return script.read_text("utf-8")


class Site(NamedTuple):
    """A page, the findings of the same run as JSON has them, and the summary."""

    page: Path
    findings: list[dict[str, Any]]
    summary: dict[str, int]


def made_site(folder: Path, paths: str, *options: str) -> Site:
    """Return the page and the JSON of one run over what is in a folder."""
    command = [sys.executable, "-m", "newslint", "check", paths, "--exit-zero", "--no-cache", *options]
    outputs = ["--output", f"html:{folder / 'report.html'}", "--output-format", "json", "--html-link", LINK]
    done = subprocess.run(
        [*command, *outputs, "--now", "2024-06-01T00:00:00Z"], cwd=folder, capture_output=True, timeout=120, check=True
    )
    report = json.loads(done.stdout)
    return Site(folder / "report.html", report["findings"], report["summary"])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Some sixty articles of two providers with faults of all severities, one with a hostile title."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "_news").mkdir()
    faults = (
        "title: 'Q&amp;A about &amp; cameras {}'",
        "title: ' Camera  {} '",
        "title: 'Plain {}'\npublished: true",
        "title: 'Plain {}'",
    )
    for number in range(60):
        fields = faults[number % 4].format(number)
        provider = "\nprovider:\n  name: BBC\n  domain: bbc.com" if number % 3 else ""
        address = f"https://www.{'bbc.com' if number % 3 else 'police.uk'}/{number}"
        text = with_fields(
            f"{fields}{provider}\noriginalUrl: {address}\nwebUrl: {address}\nsecured: '{number:022}==;AAAAAAAAAAAAAAAAAAAAAA=='\n"
        )
        (folder / "_news" / f"2024-01-{number % 28 + 1:02}-article-{number}.md").write_text(text)
    (folder / "_news" / "hostile \u202e'$(x) é.md").write_text(
        with_fields(f"title: {json.dumps(HOSTILE)}\nheat: 95\n"), "utf-8"
    )
    return made_site(folder, "_news", "--ignore", "NL801,NL904")
