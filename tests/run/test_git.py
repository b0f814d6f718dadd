"""What Git tells of a branch: the right files and lines, clear messages, and nothing run that a repository asks for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from newslint.run.git import Changes, GitError
from tests.repository import Repository

LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with one file on main, and a branch that is checked out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    site = Repository(tmp_path / "site").begin()
    site.commit({"a.md": LINES})
    site.run("git", "checkout", "-q", "-b", "branch")
    monkeypatch.chdir(site.folder)
    return site


def _files(revision: str = "main") -> set[str]:
    root = os.path.join(os.path.realpath(subprocess.check_output(["git", "rev-parse", "--show-toplevel"])[:-1]), b"")
    return {os.fsdecode(os.fsencode(path)[len(root) :]) for path in Changes(revision).files()}


def _lines(name: str = "a.md", revision: str = "main") -> list[range] | None:
    return Changes(revision).lines([name])[name]


def test_changed_new_renamed_and_untracked_files_are_told_deleted_and_ignored_ones_are_not(site: Repository) -> None:
    site.run("git", "checkout", "-q", "main")
    site.commit({"kept.md": "k", "gone.md": "g", "old.md": LINES * 9, ".gitignore": "ignored.md\n"})
    site.run("git", "checkout", "-q", "-b", "other")
    site.run("git", "mv", "old.md", "renamed.md")
    (site.folder / "gone.md").unlink()
    site.commit({"committed.md": "c"})
    site.write({"staged.md": "s", "ignored.md": "i", "sub/untracked.md": "u", "a.md": LINES + "eight\n"})
    site.run("git", "add", "staged.md")
    expected = {"a.md", "committed.md", "renamed.md", "staged.md", "sub/untracked.md"}
    assert _files() == expected
    os.chdir("sub")
    assert _files() == expected
    assert Changes("main").lines(["untracked.md", "../a.md"]) == {"untracked.md": None, "../a.md": [range(8, 9)]}


def test_what_main_has_gained_since_is_no_change_of_the_branch(site: Repository) -> None:
    site.commit({"mine.md": "m"})
    site.run("git", "checkout", "-q", "main")
    site.commit({"theirs.md": "t", "a.md": LINES.replace("seven", "SEVEN")})
    site.run("git", "checkout", "-q", "branch")
    assert _files() == {"mine.md"}
    site.run("git", "merge", "-q", "--no-edit", "main")
    site.commit({"a.md": LINES.replace("seven", "SEVEN").replace("one", "ONE")})
    assert _files() == {"mine.md", "a.md"}
    assert _lines() == [range(1, 2)]


NAMES = [
    *("a b.md", ' "quoted" .md', "it's.md", "back\\slash.md", "new\nline.md", "tab\t.md", "-x.md", ":(glob)*.md"),
    *("caf\u00e9.md", "\u65b0\u805e.md", "\U0001f4f0.md", "*.md", "[ab].md", "a\ndiff --git x.md", "$(touch MARK).md"),
    os.fsdecode(b"latin \xe9.md"),
]


def test_names_of_all_kinds(site: Repository) -> None:
    site.run("git", "checkout", "-q", "main")
    for name in NAMES:
        Path(name).write_text(LINES)
    site.commit()
    site.run("git", "checkout", "-q", "-b", "other")
    for name in NAMES:
        Path(name).write_text(LINES.replace("three", "3"))
    assert _files() == set(NAMES)
    assert Changes("main").lines(NAMES) == {key: [range(3, 4)] for key in NAMES}
    assert not Path("MARK").exists()


@pytest.mark.parametrize("refresh", ["true", "false"])
def test_a_file_that_was_only_touched_or_got_another_mode(site: Repository, refresh: str) -> None:
    site.run("git", "config", "diff.autoRefreshIndex", refresh)
    site.commit({"b.md": LINES})
    os.utime("a.md", (1, 1))
    os.chmod("b.md", 0o755)
    assert _files("HEAD") == {"b.md"}
    assert Changes("HEAD").lines(["a.md", "b.md"])["b.md"] == []


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (LINES.replace("two\n", ""), []),
        (LINES.replace("two", "2"), [range(2, 3)]),
        (LINES.replace("two\nthree\n", "2\n3\n3a\n"), [range(2, 5)]),
        (LINES.replace("two\n", "").replace("six", "6"), [range(5, 6)]),
        (LINES.replace("two", "2").replace("four", "4"), [range(2, 3), range(4, 5)]),
        (LINES.replace("two", "@@ -1 +1,9 @@").replace("four", "\0"), [range(2, 3), range(4, 5)]),
        (LINES + "no line end", [range(8, 9)]),
        (LINES.replace("two", "2").replace("five\n", "five\r\n"), [range(2, 3), range(5, 6)]),
        (LINES.replace("two", "a\rb"), None),
    ],
)
def test_lines(site: Repository, after: str, lines: list[range] | None) -> None:
    """A lone CR ends a line for newslint and not for Git, so that their numbers are not the same."""
    site.run("git", "config", "diff.interHunkContext", "9")
    Path("a.md").write_bytes(after.encode())
    assert _lines() == lines


def test_a_link_is_new_as_a_whole_wherever_it_leads(site: Repository, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(LINES)
    Path("link.md").symlink_to("../outside.md")
    Path("b.md").symlink_to("a.md")
    site.commit()
    assert _files() == {"link.md", "b.md"}
    assert Changes("main").lines(["link.md", "b.md", "a.md"]) == {"link.md": None, "b.md": None, "a.md": None}
    Path("link.md").unlink()
    Path("link.md").symlink_to("a.md")
    assert _lines("link.md", "branch") is None


def test_more_names_than_one_call_takes(site: Repository) -> None:
    names = [f"{number}.md" for number in range(450)]
    site.commit(dict.fromkeys(names, LINES))
    site.write(dict.fromkeys(names, LINES.replace("four", "4")))
    assert Changes("HEAD").lines(names) == {key: [range(4, 5)] for key in names}


TRAP = """\
[core]
    fsmonitor = "touch {marks}/fsmonitor; false"
    hooksPath = "{marks}/hooks"
    pager = "touch {marks}/pager"
    sshCommand = "touch {marks}/ssh"
[pager]
    diff = "touch {marks}/pager"
[diff]
    external = "touch {marks}/external; true"
    orderFile = "/dev/null"
[diff "command"]
    command = "touch {marks}/command; true"
[diff "trap"]
    textconv = "touch {marks}/textconv; cat"
[filter "trap"]
    clean = "touch {marks}/clean; cat"
    smudge = "touch {marks}/smudge; cat"
    required = true
[filter "a=b"]
    clean = "touch {marks}/equals; cat"
[filter "server"]
    process = "touch {marks}/process"
"""


@pytest.fixture
def marks(site: Repository, tmp_path: Path) -> Path:
    """A folder in which a file appears when a trap of the repository springs."""
    marks = tmp_path / "marks"
    (marks / "hooks").mkdir(parents=True)
    hook = marks / "hooks" / "post-index-change"
    hook.write_text(f"#!/bin/sh\ntouch {marks}/hook\n")
    hook.chmod(0o755)
    site.commit({"b.md": LINES, "c.md": LINES, "d.md": LINES, "e.md": LINES})
    Path(".gitattributes").write_text(
        "a.md filter=trap\nb.md filter=a=b\nc.md filter=server\nd.md diff=trap\ne.md diff=command\n"
    )
    with Path(".git/config").open("a") as file:
        file.write(TRAP.format(marks=marks))
    for name in ("a.md", "b.md", "c.md", "d.md", "e.md"):
        Path(name).write_text(LINES.replace("three", "THREE"))
    return marks


def _sprung(marks: Path) -> set[str]:
    return {path.name for path in marks.iterdir()} - {"hooks"}


def test_nothing_is_run_that_a_repository_asks_for(
    site: Repository, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", f"touch {marks}/variable; true")
    changes = Changes("HEAD")
    names = ["a.md", "b.md", "c.md", "d.md", "e.md"]
    assert {os.path.basename(path) for path in changes.files()} == {*names, ".gitattributes"}
    assert changes.lines(names) == {key: [range(3, 4)] for key in names}
    assert _sprung(marks) == set()
    # The traps are real: Git itself falls into them.
    for name in names:
        site.run("git", "diff", "HEAD", "--", name, code=None)
        site.run("git", "diff", "--no-ext-diff", "HEAD", "--", name, code=None)
    site.variables["GIT_EXTERNAL_DIFF"] = os.environ["GIT_EXTERNAL_DIFF"]
    site.run("git", "diff", "HEAD", "--", "d.md", code=None)
    site.run("git", "-c", "filter.server.process=", "add", "-A", code=None)
    expected = {"fsmonitor", "hook", "external", "variable", "command", "textconv", "clean", "equals", "process"}
    assert _sprung(marks) >= expected


def test_a_partial_clone_fetches_nothing(site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.run("git", "config", "uploadpack.allowFilter", "true")
    mark = tmp_path / "mark"
    clone = Repository(tmp_path / "clone")
    options = ("-q", "--no-local", "--filter=blob:none", "--no-checkout")
    site.run("git", "clone", *options, f"file://{site.folder}", str(clone.folder))
    clone.run("git", "read-tree", "HEAD")
    clone.run("git", "config", "remote.origin.uploadpack", f"touch {mark}; git-upload-pack")
    clone.write({"a.md": LINES.replace("one", "ONE")})
    monkeypatch.chdir(clone.folder)
    message = "git diff: this clone is partial and lacks files of the merge base: clone it without --filter"
    with pytest.raises(GitError) as raised:
        Changes("origin/main").lines(["a.md"])
    assert str(raised.value) == message
    assert not mark.exists()
    clone.run("git", "diff", "origin/main", code=None)
    assert mark.exists(), "Git itself fetches"


@pytest.mark.parametrize("revision", ["absent", "-x", "--all", "", "origin/", "main..branch", "HEAD:a.md", "a b", "\n"])
def test_an_unknown_revision(site: Repository, revision: str) -> None:
    with pytest.raises(GitError) as raised:
        Changes(revision)
    assert str(raised.value) == f'"{revision}" is no revision that Git knows here: fetch it, or name another'


def test_revisions_of_all_kinds(site: Repository) -> None:
    base = site.revision()
    site.run("git", "tag", "-a", "-m", "a tag", "v1")
    site.commit({"b.md": "b"})
    for revision in ("main", "refs/heads/main", "v1", base, base[:8], "HEAD~1", "@{-1}", "branch^"):
        assert _files(revision) == {"b.md"}, revision
    assert _files("HEAD") == set()
    site.run("git", "checkout", "-q", "--detach")
    assert _files() == {"b.md"}


def test_a_history_of_its_own_has_no_merge_base(site: Repository) -> None:
    site.run("git", "checkout", "-q", "--orphan", "alone")
    site.commit({"a.md": "another"})
    with pytest.raises(GitError, match=r'^HEAD has no common ancestor with "main"$'):
        Changes("main")


CURE = (
    ": this clone is shallow, so fetch more of it "
    "(git fetch --unshallow; fetch-depth: 0 for actions/checkout; GIT_DEPTH: 0 for GitLab)"
)


def test_a_shallow_clone_says_what_to_fetch(site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        site.commit({"b.md": f"{number}"})
    clone = Repository(tmp_path / "clone")
    site.run("git", "clone", "-q", "--depth", "1", "-b", "branch", f"file://{site.folder}", str(clone.folder))
    monkeypatch.chdir(clone.folder)
    with pytest.raises(GitError) as raised:
        Changes("origin/main")
    assert str(raised.value) == f'"origin/main" is no revision that Git knows here{CURE}'
    clone.run("git", "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(GitError) as raised:
        Changes("origin/main")
    assert str(raised.value) == f'HEAD has no common ancestor with "origin/main"{CURE}'
    clone.run("git", "fetch", "-q", "--unshallow")
    assert _files("origin/main") == {"b.md"}


def test_where_git_cannot_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match=r"^git rev-parse: fatal: not a git repository"):
        Changes("main")
    Repository(tmp_path / "bare").run("git", "init", "-q", "--bare")
    monkeypatch.chdir(tmp_path / "bare")
    with pytest.raises(GitError, match=r"^git rev-parse: fatal: this operation must be run in a work tree$"):
        Changes("main")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match=r"^git cannot be run: .*No such file or directory"):
        Changes("main")
