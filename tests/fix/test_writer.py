"""New bytes in a file's place: whole or not at all, with the mode, through links, and never over somebody else's work."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from newslint.fix.writer import NotWrittenError, WriteFailedError, write_file


def left_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_new_bytes_stand_there_with_the_old_mode(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old\r\n")
    file.chmod(mode)
    write_file(str(file), b"old\r\n", b"\xef\xbb\xbfnew\r\nno line end")
    assert file.read_bytes() == b"\xef\xbb\xbfnew\r\nno line end"
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert left_in(tmp_path) == ["a.md"]


def test_the_file_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    file, other = tmp_path / "a.md", tmp_path / "b.md"
    file.write_bytes(b"old")
    os.link(file, other)
    write_file(str(file), b"old", b"new")
    assert (file.read_bytes(), other.read_bytes()) == (b"new", b"old")


def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    target = tmp_path / "here" / "a.md"
    target.write_bytes(b"old")
    (tmp_path / "middle.md").symlink_to("here/a.md")
    link = tmp_path / "link.md"
    link.symlink_to("middle.md")
    write_file(str(link), b"old", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert left_in(tmp_path) == ["here", "link.md", "middle.md"]
    assert left_in(tmp_path / "here") == ["a.md"]


def test_a_name_of_the_greatest_length_is_no_hindrance(tmp_path: Path) -> None:
    file = tmp_path / ("é" * 126 + ".md")
    file.write_bytes(b"old")
    write_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("now", [b"older", b"ol", b"", b"xld"])
def test_a_file_that_has_changed_meanwhile_is_not_overwritten(tmp_path: Path, now: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(now)
    with pytest.raises(NotWrittenError, match="it has changed since it was read"):
        write_file(str(file), b"old", b"new")
    assert file.read_bytes() == now
    assert left_in(tmp_path) == ["a.md"]


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "folder.md").mkdir()
    for name in ("fifo.md", "folder.md"):
        with pytest.raises(NotWrittenError, match="it is no regular file"):
            write_file(str(tmp_path / name), b"", b"new")
    with pytest.raises(NotWrittenError, match="it is no regular file"):
        write_file("/dev/null", b"", b"new")
    assert left_in(tmp_path) == ["fifo.md", "folder.md"]


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(WriteFailedError, match="No such file"):
        write_file(str(tmp_path / "a.md"), b"old", b"new")
    assert left_in(tmp_path) == []


AS_NOBODY = """
import os, sys
from newslint.fix.writer import NotWrittenError, write_file
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    write_file(sys.argv[1], b"old", b"new")
except NotWrittenError as error:
    print(type(error).__name__, error)
"""


def test_a_protected_file_or_folder_is_left_alone() -> None:
    # Root may write anything: another user does it, in a folder that everybody may enter.
    with tempfile.TemporaryDirectory() as name:
        protected, folder = Path(name) / "a.md", Path(name) / "closed"
        Path(name).chmod(0o777)
        protected.write_bytes(b"old")
        protected.chmod(0o444)
        folder.mkdir()
        inner = folder / "b.md"
        inner.write_bytes(b"old")
        inner.chmod(0o666)
        folder.chmod(0o555)
        said = [
            subprocess.run(
                [sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, timeout=60, check=False
            ).stdout
            for path in (protected, inner)
        ]
        assert said == ["NotWrittenError it is protected against writing\n", "WriteFailedError Permission denied\n"]
        assert (protected.read_bytes(), inner.read_bytes()) == (b"old", b"old")
        assert left_in(folder) == ["b.md"]
        folder.chmod(0o755)


ON_A_FULL_DISK = """
import resource, signal, sys
from newslint.fix.writer import WriteFailedError, write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(sys.argv[1], b"old", b"x" * 100_000)
except WriteFailedError as error:
    print(error)
"""


def test_nothing_is_left_behind_when_the_system_refuses_to_write(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    result = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.stdout, result.stderr) == ("File too large\n", "")
    assert file.read_bytes() == b"old"
    assert left_in(tmp_path) == ["a.md"]


OVER_AND_OVER = """
import sys
from newslint.fix.writer import write_file
texts = [b"a" * 300_000, b"b" * 300_000]
print("ready", flush=True)
while True:
    write_file(sys.argv[1], *texts)
    texts.reverse()
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_file_is_whole_whenever_its_writer_is_stopped(tmp_path: Path, how: signal.Signals) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"a" * 300_000)
    for attempt in range(6):
        if file.read_bytes()[:1] == b"b":
            file.write_bytes(b"a" * 300_000)
        with subprocess.Popen(
            [sys.executable, "-c", OVER_AND_OVER, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.005 * attempt)
            process.send_signal(how)
            process.communicate(timeout=60)
        assert file.read_bytes() in (b"a" * 300_000, b"b" * 300_000)
        if how is signal.SIGINT:
            assert left_in(tmp_path) == ["a.md"]
