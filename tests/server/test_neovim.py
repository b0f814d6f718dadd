"""A real Neovim with the settings of docs/editors.md: it sees, mends, asks, completes, and sees the finding go."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, with_fields

pytest.importorskip("pygls", reason="the language server needs pygls (the extra lsp)")

NVIM = shutil.which("nvim")
EDITORS = (ROOT / "docs" / "editors.md").read_text("utf-8")
SCRIPT = Path(__file__).with_name("neovim.lua")


def _version() -> tuple[int, int]:
    said = subprocess.run([NVIM or "nvim", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"NVIM v(\d+)\.(\d+)", said)
    assert found is not None, said
    return int(found[1]), int(found[2])


def _settings() -> str:
    """Return the settings that the documentation gives for the Neovim that is here."""
    name = "Neovim 0.11 and newer" if _version() >= (0, 11) else "Neovim 0.7 to 0.10"
    blocks = dict(re.findall(r"```lua\n-- init\.lua, (.*?)\n(.*?)```", EDITORS, re.DOTALL))
    assert len(blocks) == 3
    return f"{blocks[name]}\n{blocks['fixes on save']}"


@pytest.mark.skipif(NVIM is None, reason="Neovim is not installed (apt-get install neovim)")
def test_neovim_sees_mends_asks_and_completes(tmp_path: Path) -> None:
    text = with_fields('title: "😀 Q&amp;A"\ntopics:\n  - Comp\n  - AI\n').replace("excerpt:", "exerpt:")
    (tmp_path / "article.md").write_text(text, "utf-8")
    (tmp_path / "newslint.toml").write_text('topics = ["AI", "Computer Vision", "Computing"]\n')
    (tmp_path / "init.lua").write_text(_settings(), "utf-8")
    command = tmp_path / "bin" / "newslint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    command.chmod(0o755)
    variables = {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LANG": "C.UTF-8",
        **{name: os.environ[name] for name in ("PYTHONPATH", "VIMRUNTIME") if name in os.environ},
    }
    words = [str(NVIM), "--headless", "-n", "-i", "NONE", "-u", "init.lua", "-S", str(SCRIPT)]
    result = subprocess.run(
        words,
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    said = (tmp_path / "said.txt").read_text("utf-8").splitlines() if (tmp_path / "said.txt").exists() else []
    assert said == [
        "finding\tNL101 ---",
        "finding\tNL604 &amp;",
        "finding\tNL104 exerpt",
        "finding\tNL701 Comp",
        "fix\tWrite the characters themselves",
        'after the fix\ttitle: "😀 Q&A"',
        "hover\t**type**: text",
        "field\texcerpt",
        "topic\tComputer Vision",
        "topic\tComputing",
        "findings left\t0",
    ], f"{result.stdout}{result.stderr}"
    expected = (
        text.replace("&amp;A", "&A saved").replace("exerpt:", "excerpt:").replace("- Comp\n", "- Computer Vision\n")
    )
    assert (tmp_path / "article.md").read_bytes() == expected.encode()
