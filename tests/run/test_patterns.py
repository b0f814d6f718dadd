"""Patterns mean what they mean to Git: compared with ``git check-ignore`` over thousands of patterns and paths."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from newslint.run.discovery import Selection, discover
from newslint.run.patterns import Patterns, _expression, read_patterns

NAMES = ["a", "b", "ab", "a.md", "b.md", "build", "x y", "[a]", "a*", "é", "aé", "]", "-"]
PIECES = (  # noqa: SIM905 - a list would take a line for each
    "a|b|ab|a.md|build|é|*|*|**|**|***|?|*.md|a*|?é|a*b|*a*|**.md|a**b|a**|?**|[ab]**|**b|a*b*c|*[ab]*|x y|x\\ y|"
    r"[ab]|[!a]|[^b]*|[a-b].md|[]a]|[!]b]|[a-]|[-a]|[b-a]|[|[a|[[]a]|[\]a]|[[:alpha:]]*|[[:x:]]|[[:]a]|[é]|\*|\[a\]|\a"
).split("|")


def _pattern(chance: random.Random) -> str:
    text = "/".join(chance.choice(PIECES) for _ in range(chance.choice([1, 1, 1, 2, 2, 3])))
    text = "/" + text if chance.random() < 0.3 else text
    text = text + "/" if chance.random() < 0.3 else text
    text = "!" + text if chance.random() < 0.3 else text
    text += chance.choice([" ", "  ", "\\ ", "\r", "\t"]) if chance.random() < 0.1 else ""
    return chance.choice(["#", "\\#", "\\!", "!!"]) + text if chance.random() < 0.06 else text


def _tree(chance: random.Random) -> list[str]:
    paths = {"/".join(chance.choice(NAMES) for _ in range(chance.randint(1, 4))) for _ in range(24)}
    return sorted(path for path in paths if not any(other.startswith(f"{path}/") for other in paths))


def _ignored(root: Path, paths: list[str]) -> set[str]:
    """Return those of the paths that Git ignores."""
    result = subprocess.run(
        ["git", "check-ignore", "-z", "--stdin", "--no-index"],
        input="\0".join(paths).encode() + b"\0",
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert result.returncode in (0, 1), result.stderr
    return set(result.stdout.decode().split("\0")) - {""}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_matching_is_that_of_git(repository: Path) -> None:
    chance = random.Random(20240124)
    cases: dict[str, tuple[list[str], list[str]]] = {}
    for number in range(1500):
        patterns = [_pattern(chance) for _ in range(chance.randint(1, 5))]
        folder = repository / f"case{number}"
        folder.mkdir()
        (folder / ".gitignore").write_bytes("\n".join(patterns).encode())
        cases[folder.name] = (patterns, _tree(chance))
    ignored = _ignored(repository, [f"{name}/{path}" for name, (_, tree) in cases.items() for path in tree])
    assert len(ignored) > 5000
    for name, (patterns, tree) in cases.items():
        read = read_patterns("\n".join(patterns).encode())
        found = {path for path in tree if read.match(path)}
        assert found == {path for path in tree if f"{name}/{path}" in ignored}, patterns


def test_a_walk_finds_what_git_does_not_ignore(repository: Path) -> None:
    """Nested .gitignore files, ``.git/info/exclude``, and folders of which nothing can be taken back."""
    chance = random.Random(20240125)
    files: list[str] = []
    (repository / ".git" / "info" / "exclude").write_text("build\n")
    (repository / ".gitignore").write_text("case3*/b/\n!case39/b\n")
    for number in range(150):
        tree = _tree(chance)
        folders = {str(Path(path).parent) for path in tree}
        for path in tree:
            file = repository / f"case{number}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            files.append(f"case{number}/{path}")
        for folder in sorted({".", *folders}):
            if folder == "." or chance.random() < 0.4:
                lines = [_pattern(chance) for _ in range(chance.randint(1, 3))]
                (repository / f"case{number}" / folder / ".gitignore").write_bytes("\n".join(lines).encode())
    ignored = _ignored(repository, files)
    assert len(ignored) > 500
    selection = Selection(repository, ("md",))
    found = {str(Path(candidate.path).relative_to(repository)) for candidate in discover([str(repository)], selection)}
    assert sorted(found) == sorted(set(files) - ignored)


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("drafts", ["drafts/a.md", "_news/drafts", "a/drafts/b/c.md"], ["drafts2/a.md", "mydrafts"]),
        ("/drafts", ["drafts/a.md"], ["_news/drafts/a.md"]),
        ("_news/drafts", ["_news/drafts/a.md"], ["x/_news/drafts/a.md"]),
        ("drafts/", ["drafts/a.md"], ["drafts"]),
        ("_news/2019-*", ["_news/2019-01-01-a.md"], ["_news/x/2019-01-01-a.md", "_news/2020-01-01-a.md"]),
        ("**/old/*.md", ["old/a.md", "a/b/old/c.md"], ["old/x/a.md", "old/a.txt"]),
        ("a/**/b", ["a/b", "a/x/y/b"], ["x/a/b"]),
        ("a/**", ["a/b", "a/b/c"], ["a"]),
        ("*.m?", ["a.md", "x/b.mx"], ["a.m", "a.mdd"]),
        ("r\u00e9sum\u00e9*", ["r\u00e9sum\u00e9.md"], ["resume.md"]),
        ("caf??", ["caf\u00e9"], ["caf\u00e9s"]),
    ],
)
def test_what_a_pattern_matches(pattern: str, matched: list[str], not_matched: list[str]) -> None:
    patterns = Patterns([pattern])
    assert [path for path in matched if not patterns.match(path)] == []
    assert [path for path in not_matched if patterns.match(path)] == []


def test_the_last_pattern_wins_but_not_below_a_matched_folder() -> None:
    patterns = Patterns(["*.md", "!keep.md", "old", "!old/keep.md"])
    assert patterns.match("a.md")
    assert not patterns.match("x/keep.md")
    assert patterns.match("old/keep.md")


def test_a_path_outside_the_folder_is_matched_by_its_own_names_only() -> None:
    assert Patterns([".*"]).match("../site/.hidden/a.md")
    assert not Patterns([".*"]).match("../../site/a.md")


def test_lines_end_at_line_feeds_only_and_bytes_need_not_be_utf8() -> None:
    patterns = read_patterns(b"\xef\xbb\xbfa\x0cb\r\nc\xe2\x80\xa8d\nx\xff*")
    assert patterns.match("a\x0cb")
    assert not patterns.match("b")
    assert patterns.match("c\u2028d")
    assert patterns.match("x\udcffy")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 60 + "b", "a" * 255),
        ("*" + "?*" * 60 + "b", "a" * 255),
        ("[ab]*" * 60 + "c", "ab" * 120),
        ("**/a/" * 60 + "b", "a/" * 1000 + "c"),
        ("**/*a*a*a/" * 40 + "b", "aaaa/" * 500 + "c"),
        ("*/" * 100 + "b", "a/" * 2000),
        ("**/" * 1000 + "b", "a/" * 2000),
    ],
    ids=["stars", "any", "brackets", "folders", "stars in folders", "levels", "doubled"],
)
def test_no_pattern_makes_matching_hang(pattern: str, path: str) -> None:
    assert Patterns([pattern]).verdict(path) is None


def test_a_bracket_is_a_few_ranges_however_many_characters_it_matches() -> None:
    # One that names 255 characters each takes a tenth of a millisecond to compile, and a .gitignore holds 30,000.
    assert _expression("[!a]*[b-d/]") == r"[\x00-\x2e\x30-\x60\x62-\xff][^/]*[\x62-\x64]"


def test_a_pattern_longer_than_any_path_matches_nothing() -> None:
    assert not Patterns(["*" * 5000]).match("a")
