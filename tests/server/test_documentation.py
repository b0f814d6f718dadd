"""docs/editors.md: its settings can be read, and it names what there is."""

from __future__ import annotations

import json
import re
import tomllib

from newslint.cli.server import server
from tests.conftest import ROOT

EDITORS = (ROOT / "docs" / "editors.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", EDITORS, re.DOTALL)


def test_settings_can_be_read_and_start_the_server() -> None:
    read = {"json": json.loads, "toml": tomllib.loads}
    parsed = [read[language](block) for language, block in BLOCKS if language in read]
    code, kate = [block for block in parsed if "editor.codeActionsOnSave" in block or "servers" in block]
    assert [code["glspc.server.command"], *code["glspc.server.commandArguments"]] == ["newslint", "server"]
    assert kate["servers"]["markdown"]["command"] == ["newslint", "server"]
    (helix,) = [block["language-server"]["newslint"] for block in parsed if "language-server" in block]
    assert [helix["command"], *helix["args"]] == ["newslint", "server"]
    (emacs,) = [block for language, block in BLOCKS if language == "elisp"]
    assert '("newslint" "server")' in emacs
    assert emacs.count("(") == emacs.count(")")


def test_the_editors_and_the_options_are_whole() -> None:
    headings = set(re.findall(r"^## (.+)$", EDITORS, re.MULTILINE))
    assert headings == {"Neovim", "Visual Studio Code", "Helix", "Emacs", "Kate", "Zed"}
    named = set(re.findall(r"`(--[a-z-]+)`", EDITORS))
    options = {name for parameter in server.params for name in parameter.opts if name.startswith("--")}
    assert named <= options
    # Those that are left to --help choose rules or the present in yet other ways.
    assert options - named == {"--extend-select", "--extend-ignore", "--now"}
