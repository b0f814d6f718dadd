"""Every kind of installation works away from the checkout: schemas are found, the command runs, nothing is missing."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import BASE, ROOT, with_fields

DEPENDENCIES = sysconfig.get_path("purelib")
"""Where the packages that newslint needs are installed for the tests: the new environments look there, too."""


def _run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command that must end well, and return what it prints."""
    result = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel that is built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source, cwd=folder)
    return folder


def _install(tmp_path: Path, *what: str | Path) -> Path:
    """Install into a new environment that shares the dependencies but not newslint; return its folder of commands."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed", "--quiet")
    # The build needs hatchling, which is among the packages of the tests.
    _run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        *options,
        *what,
        cwd=tmp_path,
        PYTHONPATH=DEPENDENCIES,
    )
    site = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # A path in a .pth file comes last, and the .pth files in it (newslint's own editable one) are not read.
    (site / "dependencies.pth").write_text(f"{DEPENDENCIES}\n")
    return python.parent


def _check(commands: Path, tmp_path: Path) -> Path:
    """Use an installation as a user would, and return where its package is."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "good.md").write_text(BASE)
    (folder / "bad.md").write_text(with_fields("published: true\n"))
    newslint = commands / "newslint"
    assert _run(newslint, "check", "good.md", cwd=folder) == "1 file checked, no findings\n"
    assert "bad.md:11:12: error NL503 " in _run(newslint, "check", "--exit-zero", cwd=folder)
    for name in ("article", "config", "report"):
        assert _run(newslint, "schema", name, cwd=folder) == (ROOT / "schemas" / f"{name}.schema.json").read_text(
            "utf-8"
        )
    program = "import newslint; print(newslint.lint_path('good.md'), newslint.__version__, newslint.__file__)"
    findings, version, file = _run(commands / "python", "-c", program, cwd=folder).split()
    assert (findings, version) == ("()", "0.1.0")
    return Path(file).parent


def test_the_wheel_holds_the_package_the_schemas_and_nothing_else(built: Path, source: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == "newslint-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = archive.read("newslint-0.1.0.dist-info/METADATA").decode()
        entry_points = archive.read("newslint-0.1.0.dist-info/entry_points.txt").decode()
        assert "newslint-0.1.0.dist-info/licenses/LICENSE" in archive.namelist()
    modules = {path.relative_to(source / "lint").as_posix() for path in (source / "lint").rglob("*") if path.is_file()}
    schemas = {f"newslint/schemas/{path.name}" for path in (source / "schemas").iterdir()}
    assert names == modules | schemas
    assert "newslint/py.typed" in names
    assert "newslint/schemas/article.schema.json" in names
    assert "newslint = newslint.cli.start:main" in entry_points
    assert "Requires-Python: >=3.11" in metadata


def test_the_sdist_holds_what_building_and_testing_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        *("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml", "PKG-INFO"),
        *("lint/newslint/py.typed", "schemas/article.schema.json", "tests/conftest.py"),
    } <= names
    assert not any(name.startswith((".venv", ".git/", "dist", "build")) for name in names)


def test_the_wheel_works_away_from_the_checkout(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    package = _check(_install(tmp_path, wheel), tmp_path)
    assert package.is_relative_to(tmp_path / "environment")


def test_the_sdist_can_be_installed(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    package = _check(_install(tmp_path, sdist), tmp_path)
    assert (package / "schemas" / "article.schema.json").is_file()


def test_the_checkout_can_be_installed(source: Path, tmp_path: Path) -> None:
    package = _check(_install(tmp_path, source), tmp_path)
    assert (package / "schemas" / "article.schema.json").is_file()


def test_an_editable_installation_finds_the_schemas_of_the_checkout(source: Path, tmp_path: Path) -> None:
    package = _check(_install(tmp_path, "-e", source), tmp_path)
    assert package == source / "lint" / "newslint"
    assert not (package / "schemas").exists()
