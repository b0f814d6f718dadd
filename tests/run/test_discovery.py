"""Which files a run comes across: named ones always, found ones by name and kind, each once, whatever the links do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from newslint.limits import MAX_IGNORE_SIZE
from newslint.run.discovery import Candidate, MissingPathError, Selection, discover

EXTENSIONS = ("md", "markdown", "txt")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _make(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()


def _discover(*paths: str, exclude: tuple[str, ...] = (), as_found: bool = False) -> list[str]:
    """Return what is discovered as ``path``, ``path!`` where it is named, ``path (why it is skipped)``."""
    selection = Selection(Path.cwd(), EXTENSIONS, exclude, as_found)
    return [_told(candidate) for candidate in discover(paths, selection)]


def _told(candidate: Candidate) -> str:
    path = os.path.relpath(candidate.path)
    reason = candidate.skipped or candidate.unreadable
    return f"{path} ({reason})" if reason else f"{path}!" if candidate.named else path


def test_a_folder_is_walked_by_name_files_first() -> None:
    _make("b/z.md", "b/a.md", "a/x.md", "c.md", "a.md", "B.md")
    assert _discover(".") == ["B.md", "a.md", "c.md", "a/x.md", "b/a.md", "b/z.md"]


def test_extensions_whatever_their_letter_case_and_why_others_are_skipped() -> None:
    _make("a.MD", "b.markdown", "c.txt", "d.html", "Makefile", "e.md.bak", "md")
    assert _discover(".") == [
        'Makefile (no extension of "extensions")',
        "a.MD",
        "b.markdown",
        "c.txt",
        'd.html (the extension ".html" is none of "extensions")',
        'e.md.bak (the extension ".bak" is none of "extensions")',
        'md (no extension of "extensions")',
    ]


def test_hidden_files_and_folders_are_passed_over_unless_named() -> None:
    _make(".hidden/a.md", ".b.md", "c.md")
    assert _discover(".") == ["c.md"]
    assert _discover(".hidden", ".b.md") == [".hidden/a.md", ".b.md!"]


def test_a_file_that_is_named_is_named_even_where_it_is_found_first() -> None:
    _make("a/README.md", "a/x.html", "a/.hidden.md")
    assert _discover("a", "a/README.md", "./a/x.html", "a/.hidden.md") == ["a/README.md!", "a/x.html!", "a/.hidden.md!"]


def test_each_file_is_yielded_once_however_it_is_written() -> None:
    _make("a/b.md")
    assert _discover("a/b.md", "./a/b.md", "a/../a/b.md", str(Path("a/b.md").absolute()), "a", "./a") == ["a/b.md!"]


def test_ignored_files_count_only_where_they_are_named() -> None:
    _make(".git/HEAD", "a.md", "out/b.md", "in/c.md", "in/d.md")
    Path(".gitignore").write_text("/out/\n/out/*.md\na.md\n")
    Path("in/.gitignore").write_text("c.md\n")
    assert _discover(".") == ["in/d.md"]
    assert _discover("a.md", "in/c.md") == ["a.md!", "in/c.md!"]
    assert _discover("out") == ["out/b.md"], "whoever names an ignored folder wants it"


def test_the_patterns_above_a_named_folder_hold_up_to_the_repository() -> None:
    _make("outer/.git/HEAD", "outer/in/deep/a.md", "outer/in/deep/b.md")
    Path(".gitignore").write_text("b.md\n")
    Path("outer/.gitignore").write_text("a.md\n")
    assert _discover("outer/in/deep") == ["outer/in/deep/b.md"]


def test_a_gitignore_that_is_no_file_is_none() -> None:
    _make("a.md", "b.md", "sub/c.md", "patterns")
    Path("patterns").write_text("*.md\n")
    os.mkfifo(".gitignore")
    Path("sub/.gitignore").symlink_to("../patterns")
    assert _discover(".") == ["a.md", "b.md", 'patterns (no extension of "extensions")', "sub/c.md"]


def test_a_gitignore_is_read_to_the_last_line_within_the_limit() -> None:
    _make("a.md", "b.md", "c.md")
    head = b"a.md\n" + b"#" * (MAX_IGNORE_SIZE - 11) + b"\nb.md\n"
    assert len(head) == MAX_IGNORE_SIZE
    Path(".gitignore").write_bytes(head)
    assert _discover(".") == ["c.md"]
    Path(".gitignore").write_bytes(head + b"c.md\n")
    assert _discover(".") == ["c.md"], "what stands behind is not heeded"
    Path(".gitignore").write_bytes(head.replace(b"##", b"#", 1)[:-1] + b"\nc.md\n")
    assert _discover(".") == ["c.md"], "a line that is cut off is none"


def test_exclude_holds_for_found_and_named_files() -> None:
    _make("drafts/a.md", "drafts/deep/b.md", "c.md", "d.tmp.md")
    exclude = ("drafts", "*.tmp.md")
    assert _discover(".", exclude=exclude) == [
        "c.md",
        "d.tmp.md (excluded by the configuration)",
        "drafts (a folder that the configuration excludes)",
    ]
    why = 'excluded by the configuration; "--no-exclude" checks it'
    assert _discover("d.tmp.md", "drafts/deep/b.md", exclude=exclude) == [
        f"d.tmp.md ({why})",
        f"drafts/deep/b.md ({why})",
    ]
    assert _discover("drafts/deep", exclude=exclude) == ["drafts/deep/b.md (excluded by the configuration)"]


def test_exclude_is_relative_to_the_configuration_whatever_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _make("site/_news/drafts/a.md", "site/_news/b.md")
    Path("link").symlink_to("site")
    monkeypatch.chdir("site/_news")
    selection = Selection(tmp_path / "site", EXTENSIONS, ("/_news/drafts",))
    assert [_told(found) for found in discover(["."], selection)] == [
        "b.md",
        "drafts (a folder that the configuration excludes)",
    ]
    assert selection.excludes(str(tmp_path / "link/_news/drafts/a.md")), (
        "a link to the configuration's folder is that folder"
    )
    assert not selection.excludes(str(tmp_path / "_news/drafts/a.md"))


def test_as_found_gives_named_files_the_test_of_found_ones() -> None:
    _make("a.md", "b.html", "c.md")
    os.mkfifo("f.md")
    Path("gone.md").symlink_to("nowhere")
    assert _discover("a.md", "b.html", "c.md", "f.md", "gone.md", exclude=("c.md",), as_found=True) == [
        "a.md",
        'b.html (the extension ".html" is none of "extensions")',
        'c.md (excluded by the configuration; "--no-exclude" checks it)',
        "f.md (no regular file)",
        "gone.md (a link that leads nowhere)",
    ]


def test_links_to_files_are_followed_and_links_to_folders_are_not() -> None:
    _make("real/a.md", "other/z.md")
    Path("real/b.md").symlink_to("a.md")
    Path("real/folder.md").symlink_to("../other")
    Path("real/up").symlink_to("..")
    Path("real/loop.md").symlink_to("loop.md")
    Path("real/gone.md").symlink_to("nowhere")
    Path("to-real").symlink_to("real")
    found = [
        "a.md",
        "b.md",
        "folder.md (a link to a folder, which is not followed)",
        "gone.md (a link that leads nowhere)",
        "loop.md (a link that leads nowhere)",
        "up (a link to a folder, which is not followed)",
    ]
    assert _discover("real") == [f"real/{told}" for told in found]
    assert _discover("to-real") == [f"to-real/{told}" for told in found]


def test_what_is_no_regular_file_is_skipped_and_not_opened() -> None:
    os.mkfifo("f.md")
    assert _discover(".") == ["f.md (no regular file)"]
    assert _discover("f.md") == ["f.md!"], "a named one becomes NL001"


def test_names_that_are_not_utf8_and_names_of_odd_characters() -> None:
    names = [b"b\xff.md", b"\n.md", b"-x.md", b" .md", "\u202e.md".encode()]
    for name in names:
        with open(name, "wb"):
            pass
    found = [
        os.fsencode(os.path.basename(candidate.path))
        for candidate in discover(["."], Selection(Path.cwd(), EXTENSIONS))
    ]
    assert sorted(found) == sorted(names)


def test_a_path_that_is_not_there_is_told_before_anything_is_yielded() -> None:
    _make("a.md")
    for missing in ("b.md", "", "a.md/", "a.md/b", "x\0y", "n" * 300):
        with pytest.raises(MissingPathError) as caught:
            discover(["a.md", missing], Selection(Path.cwd(), EXTENSIONS))
        assert str(caught.value) == f'"{missing}" is not there'
        assert isinstance(caught.value, FileNotFoundError)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The system refuses paths of more than 4,096 bytes, even to root."""
    handle = os.open(tmp_path, os.O_RDONLY)
    name = "d" * 250
    for _ in range(20):
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
    last = _discover(".")[-1]
    assert last.endswith(f"{name} (the folder cannot be read: File name too long)")


def test_folders_deeper_than_the_calls_of_python() -> None:
    here = Path.cwd()
    try:
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        Path("a.md").touch()
        os.chdir(here)
        assert [path[-6:] for path in _discover(".")] == ["d/a.md"]
    finally:
        os.chdir(here)
        # What pytest would clean up with is one of Python's calls a folder.
        subprocess.run(["rm", "-rf", "d"], check=True)
