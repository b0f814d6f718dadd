"""Packed archives: as the folder they were made of, whoever packed them, and however badly."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newslint.limits import MAX_FILE_SIZE
from newslint.run.members import ArchiveError, Member
from newslint.run.tars import read_members as read_tar
from newslint.run.zips import count_members
from newslint.run.zips import read_members as read_zip
from tests.conftest import BASE, Command, with_fields
from tests.run.caching import article

CHECK = ("check", "--now", "2024-06-01T00:00:00Z")
CONFIG = """exclude = ["drafts"]
[per-file-ignores]
"_news/03.md" = ["NL602"]
[[kinds]]
name = "note"
files = ["_notes/**"]
schema = "note.json"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with articles in ``_news``, other files, and all of it packed in several ways beside it."""
    root = tmp_path_factory.mktemp("packed")
    folder = root / "site"
    files = {f"_news/{number:02}.md": article(number - number % 7 // 6, clean=number % 2 == 0) for number in range(20)}
    files |= {
        "_news/caf\u00e9.md": article(40),
        "_news/.hidden.md": article(41),
        ".git/x.md": article(42),
        "_news/sub/picture.jpg": "x",
        "_news/readme.md": "no article\n",
        "_news/large.md": BASE + "x" * MAX_FILE_SIZE,
        "_news/empty.md": "",
        "_notes/a.md": "---\ntitle: A\n---\n",
        "drafts/x.md": article(43),
        "newslint.toml": CONFIG,
        "note.json": '{"type": "object", "properties": {"title": {"type": "integer"}}}',
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for name in ("newslint.toml", "note.json"):
        shutil.copyfile(folder / name, root / name)
    with zipfile.ZipFile(root / "deflated.ZIP", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.write(folder / name, name)
        archive.mkdir("_news/folder.md")
    with zipfile.ZipFile(root / "stored.zip", "w", zipfile.ZIP_STORED) as archive:
        for name in files:
            archive.write(folder / name, name)
    # A program in front, as archives have that unpack themselves.
    (root / "behind.zip").write_bytes(b"#!/bin/sh\n" * 50 + (root / "stored.zip").read_bytes())
    streamed = io.BytesIO()
    with zipfile.ZipFile(_Unseekable(streamed), "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            with archive.open(name, "w", force_zip64=True) as member:
                member.write((folder / name).read_bytes())
    (root / "streamed.zip").write_bytes(streamed.getvalue())
    formats = {"gnu.tar": tarfile.GNU_FORMAT, "pax.tar.gz": tarfile.PAX_FORMAT, "ustar.tgz": tarfile.USTAR_FORMAT}
    link = folder / "_news" / "link.md"
    link.symlink_to("00.md")
    for name, form in formats.items():
        with tarfile.open(root / name, "w" if name.endswith(".tar") else "w:gz", format=form) as tar:
            tar.add(folder, ".")
    link.unlink()
    return root


class _Unseekable(io.RawIOBase):
    """A stream that an archive has to be written to from its beginning to its end."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._stream.write(data)  # type: ignore[arg-type]


def _report(done: subprocess.CompletedProcess[bytes], prefix: str) -> Any:
    assert (done.returncode, done.stderr) == (1, b""), done.stderr
    report = json.loads(done.stdout.decode().replace(prefix, ""))
    # Of a folder that is excluded there is one account, of an archive one for each file in it.
    del report["summary"]["skipped"]
    return report


@pytest.fixture(scope="module")
def expected(site: Path) -> Any:
    """What the folder comes to."""
    words = [sys.executable, "-m", "newslint", *CHECK, "--output-format", "json", "--no-cache", "."]
    return _report(subprocess.run(words, cwd=site / "site", capture_output=True, check=False), "")


@pytest.mark.parametrize(
    "name", ["deflated.ZIP", "stored.zip", "behind.zip", "streamed.zip", "gnu.tar", "pax.tar.gz", "ustar.tgz"]
)
def test_an_archive_comes_to_the_same_as_its_folder(site: Path, newslint: Command, expected: Any, name: str) -> None:
    done = newslint(*CHECK, "--output-format", "json", "--no-cache", name, cwd=site)
    assert _report(done, f"{name}!/") == expected
    paths = {finding["path"] for finding in expected["findings"]}
    assert {"_news/caf\u00e9.md", "_news/large.md", "_notes/a.md", "_news/05.md", "_news/06.md"} <= paths
    assert not paths & {"_news/03.md", "drafts/x.md", "_news/.hidden.md", ".git/x.md"}


@pytest.mark.parametrize("name", ["deflated.ZIP", "pax.tar.gz"])
def test_an_archive_comes_to_the_same_however_the_work_is_done(
    site: Path, newslint: Command, expected: Any, tmp_path: Path, name: str
) -> None:
    cache = ("--cache-dir", str(tmp_path / "cache"))
    threads = ("--no-cache", "--executor", "concurrent.futures:ThreadPoolExecutor")
    for means in ((*cache, "--jobs", "2"), cache, threads):
        done = newslint(*CHECK, "--output-format", "json", *means, name, cwd=site)
        assert _report(done, f"{name}!/") == expected, means
    said = newslint(*CHECK, *cache, "--verbose", name, cwd=site).stderr.decode()
    # All 23 articles, and two that are none.
    assert re.search(r"23 files checked in .* s, 25 of them kept from an earlier run", said), said


def test_what_is_in_an_archive_is_listed(site: Path, newslint: Command) -> None:
    lines = newslint("check", "--show-files", "deflated.ZIP", cwd=site).stdout.decode().splitlines()
    assert "check  deflated.ZIP!/_news/00.md as article (looks like an article)" in lines
    assert "check  deflated.ZIP!/_notes/a.md as note (its kind's files name it)" in lines
    assert (
        'skip   deflated.ZIP!/_news/sub/picture.jpg (the extension "jpg" is none of "extensions")'.replace(
            '"jpg"', '".jpg"'
        )
        in lines
    )
    assert "skip   deflated.ZIP!/drafts/x.md (excluded by the configuration)" in lines
    assert not any("hidden" in line or ".git" in line for line in lines)


@pytest.mark.parametrize("option", ["--fix", "--diff", "--add-suppressions", "--watch", "--diff-base=HEAD"])
def test_an_archive_is_only_read(site: Path, newslint: Command, option: str) -> None:
    before = (site / "gnu.tar").read_bytes()
    done = newslint("check", option, "gnu.tar", cwd=site)
    said = f'newslint: {option.partition("=")[0]} is about files of this machine, and "gnu.tar" is only read'
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(said)
    assert (site / "gnu.tar").read_bytes() == before


def test_an_archive_that_is_named_among_changed_files_is_no_article(site: Path, newslint: Command) -> None:
    done = newslint("check", "--as-found", "--fix", "gnu.tar", cwd=site)
    assert done.stdout == b"0 files checked, 1 skipped: nothing was linted (--show-files tells why)\n"


def test_an_archive_is_compared_with(site: Path, newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text(article(3, clean=True))
    done = newslint("check", "--isolated", "--corpus", str(site / "pax.tar.gz"), "new.md")
    assert f"    = {site}/pax.tar.gz!/_news/03.md:7:9: the same address\n" in done.stdout.decode()
    assert done.stdout.decode().splitlines()[-1].startswith("1 file checked, 2 findings")


def _zip(folder: Path, change: Callable[[bytes], bytes], text: str = BASE) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", text)
    path = folder / "a.zip"
    path.write_bytes(change(stream.getvalue()))
    return path


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new)


def _replaced_by(other: bytes) -> Callable[[bytes], bytes]:
    return lambda _: other


def _method(number: int) -> Callable[[bytes], bytes]:
    return lambda data: data[: (at := data.rindex(b"PK\1\2"))] + data[at : at + 10] + bytes([number]) + data[at + 11 :]


def _flag(data: bytes) -> bytes:
    at = data.rindex(b"PK\1\2")
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


def _damaged(data: bytes) -> bytes:
    at = data.index(b"a.md") + 4
    return data[:at] + bytes(byte ^ 0x55 for byte in data[at : at + 40]) + data[at + 40 :]


def _checksum(data: bytes) -> bytes:
    at = data.rindex(b"PK\1\2") + 16
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            _replaced_by(b""),
            "a.zip:1:1: error NL001 unreadable-file: the archive cannot be read: it has no directory, so it is cut off or no .zip",
        ),
        (
            lambda data: data[:-30],
            "a.zip:1:1: error NL001 unreadable-file: the archive cannot be read: it has no directory, so it is cut off or no .zip",
        ),
        (
            lambda data: data[50:],
            "a.zip:1:1: error NL001 unreadable-file: the archive cannot be read: its directory is damaged",
        ),
        (
            _replaced(b"PK\1\2", b"PK\1\3"),
            "a.zip:1:1: error NL001 unreadable-file: the archive cannot be read: its directory is damaged",
        ),
        (
            _method(93),
            "a.zip!/a.md:1:1: error NL001 unreadable-file: the file cannot be unpacked: it is packed by method 93, which newslint does not read",
        ),
        (_flag, "a.zip!/a.md:1:1: error NL001 unreadable-file: the file cannot be unpacked: it is encrypted"),
        (
            _checksum,
            "a.zip!/a.md:1:1: error NL001 unreadable-file: the file cannot be unpacked: it is damaged: its checksum is another",
        ),
        (
            _replaced(b"PK\3\4", b"PK\3\5"),
            "a.zip!/a.md:1:1: error NL001 unreadable-file: the file cannot be unpacked: it does not stand where the archive's directory says",
        ),
    ],
)
def test_a_zip_that_is_damaged_is_a_finding(
    tmp_path: Path, newslint: Command, change: Callable[[bytes], bytes], said: str
) -> None:
    _zip(tmp_path, change)
    done = newslint("check", "--output-format", "concise", "a.zip")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().splitlines()[0] == said


def test_bytes_that_cannot_be_unpacked_are_a_finding(tmp_path: Path, newslint: Command) -> None:
    _zip(tmp_path, _damaged)
    done = newslint("check", "--output-format", "concise", "a.zip")
    start = b"a.zip!/a.md:1:1: error NL001 unreadable-file: the file cannot be unpacked: it is damaged: "
    assert done.stdout.startswith(start)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_replaced_by(b"x" * 2_000), "truncated header"),
        (lambda data: b"x" * 600 + data, "bad checksum"),
        (lambda data: data[: len(BASE)], "it is cut off"),
    ],
)
def test_a_tar_that_is_damaged_is_a_finding(
    tmp_path: Path, newslint: Command, change: Callable[[bytes], bytes], reason: str
) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.md").write_text(BASE)
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(tmp_path / "x", "x")
    (tmp_path / "a.tar").write_bytes(change((tmp_path / "b.tar").read_bytes()))
    done = newslint("check", "--output-format", "concise", "a.tar")
    assert (done.returncode, done.stderr) == (1, b"")
    assert (
        done.stdout.decode()
        .splitlines()[0]
        .startswith("a.tar:1:1: error NL001 unreadable-file: the archive cannot be read: ")
    )


def _all(name: str) -> bool:
    return True


def _kept(read: Callable[[], list[Member]]) -> tuple[list[Member], int]:
    """Return what is read, and how many bytes of memory it took at most."""
    tracemalloc.start()
    try:
        return read(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_member_that_unpacks_to_gigabytes_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.md", "w", force_zip64=True) as one,
    ):
        for _ in range(300):
            one.write(bytes(1_000_000))
    (member,), memory = _kept(lambda: list(read_zip(lambda: path.open("rb"), _all, 1_000)))
    assert (member.name, member.data) == ("a.md", bytes(1_001))
    assert memory < 1_000_000


def test_members_that_lie_on_each_other_are_each_read_no_further_than_the_limit(tmp_path: Path) -> None:
    """As a bomb has them: one body, and a directory with a thousand names for it."""
    body = zlib.compress(bytes(10_000_000), 9)[2:-4]
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(body), 10_000_000, 0, 0)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(body), 10_000_000, 4, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + f"{number:04}".encode() for number in range(1_000))
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1_000, 1_000, len(directory), len(local) + len(body), 0)
    path = tmp_path / "a.zip"
    path.write_bytes(local + body + directory + end)
    sizes = [len(member.data or b"") for member in read_zip(lambda: path.open("rb"), _all, 1_000)]
    assert sizes == [1_001] * 1_000


def test_a_tar_that_unpacks_to_far_more_than_articles_do_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.run.tars.UNPACKED_ANYWAY", 1_000_000)
    path = tmp_path / "a.tar.gz"
    header = tarfile.TarInfo("a.jpg")
    header.size = 10**12
    with gzip.open(path, "wb", compresslevel=9) as stream:
        stream.write(header.tobuf())
        for _ in range(20):
            stream.write(bytes(1_000_000))
    with pytest.raises(ArchiveError, match=r"^it unpacks to more than 200 times its size$"):
        list(read_tar(lambda: path.open("rb"), _all, 1_000, packed=True))


@pytest.mark.parametrize("kind", [b"L", b"x"], ids=["long name", "pax"])
def test_a_header_of_any_size_is_not_read(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = kind, 4 * 2**30
    with path.open("wb") as stream:
        stream.write(header.tobuf())
        stream.truncate(4 * 2**30)
    with pytest.raises(ArchiveError, match=r"^one of its headers is too large$"):
        list(read_tar(lambda: path.open("rb"), _all, 1_000, packed=False))


def test_a_large_archive_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    def made(count: int) -> int:
        path = tmp_path / f"{count}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(count):
                archive.writestr(f"_news/{number}.md", "x")
        assert count_members(lambda: path.open("rb")) == count
        _, memory = _kept(lambda: [member for member in read_zip(lambda: path.open("rb"), _all, 9) if not member.name])
        return memory

    assert made(12_000) < made(3_000) + 10_000


def test_an_archive_of_more_than_65_535_files_has_a_larger_directory(tmp_path: Path) -> None:
    def enlarged(data: bytes) -> bytes:
        at = data.rindex(b"PK\5\6")
        _, _, _, _, count, size, offset, _ = struct.unpack_from("<4s4H2LH", data, at)
        end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
        locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
        return data[:at] + end + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)

    path = _zip(tmp_path, enlarged)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["a.md"]
    for data in (path.read_bytes(), b"in front" + path.read_bytes()):
        path.write_bytes(data)
        assert list(read_zip(lambda: path.open("rb"), _all, 2_000)) == [("a.md", BASE.encode(), None)]


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz"])
def test_whatever_an_archive_holds_it_is_read_or_given_up(tmp_path: Path, ending: str) -> None:
    chance = random.Random(ending)
    path = tmp_path / f"a.{ending}"
    if ending == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(3):
                archive.writestr(f"{number}.md", BASE)
    else:
        with tarfile.open(path, "w" if ending == "tar" else "w:gz") as tar:
            for number in range(3):
                info = tarfile.TarInfo(f"{'x' * 120}{number}.md")
                info.size = len(BASE)
                tar.addfile(info, io.BytesIO(BASE.encode()))
    whole = path.read_bytes()
    outcomes: set[type] = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        try:
            if ending == "zip":
                members = list(read_zip(lambda: path.open("rb"), _all, 2_000))
            else:
                members = list(read_tar(lambda: path.open("rb"), _all, 2_000, packed=ending != "tar"))
        except (ArchiveError, OSError) as error:
            outcomes.add(type(error))
        else:
            outcomes.update(type(member.data) for member in members)
    assert {ArchiveError, bytes} <= outcomes


def test_names_that_are_not_utf8_or_lead_elsewhere_are_names(tmp_path: Path, newslint: Command) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", encoding="utf-8", errors="surrogateescape") as tar:
        for name in ("\udcff.md", "../../up.md", "/etc/x.md", "s3://bucket/x.md", "new\nline.md"):
            data = with_fields('title: " x"\n').encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    done = newslint("check", "--isolated", "--select", "NL602", "--output-format", "concise", "a.tar")
    assert (done.returncode, done.stderr) == (1, b"")
    shown = [line.partition(":3:")[0] for line in done.stdout.decode().splitlines()[:-1]]
    assert shown == [
        "a.tar!//etc/x.md",
        "a.tar!/new\\nline.md",
        "a.tar!/s3://bucket/x.md",
        "a.tar!/\\xff.md",
    ]
    assert sorted(os.listdir(tmp_path)) == ["a.tar"]


@pytest.mark.parametrize("name", ["zip", "tar.gz"])
def test_what_a_folder_is_counted_under_its_archive_is(tmp_path: Path, newslint: Command, name: str) -> None:
    news = tmp_path / "_news"
    news.mkdir()
    for number in range(9):
        (news / f"2024-01-0{number + 1}-a.md").write_text(article(number, clean=number % 2 == 0))
    shutil.make_archive(str(tmp_path / "site"), "gztar" if name == "tar.gz" else name, tmp_path, "_news")
    packed = f"site.{name}"
    stats = ("stats", "--isolated", "--output-format", "json")
    assert newslint(*stats, packed, cwd=tmp_path).stdout == newslint(*stats, "_news", cwd=tmp_path).stdout
    for by in ("provider", "kind"):
        count = ("check", "--isolated", "--group-by", by, "--output-format", "json", "--now", "2024-06-01T00:00:00Z")
        told = [json.loads(newslint(*count, path, cwd=tmp_path).stdout)["groups"] for path in (packed, "_news")]
        assert told[0] == told[1] != {}
    page = ("check", "--isolated", "--exit-zero", "--output-format", "html", "--now", "2024-06-01T00:00:00Z")
    pages = [newslint(*page, path, cwd=tmp_path).stdout.decode() for path in (packed, "_news")]
    views = [page[page.index('id="archive"') : page.index("<footer")] for page in pages]
    assert views[0] == views[1]
