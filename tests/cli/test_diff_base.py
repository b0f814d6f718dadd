"""``--diff-base`` and ``--changed-lines`` at work: a branch is told its own faults, and those that it makes with others."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Said
from tests.conftest import BASE, with_fields
from tests.repository import Repository

NOW = ("--now", "2024-06-01T00:00:00Z")


def article(number: int, fields: str = "") -> str:
    """Return a valid article unlike those of other numbers, with some fields changed."""
    other = BASE.replace("Live facial", f"{number} times facial").replace("478451", f"47{number:04}")
    other = other.replace(";AAAA", f";{chr(ord('B') + number)}AAA")
    return with_fields(fields, other)


OLD_FAULT = "category: nws\n"
NEW_FAULT = "published: true\n"


@pytest.fixture
def site(tmp_path: Path, inside: Inside, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """An archive on main with an old fault in each article, and a branch that is checked out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    site = Repository(tmp_path / "site").begin()
    names = ("kept", "changed", "moved", "gone")
    files = {f"_news/{name}.md": article(number, OLD_FAULT) for number, name in enumerate(names)}
    site.commit({**files, ".gitignore": "ignored.md\n.newslint_cache\n"})
    site.run("git", "checkout", "-q", "-b", "branch")
    monkeypatch.chdir(site.folder)
    return site


def _told(inside: Inside, *arguments: str) -> list[str]:
    """Return the findings as ``path:line code``, and the totals."""
    said = inside("check", "--output-format", "concise", *NOW, *arguments)
    assert said.err == ""
    *findings, totals = said.out.splitlines()
    assert said.code == bool(findings)
    return [*(f"{line.split(': ')[0].rpartition(':')[0]} {line.split()[2]}" for line in findings), totals]


def test_a_branch_with_a_merge_is_told_its_own_faults(site: Repository, inside: Inside) -> None:
    site.run("git", "mv", "_news/moved.md", "_news/renamed.md")
    (site.folder / "_news/gone.md").unlink()
    site.commit({"_news/changed.md": article(1, OLD_FAULT + NEW_FAULT), "_news/new.md": article(5, NEW_FAULT)})
    site.run("git", "checkout", "-q", "main")
    site.commit({"_news/theirs.md": article(6, OLD_FAULT), "_news/kept.md": article(0, OLD_FAULT + NEW_FAULT)})
    site.run("git", "checkout", "-q", "branch")
    site.run("git", "merge", "-q", "--no-edit", "main")
    site.write({"_news/untracked.md": article(7, NEW_FAULT), "_news/ignored.md": article(8, NEW_FAULT)})
    whole = [
        "_news/changed.md:2 NL103",
        "_news/changed.md:11 NL503",
        "_news/new.md:11 NL503",
        "_news/renamed.md:2 NL103",
        "_news/untracked.md:11 NL503",
    ]
    totals = "4 files checked, 5 findings in 4 files (5 errors), 2 unchanged, 5 can be mended with --fix --unsafe-fixes"
    assert _told(inside, "--diff-base", "main")[:-1] == whole
    assert _told(inside, "--diff-base", "main")[-1] == totals
    assert _told(inside, "--diff-base", "main", "_news")[:-1] == whole
    lines = [whole[1], whole[2], whole[3], whole[4]]
    assert _told(inside, "--diff-base", "main", "--changed-lines")[:-1] == lines
    site.run("git", "checkout", "-q", "--detach")
    assert _told(inside, "--diff-base", "main", "--changed-lines")[:-1] == lines
    named = _told(inside, "--diff-base", "main", "_news/kept.md", "_news/new.md")
    assert named[:-1] == ["_news/new.md:11 NL503"]
    assert named[-1].startswith("1 file checked, 1 finding in 1 file (1 error), 1 unchanged, ")


def test_nothing_has_changed(site: Repository, inside: Inside) -> None:
    expected = "0 files checked: 4 files unchanged, no other found\n"
    assert inside("check", "--diff-base", "main") == (0, expected, "")
    quiet = inside("check", "--diff-base", "main", "--output-format", "json")
    assert (quiet.code, quiet.err) == (0, f"newslint: {expected}")
    assert json.loads(quiet.out)["findings"] == []


def test_paths_are_those_of_the_folder_in_which_newslint_runs(
    site: Repository, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"_news/changed.md": article(1, OLD_FAULT + NEW_FAULT), "top.md": article(5, NEW_FAULT)})
    monkeypatch.chdir("_news")
    assert _told(inside, "--diff-base", "main")[:-1] == ["changed.md:2 NL103", "changed.md:11 NL503"]
    assert _told(inside, "--diff-base", "main", "--changed-lines")[:-1] == ["changed.md:11 NL503"]
    outside = _told(inside, "--diff-base", "main", "--changed-lines", "..")[:-1]
    assert outside == [f"{site.folder}/top.md:11 NL503", "changed.md:11 NL503"]


def test_names_of_all_kinds(site: Repository, inside: Inside) -> None:
    names = ["a b.md", "it's.md", '"q".md', "caf\u00e9.md", "new\nline.md", "\u65b0\u805e.md", "\U0001f4f0.md"]
    names = [*names, os.fsdecode(b"latin \xe9.md"), "-x.md"]
    for number, name in enumerate(names, 5):
        Path(name).write_text(article(number, OLD_FAULT))
    site.run("git", "add", "-A")
    site.run("git", "commit", "-q", "-m", "names")
    for number, name in enumerate(names, 5):
        Path(name).write_text(article(number, OLD_FAULT + NEW_FAULT))
    said = inside("check", "--diff-base", "HEAD", "--changed-lines", "--output-format", "json", *NOW)
    found = json.loads(said.out)["findings"]
    assert {os.fsencode(finding["path"]) for finding in found} == set(map(os.fsencode, names))
    assert {finding["code"] for finding in found} == {"NL503"}
    assert len(found) == len(names)


@pytest.mark.parametrize("name", ["same", "again"])
def test_what_a_branch_makes_with_unchanged_files_is_told(site: Repository, inside: Inside, name: str) -> None:
    """NL9 compares with the whole archive, and the finding is the changed file's."""
    site.run("git", "checkout", "-q", "main")
    site.commit({"_news/kept.md": article(0)})
    site.run("git", "checkout", "-q", "branch")
    site.run("git", "merge", "-q", "main")
    same = article(0).replace("0 times facial", "Another facial")
    site.commit({f"_news/{name}.md": same.replace(";BAAA", ";ZAAA")})
    for extra in ([], ["--changed-lines"], ["--changed-lines", "_news"]):
        said = inside("check", "--diff-base", "main", "--select", "NL901", *extra)
        assert f"_news/{name}.md:7:9: error NL901 duplicate-url webUrl\n" in said.out, extra
        assert "_news/kept.md" in said.out
        assert ", 1 finding in 1 file (1 error), 4 unchanged" in said.out


def test_files_that_changed_and_are_no_articles_or_excluded(site: Repository, inside: Inside) -> None:
    page = "# About\n\nNo article.\n"
    site.write({"README.md": page, "drafts/a.md": article(5, NEW_FAULT), "newslint.toml": 'exclude = ["drafts"]\n'})
    expected = "0 files checked: 4 files unchanged, no other found"
    assert _told(inside, "--diff-base", "main") == [expected]
    assert _told(inside, "--diff-base", "main", "--as-found", "README.md") == [
        "0 files checked, 1 skipped: nothing was linted (--show-files tells why)"
    ]


def test_a_link_to_a_file_outside_of_the_repository(site: Repository, inside: Inside, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(article(5, NEW_FAULT))
    Path("_news/link.md").symlink_to(tmp_path / "outside.md")
    site.commit()
    assert _told(inside, "--diff-base", "main", "--changed-lines")[:-1] == ["_news/link.md:11 NL503"]


def test_fixes_touch_changed_files_only(site: Repository, inside: Inside) -> None:
    fault = "category: nws\ntitle: 'Q&amp;A about facial recognition'\n"
    site.run("git", "checkout", "-q", "main")
    site.commit({"_news/kept.md": article(0, fault), "_news/changed.md": article(1, fault)})
    site.run("git", "checkout", "-q", "-b", "mending")
    site.write({"_news/changed.md": article(1, fault) + "\n"})
    before = Path("_news/kept.md").read_text()
    assert inside("check", "--diff-base", "main", "--fix", "--select", "NL604").code == 0
    assert "'Q&A about" in Path("_news/changed.md").read_text()
    assert Path("_news/kept.md").read_text() == before


SEE = "(see newslint check --help)"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--diff-base", "mian"], '"mian" is no revision that Git knows here: fetch it, or name another'),
        (["--diff-base", "-x"], '"-x" is no revision that Git knows here: fetch it, or name another'),
        (
            ["--diff-base=--output=/tmp/x"],
            '"--output=/tmp/x" is no revision that Git knows here: fetch it, or name another',
        ),
        (["--diff-base", ""], '"" is no revision that Git knows here: fetch it, or name another'),
        (["--diff-base", "a\x1b[31m"], r'"a\x1b[31m" is no revision that Git knows here: fetch it, or name another'),
        (["--diff-base", "main", "absent.md"], '"absent.md" is not there'),
        (["--changed-lines"], f"--changed-lines goes with --diff-base {SEE}"),
        (["--diff-base", "main", "-"], f'--diff-base is about files, and "-" is none {SEE}'),
        *(
            (
                ["--diff-base", "main", "--changed-lines", option],
                f"--changed-lines only chooses what is told: it goes with no option that writes {SEE}",
            )
            for option in ("--fix", "--diff", "--add-suppressions")
        ),
    ],
)
def test_wrong_use(site: Repository, inside: Inside, arguments: list[str], line: str) -> None:
    assert inside("check", *arguments) == Said(2, "", f"newslint: {line}\n")


def test_a_shallow_clone_says_what_to_fetch(
    site: Repository, inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.commit({"_news/new.md": article(5, NEW_FAULT)})
    clone = Repository(tmp_path / "clone")
    site.run("git", "clone", "-q", "--depth", "1", f"file://{site.folder}", str(clone.folder))
    monkeypatch.chdir(clone.folder)
    line = (
        'newslint: "origin/main" is no revision that Git knows here: this clone is shallow, so fetch more of it '
        "(git fetch --unshallow; fetch-depth: 0 for actions/checkout; GIT_DEPTH: 0 for GitLab)\n"
    )
    assert inside("check", "--diff-base", "origin/main") == Said(2, "", line)
    clone.run("git", "fetch", "-q", "--unshallow", "origin", "main:refs/remotes/origin/main")
    assert _told(inside, "--diff-base", "origin/main")[:-1] == ["_news/new.md:11 NL503"]


def test_where_there_is_no_repository(inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    said = inside("check", "--diff-base", "main")
    line = "newslint: git rev-parse: fatal: not a git repository (or any of the parent directories): .git\n"
    assert said == Said(2, "", line)
