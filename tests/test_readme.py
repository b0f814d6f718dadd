"""The README keeps its promises: its commands and snippets run, its finding is real, its tables are whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from newslint.cli.rule import markdown_table
from newslint.output import FORMATS, render
from newslint.rules import RULES
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import CACHE_NAME, Settings
from newslint.version import __version__
from tests.action_runner import ACTION, EXPRESSION
from tests.action_runner import Runner as ActionRunner
from tests.conftest import BASE, NOW, ROOT, Command, with_fields
from tests.repository import Repository

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def test_first_block_holds_two_commands_of_one_line() -> None:
    language, block = BLOCKS[0]
    assert language == "sh"
    lines = block.strip().splitlines()
    assert len(lines) == 2
    assert "newslint check" in lines[0]
    assert "pytest" in lines[1]


def test_the_findings_shown_are_what_newslint_prints() -> None:
    shown = next(block for language, block in BLOCKS if language == "text")
    runner = Runner(Settings(ROOT), Choices(now=NOW))
    printed = render("text", runner.run([str(ROOT / "tests" / "articles")]))
    printed = printed.replace(f"{ROOT.as_posix()}/", "")
    assert shown.strip() in printed


def test_the_python_example_runs(tmp_path: Path) -> None:
    example = next(block for language, block in BLOCKS if language == "python")
    result = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    expected = re.findall(r"^# prints: (.*)$", example, re.MULTILINE)
    assert result.stdout.splitlines() == expected


def test_a_collection_of_ones_own_is_clean_in_five_commands(tmp_path: Path, newslint: Command) -> None:
    section = README.partition("## Your own collection in five minutes\n")[2].partition("\n## ")[0]
    commands = re.findall(r"^newslint (.*)$", section.partition("```sh\n")[2].partition("```")[0], re.MULTILINE)
    assert len(commands) == 5
    (tmp_path / "_news").mkdir()
    (tmp_path / "_news" / "a.md").write_text(BASE.replace("Live facial", "Live  facial", 1).replace("heat:", "hot:"))
    for number in range(1, 7):
        files = {
            f"_posts/2024-01-0{number}-hello.md": f"layout: post\ntitle: Hello {number}\ndate: 2024-01-0{number}",
            f"_learning/{number}.md": f'title: "Course {number}"\nstart: 2024-02-0{number}T10:00:00Z\nlevel: easy',
        }
        for name, fields in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(f"---\n{fields}\n---\nText\n")
    results = [newslint(*command.split()) for command in commands]
    assert [result.returncode for result in results] == [0] * 5, results
    shown = results[1].stdout.decode()
    assert "check  _posts/2024-01-01-hello.md as post (its kind's files name it)\n" in shown
    assert "check  _learning/1.md as learning (its kind's files name it)\n" in shown
    assert "check  _news/a.md as article (looks like an article)\n" in shown
    assert "Live facial" in (tmp_path / "_news" / "a.md").read_text()
    assert b"in the baseline" in results[-1].stdout


def test_every_option_of_check_is_listed() -> None:
    from newslint.cli.check import check

    options = {name for parameter in check.params for name in parameter.opts if name.startswith("--")}
    assert {name for name in options if f"`{name}" not in README} == set()


def test_every_setting_is_listed() -> None:
    from newslint.schema.files import packaged_schema, parse_schema

    schema = parse_schema(packaged_schema("config"), "config")
    assert {name for name in schema["properties"] if f"`{name}`" not in README} == set()


def test_the_table_of_rules_is_the_catalogue(request: pytest.FixtureRequest) -> None:
    readme = ROOT / "README.md"
    written = readme.read_text("utf-8")
    before, begin, rest = written.partition("<!-- rules: begin -->\n")
    _, end, after = rest.partition("<!-- rules: end -->")
    assert begin, "the README has lost the mark at which the table of rules begins"
    assert end, "the README has lost the mark at which the table of rules ends"
    expected = f"{before}{begin}{markdown_table(RULES)}\n{end}{after}"
    if request.config.getoption("--update-readme"):
        readme.write_text(expected, "utf-8")
        written = expected
    assert written == expected, "python -m pytest tests/test_readme.py --update-readme writes the table anew"


# The snippets for pre-commit and the CIs.

INSTALL = f"pip install git+https://github.com/newslint/newslint@v{__version__}"
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def _snippet(name: str) -> str:
    """Return the block that begins with a comment that names it."""
    found: str
    (found,) = [block for _, block in BLOCKS if re.match(rf"(?:#|//) {re.escape(name)}\n", block)]
    return found


def _rows(header: str) -> list[str]:
    """Return the codes in the first cells of the table with a header."""
    _, _, rest = README.partition(f"| {header} |")
    rows = rest.partition("\n\n")[0].splitlines()[2:]
    return [code for row in rows for code in re.findall(r"`(.+?)`", row.split(" | ")[0])]


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    """A clone of an archive, in a branch with a fault, where the variables of all CIs are set."""
    origin = Repository(tmp_path / "origin").begin()
    other = BASE.replace("Live facial", "Facial").replace("478451", "478452").replace('"AAAA', '"BAAA')
    other = other.replace("2024-01-24", "2023-01-02")
    origin.commit({"_news/2024-01-24-a.md": BASE, "_news/2023-01-02-a.md": other})
    site = Repository(tmp_path / "site")
    origin.run("git", "clone", "-q", str(origin.folder), str(site.folder))
    site.set_editor()
    site.run("git", "checkout", "-q", "-b", "branch")
    site.commit({"_news/2024-01-24-a.md": with_fields("published: true\ntitle: 'Q&amp;A about a camera'\n")})
    site.variables |= {
        "GITHUB_BASE_REF": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": origin.revision(),
        "SYSTEM_PULLREQUEST_TARGETBRANCHNAME": "main",
        "CHANGE_TARGET": "main",
    }
    return site


def _run(site: Repository, *commands: str) -> str:
    """Run command lines of the README, but for what installs newslint: the one in the PATH is used; return the output.

    Each must find something or nothing: wrong use and faults of ours have other exit codes. What reads on is not ours.
    """
    said = ""
    for command in commands:
        told = command.replace(f"python3 -m venv .newslint && .newslint/bin/{INSTALL}", ":").replace(INSTALL, ":")
        assert "pip " not in told, "what is installed is the release of this version"
        told = told.replace(".newslint/bin/newslint", "newslint")
        script = f"reviewdog() {{ cat > reviewdog.jsonl; }}\n{told}\n[ $? -le 1 ]"
        said += site.run("bash", "-o", "pipefail", "-c", script)
    return said


def test_every_block_of_yaml_can_be_read() -> None:
    for language, block in BLOCKS:
        if language == "yaml":
            assert yaml.safe_load(block), block


def test_every_command_line_runs(site: Repository) -> None:
    # The five commands of a first day have a test, and a site, of their own.
    blocks = [block for language, block in BLOCKS[1:] if language == "sh" and "newslint init" not in block]
    lines = [line for block in blocks for line in block.splitlines()]
    commands = [line for line in lines if "newslint " in line]
    assert len(commands) > 10
    _run(site, *commands)
    for line in (site.folder / "reviewdog.jsonl").read_text("utf-8").splitlines():
        assert json.loads(line)["location"]["path"].startswith("_news/")
    assert ET.parse(site.folder / "newslint.xml").getroot().tag == "testsuites"
    assert json.loads((site.folder / "newslint.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((site.folder / "newslint.json").read_text("utf-8"))["version"] == 1
    assert json.loads((site.folder / ".newslint-baseline.json").read_text("utf-8"))["version"] == 1


def test_the_tables_are_whole() -> None:
    assert _rows("format") == list(FORMATS)
    assert _rows("hook") == [hook["id"] for hook in MANIFEST]
    assert _rows("input") == list(ACTION["inputs"])
    outputs = re.search(r"Its outputs are (.*?)\. ", README, re.DOTALL)
    assert outputs is not None
    assert re.findall(r"`(.+?)`", outputs[1]) == list(ACTION["outputs"])


def test_the_revisions_of_all_cis_are_revisions(site: Repository) -> None:
    _, _, table = README.partition("| CI | what to fetch | the revision |\n")
    rows = [row.strip("| ").split(" | ") for row in table.partition("\n\n")[0].splitlines()[1:]]
    assert [row[0] for row in rows] == ["GitHub Actions", "GitLab CI", "Azure Pipelines", "Jenkins", "TeamCity"]
    for _, fetch, revision in rows:
        if fetch.startswith("`git "):
            site.run("git", "update-ref", "-d", "refs/remotes/origin/main")
            site.run("bash", "-c", fetch.strip("`"))
        said = _run(site, f"newslint check --diff-base {revision.strip('`')} --changed-lines")
        assert "1 file checked, 2 findings in 1 file (1 error, 1 warning), 1 unchanged" in said


def test_the_configuration_of_pre_commit(site: Repository) -> None:
    snippet = _snippet(".pre-commit-config.yaml")
    site.write({".pre-commit-config.yaml": snippet})
    site.run("pre-commit", "validate-config")
    (repo,) = yaml.safe_load(snippet)["repos"]
    assert repo["rev"] == f"v{__version__}"
    entries = {hook["id"]: hook["entry"] for hook in MANIFEST}
    for hook in repo["hooks"]:
        names = [] if hook["id"] == "newslint-archive" else ["_news/2024-01-24-a.md"]
        _run(site, " ".join([entries[hook["id"]], *hook.get("args", []), *names]))


def _job(name: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the steps of the job in a workflow, and what it gives to the action."""
    workflow = yaml.safe_load(_snippet(name))
    steps = workflow["jobs"]["newslint"]["steps"]
    (given,) = [step["with"] for step in steps if step.get("uses") == f"newslint/newslint@v{__version__}"]
    return steps, given


def test_the_workflows_of_github(site: Repository) -> None:
    steps, given = _job(".github/workflows/newslint.yml")
    assert given.keys() <= ACTION["inputs"].keys()
    assert [step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/cache@")] == [CACHE_NAME]
    named = [EXPRESSION.findall(value) for step in steps for value in step.get("env", {}).values()]
    assert named == [["steps.newslint.outputs.errors"]]
    assert all("${{" not in step.get("run", "") for step in steps)
    ran = ActionRunner(site).run(
        1, version="installed", **{key.replace("-", "_"): value for key, value in given.items()}
    )
    assert (ran.outputs["errors"], len(ran.used)) == ("1", 1)

    steps, given = _job(".github/workflows/newslint-changes.yml")
    assert steps[0]["with"] == {"fetch-depth": 0}
    assert EXPRESSION.findall(given["arguments"]) == ["github.base_ref"]
    ran = ActionRunner(site).run(1, version="installed", arguments=EXPRESSION.sub("main", given["arguments"]))
    assert (ran.outputs["files"], ran.outputs["findings"]) == ("1", "2")


def test_the_job_of_gitlab(site: Repository) -> None:
    job = yaml.safe_load(_snippet(".gitlab-ci.yml"))["newslint"]
    assert job["variables"] == {"GIT_DEPTH": 0}
    assert job["cache"]["paths"] == [CACHE_NAME]
    site.variables["GITLAB_CI"] = "true"
    assert "1 unchanged" in _run(site, *job["script"])
    reports = job["artifacts"]["reports"]
    quality = json.loads((site.folder / reports["codequality"]).read_text("utf-8"))
    assert {issue["location"]["path"] for issue in quality} == {"_news/2024-01-24-a.md"}
    assert ET.parse(site.folder / reports["junit"]).getroot().attrib["failures"] == str(len(quality)) == "2"


def test_the_pipeline_of_jenkins(site: Repository) -> None:
    snippet = _snippet("Jenkinsfile")
    for opening, closing in ("{}", "()"):
        assert snippet.count(opening) == snippet.count(closing)
    _run(site, *re.findall(r"^ *sh '([^']*)'$", snippet, re.MULTILINE))
    (junit,) = re.findall(r"^ *junit '([^']*)'$", snippet, re.MULTILINE)
    (pattern,) = re.findall(r"checkStyle\(pattern: '([^']*)'", snippet)
    assert ET.parse(site.folder / junit).getroot().tag == "testsuites"
    assert ET.parse(site.folder / pattern).getroot().tag == "checkstyle"


def test_the_pipeline_of_azure(site: Repository) -> None:
    steps = yaml.safe_load(_snippet("azure-pipelines.yml"))["steps"]
    assert steps[0] == {"checkout": "self", "fetchDepth": 0}
    site.variables["TF_BUILD"] = "True"
    said = _run(site, *(step["script"] for step in steps if "script" in step))
    assert "\n##vso[task.logissue type=error;sourcepath=_news/2024-01-24-a.md;" in said
    (published,) = [step["inputs"]["testResultsFiles"] for step in steps if step.get("task") == "PublishTestResults@2"]
    assert ET.parse(site.folder / published).getroot().tag == "testsuites"


def test_the_step_of_teamcity(site: Repository) -> None:
    site.variables["TEAMCITY_VERSION"] = "2024.12"
    said = _run(site, *_snippet("TeamCity").splitlines()[1:])
    assert re.search(r"^##teamcity\[inspection typeId='NL503' .* file='_news/2024-01-24-a.md' ", said, re.MULTILINE)
