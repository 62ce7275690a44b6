"""Every Turtle, SPARQL, JSON and YAML file of the project parses; every link of the docs leads somewhere."""

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.yaml_tree import parse_tree

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("ontology", "shapes", "mappings", "queries", "examples", "tests/cases", "docs")
LINK = re.compile(r"\]\((?!https?://)([^)#]+)(#[^)]*)?\)")


def find(ending: str, folders: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Find files of a kind; those that are broken on purpose stand in folders called bad-files."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*.{ending}"))
    return sorted(path for path in found if "bad-files" not in path.parts)


def test_turtle_parses() -> None:
    files = find("ttl")
    assert len(files) > 20
    for path in files:
        list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def test_sparql_parses() -> None:
    files = find("rq", ("queries",))
    assert len(files) >= 10
    store = ox.Store()
    for path in files:
        store.query(re.sub(r"\?_\w+", "<x:y>", path.read_text("utf-8")), base_iri="https://example.org/")


def test_curated_yaml_parses() -> None:
    for path in find("yaml", ("mappings", "examples/lantern", "examples/heron")):
        tree, problems = parse_tree(path.read_text("utf-8"), path.name)
        assert tree is not None
        assert not problems


def test_json_parses() -> None:
    for ending in ("json", "jsonld"):
        for path in find(ending, ("mappings", "graph")):
            json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda p: p.name)
def test_links_of_the_docs_lead_somewhere(page: Path) -> None:
    for target, _ in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"
