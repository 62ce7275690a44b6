"""The house: imports go downwards only, lazy ones included; there is no cycle; nobody imports the package's root."""

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "testimonia"
MODULES = sorted(SRC.rglob("*.py"))
MOST_ROOMS = 22
MOST_PAIRS = 110


def read_floors() -> list[list[str]]:
    """The rooms of each floor, the highest first, as pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [floor.split(" | ") for floor in floors]


def find_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.partition(".")[0] == "testimonia"}


def test_the_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == EXIT_STATUS_SUCCESS


def test_contributing_tells_the_floors() -> None:
    told = " → ".join(", ".join(f"`{room}`" for room in floor) for floor in read_floors())
    assert told in " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())


def test_the_rooms_are_few_and_know_few_others() -> None:
    pairs = {
        (path.relative_to(SRC).parts[0], name.split(".")[1])
        for path in MODULES
        for name in find_imports(path)
        if path.parent != SRC and "." in name
    }
    rooms = {path.relative_to(SRC).parts[0] for path in MODULES} - {"__init__.py"}
    assert rooms == {room for floor in read_floors() for room in floor}
    assert len(rooms) <= MOST_ROOMS
    assert len({(one, other) for one, other in pairs if one != other}) <= MOST_PAIRS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_nobody_imports_the_root(path: Path) -> None:
    if path.parent != SRC:
        assert all("." in name and name.split(".")[1] != "__version__" for name in find_imports(path))


def test_modules_are_small_and_say_what_they_are_for() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{path}: no docstring"
        assert text.count("\n") <= 300, f"{path}: more than 300 lines"
        assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
