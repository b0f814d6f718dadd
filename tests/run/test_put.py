"""A file that newslint makes stands there whole or not at all, and what is no regular file is written to as it is."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from newslint.run.put import put


def _left_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_has_the_usual_mode(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        put(str(tmp_path / "a.json"), b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o666 & ~umask
    assert _left_in(tmp_path) == ["a.json"]


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o664])
def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    file, other = tmp_path / "a.json", tmp_path / "b.json"
    file.write_bytes(b"old, and longer than the new one")
    os.link(file, other)
    file.chmod(mode)
    put(str(file), b"new")
    assert (file.read_bytes(), other.read_bytes()) == (b"new", b"old, and longer than the new one")
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert _left_in(tmp_path) == ["a.json", "b.json"]


def test_a_name_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put("a.json", b"new")
    assert _left_in(tmp_path) == ["a.json"]


def test_a_link_leads_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real/a.json")
    (tmp_path / "new.json").symlink_to("real/b.json")
    put(str(tmp_path / "link.json"), b"new")
    put(str(tmp_path / "new.json"), b"newer")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "new.json").is_symlink()
    assert (tmp_path / "real" / "a.json").read_bytes() == b"new"
    assert (tmp_path / "real" / "b.json").read_bytes() == b"newer"
    assert _left_in(tmp_path / "real") == ["a.json", "b.json"]


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe, taken = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()
    # More than a pipe holds.
    put(str(pipe), b"x" * 1_000_000)
    reader.join(timeout=30)
    assert list(map(len, taken)) == [1_000_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert _left_in(tmp_path) == ["pipe"]


@pytest.mark.parametrize("what", ["absent/a.json", ".", "loop", "a.json/b", "x" * 300, "nul\0"])
def test_a_place_that_cannot_be_written_raises_and_nothing_is_left(tmp_path: Path, what: str) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises((OSError, ValueError)):
        put(str(tmp_path / what), b"new")
    assert _left_in(tmp_path) == ["a.json", "loop"]
    assert (tmp_path / "a.json").read_bytes() == b"old"


PROGRAM = """
import sys
from newslint.run.put import put
print("before")
put(sys.argv[1], b"put\\n")
print("after")
"""


@pytest.mark.parametrize("target", ["/dev/stdout", "/proc/self/fd/1", "out"])
def test_what_standard_output_goes_to_is_written_in_order(tmp_path: Path, target: str) -> None:
    """A file that was replaced would lose what is printed after it: the stream writes on into the old one."""
    out = tmp_path / "out"
    with out.open("wb") as stream:
        subprocess.run([sys.executable, "-c", PROGRAM, target], cwd=tmp_path, stdout=stream, timeout=60, check=True)
    assert out.read_bytes() == b"before\nput\nafter\n"
    assert _left_in(tmp_path) == ["out"]
    with (tmp_path / "log").open("wb") as stream:
        subprocess.run([sys.executable, "-c", PROGRAM, "/dev/stderr"], stdout=stream, stderr=stream, check=True)
    assert (tmp_path / "log").read_bytes() == b"before\nput\nafter\n"


def test_standard_output_as_a_pipe_and_closed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "/dev/stdout"]
    piped = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=True)
    assert piped.stdout == b"before\nput\nafter\n"
    shell = f"'{sys.executable}' -c '{PROGRAM}' a.json >&- 2>&-"
    assert subprocess.run(["bash", "-c", shell], cwd=tmp_path, timeout=60, check=False).returncode == 0
    assert (tmp_path / "a.json").read_bytes() == b"put\n"


def test_parts_are_one_file_or_none(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    put(str(file), (part for part in (b"one", b"", b"two")))
    assert file.read_bytes() == b"onetwo"

    def broken() -> Iterator[bytes]:
        yield b"three"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        put(str(file), broken())
    assert (file.read_bytes(), _left_in(tmp_path)) == (b"onetwo", ["a.json"])
