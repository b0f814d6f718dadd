"""As much of GitHub's runner as running action.yml needs: expressions, conditions, and steps as real shells."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.conftest import ROOT
from tests.repository import Repository

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


class Ran(NamedTuple):
    """What a run of the action came to."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    used: list[tuple[str, dict[str, str]]]


class Runner:
    """As much of GitHub's runner as a composite action needs (docs: "Metadata syntax", "Workflow commands").

    A step that uses another action is not run: what it would be given is kept, and its outputs are those of ``others``.
    """

    def __init__(self, site: Repository, action: Path = ROOT, **others: dict[str, str]) -> None:
        self.site = site
        self.temporary = site.folder.parent / "runner temp"
        self.temporary.mkdir(exist_ok=True)
        self._action = action
        self._others = others

    def run(self, code: int = 0, /, **inputs: str) -> Ran:
        """Run the action with inputs (``-`` written as ``_``), until a step fails; it must end with an exit code."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= ACTION["inputs"].keys()
        context = {f"inputs.{name}": given.get(name, told["default"]) for name, told in ACTION["inputs"].items()}
        context["github.action_path"] = str(self._action)
        summary = self.temporary / "summary"
        summary.write_text("")
        log, ended, used = "", 0, []
        for step in STEPS:
            if not _evaluate(step.get("if", "true"), context):
                continue
            if "uses" in step:
                used.append((step["uses"], {name: _filled(value, context) for name, value in step["with"].items()}))
                outputs = self._others.get(step.get("id", ""), {})
            else:
                variables = {name: _filled(value, context) for name, value in step.get("env", {}).items()}
                ended, said, outputs = self._shell(step, variables, summary)
                log += said
            context |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in outputs.items()}
            if ended:
                break
        assert ended == code, log
        told = {name: _filled(output["value"], context) for name, output in ACTION["outputs"].items()}
        return Ran(ended, log, told, summary.read_text("utf-8"), used)

    def _shell(self, step: dict[str, Any], variables: dict[str, str], summary: Path) -> tuple[int, str, dict[str, str]]:
        script, output = self.temporary / "step.sh", self.temporary / "output"
        script.write_text(step["run"], "utf-8")
        output.write_text("")
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.site.folder,
            env={
                **self.site.variables,
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_WORKSPACE": str(self.site.folder),
                "RUNNER_TEMP": str(self.temporary),
                **variables,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        lines = output.read_text("utf-8").splitlines()
        return done.returncode, done.stdout.decode("utf-8"), dict(line.split("=", 1) for line in lines)


def _evaluate(condition: str, context: dict[str, str]) -> bool:
    """Tell whether a step is run: comparisons with a literal, joined by ``&&``."""
    inner = EXPRESSION.fullmatch(condition)
    for part in (inner[1] if inner else condition).split(" && "):
        compared = re.fullmatch(r"([\w.-]+) (==|!=) '(.*)'", part)
        if compared is None:
            assert part == "true", f"the runner of this test does not know {part}"
        elif (context.get(compared[1], "") == compared[3]) != (compared[2] == "=="):
            return False
    return True


def _filled(text: str, context: dict[str, str]) -> str:
    """Return a text with its expressions evaluated: a name, or a name and a literal in its place if it is empty."""

    def value(match: re.Match[str]) -> str:
        name, _, literal = match[1].partition(" || ")
        assert re.fullmatch(r"[\w.-]+", name), f"the runner of this test does not know {name}"
        return context.get(name, "") or literal.strip("'")

    return EXPRESSION.sub(value, text)
