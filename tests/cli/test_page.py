"""``--output html:FILE``: what the command tells the page beside the findings, and that it changes nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Inside
from tests.conftest import BASE, Command, with_fields
from tests.output.making import page_data

NOW = ("--now", "2024-06-01T00:00:00Z")
FAULTY = with_fields('title: "Q&amp;A about facial recognition in Croydon"\n')


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "_news").mkdir()
    other = FAULTY.replace("domain: police.uk", "domain: bbc.com").replace("  - AI\n", "")
    for number in range(20):
        text = (FAULTY, other)[number % 2].replace("478451", str(number)).replace('"AAAA', f'"{number:04}')
        (tmp_path / "_news" / f"2024-0{number % 3 + 1}-05-{number}.md").write_text(text)
    return tmp_path


def _counted(data: dict[str, list[int]], groups: dict[str, list[str]], group: str) -> dict[str, int]:
    """Return how many findings each value of a group of files has."""
    counts = dict.fromkeys(groups[group], 0)
    file = 0
    for step in data["path"]:
        file += step
        counts[groups[group][data[f"file_{group}"][file]]] += 1
    return counts


def test_the_bars_of_the_page_count_as_group_by_does(archive: Path, inside: Inside) -> None:
    assert inside("check", "_news", *NOW, "--output", "html:r.html").code == 1
    data = page_data((archive / "r.html").read_text("utf-8"))
    for group in ("folder", "month", "provider", "kind"):
        said = inside("check", "_news", *NOW, "--group-by", group, "--output-format", "json")
        expected = {one[group]: one["findings"] for one in json.loads(said.out)["groups"]}
        assert _counted(data, data["groups"], group) == expected, group
    assert sorted(data["groups"]["topic"]) == ["AI", "Computer Vision"]


def test_the_page_is_the_same_with_and_without_cache_and_workers(archive: Path, newslint: Command) -> None:
    pages = []
    for options in (["--no-cache"], ["--jobs", "2", "--no-cache"], [], []):
        done = newslint("check", "_news", *NOW, *options, "--output-format", "html")
        assert (done.returncode, done.stderr) == (1, b"")
        pages.append(done.stdout)
    assert len(set(pages)) == 1


def test_the_change_against_the_baseline_is_on_the_page(archive: Path, inside: Inside) -> None:
    inside("baseline", "_news", *NOW)
    (archive / "_news" / "2024-01-05-0.md").write_text(BASE.replace("478451", "0").replace('"AAAA', '"0000'))
    said = inside(
        "check",
        "_news",
        *NOW,
        "--baseline",
        ".newslint-baseline.json",
        "--output",
        "html:r.html",
        "--output-format",
        "json",
    )
    summary = json.loads(said.out)["summary"]
    page = (archive / "r.html").read_text("utf-8")
    figures = {words: number for number, words in re.findall(r"<b>([\d,]+)</b><span>([^<]*)</span>", page)}
    assert figures["known and hidden"] == str(summary["baselined"])
    assert figures["new since the baseline"] == str(sum(summary[level] for level in ("errors", "warnings", "infos")))
    mended = re.search(r"(\d+) known findings? ha(?:s|ve) been mended", said.err)
    assert mended is not None
    assert figures["mended"] == mended[1]


def test_a_stream_has_a_page_without_an_archive(newslint: Command) -> None:
    done = newslint("check", "-", *NOW, "--output-format", "html", stdin=FAULTY.encode())
    assert (done.returncode, done.stderr) == (1, b"")
    page = done.stdout.decode()
    assert page_data(page)["groups"]["folder"] == ["."]
    assert 'id="archive"' not in page


def test_the_page_tells_what_fix_leaves(archive: Path, inside: Inside) -> None:
    inside("check", "_news", *NOW, "--fix", "--output", "html:r.html")
    page = (archive / "r.html").read_text("utf-8")
    assert "Mended in this run: 20 findings" in page
    assert "NL604" not in page_data(page)["groups"]["rule"]


def test_topics_by_the_thousand_are_not_kept(tmp_path: Path, inside: Inside) -> None:
    topics = "".join(f"  - {'x' * 200}{number}\n" for number in range(5_000))
    (tmp_path / "a.md").write_text(with_fields(f"topics:\n{topics}title: ' a'\n"))
    inside("check", "a.md", *NOW, "--output", "html:r.html")
    (name,) = page_data((tmp_path / "r.html").read_text("utf-8"))["groups"]["topic"]
    assert name == f"{'x' * 79}…"


def test_a_link_without_a_page_is_wrong_use(inside: Inside) -> None:
    said = inside("check", "--html-link", "https://example.com/{path}")
    assert (said.code, said.err) == (
        2,
        "newslint: --html-link goes with --output html:FILE (see newslint check --help)\n",
    )
