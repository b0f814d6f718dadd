"""The pre-commit hook at work: real Git, real pre-commit, and this checkout as the repository of the hook."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BASE, ROOT, with_fields

OTHER = BASE.replace("Live facial", "Facial").replace("478451", "478452").replace('"AAAA', '"BAAA')
BAD = with_fields("published: true\n", OTHER)
PASSED = f"newslint{'.' * 65}Passed"
FAILED = f"newslint{'.' * 65}Failed"
PAGE = "# About\n\nThis is no article.\n"
BROKEN = BASE.replace("---\n", "", 1)


class Place:
    """A folder with a repository and an environment of its own for Git and pre-commit."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
        commands = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        self._variables = {**kept, "PATH": commands, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
        self.run("git", "init", "-q", "-b", "main")
        self.run("git", "config", "user.name", "Editor")
        self.run("git", "config", "user.email", "editor@example.org")
        self.run("git", "config", "commit.gpgsign", "false")

    def run(self, *command: str, code: int = 0) -> str:
        """Run a command that must end with an exit code, and return what it prints."""
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self._variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        said = result.stdout.decode()
        assert result.returncode == code, said
        return said

    def commit(self, code: int = 0, **files: str) -> str:
        """Write files, and commit everything; return what was said."""
        for name, content in files.items():
            (self.folder / f"{name}.md").write_text(content)
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-q", "-m", "an article", code=code)


@pytest.fixture(scope="module")
def origin(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as it is now, its uncommitted work included, committed in a repository of its own."""
    copy = tmp_path_factory.mktemp("origin") / "newslint"
    shutil.copytree(source, copy)
    place = Place(copy, copy)
    place.run("git", "add", "-A")
    place.run("git", "commit", "-q", "-m", "newslint")
    return copy


@pytest.fixture
def site(tmp_path: Path) -> Place:
    """Another repository."""
    folder = tmp_path / "site"
    folder.mkdir()
    return Place(folder, tmp_path / "pre-commit")


def test_the_manifest_and_our_own_configuration_are_valid(site: Place) -> None:
    site.run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    site.run("pre-commit", "validate-config", str(ROOT / ".pre-commit-config.yaml"))


def test_try_repo_finds_what_is_bad_and_passes_over_what_is_no_article(site: Place, origin: Path) -> None:
    (site.folder / "good.md").write_text(BASE)
    (site.folder / "broken.md").write_text(BROKEN)
    (site.folder / "README.md").write_text(PAGE)
    (site.folder / "picture.png").write_bytes(b"")
    site.run("git", "add", "-A")
    said = site.run("pre-commit", "try-repo", str(origin), "newslint", code=1)
    assert f"{FAILED}\n- hook id: newslint\n- exit code: 1\n" in said
    told = said[said.index("broken.md:") :]
    assert re.match(r"broken\.md:1:1: error NL003 missing-front-matter\n", told)
    assert "\n2 files checked, 1 finding in 1 file (1 error), 1 skipped\n" in told


def test_a_commit_with_a_bad_article_is_stopped_and_one_with_a_good_article_passes(site: Place, origin: Path) -> None:
    revision = Place(origin, origin).run("git", "rev-parse", "HEAD").strip()
    configuration = (
        f"repos:\n- repo: {origin}\n  rev: {revision}\n  hooks:\n  - id: newslint\n    args: [--fail-on, error]\n"
    )
    (site.folder / ".pre-commit-config.yaml").write_text(configuration)
    site.run("pre-commit", "install")

    said = site.commit(code=1, good=BASE, bad=BAD)
    assert re.search(r"^bad\.md:11:12: error NL503 publish-threshold published$", said, re.MULTILINE)
    assert site.run("git", "rev-list", "--all") == ""

    said = site.commit(bad=OTHER, README=PAGE)
    assert PASSED in said
    assert len(site.run("git", "rev-list", "--all").split()) == 1

    said = site.commit(README=PAGE + "More.\n")
    assert PASSED in said, "no article is no fault"

    (site.folder / "newslint.toml").write_text('exclude = ["drafts.md"]\n')
    site.commit(drafts=BAD)

    (site.folder / "newslint.toml").write_text("exlude = []\n")
    said = site.commit(code=1, good=BASE + "\n")
    assert 'newslint: newslint.toml:1: exlude: "exlude" is no setting (did you mean "exclude"?)' in said
