"""``newslint init``: look at the folders, propose a configuration, and write it where that is wanted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from newslint.cli.exits import CLEAN
from newslint.cli.streams import say, write
from newslint.infer.inference import infer
from newslint.infer.layout import compact
from newslint.infer.sources import Sources
from newslint.limits import MAX_FILE_SIZE
from newslint.output.dump import dump
from newslint.output.escape import terminal
from newslint.output.totals import counted
from newslint.run.discovery import Selection
from newslint.run.reading import UnreadableError, read_file
from newslint.schema.schema import article_schema, load_schema
from newslint.settings import ConfigError, find_config, shown_file
from newslint.setup.create import create, is_free
from newslint.setup.proposal import Kind, propose
from newslint.setup.survey import BUILT, EXTENSIONS, Survey, home_of, survey
from newslint.setup.tools import GITHUB, GITLAB, PRE_COMMIT, Tool
from newslint.setup.topics import find_topics

_CONFIG = "newslint.toml"


@click.command()
@click.option("--yes", "-y", is_flag=True, help="Write the files without a question.")
@click.option("--pre-commit", is_flag=True, help="Add pre-commit's hook.")
@click.option("--github", is_flag=True, help="Add a workflow for GitHub Actions.")
@click.option("--gitlab", is_flag=True, help="Add a job for GitLab CI.")
def init(yes: bool, pre_commit: bool, github: bool, gitlab: bool) -> int:
    """Look at the folders here and propose a configuration for what is in them.

    It is printed, and written when you say yes. A file that is there already is never overwritten. For documents that
    are neither articles nor plain posts a schema is inferred from the documents themselves.
    """
    tools = [tool for wanted, tool in ((pre_commit, PRE_COMMIT), (github, GITHUB), (gitlab, GITLAB)) if wanted]
    files: dict[str, str] = {}
    configured = _configured()
    if configured is not None:
        say(f"{configured} is there already and stays as it is")
    else:
        files |= _configuration()
    files |= _of_tools(tools)
    if not files:
        say("there is nothing to write")
        return CLEAN
    _print(files)
    if yes or _says_yes():
        _write(files)
    else:
        say("nothing is written; newslint init --yes writes it")
    return CLEAN


def _configured() -> str | None:
    """Return the configuration that holds here already, or None."""
    here = _here()
    if not is_free(_CONFIG):
        return _CONFIG
    try:
        found = find_config(here)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    return shown_file(found) if found is not None else None


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise click.ClickException(f"there is no working directory: {error.strerror or error}") from error


def _configuration() -> dict[str, str]:
    """Return the new configuration and the schemas that it names, each as path and text."""
    here = _here()
    selection = Selection(here, EXTENSIONS, BUILT)
    found = survey(selection, article_schema(), load_schema("post", here))
    for problem in found.unreadable:
        say(problem)
    proposal = propose(found, find_topics(here, found.topics), is_free)
    for note in proposal.notes:
        say(note)
    if not _has_content(found):
        say("no file with front matter was found here, so the configuration is empty")
    files = {_CONFIG: proposal.text}
    for kind in proposal.kinds:
        if kind.is_inferred:
            files[kind.schema] = _schema(kind, selection)
    return files


def _has_content(found: Survey) -> bool:
    return any(folder.documents for folder in found.folders)


def _schema(kind: Kind, selection: Selection) -> str:
    """Return the schema that is inferred from the documents of a kind."""
    sources = Sources(kind.folders, selection, MAX_FILE_SIZE)
    inferred = infer((file for file in sources if home_of(os.path.dirname(file.path)) in kind.folders), kind.name)
    for path, reason in sources.broken:
        say(f"{path} is left out of the schema: {reason}")
    return f"{compact(dump(inferred.schema))}\n"


def _of_tools(tools: list[Tool]) -> dict[str, str]:
    """Return the files of other tools that can be written; say what to do about the others."""
    files: dict[str, str] = {}
    for tool in tools:
        if is_free(tool.path):
            files[tool.path] = tool.text
        elif _holds(tool.path, tool.text):
            say(f"{tool.path} is there already")
        else:
            say(f"{tool.path} is there already and stays as it is; {tool.advice}:")
            write(tool.text)
    return files


def _holds(path: str, text: str) -> bool:
    """Tell whether a file holds exactly a text."""
    try:
        return read_file(path, len(text.encode())) == text.encode()
    except UnreadableError:
        return False


def _print(files: dict[str, str]) -> None:
    """Print the files to be; of inferred schemas, which are long, only how long they are."""
    for path, text in files.items():
        if path.endswith(".json"):
            write(f"==> {terminal(path)} ({counted(text.count(chr(10)), 'line')}, inferred) <==\n\n")
        else:
            shown = "\n".join(map(terminal, text.splitlines()))
            write(f"==> {terminal(path)} <==\n{shown}\n\n")


def _says_yes() -> bool:
    """Ask, where there is somebody to be asked."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return False
    # Not click.confirm: before 8.4 it writes a part of the question to standard output.
    click.echo("Write this? [y/N]: ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _write(files: dict[str, str]) -> None:
    for path, text in files.items():
        try:
            written = create(path, text)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from error
        say(f"{path} is written" if written else f"{path} is there already and stays as it is")
