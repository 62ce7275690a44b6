"""Nanopublications: the rules agree with the public suite; ours keep them, and together say what the graph says."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from nanopub.nanopub import Nanopub

from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.export.forms import write_export
from testimonia.export.nanopubs import GRAPHS
from testimonia.export.source import read_source

from .rules import check_nanopubs

FORMS = {".trig": "trig", ".nq": "nquads", ".xml": "trix"}
CASES = {"valid/plain": 18, "valid/signed": 46, "valid/trusty": 27, "invalid/plain": 12}
"""Folder of the suite → how many cases; what is invalid by its signature or trusty URI alone is no plain case."""
BASE = "https://example.org/lantern/"


def read_dataset(path: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(path, format=FORMS[path.suffix])
    return dataset


def make_nanopubs(folder: Path, path: Path) -> dict[str, list[ox.Quad]]:
    """The nanopublications of a graph, read from the file that they were exported to, by their IRIs."""
    write_export(read_source(folder), "nanopub", str(path))
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value.rpartition("-")[0]].append(quad)
    return found


def load(quads: list[ox.Quad]) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data="".join(f"{quad} .\n" for quad in quads), format="nquads")
    return dataset


def list_claims(folder: Path) -> Iterator[tuple[str, str]]:
    """Each claim of a graph, with the IRI of its interview's graph."""
    for path in sorted(folder.glob("interview/*.nq")):
        for quad in ox.parse(path=path):
            if (quad.predicate.value, getattr(quad.object, "value", "")) == (expand("rdf:type"), f"{T}Claim"):
                yield quad.subject.value, quad.graph_name.value


@pytest.mark.suites
@pytest.mark.parametrize("part", CASES)
def test_the_rules_agree_with_the_suite(suites: Path, part: str) -> None:
    cases = sorted((suites / "nanopub" / part).iterdir())
    assert len(cases) == CASES[part]
    said = {case.name: check_nanopubs(read_dataset(case).quads()) for case in cases}
    if part.startswith("valid"):
        assert {name: wrong for name, wrong in said.items() if wrong} == {}
    else:
        assert [name for name, wrong in said.items() if not wrong] == []


@pytest.mark.suites
def test_each_invalid_case_is_found_for_what_it_shows(suites: Path) -> None:
    shown = {
        "emptya": "assertion empty",
        "emptyinfo": "pubinfo empty",
        "emptyprov": "provenance empty",
        "extragraph": "a graph of no nanopublication: http://example.org/nanopub-validator-example/foobar",
        "graphs_uris_equal": "IRIs of the parts are not all different",
        "illtyped_datatypes_in_assertion": "ill-typed: two",
        "noinfolink": "pubinfo tells nothing of what it is about",
        "noprovlink": "provenance tells nothing of what it is about",
        "valid_invalid1": "0 links to assertion",
    }
    for name in ("assertion", "provenance", "pubinfo"):
        shown[f"{name}_graph_uri_not_matching"] = "the IRI of a part does not begin with that of the nanopublication"
    cases = sorted((suites / "nanopub" / "invalid" / "plain").glob("*.trig"))
    assert sorted(shown) == [case.stem for case in cases]
    for case in cases:
        assert shown[case.stem] in check_nanopubs(read_dataset(case).quads()), case.stem


def test_ours_keep_the_rules(folder: Path, tmp_path: Path) -> None:
    nanopubs = make_nanopubs(folder, tmp_path / "all.trig")
    assert {iri: wrong for iri, quads in nanopubs.items() if (wrong := check_nanopubs(load(quads).quads()))} == {}
    assert sorted(nanopubs) == sorted(f"{claim}#nanopub" for claim, _ in list_claims(folder))
    assert check_nanopubs(read_dataset(tmp_path / "all.trig").quads()) == [], "all in one file"


def test_the_package_accepts_ours(lantern: Path, tmp_path: Path) -> None:
    nanopubs = make_nanopubs(lantern, tmp_path / "all.trig")
    assert len(nanopubs) == len(list(list_claims(lantern))) > 50
    for iri in sorted(nanopubs)[::10]:
        read = Nanopub(rdf=load(nanopubs[iri]))
        assert (str(read.metadata.np_uri), read.is_valid) == (iri, True)


@pytest.mark.slow
def test_the_package_accepts_all_of_the_real_graph(project_layout: Layout, tmp_path: Path) -> None:
    nanopubs = make_nanopubs(project_layout.graph, tmp_path / "all.trig")
    assert len(nanopubs) == len(list(list_claims(project_layout.graph))) > 1000
    for quads in nanopubs.values():
        dataset = load(quads)
        assert check_nanopubs(dataset.quads()) == []
        assert Nanopub(rdf=dataset).is_valid


def test_together_they_say_what_claims_say(folder: Path, tmp_path: Path) -> None:
    """Each statement about a claim and its parts is in its nanopublication once, and none that the graph has not."""
    nanopubs = make_nanopubs(folder, tmp_path / "all.trig")
    graph = [quad for path in folder.rglob("*.nq") for quad in ox.parse(path=path)]
    whole = {quad.triple for quad in graph}
    of_claims = {q.triple for q in graph if "/claim/" in str(q.subject) and "#Withdrawn>" not in str(q.object)}
    told: list[ox.Triple] = []
    for iri, quads in nanopubs.items():
        names = [name for name, _ in groupby(str(quad.graph_name).strip("<>") for quad in quads)]
        assert names == [f"{iri}-{part}" for part in GRAPHS]
        said = [q for q in quads if str(q.graph_name).strip("<>") in names[1:3]]
        told += [q.triple for q in said if "#nanopub" not in str(q.subject) and "/claim/" in str(q.subject)]
        assert {q.triple for q in said if "#nanopub" not in str(q.subject)} <= whole
    assert len(told) == len(set(told))
    assert set(told) == of_claims


def test_one_of_them(lantern: Path, tmp_path: Path) -> None:
    claim = f"{BASE}interview/val-solen/claim/8"
    quads = make_nanopubs(lantern, tmp_path / "all.trig")[f"{claim}#nanopub"]
    parts: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        parts[str(quad.graph_name).rpartition("-")[2].rstrip(">")].add(str(quad.triple))
    assertion, raid = f"<{claim}#nanopub-assertion>", f"<{BASE}id/archive-raid>"
    assert f"{raid} <{expand('rdf:type')}> <{T}Act>" in parts["assertion"], "that it was done is told by its class"
    assert f"<{claim}> <{T}actor> <{BASE}id/harbour-police>" in parts["assertion"]
    assert not any(f"<{T}statedBy>" in triple for triple in parts["assertion"])
    assert {
        f"<{claim}> <{T}statedBy> <{BASE}id/mira-solen>",
        f"{assertion} <{expand('prov:wasAttributedTo')}> <{BASE}id/mira-solen>",
        f"{assertion} <{expand('prov:hadPrimarySource')}> <{claim}/evidence/1>",
        f'<{claim}/evidence/1> <{expand("oa:start")}> "393"^^<{expand("xsd:nonNegativeInteger")}>',
    } <= parts["provenance"]
    assert parts["pubinfo"] == {
        f"<{claim}#nanopub> <{expand('dct:isPartOf')}> <{BASE}>",
        f"<{claim}#nanopub> <{expand('dct:license')}> <https://creativecommons.org/licenses/by/4.0/>",
        f'<{claim}#nanopub> <{expand("dct:created")}> "2031-09-01"^^<{expand("xsd:date")}>',
        f'<{claim}#nanopub> <{expand("owl:versionInfo")}> "1"',
    }
    np = "http://www.nanopub.org/nschema#"
    assert parts["head"] == {
        f"<{claim}#nanopub> <{expand('rdf:type')}> <{np}Nanopublication>",
        f"<{claim}#nanopub> <{np}hasAssertion> {assertion}",
        f"<{claim}#nanopub> <{np}hasProvenance> <{claim}#nanopub-provenance>",
        f"<{claim}#nanopub> <{np}hasPublicationInfo> <{claim}#nanopub-pubinfo>",
    }


def test_the_publisher_is_the_curator(project_layout: Layout, tmp_path: Path) -> None:
    publisher = "<https://w3id.org/testimonia/graph/dataset#publisher>"
    for iri, quads in make_nanopubs(project_layout.graph, tmp_path / "all.trig").items():
        lines = {str(quad.triple) for quad in quads}
        assert f"<{iri}-curation> <{expand('prov:wasAssociatedWith')}> {publisher}" in lines
        assert f"<{iri}> <{expand('dct:creator')}> {publisher}" in lines
        assert f'{publisher} <{expand("foaf:name")}> "The Testimonia maintainers"' in lines


def test_interviews_alone_make_files(lantern: Path, tmp_path: Path) -> None:
    write_export(read_source(lantern), "nanopub", f"{tmp_path / 'parts'}/")
    names = sorted(path.relative_to(tmp_path / "parts").as_posix() for path in (tmp_path / "parts").rglob("*.trig"))
    assert names == ["interview/val-dale.trig", "interview/val-solen.trig"]
