"""What other tools need to run newslint: pre-commit's hook, a workflow of GitHub, a job of GitLab."""

from __future__ import annotations

from typing import Final

from newslint.record import Record
from newslint.version import REPOSITORY, __version__


class Tool(Record):
    """A file that another tool reads: its path, its text, and what to put where when the file is there already."""

    path: str
    text: str
    advice: str


PRE_COMMIT: Final = Tool(
    ".pre-commit-config.yaml",
    f"""\
# https://pre-commit.com: pre-commit install makes Git run this before each commit.
repos:
  - repo: {REPOSITORY}
    rev: v{__version__}
    hooks:
      - id: newslint
""",
    'add the entry of "repos" to it',
)
"""pre-commit.com, "Adding pre-commit plugins to your project"."""

GITHUB: Final = Tool(
    ".github/workflows/newslint.yml",
    f"""\
name: newslint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  newslint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: newslint/newslint@v{__version__}
""",
    "add the job to it",
)
"""docs.github.com, "Workflow syntax for GitHub Actions"."""

GITLAB: Final = Tool(
    ".gitlab-ci.yml",
    f"""\
newslint:
  image: python:3.12
  script:
    - pip install git+{REPOSITORY}@v{__version__}
    - newslint check --output gitlab:gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
""",
    "add the job to it",
)
"""docs.gitlab.com, "CI/CD YAML syntax reference", "artifacts:reports:codequality"."""
