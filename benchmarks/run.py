"""The command line of the benchmark: what to measure, how often, and where the other tools are."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.beyond import MANY
from benchmarks.corpus import ARTICLES, CORPUS, originals
from benchmarks.measure import BenchmarkError, environment
from benchmarks.peers import Peers, find_peers, folders_of
from benchmarks.sections import GROWTH, LARGE, SECTIONS, Archive, Setting
from benchmarks.tables import LARGE_RESULTS, RESULTS, Section, page, update

README = Path(__file__).parent / "README.md"


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), help="Make the files of these articles.")
@click.option(
    "--files", default=6250, show_default=True, help="Articles in the archive; growth takes 16 times as many."
)
@click.option("--few", default=500, show_default=True, help="Articles for the slow tools.")
@click.option("--rounds", default=7, show_default=True, help="Rounds: each runs every command once.")
@click.option("--only", multiple=True, type=click.Choice(list(SECTIONS)), help="Measure this; may be repeated.")
@click.option("--peers", "places", multiple=True, type=click.Path(path_type=Path), help="Where other tools are.")
@click.option("--newslint", type=click.Path(path_type=Path, exists=True), help="The newslint to measure.")
@click.option("--update-readme", is_flag=True, help="Put the results into benchmarks/README.md.")
def main(
    corpus: Path | None,
    files: int,
    few: int,
    rounds: int,
    only: tuple[str, ...],
    places: tuple[Path, ...],
    newslint: Path | None,
    update_readme: bool,
) -> None:
    """Measure newslint beside what one would take instead, and print tables in Markdown."""
    chosen = [name for name in SECTIONS if name in only or not (only or name in LARGE)]
    program = newslint or _newslint()
    folder = corpus or (CORPUS if CORPUS.is_dir() else ARTICLES)
    with tempfile.TemporaryDirectory(prefix="newslint-benchmark-") as place:
        work = Path(place).resolve()
        variables = environment(work / "home", folders_of(places))
        peers = find_peers(variables)
        setting = Setting(program.absolute(), Path(sys.executable), peers, variables, rounds, files, few)
        _say(f"making the files in {work}")
        try:
            articles = originals(folder)
            times = GROWTH[-1] if "growth" in chosen else MANY if "executors" in chosen else 1
            archive = Archive(work, articles, max(files * times, few))
            sections: dict[str, list[Section]] = {RESULTS: [], LARGE_RESULTS: []}
            for part in chosen:
                _say(f"measuring: {part}")
                name = LARGE_RESULTS if part in LARGE else RESULTS
                sections[name].append(SECTIONS[part](setting, archive))
        except (BenchmarkError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from error
    for name, measured in sections.items():
        if not measured:
            continue
        results = page(_preface(setting, len(articles)), measured, work)
        click.echo(results)
        if update_readme:
            update(README, name, results)


def _newslint() -> Path:
    """Return the newslint of the environment that runs the benchmark, or else the one on the PATH."""
    beside = Path(sys.executable).parent / "newslint"
    found = str(beside) if beside.exists() else shutil.which("newslint")
    if found is None:
        raise click.ClickException("newslint is not installed: pip install -e .")
    return Path(found)


def _preface(setting: Setting, articles: int) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    here = [f"{peer.name} {peer.version}".strip() for peer in setting.peers if peer.words]
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, {platform.system()} on {platform.machine()}, "
        f"Python {platform.python_version()}, archives made of {articles:,} articles.",
        f"Medians of {setting.rounds} round{'s' * (setting.rounds != 1)}, and of the ratios within the rounds.",
        f"Beside newslint: {', '.join(here) or 'nothing'}.",
    ]
    if missing := _missing(setting.peers):
        lines.append(f"Not installed, and so left out: {missing}.")
    return "\n".join(lines) + "\n"


def _missing(peers: Peers) -> str:
    return ", ".join(f"{peer.name} ({peer.install})" for peer in peers if not peer.words)


def _say(text: str) -> None:
    click.echo(text, err=True)
