"""The ontology: it parses, each term explains itself, and context, kinds, shapes and program use no other terms."""

import itertools
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from testimonia.core.namespaces import TERM, T, expand
from testimonia.mapping.envelope import ENVELOPE_CLASSES, ENVELOPE_PROPERTIES
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.shacl import check_graph
from testimonia.shacl.shapes import Shape, find_shapes

PROJECT = Path(__file__).resolve().parents[2]
ONTOLOGY = PROJECT / "ontology" / "testimonia.ttl"
IMPORTS = PROJECT / "ontology" / "imports.ttl"
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
SIBLINGS = (
    "Interview Turn Passage Claim Figure Date Thing Withdrawn",
    "Entity Happening Scenario",
    "Agent Place Law Work Election",
    "Person Organisation Group",
    "Act Practice Threat Attempt Proceeding Displacement Event Activity Condition",
    "RealModality UnrealModality",
)
TERMS = sorted((PROJECT / "ontology" / "terms").glob("*.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return parse_files([ONTOLOGY])


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes_graph(PROJECT / "shapes")


@pytest.fixture(scope="module")
def context() -> dict[str, str]:
    """Key → property IRI."""
    lines = json.loads((PROJECT / "mappings" / "context.jsonld").read_text("utf-8"))["@context"]
    prefixes = {name: iri for name, iri in lines.items() if isinstance(iri, str)}
    pairs = {name: line["@id"].partition(":") for name, line in lines.items() if isinstance(line, dict)}
    return {name: prefixes[prefix] + local for name, (prefix, _, local) in pairs.items()}


def find_notations(paths: list[Path]) -> set[str]:
    literals = (o for o in parse_files(paths).objects() if isinstance(o, Literal))
    return {str(o.datatype) for o in literals if str(o.datatype).startswith(T)}


def find_own(ontology: Graph, *kinds: URIRef) -> set[str]:
    return {str(s) for kind in kinds for s in ontology.subjects(RDF.type, kind) if str(s).startswith(T)}


def test_two_parsers_read_the_same(ontology: Graph) -> None:
    assert isomorphic(ontology, Graph().parse(ONTOLOGY))


def test_header_names_the_version(ontology: Graph) -> None:
    head = ontology.value(predicate=RDF.type, object=OWL.Ontology)
    assert str(head) == T.removesuffix("#")
    version = ontology.value(head, OWL.versionInfo)
    assert ontology.value(head, OWL.versionIRI) == URIRef(f"{head}/{version}")


def test_no_blank_node() -> None:
    triples = list(ox.parse(path=str(ONTOLOGY)))
    assert len(triples) > 500
    assert not any(isinstance(term, ox.BlankNode) for q in triples for term in (q.subject, q.object))


@pytest.mark.parametrize("said", [RDFS.label, SKOS.definition, SKOS.example])
def test_each_term_has_one_label_definition_and_example(ontology: Graph, said: URIRef) -> None:
    own = find_own(ontology, OWL.Class, *PROPERTIES, RDFS.Datatype)
    assert len(own) > 80
    for term in own:
        words = [o for o in ontology.objects(URIRef(term), said) if isinstance(o, Literal)]
        assert [o.language for o in words] == ["en"], term
        assert all(str(o).strip() for o in words), term


def test_labels_and_definitions_are_each_of_one_term(ontology: Graph) -> None:
    for said in (RDFS.label, SKOS.definition):
        for kinds in ((OWL.Class,), PROPERTIES):
            words = [str(ontology.value(URIRef(term), said)) for term in find_own(ontology, *kinds)]
            assert len(words) == len(set(words))


def test_siblings_are_pairwise_disjoint(ontology: Graph) -> None:
    stated = {frozenset((str(a), str(b))) for a, b in ontology.subject_objects(OWL.disjointWith)}
    pairs = (itertools.combinations(names.split(), 2) for names in SIBLINGS)
    needed = {frozenset((T + a, T + b)) for a, b in itertools.chain(*pairs)}
    assert stated == needed


def test_each_class_stands_among_siblings_or_under_one_parent(ontology: Graph) -> None:
    grouped = {T + name for names in SIBLINGS for name in names.split()}
    assert find_own(ontology, OWL.Class) - grouped == {T + "Territory"}  # a territory is a place
    assert all(len(set(ontology.objects(s, RDFS.subClassOf))) == 1 for s in set(ontology.subjects(RDFS.subClassOf)))


def test_no_term_is_two_things(ontology: Graph) -> None:
    """OWL 2 DL (section 5.8.1): no property is both object and data property, no class a datatype or property."""
    for subject in set(ontology.subjects()):
        assert len(set(ontology.objects(subject, RDF.type))) == 1, subject


def test_all_subjects_are_our_own(ontology: Graph) -> None:
    assert all(str(s).startswith(T.removesuffix("#")) for s in ontology.subjects())
    assert not any(str(s).startswith(T) for s in parse_files([IMPORTS]).subjects())


def test_ranges_fit_the_kind_of_property(ontology: Graph) -> None:
    imported = parse_files([IMPORTS])
    for prop in map(URIRef, find_own(ontology, *PROPERTIES)):
        is_object = (prop, RDF.type, OWL.ObjectProperty) in ontology
        for target in ontology.objects(prop, RDFS.range):
            is_class = (target, RDF.type, OWL.Class) in ontology or (target, RDF.type, OWL.Class) in imported
            assert is_class == is_object, prop
        for source in ontology.objects(prop, RDFS.domain):
            assert (source, RDF.type, OWL.Class) in ontology, prop


def test_every_other_vocabulary_is_declared(ontology: Graph) -> None:
    """OWL 2 DL asks for a declaration of each property that is used, ours or not."""
    declared = set(ontology.subjects(RDF.type)) | set(parse_files([IMPORTS]).subjects(RDF.type))
    built_in = {str(n) for n in (RDF, RDFS, OWL)}
    for predicate in set(ontology.predicates()):
        assert predicate in declared or any(str(predicate).startswith(n) for n in built_in), predicate


def test_properties_are_those_of_context_and_envelope(ontology: Graph, context: dict[str, str]) -> None:
    used = set(context.values()) | {expand(name) for name in ENVELOPE_PROPERTIES}
    assert find_own(ontology, *PROPERTIES) == {iri for iri in used if iri.startswith(T)}


def test_classes_of_kinds_and_envelope_are_defined(ontology: Graph) -> None:
    kinds = yaml.safe_load((PROJECT / "mappings" / "kinds.yaml").read_text("utf-8"))
    named = {line["class"] for line in kinds["claims"].values() if "class" in line} | set(kinds["entities"].values())
    named |= ENVELOPE_CLASSES | {str(o).removeprefix(T) for o in parse_files(TERMS).objects(None, RDF.type)}
    classes = find_own(ontology, OWL.Class)
    assert {T + name for name in named if ":" not in name} <= classes
    parents = {str(o) for o in ontology.objects(None, RDFS.subClassOf)}
    assert classes - parents - {T + name for name in named} == set(), "a class that nothing uses"


def test_notation_datatypes_are_those_that_terms_use(ontology: Graph) -> None:
    assert find_own(ontology, RDFS.Datatype) == find_notations(TERMS)


def test_terms_conform(shapes: Graph) -> None:
    terms = parse_files([ONTOLOGY, *TERMS])
    assert len(set(terms.subjects(RDF.type, SKOS.Concept))) > 100
    assert check_graph(terms, shapes) == []


def test_shapes_use_defined_terms_only(ontology: Graph, shapes: Graph) -> None:
    defined = find_own(ontology, OWL.Class, *PROPERTIES)
    assert {str(node) for triple in shapes for node in triple if str(node).startswith(T)} <= defined


def test_each_key_has_one_property_shape_for_each_class(shapes: Graph, context: dict[str, str]) -> None:
    simple = [s for s in find_shapes(shapes) if s.reports and s.simple]
    for key, iri in context.items():
        owners = [owner for s in simple if s.path == iri for owner in s.owners]
        assert owners, f"no property shape for the key {key} ({iri})"
        assert len(owners) == len(set(owners)), key


def test_a_key_that_takes_terms_is_bound_to_its_scheme(shapes: Graph) -> None:
    lines = json.loads((PROJECT / "mappings" / "context.jsonld").read_text("utf-8"))["@context"]
    bound = {s.path: s.iri for s in find_shapes(shapes) if s.path and s.path.endswith(f"/<{SKOS.inScheme}>")}
    for key, line in lines.items():
        base = line.get("@context", {}).get("@base", "") if isinstance(line, dict) else ""
        if base.startswith(TERM):
            path = f"<{T}{line['@id'].removeprefix('t:')}>/<{SKOS.inScheme}>"
            assert list_values(shapes, bound[path], SH["in"]) == [URIRef(base.rstrip("/"))], key


def test_classes_and_modalities_of_kinds_agree_with_the_shapes(ontology: Graph, shapes: Graph) -> None:
    kinds = yaml.safe_load((PROJECT / "mappings" / "kinds.yaml").read_text("utf-8"))
    path = f"^<{T}about>/<{T}modality>"
    allowed: dict[str, set[str]] = {}
    for shape in find_shapes(shapes):
        if shape.path == path:
            slugs = {str(m).rpartition("/")[2] for m in list_values(shapes, shape.iri, SH["in"])}
            for owner in shape.owners:
                for target in shapes.objects(URIRef(owner), SH.targetClass):
                    allowed[str(target).removeprefix(T)] = slugs
    written: dict[str, set[str]] = {}
    for line in kinds["claims"].values():
        if "class" in line:
            written.setdefault(line["class"], set()).add(line["modality"])
    assert allowed == written | {"Entity": {kinds["claims"]["about"]["modality"]}}
    happenings = {str(s).removeprefix(T) for s in ontology.subjects(RDFS.subClassOf, URIRef(T + "Happening"))}
    assert happenings | {"Scenario", "Entity"} == set(allowed)


def list_values(shapes: Graph, shape: str, demand: URIRef) -> list[Node]:
    head = shapes.value(URIRef(shape), demand)
    assert head is not None, shape
    return list(shapes.items(head))


def is_prose(text: str) -> bool:
    return text[:1].isupper() and text.endswith(".") and len(text) > 20


def find_unexplained(shapes: list[Shape]) -> list[str]:
    return [
        s.iri
        for s in shapes
        if not (s.name and is_prose(s.message) and is_prose(s.description) and "docs/model.md#" in s.description)
    ]


def test_each_reporting_shape_explains_itself(shapes: Graph) -> None:
    reporting = [s for s in find_shapes(shapes) if s.reports]
    assert len(reporting) >= 150
    assert find_unexplained(reporting) == []
    for shape in map(URIRef, (s.iri for s in reporting)):
        assert shapes.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info)


def test_conditions_say_what_they_mean_and_are_used(shapes: Graph) -> None:
    for shape in find_shapes(shapes):
        if not shape.reports and not shape.targets:
            assert re.fullmatch(r"[A-Z].+\.", shape.description), shape.iri
            assert (None, None, URIRef(shape.iri)) in shapes, f"{shape.iri} is used nowhere"


def test_shapes_are_named(shapes: Graph) -> None:
    """Only lists and paths are blank: each shape is an IRI, so that a finding can name it."""
    shape_links = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
    for predicate in shape_links:
        assert all(isinstance(o, URIRef) for o in shapes.objects(None, predicate))
    for predicate in (SH["or"], SH["and"], SH.xone):
        for head in shapes.objects(None, predicate):
            assert all(isinstance(o, URIRef) for o in shapes.items(head))
    assert not any(str(p).startswith(str(SH.sparql)) for p in shapes.predicates())
