"""``newslint server`` as a command: what it needs, how it ends, and what it never does."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newslint.cli.server import Brief
from tests.conftest import BASE, Command, with_fields
from tests.run.proc import needs_proc

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


BEGIN = _message(
    b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null,'
    b' "capabilities": {}}}'
)


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


def test_an_older_pygls_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text("")
    words = [sys.executable, "-m", "newslint", "server"]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    result = subprocess.run(words, cwd=tmp_path, env=variables, input=b"", capture_output=True, timeout=60, check=False)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"newslint: server needs another pygls (")
    assert result.stderr.endswith(b"): pip install -U 'newslint[lsp]'\n")


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_at_a_terminal_it_says_who_starts_it(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    try:
        words = [sys.executable, "-m", "newslint", "server"]
        result = subprocess.run(words, cwd=tmp_path, stdin=theirs, capture_output=True, timeout=60, check=False)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"an editor starts this" in result.stderr


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
    gone, ended = _start(tmp_path), _start(tmp_path, "--isolated")
    out, err = gone.communicate(BEGIN, timeout=60)
    assert (gone.returncode, err) == (1, b"")
    assert b'"positionEncoding": "utf-16"' in out
    assert ended.stdin is not None
    assert ended.stdout is not None
    ended.stdin.write(BEGIN)
    ended.stdin.flush()
    assert ended.stdout.readline().startswith(b"Content-Length")
    ended.send_signal(signal.SIGTERM)
    assert ended.wait(timeout=60) == 143
    ended.communicate()


@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_that_another_thread_gets_ends_it_at_once(tmp_path: Path, number: int, code: int) -> None:
    pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
    served = _start(tmp_path)
    assert served.stdin is not None
    assert served.stdout is not None
    served.stdin.write(BEGIN)
    served.stdin.flush()
    assert served.stdout.readline().startswith(b"Content-Length")
    others = [int(task.name) for task in Path(f"/proc/{served.pid}/task").iterdir() if task.name != str(served.pid)]
    # https://man7.org/linux/man-pages/man2/tgkill.2.html
    assert ctypes.CDLL(None).tgkill(served.pid, max(others), number) == 0
    try:
        assert served.wait(timeout=60) == code
    finally:
        served.kill()
        served.communicate()


def test_a_question_that_is_taken_back_is_not_answered(tmp_path: Path) -> None:
    """A look that takes long waits for what arrives in the meantime: an edit, or that nobody wants to know any more."""
    pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
    uri = (tmp_path / "a.md").as_uri()
    slow = with_fields("related:\n" + "- title: ' x '\n" * 600)
    edit = {"range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}, "text": "#"}
    ask = {"method": "textDocument/diagnostic", "params": {"textDocument": {"uri": uri}}}
    pulls: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": pulls}},
        {
            "method": "textDocument/didOpen",
            "params": {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": slow}},
        },
        {"id": 2, **ask},
        {
            "method": "textDocument/didChange",
            "params": {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [edit]},
        },
        {"id": 3, **ask},
        {"method": "$/cancelRequest", "params": {"id": 3}},
        {"id": 4, "method": "shutdown"},
        {"method": "exit"},
    ]
    sent = b"".join(_message(json.dumps({"jsonrpc": "2.0", **message}).encode()) for message in messages)
    server = _start(tmp_path)
    out, err = server.communicate(sent, timeout=60)
    assert (server.returncode, err) == (0, b"")
    answers = [json.loads(body) for body in re.findall(rb"\r\n\r\n(\{.*?\})(?=Content-Length|\Z)", out, re.DOTALL)]
    by_id = {answer["id"]: answer for answer in answers}
    assert list(by_id) == [1, 2, 3, 4]
    assert len(by_id[2]["result"]["items"]) == 1000
    assert by_id[3]["error"]["code"] == -32800


def test_a_fault_of_ours_is_one_line_in_the_log_and_nothing_in_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")
    import asyncio

    from lsprotocol import types

    from newslint.server import actions
    from newslint.server.abilities import Abilities
    from newslint.server.features import make_server
    from newslint.server.projects import Orders

    def fail(*_: object) -> None:
        raise RuntimeError("a fault\x1b[31m\nof ours")

    monkeypatch.setattr(actions, "actions", fail)
    running = make_server(Orders(keep=False))
    uri = (tmp_path / "a.md").as_uri()
    running.session.begin(Abilities(actions=True), "utf-16", [])
    running.session.open(types.TextDocumentItem(uri, "markdown", 1, BASE))
    at = types.Position(0, 0)
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), types.Range(at, at), types.CodeActionContext([]))
    answer = running.protocol.fm.features[types.TEXT_DOCUMENT_CODE_ACTION](params)
    assert asyncio.run(answer) == []
    (record,) = caplog.records
    assert Brief(verbose=False).format(record) == (
        "newslint: internal error: code_action failed: RuntimeError: a fault\\x1b[31m\\nof ours; "
        "please report this with the file"
    )
    assert "Traceback" in Brief(verbose=True).format(record)
