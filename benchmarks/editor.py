"""From an edit to its diagnostics: a language server as an editor drives it, with all articles in the workspace."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measure import BenchmarkError
from benchmarks.ours import NOW


class Latency(NamedTuple):
    """Milliseconds: from the start of the server to the first diagnostics, of the workspace, and of each edit."""

    first: float
    workspace: float
    edits: list[float]
    files: int


class _Client:
    """The least of a client: it sends, and waits for the answer to what it asked."""

    def __init__(self, newslint: Path, folder: Path, variables: Mapping[str, str]) -> None:
        words = [str(newslint), "server", "--isolated", "--now", NOW, "--no-cache"]
        self._process = subprocess.Popen(  # noqa: S603 - the command is ours
            words, cwd=folder, env=dict(variables), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._number = 0

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and return its result; raises BenchmarkError for an error."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                if "error" in message:
                    raise BenchmarkError(f"{method}: {message['error']}")
                return message["result"]

    def end(self) -> None:
        """Have the server end, as an editor does."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.wait(timeout=60)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if self._process.stdin is not None:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._process.stdin.flush()

    def _receive(self) -> Any:
        stdout = self._process.stdout
        length = 0
        while stdout is not None and (line := stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if stdout is None or not length:
            raise BenchmarkError("the server has ended")
        return json.loads(stdout.read(length))


def latency(newslint: Path, folder: Path, variables: Mapping[str, str], edits: int) -> Latency:
    """Open an article of a folder, ask for all diagnostics of the workspace, and then type into the article.

    Each edit puts a character into the text or takes it out, so that there is something to look at each time.
    """
    path = sorted(folder.glob("*.md"))[0]
    text = path.read_text("utf-8")
    document = {"uri": path.as_uri()}
    begun = time.perf_counter()
    client = _Client(newslint, folder, variables)
    capabilities: dict[str, Any] = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {}}}
    client.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
    client.tell("initialized", {})
    client.tell(
        "textDocument/didOpen", {"textDocument": {**document, "languageId": "markdown", "version": 0, "text": text}}
    )
    client.ask("textDocument/diagnostic", {"textDocument": document})
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    report = client.ask("workspace/diagnostic", {"previousResultIds": []})
    workspace = time.perf_counter() - begun
    start = {"line": 2, "character": text.split("\n")[2].index(" ") + 2}
    times: list[float] = []
    for version in range(1, edits + 1):
        is_in = version % 2
        end = start if is_in else {**start, "character": start["character"] + 1}
        change = {"range": {"start": start, "end": end}, "text": "x" if is_in else ""}
        begun = time.perf_counter()
        client.tell(
            "textDocument/didChange", {"textDocument": {**document, "version": version}, "contentChanges": [change]}
        )
        client.ask("textDocument/diagnostic", {"textDocument": document})
        times.append(1000 * (time.perf_counter() - begun))
    client.end()
    return Latency(1000 * first, 1000 * workspace, times, len(report["items"]))
