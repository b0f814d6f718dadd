"""The pre-commit hooks at work: real Git, real pre-commit, and this checkout as the repository of the hooks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import BASE, ROOT, with_fields
from tests.repository import Repository

PAGE = "# About\n\nThis is no article.\n"
BROKEN = BASE.replace("---\n", "", 1)
NAMES = {"newslint": "newslint", "newslint-fix": "newslint --fix", "newslint-archive": "newslint on the whole archive"}


def article(number: int, fields: str = "") -> str:
    """Return a valid article unlike those of other numbers, with some fields changed."""
    other = BASE.replace("Live facial", f"{number} times facial").replace("478451", f"{number:06}")
    return with_fields(fields, other.replace('"AAAAAAAA', f'"{number:08}'))


BAD = "published: true\n"
MENDABLE = "title: 'Q&amp;A about facial recognition'\n"
MENDED = "title: 'Q&A about facial recognition'\n"


class Site:
    """A repository whose configuration of pre-commit has hooks of newslint, which run at each commit."""

    def __init__(self, repository: Repository, origin: Repository) -> None:
        self.repository = repository
        self.folder = repository.folder
        self._origin = origin

    def use(self, **hooks: str) -> None:
        """Write the configuration: hooks (``-`` written as ``_``), each with more of its settings as YAML."""
        listed = "".join(f"  - {{id: {name.replace('_', '-')}, {more}}}\n" for name, more in hooks.items())
        head = f"repos:\n- repo: {self._origin.folder}\n  rev: {self._origin.revision()}\n  hooks:\n"
        self.repository.write({".pre-commit-config.yaml": head + listed})

    def commit(self, files: dict[str, str] | None = None, *, code: int = 0) -> str:
        """Write files and commit everything; return what was said."""
        return self.repository.commit(files, code=code)

    def commits(self) -> int:
        """Return how many commits there are."""
        return len(self.repository.run("git", "rev-list", "--all").split())

    def read(self, name: str) -> str:
        """Return what is in a file."""
        return (self.folder / name).read_text("utf-8")


@pytest.fixture(scope="module")
def origin(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The checkout as it is now, its uncommitted work included, committed in a repository of its own."""
    copy = tmp_path_factory.mktemp("origin") / "newslint"
    shutil.copytree(source, copy)
    repository = Repository(copy).begin()
    repository.commit()
    return repository


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: the first commit makes the one that all tests use."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def site(tmp_path: Path, origin: Repository, home: Path) -> Site:
    variables = {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never", "PIP_NO_COMPILE": "1"}
    repository = Repository(tmp_path / "site", **variables).begin()
    repository.write({".gitignore": ".newslint_cache\n"})
    site = Site(repository, origin)
    site.use(newslint="")
    repository.run("pre-commit", "install")
    return site


def verdict(said: str, hook: str) -> str:
    """Return ``Passed``, ``Failed`` or ``Skipped``: what pre-commit says of a hook."""
    found = re.search(rf"^{re.escape(NAMES[hook])}\.+(?:\(no files to check\))?(\w+)$", said, re.MULTILINE)
    assert found is not None, said
    return found[1]


def test_the_manifest_and_our_own_configuration_are_valid(site: Site) -> None:
    site.repository.run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    site.repository.run("pre-commit", "validate-config", str(ROOT / ".pre-commit-config.yaml"))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"]: hook["name"] for hook in hooks} == NAMES


def test_all_files_of_a_repository(site: Site) -> None:
    names = ("upper.MD", "text.txt", "a.markdown", "b.html")
    site.repository.write({"broken.md": BROKEN, "README.md": PAGE, **{name: article(1, BAD) for name in names}})
    (site.folder / "picture.png").write_bytes(b"")
    (site.folder / "link.md").symlink_to("broken.md")
    site.repository.run("git", "add", "-A")
    said = site.repository.run("pre-commit", "run", "--all-files", "newslint", code=1)
    assert verdict(said, "newslint") == "Failed"
    assert "\n- hook id: newslint\n- exit code: 1\n" in said
    assert set(re.findall(r"^(\S+):\d+:\d+: error (?:NL003|NL503) ", said, re.MULTILINE)) == {"broken.md", *names[:3]}
    assert "\n4 files checked, " in said
    assert ", 1 skipped" in said


def test_a_commit_with_a_bad_article_is_stopped_and_one_with_a_good_article_passes(site: Site) -> None:
    site.use(newslint="args: [--fail-on, error]")
    said = site.commit({"good.md": article(1), "bad.md": article(2, BAD)}, code=1)
    assert re.search(r"^bad\.md:11:12: error NL503 publish-threshold published$", said, re.MULTILINE)
    assert site.commits() == 0

    said = site.commit({"bad.md": article(2), "README.md": PAGE})
    assert verdict(said, "newslint") == "Passed"
    assert site.commits() == 1

    assert verdict(site.commit({"README.md": PAGE + "More.\n"}), "newslint") == "Passed", "no article is no fault"
    assert verdict(site.commit({"a.html": PAGE}), "newslint") == "Skipped"

    site.commit({"newslint.toml": 'exclude = ["drafts"]\n', "drafts/a.md": article(3, BAD)})
    said = site.commit({"newslint.toml": "exlude = []\n", "good.md": article(1) + "\n"}, code=1)
    assert 'newslint: newslint.toml:1: exlude: "exlude" is no setting (did you mean "exclude"?)' in said


def test_a_name_that_is_an_option_stops_the_commit_and_is_none(site: Site) -> None:
    name = "--add-suppressions=x.md"
    said = site.commit({"bad.md": article(2, BAD), name: article(3)}, code=1)
    assert f'\nnewslint: "{name}" is an option and the name of a file' in said
    assert site.read("bad.md") == article(2, BAD)


def test_a_commit_is_mended_and_then_passes(site: Site) -> None:
    site.use(newslint_fix="", newslint="")
    said = site.commit({"a.md": article(1, MENDABLE), "README.md": PAGE}, code=1)
    assert verdict(said, "newslint-fix") == "Failed"
    assert "- files were modified by this hook" in said
    assert verdict(said, "newslint") == "Passed", "it checks what is mended"
    assert site.read("a.md") == article(1, MENDED)
    assert site.commits() == 0
    said = site.commit()
    assert [verdict(said, hook) for hook in ("newslint-fix", "newslint")] == ["Passed", "Passed"]
    assert site.commits() == 1

    said = site.commit({"b.md": article(2, MENDABLE + BAD)}, code=1)
    assert "b.md:11:12: error NL503 publish-threshold published\n" in said, "what cannot be mended is told"
    assert site.read("b.md") == article(2, MENDED + BAD)


def test_the_archive_is_checked_as_a_whole(site: Site) -> None:
    site.use(newslint="", newslint_archive="")
    site.commit({"_news/a.md": article(1), "README.md": PAGE})
    same = article(1).replace("1 times facial", "Another facial").replace('"00000001', '"00000002')
    said = site.commit({"_news/b.md": same}, code=1)
    assert verdict(said, "newslint") == "Passed", "alone it has no fault"
    assert verdict(said, "newslint-archive") == "Failed"
    assert re.search(r"^_news/b\.md:7:9: error NL901 duplicate-url webUrl$", said, re.MULTILINE)
    assert "\n2 files checked, 2 findings in 2 files (2 errors), 1 skipped\n" in said
    site.commit({"_news/b.md": article(2)})

    said = site.commit({"newslint.toml": 'ignore = ["NL1"]\n'})
    assert [verdict(said, hook) for hook in ("newslint", "newslint-archive")] == ["Skipped", "Passed"]
    said = site.commit({"newslint.toml": 'severity = {NL5 = "eror"}\n'}, code=1)
    assert verdict(said, "newslint-archive") == "Failed"
    site.commit({"newslint.toml": ""})
    assert verdict(site.commit({"a.html": PAGE}), "newslint-archive") == "Skipped"


COUNT = 200
LONG = f"{'long' * 50}/"
NUMBERED = [f"_news/{LONG * 7}{number % 3}/{number:04}.md" for number in range(COUNT)]
"""Names of about 1,400 bytes: more than twice what pre-commit gives to one process (128 KiB)."""


def _checked(said: str) -> list[int]:
    """Return how many files each process has checked."""
    return [int(number.replace(",", "")) for number in re.findall(r"^([\d,]+) files? checked, ", said, re.MULTILINE)]


def _found(said: str) -> list[str]:
    return sorted(re.findall(r"^_news/.*: (?:error|warning|info) NL.*$", said, re.MULTILINE))


@pytest.mark.parametrize("serial", ["true", "false"])
def test_many_files_are_split_over_processes_that_share_the_cache(site: Site, serial: str) -> None:
    site.use(newslint=f"args: [--output-format, concise, --ignore, NL9], require_serial: {serial}")
    faulty = {7, 101, 199}
    site.repository.write({name: article(n, BAD if n in faulty else "") for n, name in enumerate(NUMBERED)})
    site.repository.run("git", "add", "-A")
    run = ("pre-commit", "run", "--all-files", "newslint")
    first = site.repository.run(*run, code=1)
    assert len(_checked(first)) >= 3, "pre-commit has split the list"
    assert sum(_checked(first)) == COUNT
    whole = site.repository.run(
        "newslint", "check", "--no-cache", "--output-format", "concise", "--ignore", "NL9", code=1
    )
    assert _found(first) == _found(whole)
    assert len(_found(first)) == len(faulty)
    assert (site.folder / ".newslint_cache").is_dir()
    # From the cache, which the processes have written beside and after each other.
    assert site.repository.run(*run, code=1) == first
    site.repository.write({NUMBERED[7]: article(7), NUMBERED[8]: article(8, BAD)})
    site.repository.run("git", "add", "-A")
    said = site.repository.run(*run, code=1)
    assert sorted(re.findall(r"/(\d+)\.md:11:12: error NL503", said)) == ["0008", "0101", "0199"]


def test_what_is_staged_counts_and_what_is_not_stays(site: Site) -> None:
    site.commit({"a.md": article(1)})
    # The staged one is bad, the one in the folder is good.
    site.repository.write({"a.md": article(1, BAD)})
    site.repository.run("git", "add", "a.md")
    site.repository.write({"a.md": article(1) + "\n"})
    said = site.repository.run("git", "commit", "-q", "-m", "staged", code=1)
    assert "a.md:11:12: error NL503 publish-threshold published\n" in said
    assert site.read("a.md") == article(1) + "\n"
    # The other way about; what is not staged at all and what Git does not know do not count either.
    site.repository.run("git", "add", "a.md")
    site.repository.write({"a.md": article(1, BAD), "untracked.md": article(2, BAD)})
    said = site.repository.run("git", "commit", "-q", "-m", "staged")
    assert verdict(said, "newslint") == "Passed"
    assert site.read("a.md") == article(1, BAD)
    assert site.repository.run("git", "show", "HEAD:a.md") == article(1) + "\n"


def test_a_file_that_is_staged_in_part_is_mended_or_left_and_never_lost(site: Site) -> None:
    site.use(newslint_fix="")
    body = "".join(f"Line {number}.\n" for number in range(30))
    site.commit({"a.md": article(1) + body})
    # The part that is not staged is far from the fix: both come about.
    site.repository.write({"a.md": article(1, MENDABLE) + body})
    site.repository.run("git", "add", "a.md")
    site.repository.write({"a.md": article(1, MENDABLE) + body + "Not staged.\n"})
    site.repository.run("git", "commit", "-q", "-m", "in part", code=1)
    assert site.read("a.md") == article(1, MENDED) + body + "Not staged.\n"
    # It is the same line: pre-commit takes the fix back, and what was not staged stays as it was.
    site.repository.write({"a.md": article(1, MENDABLE) + body})
    site.repository.run("git", "add", "a.md")
    mine = article(1, MENDABLE.replace("about", "on")) + body
    site.repository.write({"a.md": mine})
    said = site.repository.run("git", "commit", "-q", "-m", "in part", code=1)
    assert "Rolling back fixes" in said
    assert site.read("a.md") == mine
    assert site.commits() == 1


def test_the_cache_is_not_misled_by_what_pre_commit_puts_aside(site: Site) -> None:
    """The file changes twice within a moment and keeps its size; the run over the folder has cached the other text."""
    site.use(newslint_archive="args: [_news]")
    good, bad = article(0, "heat: 39\n"), article(0, "heat: 99\n")
    assert len(good) == len(bad)
    names = [f"_news/{number}.md" for number in range(40)]
    site.commit({name: article(number) for number, name in enumerate(names)})
    for staged, other, code in ((good + "\n", bad + "\n", 0), (bad, good, 1)):
        site.repository.write({names[0]: staged})
        site.repository.run("git", "add", "-A")
        site.repository.write({names[0]: other})
        for _ in range(2):
            site.repository.run("newslint", "check", "_news", code=1 - code)
        said = site.repository.run("git", "commit", "-q", "-m", "in part", code=code)
        assert verdict(said, "newslint-archive") == ("Failed" if code else "Passed")
        site.repository.run("newslint", "check", "_news", code=1 - code)
        assert site.read(names[0]) == other
