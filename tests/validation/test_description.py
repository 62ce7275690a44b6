"""Description: each case is a store and what is to be found in what it says of itself; the graph has no finding."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.findings import shorten
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.core.namespaces import expand
from testimonia.dataset.project import build_project, read_lock, read_project
from testimonia.rdf.store import load_store, read_store
from testimonia.validation.description import check_description

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "description").glob("*.trig"))
BASE = "https://example.org/"
EXPECT = re.compile(r"^# expect: (.+)$", re.MULTILINE)


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 17


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_is_found_in_a_description(case: Path) -> None:
    store = ox.Store()
    store.load(path=str(case), format=ox.RdfFormat.TRIG)
    findings = check_description(store, BASE)
    found = [f"{f.rule} {f.focus.removeprefix(BASE) or '-'} {shorten(f.path)} {f.severity}" for f in findings]
    assert sorted(found) == sorted(EXPECT.findall(case.read_text("utf-8")))
    assert findings == sorted(findings)
    assert all(f.layer is Layer.DATASET and f.fix for f in findings)


def test_the_graph_is_described(project_layout: Layout) -> None:
    assert check_description(read_store(project_layout.graph), "https://w3id.org/testimonia/") == []


def test_a_data_set_without_a_publisher_is_only_told_so(example: Layout) -> None:
    built = build_project(read_project(example), read_lock(example))
    findings = check_description(load_store(built.files), "https://example.org/lantern/")
    assert [(f.severity, shorten(f.path)) for f in findings] == [("Info", "dct:publisher")]


def test_a_publisher_in_the_settings_is_one_with_a_name(example: Layout) -> None:
    with example.dataset.open("a", encoding="utf-8") as stream:
        stream.write("publisher: The Lantern Review\n")
    store = load_store(build_project(read_project(example), read_lock(example)).files)
    assert check_description(store, "https://example.org/lantern/") == []
    name = ox.Literal("The Lantern Review")
    publisher = ox.NamedNode("https://example.org/lantern/graph/dataset#publisher")
    assert [quad.subject for quad in store.quads_for_pattern(None, None, name, None)] == [publisher]


def test_the_day_of_the_version_is_a_date(example: Layout) -> None:
    graph = ox.NamedNode("https://example.org/lantern/graph/dataset")
    store = load_store(build_project(read_project(example), read_lock(example)).files)
    issued = ox.NamedNode(expand("dct:issued"))
    found = [quad.object for quad in store.quads_for_pattern(None, issued, None, graph)]
    assert found == [ox.Literal("2031-09-01", datatype=ox.NamedNode(expand("xsd:date")))]
