"""action.yml at work: its steps are run as a runner runs them, with real shells and a real installation."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.action_runner import ACTION, STEPS, Ran, Runner
from tests.conftest import BASE, with_fields
from tests.repository import Repository

BAD = with_fields("published: true\ntitle: 'Q&amp;A  about facial recognition'\n")
"""An error, a warning that can be mended, and an info that can."""
OTHER = BAD.replace("478451", "478452").replace('"AAAA', '"BAAA')
"""The same in another article."""


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    """A repository with a good and a bad article."""
    site = Repository(tmp_path / "a site").begin()
    site.commit({"_news/good.md": BASE, "_old/bad.md": OTHER, "README.md": "# About\n"})
    return site


@pytest.fixture
def runner(site: Repository) -> Runner:
    """A runner that has newslint in the PATH already."""
    return Runner(site)


def test_the_metadata_is_whole() -> None:
    assert {"name", "description", "inputs", "outputs", "runs"} <= ACTION.keys()
    assert ACTION["runs"]["using"] == "composite"
    for told in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert told["description"].endswith(".")
    assert all(isinstance(told["default"], str) for told in ACTION["inputs"].values())
    for step in STEPS:
        assert ("uses" in step) != ("run" in step)
        assert step.get("shell", "bash") == "bash"
        assert ("shell" in step) == ("run" in step)
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"])


def test_nothing_is_put_into_a_script() -> None:
    """Whoever opens a pull request chooses names of branches and files: in a script's text they would be code."""
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert all(re.fullmatch(r"\$\{\{ .*? \}\}", value) for value in step.get("env", {}).values())


def test_the_steps_are_sound_shell(tmp_path: Path) -> None:
    for number, step in enumerate(step for step in STEPS if "run" in step):
        script = tmp_path / f"{number}.sh"
        script.write_text(step["run"])
        subprocess.run(["bash", "-n", script], check=True)


def test_findings_fail_the_step_and_are_counted(runner: Runner) -> None:
    ran = runner.run(1, version="installed")
    counts = {"files": "2", "findings": "3", "errors": "1", "warnings": "1", "infos": "1", "fixable": "2"}
    sarif = ran.outputs.pop("sarif")
    assert ran.outputs == {**counts, "exit-code": "1"}
    assert "_old/bad.md:11:12: error NL503 publish-threshold published\n" in ran.log
    assert (
        "\n::error file=_old/bad.md,line=11,col=12,endLine=11,endColumn=16,title=NL503 publish-threshold::" in ran.log
    )
    assert ran.summary.startswith("### newslint\n\n2 files checked, 3 findings in 1 file ")
    assert ran.used == [], "nothing is installed and nothing uploaded"
    log = json.loads(Path(sarif).read_text("utf-8"))
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["NL604", "NL603", "NL503"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    assert set(places) == {"_old/bad.md"}


def test_a_clean_archive_passes(runner: Runner) -> None:
    ran = runner.run(0, version="installed", paths="_news")
    zeros = dict.fromkeys(("findings", "errors", "warnings", "infos", "fixable", "exit-code"), "0")
    assert ran.outputs == {"files": "1", **zeros, "sarif": ran.outputs["sarif"]}
    assert ran.log == "1 file checked, no findings\n"


def test_paths_stand_one_a_line(runner: Runner) -> None:
    odd = {
        "a b.md": BASE,
        "--help": BASE,
        "$(touch MARK).md": BASE,
        "it's; touch MARK.md": BASE,
        "`touch MARK`.md": BASE,
    }
    runner.site.write(odd)
    ran = runner.run(0, version="installed", paths="\n".join(odd) + "\n\n", arguments="--ignore NL9")
    assert ran.log == "5 files checked, no findings\n"
    assert not (runner.site.folder / "MARK").exists()


def test_arguments_are_quoted_as_in_a_shell_and_nothing_is_expanded(runner: Runner) -> None:
    ran = runner.run(0, version="installed", arguments="--select 'NL603, NL604' --fail-on=error")
    assert (ran.outputs["findings"], ran.outputs["errors"]) == ("2", "0")
    ran = runner.run(1, version="installed", arguments="--select\nNL503\n--output-format concise")
    assert ran.log.startswith("_old/bad.md:11:12: error NL503")
    assert "::error" not in ran.log
    for hostile in ("$(touch MARK)", "`touch MARK`", "; touch MARK", "' touch MARK '", "${HOME}", "* && touch MARK"):
        runner.run(2, version="installed", arguments=hostile)
    unclosed = runner.run(1, version="installed", arguments="--select 'NL5")
    assert "No closing quotation" in unclosed.log
    assert not (runner.site.folder / "MARK").exists()


def test_wrong_use_fails_and_has_no_counts(runner: Runner) -> None:
    ran = runner.run(2, version="installed", paths="absent", upload_sarif="true")
    assert ran.log == 'newslint: "absent" is not there\n'
    assert ran.outputs == {**dict.fromkeys(ACTION["outputs"], ""), "exit-code": "2"}
    assert ran.used == []


def test_the_upload_comes_before_the_failure(runner: Runner) -> None:
    ran = runner.run(1, version="installed", upload_sarif="true")
    upload = ("github/codeql-action/upload-sarif@v3", {"sarif_file": ran.outputs["sarif"], "category": "newslint"})
    assert ran.used == [upload]
    assert Path(ran.outputs["sarif"]).is_file()


def test_two_uses_in_a_job_keep_their_files_apart(runner: Runner) -> None:
    first = runner.run(1, version="installed", paths="_old")
    second = runner.run(0, version="installed", paths="_news")
    assert first.outputs["sarif"] != second.outputs["sarif"]
    assert len(json.loads(Path(first.outputs["sarif"]).read_text())["runs"][0]["results"]) == 3


def test_no_summary(runner: Runner) -> None:
    ran = runner.run(1, version="installed", job_summary="false")
    assert ran.summary == ""
    assert "::error file=" in ran.log


def test_a_branch(runner: Runner) -> None:
    runner.site.run("git", "checkout", "-q", "-b", "branch")
    runner.site.commit({"_news/new.md": BAD})
    ran = runner.run(1, version="installed", arguments="--diff-base main --select NL5")
    assert ran.outputs["files"] == "1"
    assert ran.log.startswith("_news/new.md:11:12: error NL503")


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run in which the action installs itself."""
    site = Repository(tmp_path_factory.mktemp("action") / "site").begin()
    site.commit({"bad.md": BAD})
    python = {"python-path": sys.executable}
    site.variables["PIP_NO_COMPILE"] = "1"
    # A newslint in the PATH is of no use here.
    site.variables["PATH"] = os.pathsep.join(site.variables["PATH"].split(os.pathsep)[1:])
    return Runner(site, source, python=python).run(1, upload_sarif="true", python_version="3.12")


def test_the_action_installs_itself(installed: Ran) -> None:
    assert [name for name, _ in installed.used] == ["actions/setup-python@v5", "github/codeql-action/upload-sarif@v3"]
    assert installed.used[0][1] == {"python-version": "3.12", "update-environment": "false"}
    assert installed.outputs["findings"] == "3"
    assert "\nbad.md:11:12: error NL503 publish-threshold published\n" in f"\n{installed.log}"


@pytest.mark.parametrize(
    "version", ["--index-url=https://example.org", "latest", "1.0 evil", "1.0\nevil", "$(touch MARK)", "./x"]
)
def test_a_version_that_is_none(site: Repository, version: str) -> None:
    ran = Runner(site, python={"python-path": sys.executable}).run(2, version=version)
    assert ran.log == '::error title=newslint::the input "version" is no release of newslint\n'
    assert not (site.folder / "MARK").exists()


def test_a_release_is_installed_by_its_number(site: Repository, source: Path, tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    site.variables |= {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_FIND_LINKS": str(tmp_path / "dist")}
    site.variables["PIP_CONFIG_FILE"] = os.devnull
    runner = Runner(site, tmp_path / "no action", python={"python-path": sys.executable})
    ran = runner.run(1, version="9.9.9")
    assert "No matching distribution found for newslint==9.9.9" in ran.log
    # Without its dependencies it is installed and cannot run.
    ran = runner.run(1, version="0.1.0")
    assert "ModuleNotFoundError: No module named 'click'" in ran.log
