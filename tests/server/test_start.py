"""``newslint server`` as a command: what it needs, how it ends, and what it never does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Command

WITHOUT_PYGLS = """
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
def without(name, *rest):
    return None if name.partition(".")[0] in ("pygls", "lsprotocol") else find(name, *rest)
PathFinder.find_spec = without
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
main()
"""


def _start(cwd: Path, *options: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "newslint", "server", *options]
    return subprocess.Popen(
        words, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )


def _message(content: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def test_without_pygls_it_says_how_to_get_it(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WITHOUT_PYGLS, "server"]
    result = subprocess.run(words, cwd=tmp_path, input=b"", capture_output=True, timeout=60, check=False)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"newslint: server needs pygls: pip install 'newslint[lsp]'\n"


def test_without_pygls_everything_else_works(tmp_path: Path) -> None:
    for arguments, code in ((["--help"], 0), (["server", "--help"], 0), (["check", "--exit-zero"], 0)):
        words = [sys.executable, "-c", WITHOUT_PYGLS, *arguments]
        result = subprocess.run(words, cwd=tmp_path, input=b"", capture_output=True, timeout=60, check=False)
        assert (result.returncode, result.stderr) == (code, b""), arguments


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "NL12345"], '"NL12345" is no rule'),
        (["--config", "nothing.toml"], "nothing.toml"),
        (["--config", "newslint.toml"], 'newslint.toml:1: ignroe: "ignroe" is no setting (did you mean "ignore"?)'),
        (["--config", "a", "--isolated"], "--config and --isolated exclude each other"),
    ],
)
def test_wrong_use_is_said_at_once(tmp_path: Path, newslint: Command, arguments: list[str], message: str) -> None:
    pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
    (tmp_path / "newslint.toml").write_text("ignroe = []\n")
    result = newslint("server", *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr.decode()
    assert result.stderr.count(b"\n") == 1


def test_how_it_ends(tmp_path: Path) -> None:
    """A client that goes without a word is 1, as the protocol has it; an order to end leaves nothing waiting."""
    pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
    # A configuration that is wrong is for the documents under it: an editor starts the server anywhere.
    (tmp_path / "newslint.toml").write_text("wrong = 1\n")
    begin = _message(
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null,'
        b' "capabilities": {}}}'
    )
    gone, well, ended = _start(tmp_path), _start(tmp_path), _start(tmp_path, "--isolated")
    out, err = gone.communicate(begin, timeout=60)
    assert (gone.returncode, err) == (1, b"")
    assert b'"positionEncoding":' in out.replace(b" ", b"").replace(
        b'"positionEncoding":"utf-16"', b'"positionEncoding":'
    )
    shutdown = _message(b'{"jsonrpc": "2.0", "id": 2, "method": "shutdown"}')
    leave = _message(b'{"jsonrpc": "2.0", "method": "exit"}')
    out, err = well.communicate(begin + shutdown + leave, timeout=60)
    assert (well.returncode, err) == (0, b"")
    assert out.count(b"Content-Length") == 2
    assert ended.stdin is not None
    assert ended.stdout is not None
    ended.stdin.write(begin)
    ended.stdin.flush()
    assert ended.stdout.readline().startswith(b"Content-Length")
    ended.send_signal(signal.SIGTERM)
    assert ended.wait(timeout=60) == 143
    ended.communicate()
