"""The floors of the house: imports go down only, nothing goes round in a circle, and heavy things stay in their rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "lint" / "newslint"
FLOORS = [
    {
        "version",
        "atomic",
        "digest",
        "late",
        "record",
        "limits",
        "finding",
        "near",
        "quote",
        "url",
        "tracking",
        "address",
        "components",
    },
    {"report"},
    {"document"},
    {"edits"},
    {"vocabulary"},
    {"topic_files", "toml_file"},
    {"schema"},
    {"rules"},
    {"settings"},
    {"history"},
    {"config"},
    {"explain"},
    {"engine"},
    {"fix"},
    {"run"},
    {"infer", "setup", "stats"},
    {"output"},
    {"api", "server"},
    {"cli"},
    {"__main__"},
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, *, lazy: bool = True) -> set[str]:
    """Return the names of newslint's modules that a module imports, type-checking imports aside."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    known = {_name(other) for other in _modules()}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else node.module)
    return found


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_imports_go_down_only(path: Path) -> None:
    room = _name(path).split(".")[1] if "." in _name(path) else "newslint"
    for imported in _imports(path):
        if not imported.startswith("newslint.") or room == "newslint":
            continue
        other = imported.split(".")[1]
        assert LEVEL[other] <= LEVEL[room], f"{_name(path)} imports {imported} from a higher floor"
        if LEVEL[other] == LEVEL[room] and LEVEL[room] > 0:
            assert other == room, f"{_name(path)} imports {imported} from the room beside it"


def test_no_circles() -> None:
    graph = {_name(path): {name for name in _imports(path) if name.startswith("newslint")} for path in _modules()}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join((*way, module))
        if module not in done:
            for imported in sorted(graph.get(module, ())):
                visit(imported, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", sorted((PACKAGE / "output").rglob("*.py")), ids=_name)
def test_output_knows_findings_and_reports_alone(path: Path) -> None:
    allowed = {
        "newslint.finding",
        "newslint.late",
        "newslint.limits",
        "newslint.record",
        "newslint.report",
        "newslint.version",
    }
    for imported in _imports(path):
        if imported.startswith("newslint."):
            assert imported in allowed or imported.startswith("newslint.output"), imported


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_click_is_for_the_command_line(path: Path) -> None:
    if "cli" not in path.parts:
        assert not any(name.split(".")[0] == "click" for name in _imports(path))


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_the_protocol_of_editors_is_for_the_server(path: Path) -> None:
    if "server" not in path.parent.parts[-1:]:
        assert not any(name.split(".")[0] in ("pygls", "lsprotocol") for name in _imports(path))


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_first_sentence_says_what_a_module_is_for(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert doc, f"{_name(path)} has no docstring"
    assert len(doc.split("\n", 1)[0]) <= 120
