"""The cache's place: whatever stands there, a run comes to the same, harms nothing, and leaves a good cache if it can."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.limits import MAX_CACHE_KEYS, MAX_SHARD_SIZE
from tests.conftest import NOW
from tests.run.caching import FILES, Archive, article, kept, names, opened, put_no_file, worked_out

ALL = names(range(FILES))
TAG = """Signature: 8a477f597d28d172789f06886806bc55
# This file marks a cache of newslint (bford.info/cachedir). It can be deleted at any time: newslint clean.
"""


def _first_line(text: str, **columns: str) -> str:
    fields = dict(zip(("version", "key", "now", "number", "mark"), text.split("\n", 1)[0].split("\t"), strict=True))
    return "\t".join({**fields, **columns}.values()) + "\n" + text.split("\n", 1)[1]


def _column(number: int, value: str) -> Callable[[str], str]:
    """Return what puts a value in one column of the last entry."""

    def damage(text: str) -> str:
        head, line = text.rstrip("\n").rsplit("\n", 1)
        columns = line.split("\t")
        columns[number] = value
        return head + "\n" + "\t".join(columns) + "\n"

    return damage


DAMAGE: dict[str, Callable[[str], str | bytes]] = {
    "empty": lambda text: text[:0],
    "one byte": lambda text: text[:1],
    "no lines": lambda text: text.replace("\n", " "),
    "half of it": lambda text: text[: len(text) // 2],
    "without the last line": lambda text: text[: text.rindex("\n", 0, -1) + 1],
    "a line twice": lambda text: text + text.split("\n", 2)[1] + "\n",
    "zeros": lambda text: b"\0" * len(text),
    "noise": lambda text: bytes(range(256)) * (len(text) // 256),
    "a byte that is no ASCII": lambda text: text.encode().replace(b"kept", b"k\xe9pt"),
    "a NUL": lambda text: text.replace("\t", "\0"),
    "another version": lambda text: _first_line(text, version="newslint-cache-0"),
    "another key": lambda text: _first_line(text, key="0" * 32),
    "later": lambda text: _first_line(text, now=repr(NOW.timestamp() + 1)),
    "never": lambda text: _first_line(text, now="nan"),
    "for ever": lambda text: _first_line(text, now="inf"),
    "no time": lambda text: _first_line(text, now="today"),
    "another number": lambda text: _first_line(text, number="17"),
    "no number": lambda text: _first_line(text, number="9" * 5000),
    "the mark of other facts": lambda text: _first_line(text, mark="0" * 32),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_is_none_and_is_made_anew(warm: Archive, damage: Callable[[str], str | bytes]) -> None:
    damaged = damage(warm.shard.read_text("ascii"))
    warm.shard.write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode("ascii"))
    warm.age()
    assert warm.run() == warm.plain()
    warm.mark()
    assert kept(warm.run()) == ALL


ROW = '[[["NL602",3,9,3,10,"/title","title","m",null,"f","s",0,[],null]],0]'
ENTRIES = {
    "a list as a name": (0, '["0015.md"]'),
    "a mapping as a name": (0, "{}"),
    "a deep name": (0, "[" * 100_000),
    "no name": (0, ""),
    "a column more": (4, "\t"),
    "a mapping": (6, "{}"),
    "a deep list": (6, "[" * 100_000),
    "half a list": (6, ROW[:-2]),
    "another length": (6, "[[],0,1]"),
    "what was cut off": (6, "[[],1]"),
    "a rule that is none": (6, ROW.replace("NL602", "NL1000")),
    "a rule that is a list": (6, ROW.replace('"NL602"', "[]")),
    "a line before the first": (6, ROW.replace("3,9", "-3,9")),
    "a column that is no whole number": (6, ROW.replace("3,9", "3,1e9")),
    "a column beyond every file": (6, ROW.replace("3,9", f"3,{10**12}")),
    "comments for endless lines": (6, '[[],0,[],[["ALL",1,999999999999,0]],[]]'),
    "comments for all lines many times": (
        6,
        json.dumps([[], 0, [], [["ALL", 1, 10**6 - n, 0] for n in range(9)], []]),
    ),
    "comments for lines that end before they begin": (6, '[[],0,[],[["ALL",9,1,0]],[]]'),
    "findings about other comments": (6, f'[[],0,[],[["ALL",1,1,0],["NL901",2,2,0]],{ROW[1:-3]}]'),
}


@pytest.mark.parametrize(("column", "value"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_that_no_run_has_written_is_none(warm: Archive, column: int, value: str) -> None:
    damage = _column(column, value)
    warm.shard.write_text(str(damage(warm.shard.read_text("ascii"))))
    warm.age()
    assert (worked_out(warm.run()), kept(warm.run())) == (ALL[-1:], ALL[:-1])
    assert warm.entries() == ALL
    warm.mark()
    assert kept(warm.run()) == ALL


@pytest.mark.parametrize(("column", "value"), [(1, "soon"), (2, "9" * 5000), (3, "1.5"), (1, "")])
def test_an_entry_with_a_strange_stamp_is_known_by_the_content(warm: Archive, column: int, value: str) -> None:
    warm.shard.write_text(str(_column(column, value)(warm.shard.read_text("ascii"))))
    warm.age()
    with opened() as read:
        assert kept(warm.run()) == ALL
    assert read == [ALL[-1]]
    warm.age()
    with opened() as read:
        assert kept(warm.run()) == ALL
    assert read == []


FACTS: dict[str, Callable[[str], str | bytes]] = {
    "empty": lambda text: text[:0],
    "half of them": lambda text: text[: len(text) // 2],
    "without the last line": lambda text: text[: text.rindex("\n", 0, -1) + 1],
    "a line more": lambda text: text + "[]\n",
    "noise": lambda text: bytes(range(256)) * (len(text) // 256),
    "another version": lambda text: text.replace("newslint-cache-", "newslint-cache-1"),
    "those of another run": lambda text: re.sub(r"[0-9a-f]{32}\n", "0" * 32 + "\n", text, count=1),
    "a number": lambda text: _last_line(text, "1"),
    "deep": lambda text: _last_line(text, "[" * 100_000),
    "half a list": lambda text: _last_line(text, '[["NL901","k",["webUrl"],"v"]'),
    "a rule that has none": lambda text: _last_line(text, '[["NL602","k",["title"],"v"]]'),
    "a rule that is none": lambda text: _last_line(text, '[["NL1000","k",["title"],"v"]]'),
    "a key that is no text": lambda text: _last_line(text, '[["NL901",7,["webUrl"],"v"]]'),
}


def _last_line(text: str, line: str) -> str:
    return text.rstrip("\n").rsplit("\n", 1)[0] + f"\n{line}\n"


@pytest.mark.parametrize("damage", FACTS.values(), ids=FACTS)
def test_facts_that_are_not_those_of_a_run_are_found_anew(
    archive: Archive, damage: Callable[[str], str | bytes]
) -> None:
    """The last article's address and title are another's, too, and what was kept of it cannot tell any more."""
    (archive.news / ALL[-1]).write_text(article(0))
    plain = archive.run()
    assert {finding.code for finding in plain.findings} >= {"NL901", "NL902"}
    archive.age()
    damaged = damage(archive.facts.read_text("ascii"))
    archive.facts.write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode("ascii"))
    archive.judged.unlink()
    assert archive.run() == plain
    archive.age()
    with opened() as read:
        assert archive.run() == plain
    assert read == []


ARCHIVES: dict[str, Callable[[str], str]] = {
    "empty": lambda text: text[:0],
    "half of it": lambda text: text[: len(text) // 2],
    "deep": lambda text: "[" * 100_000 + text,
    "a number": lambda text: text[:0] + "1",
    "a file that is not checked": lambda text: text.replace('"_news/0015.md",[', '"_news/0016.md",['),
    "a path outside": lambda text: text.replace('"_news/0015.md",[', '"../secret.md",['),
    "a partner that is no text": lambda text: text.replace('["_news/0000.md"]', "[7]"),
    "a partner that is not there": lambda text: text.replace('["_news/0000.md"]', '["../secret.md"]'),
    "a partner more": lambda text: text.replace('["_news/0000.md"]', '["_news/0000.md","x"]'),
    "a rule about one article": lambda text: text.replace('"NL901"', '"NL602"'),
    "a line before the first": lambda text: re.sub(r'("NL901",)\d+', r"\1-1", text),
}


@pytest.mark.parametrize("damage", ARCHIVES.values(), ids=ARCHIVES)
def test_what_no_run_has_said_of_the_archive_is_found_anew(archive: Archive, damage: Callable[[str], str]) -> None:
    (archive.news / ALL[-1]).write_text(article(0))
    plain = archive.run()
    archive.age()
    text = archive.judged.read_text("ascii")
    assert damage(text) != text
    archive.judged.write_text(damage(text))
    assert archive.run() == plain
    assert archive.judged.read_text("ascii") == text


def test_names_lead_nowhere_and_are_only_compared(warm: Archive) -> None:
    outside = warm.root.parent / f"{warm.root.name}.md"
    outside.write_text(article(7))
    try:
        for name in (f"../../{outside.name}", str(outside), "\\u0000", "\\ud800.md", "x" * 100_000):
            text = warm.shard.read_text("ascii")
            warm.shard.write_text(str(_column(0, json.dumps(name))(text)))
            warm.age()
            with opened() as read:
                assert worked_out(warm.run()) == [ALL[-1]]
            assert read == [ALL[-1]]
            assert warm.entries() == ALL
            warm.mark()
    finally:
        outside.unlink()


def test_a_part_that_is_too_large_is_not_read(warm: Archive) -> None:
    with warm.shard.open("r+b") as stream:
        stream.truncate(MAX_SHARD_SIZE + 1)
    assert worked_out(warm.run()) == ALL
    assert warm.shard.stat().st_size < 100_000


@pytest.mark.parametrize("way", ["fifo", "link", "dangling link", "folder"])
def test_what_is_no_file_in_the_place_of_one(warm: Archive, way: str) -> None:
    shard, moved = warm.shard, warm.root / "moved"
    shard.rename(moved)
    before = moved.read_bytes()
    put_no_file(shard, way, moved, warm.root / "absent")
    report = warm.run()
    assert worked_out(report) == ([] if way == "link" else ALL)
    assert moved.read_bytes() == before
    assert not (warm.root / "absent").exists()
    assert shard.is_dir() == (way == "folder")
    assert list(warm.cache.glob("*/*.tmp")) == []
    if way in ("fifo", "dangling link"):
        assert shard.is_file()
        assert not shard.is_symlink()


def test_a_folder_in_the_place_of_one_part_does_not_cost_the_others(archive: Archive) -> None:
    old = archive.news / "old"
    old.mkdir()
    for number in range(100, 105):
        (old / f"{number:04}.md").write_text(article(number))
    archive.run()
    for shard in archive.shards:
        shard.rename(archive.root / "moved")
        shard.mkdir()
        archive.run()
        assert len(list(archive.cache.glob("*/*.shard"))) == 2
        archive.mark()
        assert len(kept(archive.run())) in (5, FILES)
        shard.rmdir()
        (archive.root / "moved").rename(shard)


def test_a_file_in_the_place_of_the_cache_stays(archive: Archive) -> None:
    archive.cache.write_text("mine")
    for _ in range(2):
        assert archive.run() == archive.plain()
    assert archive.cache.read_text() == "mine"


def test_a_link_in_the_place_of_the_cache_is_not_followed(archive: Archive) -> None:
    elsewhere = archive.root / "elsewhere"
    elsewhere.mkdir()
    archive.cache.symlink_to(elsewhere)
    for _ in range(2):
        assert archive.run() == archive.plain()
    assert list(elsewhere.iterdir()) == []
    # Whoever names it knows where it leads.
    archive.run(given=True)
    archive.mark()
    assert kept(archive.run(given=True)) == ALL
    assert kept(archive.run()) == []


def test_a_link_in_the_place_of_a_key_is_not_followed(warm: Archive) -> None:
    key, elsewhere = warm.shard.parent, warm.root / "elsewhere"
    key.rename(elsewhere)
    key.symlink_to(elsewhere)
    before = [path.read_bytes() for path in elsewhere.iterdir()]
    assert worked_out(warm.run()) == ALL
    assert [path.read_bytes() for path in elsewhere.iterdir()] == before


def test_a_place_that_cannot_be_written_is_no_error(archive: Archive) -> None:
    for place in ("/proc/newslint", "/dev/null/cache", str(archive.news / "0000.md" / "x"), "x" * 300):
        assert archive.run(cache=Path(place), given=True) == archive.plain()


def test_a_folder_that_holds_something_else_is_left_as_it_is(archive: Archive) -> None:
    """With ``--cache-dir .`` the cache's own .gitignore would hide every article from Git, and from newslint."""
    for _ in range(2):
        assert archive.run(cache=archive.news, given=True) == archive.plain()
    assert sorted(os.listdir(archive.news)) == ALL
    archive.cache.mkdir()
    archive.run()
    assert len(os.listdir(archive.cache)) == 3


def test_the_folder_says_what_it_is(warm: Archive) -> None:
    assert (warm.cache / "CACHEDIR.TAG").read_text() == TAG
    assert (warm.cache / ".gitignore").read_text() == "*\n"
    key = warm.shard.parent
    assert sorted(os.listdir(warm.cache)) == sorted([".gitignore", "CACHEDIR.TAG", key.name])
    warm.run()
    names_there = sorted(path.name for path in (warm.shard, warm.facts, warm.judged, *warm.runs))
    assert len(names_there) == 4
    assert sorted(os.listdir(key)) == names_there
    # What a run was killed over is written by the next one.
    (warm.cache / ".gitignore").unlink()
    (warm.cache / "CACHEDIR.TAG").write_text(TAG[:20])
    (warm.news / ALL[0]).touch()
    warm.run()
    assert (warm.cache / ".gitignore").read_text() == "*\n"


def test_what_a_killed_run_leaves_is_in_nobodys_way(warm: Archive) -> None:
    """In a container each run may have the same number."""
    left = warm.shard.with_name(f"{warm.shard.name}.{os.getpid()}.tmp")
    left.write_text("half")
    (warm.news / ALL[0]).write_text(article(70))
    warm.run()
    warm.age()
    with opened() as read:
        assert worked_out(warm.run()) == [ALL[0]]
    assert read == []


def test_four_configurations_are_kept_side_by_side(archive: Archive) -> None:
    configs = [f"max-findings = {number}\n" for number in range(20, 20 + MAX_CACHE_KEYS + 1)]
    (archive.cache / "mine").mkdir(parents=True)
    (archive.cache / "CACHEDIR.TAG").write_text(TAG)
    for name in ("a.shrd", "b.tmp", f"{'0' * 32}.tmp"):
        (archive.cache / "mine" / name).touch()
    for number, config in enumerate(configs):
        archive.run(config=config)
        os.utime(archive.shards[-1].parent, (1000 + number, 1000 + number))
    archive.mark()
    assert [kept(archive.run(config=config)) == ALL for config in configs[1:]] == [True] * MAX_CACHE_KEYS
    assert len(archive.shards) == MAX_CACHE_KEYS
    assert kept(archive.run(config=configs[0])) == []
    # What newslint did not make stays, whatever it is called.
    assert sorted(os.listdir(archive.cache / "mine")) == sorted(["a.shrd", "b.tmp", f"{'0' * 32}.tmp"])
