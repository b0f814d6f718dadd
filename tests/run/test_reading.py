"""A file is looked at before it is opened: nothing is waited for, and no more is read than the limit."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from newslint.run.reading import UnreadableError, read_file
from tests.conftest import Command


def test_a_file_of_the_limit_is_read_whole_and_a_larger_one_just_past_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"x" * 10)
    assert read_file(str(file), 10) == b"x" * 10
    assert read_file(str(file), 8) == b"x" * 9
    file.write_bytes(b"")
    assert read_file(str(file), 10) == b""


def test_a_fifo_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f")
    with pytest.raises(UnreadableError, match=r"^this is no regular file but a FIFO$"):
        read_file(str(tmp_path / "f"), 10)


def test_a_device_is_not_opened() -> None:
    with pytest.raises(UnreadableError, match=r"^this is no regular file but a device$"):
        read_file("/dev/zero", 10)


def test_a_folder_and_a_socket_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match=r"^this is no regular file but a folder$"):
        read_file(str(tmp_path), 10)
    with socket.socket(socket.AF_UNIX) as server:
        # The path of a socket must be short.
        monkeypatch.chdir(tmp_path)
        server.bind("s")
        with pytest.raises(UnreadableError, match=r"^this is no regular file but a socket$"):
            read_file("s", 10)


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnreadableError, match=r"^the file cannot be read: No such file or directory$") as caught:
        read_file(str(tmp_path / "gone"), 10)
    assert caught.value.hint == "The link leads nowhere, or the file has just been deleted"
    with pytest.raises(UnreadableError, match=r"^the file cannot be read: Too many levels of symbolic links$"):
        read_file(str(tmp_path / "loop"), 10)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UnreadableError, match=r"^the file cannot be read: embedded null byte$"):
        read_file("a\0b", 10)


def test_what_cannot_be_read_is_a_finding_at_the_start_of_the_file(newslint: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "gone.md").symlink_to("nowhere")
    (tmp_path / "large.md").write_bytes(b"x" * 2_000_000)
    (tmp_path / "notes.toml").write_text("max-file-size = 1_999_999\n")
    result = newslint("check", "--config", "notes.toml", "fifo.md", "gone.md", "large.md", "/dev/zero")
    assert result.stdout.decode() == (
        "/dev/zero:1:1: error NL001 unreadable-file\n"
        "    this is no regular file but a device\n"
        "    = help: Name a file\n"
        "\n"
        "fifo.md:1:1: error NL001 unreadable-file\n"
        "    this is no regular file but a FIFO\n"
        "    = help: Name a file\n"
        "\n"
        "gone.md:1:1: error NL001 unreadable-file\n"
        "    the file cannot be read: No such file or directory\n"
        "    = help: The link leads nowhere, or the file has just been deleted\n"
        "\n"
        "large.md:1:1: error NL001 unreadable-file\n"
        "    the file is larger than 1,999,999 bytes\n"
        "    = help: Split it, or raise max-file-size\n"
        "\n"
        "4 files checked, 4 findings in 4 files (4 errors)\n"
    )
    assert result.returncode == 1
    assert result.stderr == b""
