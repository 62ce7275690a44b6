"""The page "Add a property", followed word for word on a copy of the project: the new key works, and is checked."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_lock, read_project
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.shacl import check_graph

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "add-a-property.md").read_text("utf-8")
COPIED = ("docs", "examples", "graph", "mappings", "ontology", "queries", "shapes", "src", "tests")
COMMAND = "import sys; from testimonia.cli import main; sys.exit(main())"
CHECKED = ("tests/house/test_syntax.py", "tests/house/test_words.py", "tests/shacl/test_shacl.py")
"""The tests of `make check test` that look at a new property, beside the machine-made files; of those, these:"""
LOOKING = "witness or turtle_parses or json_parses or domain or key_is or reporting_shape or each_constraint"


def get_blocks(language: str, heading: str) -> list[str]:
    """The blocks of code of a language in a section of the page."""
    section = PAGE[PAGE.index(heading) :].partition("\n## ")[0]
    blocks = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert blocks, f"no {language} block after {heading!r}"
    return blocks


def write_below(path: Path, beside: str, line: str) -> None:
    """Write a line below the one that has some words."""
    text = path.read_text("utf-8")
    above = next(above for above in text.splitlines(keepends=True) if beside in above)
    path.write_text(text.replace(above, above + line, 1), "utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the five steps of the page done, and nothing else."""
    root = tmp_path_factory.mktemp("followed")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, heading in (("ontology/testimonia.ttl", "## 1."), ("shapes/claim.ttl", "## 2.")):
        with (root / name).open("a", encoding="utf-8") as stream:
            stream.write(get_blocks("turtle", heading)[0])
    write_below(root / "mappings" / "context.jsonld", '"destination"', get_blocks("json", "## 3.")[0])
    case = root / "tests" / "cases" / "shapes" / "ClaimShape-witness"
    case.mkdir()
    for name, block in zip(("pass.ttl", "fail.ttl"), get_blocks("turtle", "## 4."), strict=True):
        (case / name).write_text(block, "utf-8")
    write_below(root / "docs" / "records.md", "| `plaintiff` |", get_blocks("markdown", "## 5.")[0])
    return root


@pytest.fixture
def followed(copy: Path, example: Layout) -> Layout:
    return Layout(example.root, copy)


def run(root: Path, *arguments: str) -> None:
    """Run Python with the copy's sources."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_what_make_check_runs_passes(copy: Path) -> None:
    run(copy, "-c", COMMAND, "generated")
    run(copy, "-c", COMMAND, "generated", "--check")
    run(copy, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-k", LOOKING, *CHECKED)


def add_line(layout: Layout, value: str) -> None:
    """Give a displacement of the example the new key."""
    path = layout.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    line = next(line for line in text.splitlines(keepends=True) if line.strip().startswith("destination:"))
    new = get_blocks("yaml", "## Then")[0].replace("archive-volunteers", value)
    path.write_text(text.replace(line, line + new, 1), "utf-8")


def test_the_new_key_becomes_the_new_property(followed: Layout, tmp_path: Path) -> None:
    add_line(followed, "volunteers")
    project = read_project(followed)
    built = build_project(project, read_lock(followed))
    triples = built.files["interview/val-solen.nq"].decode()
    assert (
        triples.count("<https://w3id.org/testimonia/ontology#witness> <https://example.org/lantern/id/volunteers>") == 1
    )
    assert find_findings(followed, built.files, tmp_path) == []


def test_the_new_shape_finds_what_is_no_agent(followed: Layout, tmp_path: Path) -> None:
    add_line(followed, "ostmark")
    built = build_project(read_project(followed), read_lock(followed))
    findings = find_findings(followed, built.files, tmp_path)
    assert [f.rpartition("#")[2] for f in findings] == ["ClaimShape-witness"]


def test_a_misspelt_value_is_refused(followed: Layout) -> None:
    add_line(followed, "volunters")
    with pytest.raises(InputError, match=r'witness: no entity "volunters"\. Did you mean "volunteers"'):
        read_project(followed)


def test_without_the_page_the_key_is_unknown(example: Layout) -> None:
    add_line(example, "ostmark")
    with pytest.raises(InputError, match='unknown key "witness"'):
        read_project(example)


def find_findings(layout: Layout, files: dict[str, bytes], tmp_path: Path) -> list[str]:
    for name, content in files.items():
        path = tmp_path / "built" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    data = parse_files(sorted((tmp_path / "built").rglob("*.nq")))
    return [finding.rule for finding in check_graph(data, read_shapes_graph(layout.shapes))]
