"""Alignments and axioms: they parse, speak of our terms and of terms that exist, say why, and stay out of the graph."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef, namespace
from rdflib.collection import Collection
from rdflib.term import Node

from testimonia.core.namespaces import TERM, T
from testimonia.shacl.graphs import parse_files

PROJECT = Path(__file__).resolve().parents[2]
ONTOLOGY = PROJECT / "ontology"
MATCHES = {SKOS.closeMatch, SKOS.relatedMatch}
SUBSUMPTIONS = {RDFS.subClassOf, RDFS.subPropertyOf}
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
CRMINF = "http://www.cidoc-crm.org/extensions/crminf/"
OA = "http://www.w3.org/ns/oa#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
CLOSED = (namespace.ORG, namespace.PROV, namespace.SDO, namespace.SKOS)
"""Vocabularies whose terms rdflib lists."""
LISTED = {
    OA: "Annotation TextPositionSelector hasTarget",
    SEM: "Event Actor Place Time View eventType accordingTo",
    CRM: "E2_Temporal_Entity E5_Event E7_Activity E9_Move E21_Person E33_Linguistic_Object E39_Actor E52_Time-Span"
    " E53_Place E54_Dimension E73_Information_Object E74_Group P90_has_value P91_has_unit",
    CRMINF: "I2_Belief J5_holds_to_be",
}
"""Terms of vocabularies that rdflib does not list, looked up in the vocabularies named in alignments.ttl."""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return parse_files([ONTOLOGY / "testimonia.ttl"])


@pytest.fixture(scope="module")
def axioms() -> Graph:
    return parse_files([ONTOLOGY / "axioms.ttl"])


@pytest.fixture(scope="module")
def aligned() -> list[tuple[Node, Node, Node]]:
    return [triple for triple in parse_files([ONTOLOGY / "alignments.ttl"]) if triple[1] in MATCHES | SUBSUMPTIONS]


def exists(iri: str) -> bool:
    if any(URIRef(iri) in closed for closed in CLOSED):
        return True
    return any(iri.removeprefix(base) in names.split() for base, names in LISTED.items() if iri.startswith(base))


def test_each_aligned_term_is_ours_and_each_other_exists(
    ontology: Graph, aligned: list[tuple[Node, Node, Node]]
) -> None:
    assert len(aligned) > 50
    for subject, _, other in aligned:
        assert str(subject).startswith(T)
        assert (subject, RDF.type, None) in ontology, subject
        assert exists(str(other)), other
    assert not exists("http://www.w3.org/ns/prov#Enttity")
    assert not exists(CRM + "E21_Human")


def test_every_vocabulary_is_aligned(aligned: list[tuple[Node, Node, Node]]) -> None:
    others = {str(other) for _, _, other in aligned}
    for base in (*map(str, CLOSED), *LISTED):
        assert any(iri.startswith(base) for iri in others), base


def test_classes_are_aligned_with_classes_and_properties_with_properties(
    ontology: Graph, aligned: list[tuple[Node, Node, Node]]
) -> None:
    for subject, predicate, other in aligned:
        is_class = (subject, RDF.type, OWL.Class) in ontology
        local = re.split(r"[#/]", str(other))[-1]
        assert is_class == local[0].isupper() or re.match(r"[PJ]\d", local), (subject, other)
        if predicate in SUBSUMPTIONS:
            assert (predicate == RDFS.subClassOf) == is_class, subject


def test_what_is_subsumed_is_declared(aligned: list[tuple[Node, Node, Node]]) -> None:
    """OWL 2 DL asks for a declaration of each class and property that an axiom names."""
    graph = parse_files([ONTOLOGY / "alignments.ttl"])
    for _, predicate, other in aligned:
        if predicate in SUBSUMPTIONS:
            kind = OWL.Class if predicate == RDFS.subClassOf else OWL.ObjectProperty
            assert (other, RDF.type, kind) in graph, other


def test_each_alignment_says_why() -> None:
    lines = (ONTOLOGY / "alignments.ttl").read_text("utf-8").splitlines()
    stated = [n for n, line in enumerate(lines) if line.startswith("t:")]
    assert len(stated) > 50
    for n in stated:
        assert lines[n].endswith(" ."), f"alignments.ttl:{n + 1}: one alignment a line"
        assert re.fullmatch(r"# [A-Z].{10,}\.", lines[n - 1]), f"alignments.ttl:{n + 1}: no reason above it"


def test_the_modalities_are_those_of_the_kinds(axioms: Graph) -> None:
    """`ontology/axioms.ttl` says with each modality what `mappings/kinds.yaml` says."""
    kinds = yaml.safe_load((PROJECT / "mappings" / "kinds.yaml").read_text("utf-8"))["claims"]
    terms = parse_files([ONTOLOGY / "terms" / "modality.ttl"])
    modality = TERM + "modality/"
    written: dict[str, set[str]] = {}
    for line in kinds.values():
        if "modality" in line:
            written.setdefault(line["modality"], set()).add(
                line.get("class", "Entity" if line["names"] == "entity" else "")
            )
    (members,) = axioms.objects(None, OWL.distinctMembers)
    assert {str(m).removeprefix(modality) for m in Collection(axioms, members)} == set(written)
    told: dict[str, set[str]] = {}
    for restriction, value in axioms.subject_objects(OWL.hasValue):
        (told_of,) = axioms.objects(axioms.value(restriction, RDFS.subClassOf), OWL.allValuesFrom)
        union = axioms.value(told_of, OWL.unionOf)
        named = list(Collection(axioms, union)) if union else [told_of]
        told[str(value).removeprefix(modality)] = {str(n).removeprefix(T) for n in named if n != OWL.Nothing}
    real = {str(s).removeprefix(modality) for s in terms.subjects(RDF.type, URIRef(T + "RealModality"))}
    unreal = {str(s).removeprefix(modality) for s in terms.subjects(RDF.type, URIRef(T + "UnrealModality"))}
    assert told == {name: written[name] - {""} for name in real | {"judged"}}
    assert {name for name, classes in written.items() if classes == {"Scenario"}} == unreal
    assert set(written) - real - unreal == {"judged"}


def test_axioms_speak_of_declared_terms(axioms: Graph, ontology: Graph) -> None:
    declared = set(ontology.subjects(RDF.type)) | set(parse_files([ONTOLOGY / "imports.ttl"]).subjects(RDF.type))
    for term in {node for triple in axioms for node in triple if str(node).startswith((T, str(SKOS)))}:
        assert term in declared, term


def test_asymmetric_and_irreflexive_properties_are_simple(axioms: Graph, ontology: Graph) -> None:
    """OWL 2 DL (section 11.2): such a property is not transitive, nor has a chain or such a property below it."""
    whole = parse_files(sorted(ONTOLOGY.glob("*.ttl")))
    assert not set(whole.subjects(RDF.type, OWL.TransitiveProperty))
    assert not set(whole.subjects(OWL.propertyChainAxiom))
    for kind in (OWL.AsymmetricProperty, OWL.IrreflexiveProperty, OWL.SymmetricProperty):
        for prop in axioms.subjects(RDF.type, kind):
            assert (prop, RDF.type, OWL.ObjectProperty) in ontology


def test_axioms_and_alignments_stay_out_of_the_graph() -> None:
    stored = {quad.triple for path in (PROJECT / "graph").rglob("*.nq") for quad in ox.parse(path=str(path))}
    for name in ("axioms", "alignments", "imports"):
        for quad in ox.parse(path=str(ONTOLOGY / f"{name}.ttl")):
            assert quad.triple not in stored, f"{name}.ttl: {quad.triple}"
