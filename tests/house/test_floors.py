"""The house: imports go downwards only, lazy ones included; there is no cycle; nobody imports the package's root."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
FLOORS: dict[str, float] = {
    "equivalents": 1.5,
    **dict.fromkeys(("errors", "files", "layout", "namespaces"), 0),
    **dict.fromkeys(("model", "iris"), 1),
    **dict.fromkeys(("formats", "rdfio", "rdfxml", "sparql"), 1.5),
    **dict.fromkeys(("texts", "records", "store"), 2),
    **dict.fromkeys(("anchors", "headed", "mapping"), 3),
    **dict.fromkeys(("validation", "questions", "reasoning", "statements", "linking"), 4),
    **dict.fromkeys(("build", "charts", "drafting"), 5),
    "pool": 4,
    "exchange": 5,
    "tables": 4.5,  # holds cells against the lexical rules of validation
    "publishing": 5,
    "merging": 5,
    "web": 6,
    "agreement": 5.5,  # over what merging reads
    "coverage": 5.5,  # shows what is open with the cues of drafting
    "founding": 5.5,  # fills in and builds
    "library": 5.5,  # opens what merging reads
    "inspection": 6,
    "reference": 6,
    "cli": 7,
}
MODULES = sorted(SRC.rglob("*.py"))


def get_name(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


def find_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith("testimonia")}


def get_room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("path", MODULES, ids=get_name)
def test_imports_go_downwards(path: Path) -> None:
    room = get_room(get_name(path))
    for imported in find_imports(path):
        other = get_room(imported)
        if imported == "testimonia.__version__":
            continue
        assert other in FLOORS, f"{imported}: a room that no floor has"
        if other != room and room:
            assert FLOORS[other] < FLOORS[room], (
                f"{room} (floor {FLOORS[room]}) imports {imported} (floor {FLOORS[other]})"
            )


def test_every_room_has_a_floor() -> None:
    rooms = {get_room(get_name(path)) for path in MODULES} - {""}
    assert rooms == set(FLOORS)


def test_no_cycle_between_modules() -> None:
    names = {get_name(path): find_imports(path) for path in MODULES}
    edges = {
        name: {other for other in names if any(i == other or i.startswith(f"{other}.") for i in imports)}
        - {name, "testimonia"}
        for name, imports in names.items()
    }
    edges = {n: {o for o in others if not n.startswith(f"{o}.")} for n, others in edges.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a cycle: {' → '.join((*way, name))}"
        if name not in done:
            for other in edges[name]:
                visit(other, (*way, name))
            done.add(name)

    for name in names:
        visit(name, ())


def test_modules_are_small_and_say_what_they_are_for() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{path}: no docstring"
        assert text.count("\n") <= 300, f"{path}: more than 300 lines"
        assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
