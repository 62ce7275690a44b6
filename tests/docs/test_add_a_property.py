"""The page "Add a property", followed word for word on a copy of the model: the new key works, and is checked."""

import re
import shutil
from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_lock, read_project
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.shacl import check_graph

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "add-a-property.md").read_text("utf-8")


def get_block(language: str, heading: str) -> str:
    """The first block of code of a language after a heading of the page."""
    match = re.search(rf"```{language}\n(.*?)```", PAGE[PAGE.index(heading) :], re.DOTALL)
    assert match, f"no {language} block after {heading!r}"
    return match[1]


@pytest.fixture
def followed(tmp_path: Path, example: Layout) -> Layout:
    model = tmp_path / "model"
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, model / folder)
    (model / "mappings").mkdir()
    for name in ("context.jsonld", "kinds.yaml"):
        shutil.copy(ROOT / "mappings" / name, model / "mappings" / name)
    layout = Layout(example.root, model)
    with layout.ontology.open("a") as stream:
        stream.write(get_block("turtle", "## 1."))
    with (layout.shapes / "claim.ttl").open("a") as stream:
        stream.write(get_block("turtle", "## 2."))
    context = layout.context.read_text("utf-8")
    beside = next(line for line in context.splitlines(keepends=True) if '"destination"' in line)
    layout.context.write_text(context.replace(beside, beside + get_block("json", "## 3.")), "utf-8")
    return layout


def add_line(layout: Layout, value: str) -> None:
    """Give a displacement of the example the new key."""
    path = layout.records / "val-solen.yaml"
    text = path.read_text("utf-8")
    line = next(line for line in text.splitlines(keepends=True) if line.strip().startswith("destination:"))
    new = get_block("yaml", "Now a claim can say").replace("archive-volunteers", value)
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
