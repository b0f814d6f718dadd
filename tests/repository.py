"""Real Git repositories for the tests: an environment of their own, and nothing of the user's configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class Repository:
    """A folder with a Git repository in it; commands run there find newslint and pre-commit in the PATH."""

    def __init__(self, folder: Path, **variables: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
        commands = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        self.variables = {
            **kept,
            "PATH": commands,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **variables,
        }

    def begin(self) -> Repository:
        """Make the repository, with a branch ``main``; return this."""
        self.run("git", "init", "-q", "-b", "main")
        self.set_editor()
        return self

    def set_editor(self) -> None:
        """Say who commits."""
        self.run("git", "config", "user.name", "Editor")
        self.run("git", "config", "user.email", "editor@example.org")
        self.run("git", "config", "commit.gpgsign", "false")

    def run(self, *command: str, code: int | None = 0) -> str:
        """Run a command that must end with an exit code (None: with any), and return all that it prints."""
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        said = result.stdout.decode("utf-8", "surrogateescape")
        assert code is None or result.returncode == code, said
        return said

    def write(self, files: dict[str, str]) -> None:
        """Write files; the folders on the way to them are made."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")

    def commit(self, files: dict[str, str] | None = None, *, code: int = 0) -> str:
        """Write files, and commit everything; return what was said."""
        self.write(files or {})
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-q", "--allow-empty", "-m", "articles", code=code)

    def revision(self) -> str:
        """Return the hash of the commit that is checked out."""
        return self.run("git", "rev-parse", "HEAD").strip()
