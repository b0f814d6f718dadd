"""What one would take instead of newslint: how each is found, and the call that is its best."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import ROOT
from benchmarks.measure import Command

SCHEMA = ROOT / "schemas" / "article.schema.json"
FOUND_OR_NOT = frozenset({0, 1})


class Peer(NamedTuple):
    """Another tool: its name, how it is installed, the words that start it (none: it is not here), and its version."""

    name: str
    install: str
    words: tuple[str, ...]
    version: str = ""


class Peers(NamedTuple):
    """The tools of the comparison; ``npm`` is sourcemeta's as npm starts it, through Node.js."""

    check_jsonschema: Peer
    yamllint: Peer
    ryl: Peer
    rumdl: Peer
    sourcemeta: Peer
    npm: Peer


def folders_of(places: Sequence[Path]) -> list[Path]:
    """Return where programs lie under places given by the user: virtual environments, npm's projects, plain folders."""
    inner = (".", "bin", "node_modules/.bin")
    return [place.resolve() / name for place in places for name in inner if (place / name).is_dir()]


def find_peers(variables: Mapping[str, str]) -> Peers:
    """Return the tools as they are found on the PATH of the measured processes."""
    path = variables["PATH"]
    launcher = _sourcemeta(path)
    native = _native(launcher) if launcher else None
    npm = "npm install @sourcemeta/jsonschema"

    def pip(name: str) -> Peer:
        return _peer(name, f"pip install {name}", shutil.which(name, path=path), variables)

    return Peers(
        check_jsonschema=pip("check-jsonschema"),
        yamllint=pip("yamllint"),
        ryl=pip("ryl"),
        rumdl=pip("rumdl"),
        sourcemeta=_peer("sourcemeta", npm, native, variables),
        npm=_peer("sourcemeta by npm", npm, launcher, variables),
    )


def _peer(name: str, install: str, program: str | None, variables: Mapping[str, str]) -> Peer:
    if program is None:
        return Peer(name, install, ())
    said = subprocess.run(  # noqa: S603 - a tool that the user has installed
        [program, "--version"], env=dict(variables), capture_output=True, text=True, check=False
    ).stdout
    return Peer(name, install, (program,), said.split()[-1] if said.split() else "")


def _sourcemeta(path: str) -> str | None:
    """Return npm's launcher: Python's jsonschema has a command of the same name."""
    for folder in path.split(os.pathsep):
        found = shutil.which("jsonschema", path=folder)
        if found and "@sourcemeta" in os.path.realpath(found):
            return found
    return None


def _native(launcher: str) -> str | None:
    """Return the program that npm's launcher starts: it stands in the package, one for each system."""
    machine = {"AMD64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    name = f"jsonschema-{sys.platform}-{machine}"
    program = Path(os.path.realpath(launcher)).parents[1] / "build" / "github-releases" / name
    return str(program) if os.access(program, os.X_OK) else None


def sourcemeta(peer: Peer, yaml: Path, files: int) -> Command:
    """Sourcemeta's validator over a folder of YAML, without the words of its errors (``--fast``) and without Node.js.

    It compiles the schema once and validates each document against it, and does nothing else.
    """
    words = (*peer.words, "validate", str(SCHEMA), str(yaml), "--fast")
    return Command("sourcemeta", words, frozenset({0, 2}), f"{files} validated")


def npm(peer: Peer, yaml: Path, files: int) -> Command:
    """Sourcemeta's validator as one calls it: through npm's launcher, with errors that say what is wrong."""
    words = (*peer.words, "validate", str(SCHEMA), str(yaml))
    return Command("sourcemeta by npm", words, frozenset({0, 2}), f"{files} validated")


def ryl(peer: Peer, yaml: Path, files: int, cache: Path | None = None) -> Command:
    """Return ryl with all its rules over a folder of YAML, on all processors, with or without its cache.

    Without ``--enable`` it stops at once where it finds no configuration. ``document-end`` speaks once a file, which
    tells that none was passed over.
    """
    means = ("--no-cache",) if cache is None else ("--cache-dir", str(cache))
    name = "ryl" if cache is None else "ryl, its cache warm"
    words = (*peer.words, "check", "--enable", "ALL", "--output-format", "parsable", *means, str(yaml))
    return Command(name, words, FOUND_OR_NOT, r"document-end", files)


def rumdl(peer: Peer, articles: Path, files: int, cache: Path | None = None) -> Command:
    """Return rumdl with its default rules over the articles themselves, on all processors.

    It looks at Markdown, and at little of the front matter: it is here for what reading so many files costs.
    """
    means = ("--no-cache",) if cache is None else ("--cache-dir", str(cache))
    name = "rumdl" if cache is None else "rumdl, its cache warm"
    words = (*peer.words, "check", "--isolated", "--output-format", "concise", *means, str(articles))
    return Command(name, words, FOUND_OR_NOT, rf"\b{files} files?\b")


def check_jsonschema(peer: Peer, files: Sequence[Path]) -> Command:
    """Return check-jsonschema with Python's regular expressions and without its checks of formats, which is fastest."""
    means = ("--regex-variant", "python", "--disable-formats", "*", "--schemafile", str(SCHEMA))
    words = (*peer.words, *means, *map(str, files))
    return Command("check-jsonschema", words, FOUND_OR_NOT, "ok -- validation done|Schema validation errors")


def yamllint(peer: Peer, yaml: Path) -> Command:
    """Return yamllint with its default rules, but for the length of lines, which every article would break."""
    rules = "{extends: default, rules: {line-length: disable}}"
    return Command("yamllint", (*peer.words, "-d", rules, "-f", "parsable", str(yaml)), FOUND_OR_NOT)
