"""Views lose nothing and add nothing: every detail of every claim about a happening is there once, with its claim.

What the view of events must hold is worked out here a second time, from the triples one by one, and compared whole.
"""

from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError, QueryError
from testimonia.core.iris import mint_ontology_iri
from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import expand
from testimonia.dataset.project import build_project, read_lock, read_project
from testimonia.questions.asking import use_store
from testimonia.questions.views import get_view, make_view, parse_view, read_views
from testimonia.rdf.store import load_store, read_store

Triples = set[tuple[str, str, str]]

TELLING = {
    f"t:{n}" for n in ["inInterview", "voice", "context", "modality", "hedge", "saidOn", "inferredFrom", "contradicts"]
}
TELLING = {expand(n) for n in {*TELLING, "skos:editorialNote"}}
OTHERWISE = TELLING | {
    expand(n) for n in ("rdf:type", "rdfs:label", "t:about", "t:statedBy", "t:accordingTo", "t:evidence", "t:figure")
}
ROLES = {
    f"t:{n}" for n in ["actor", "impliedActor", "target", "addressee", "beneficiary", "participant", "mover", "forum"]
}
PLACES = {"t:place", "t:origin", "t:destination", "t:country"}
TIMES = {"t:date", "t:dateInferred", "t:since", "t:until", "t:relativeDate"}
BOUNDS = {
    "t:date": ("sem:hasEarliestBeginTimeStamp", "sem:hasLatestEndTimeStamp"),
    "t:dateInferred": ("sem:hasEarliestBeginTimeStamp", "sem:hasLatestEndTimeStamp"),
    "t:since": ("sem:hasEarliestBeginTimeStamp", "sem:hasLatestBeginTimeStamp"),
    "t:until": ("sem:hasEarliestEndTimeStamp", "sem:hasLatestEndTimeStamp"),
}


class Graph:
    """The triples of a store by subject; terms are their N-Triples form."""

    def __init__(self, store: ox.Store) -> None:
        self.by_subject: dict[str, list[tuple[str, str]]] = {}
        for quad in store:
            self.by_subject.setdefault(str(quad.subject), []).append((str(quad.predicate), str(quad.object)))

    def get(self, subject: str, name: str) -> list[str]:
        return [o for p, o in self.by_subject.get(subject, []) if p == iri(name)]


def iri(name: str) -> str:
    return f"<{expand(name)}>"


def name_view(claim: str, prop: str, value: str) -> str:
    if value.startswith("<"):
        path = value[1:-1]
        for stem in ("/interview/", "/id/", "/date/", "/term/"):
            if stem in path:
                path = path.split(stem, 1)[1]
                key = path.split("/", 1)[1] if stem == "/term/" else path
                break
    else:
        key = ox.parse(f"<x:a> <x:b> {value} .".encode(), format=ox.RdfFormat.N_TRIPLES).__next__().object.value
    return f"{claim[:-1]}/view/{prop.rpartition('#')[2]}/{quote(key, safe='-_.~')}>"


def expect(graph: Graph) -> Triples:
    """All triples of the view of events."""
    found: Triples = set()
    classes = {c for c, t in graph.by_subject.items() if (iri("rdfs:subClassOf"), iri("t:Happening")) in t}
    for claim, triples in graph.by_subject.items():
        events = [e for e in graph.get(claim, "t:about") if set(graph.get(e, "rdf:type")) & classes]
        for event in events:
            found |= expect_event(graph, event, claim)
            for predicate, value in triples:
                found |= expect_detail(graph, event, claim, predicate[1:-1], value)
    return found


def expect_event(graph: Graph, event: str, claim: str) -> Triples:
    found = {(event, iri("rdf:type"), iri("sem:Event")), (event, iri("prov:wasDerivedFrom"), claim)}
    found.add((claim, iri("rdf:type"), iri("prov:Entity")))
    bare = {"rdf:type": "rdf:type", "t:type": "sem:eventType"}
    for name in ("rdf:type", "t:type", "rdfs:label", "t:possiblySame"):
        found |= {(event, iri(bare.get(name, name)), value) for value in graph.get(event, name)}
    told = {"t:statedBy": "prov:wasAttributedTo", "t:accordingTo": "sem:accordingTo", "rdfs:label": "rdfs:label"}
    for name, other in {**told, "t:evidence": "prov:wasDerivedFrom"}.items():
        found |= {(claim, iri(other), value) for value in graph.get(claim, name)}
    return found


def expect_detail(graph: Graph, event: str, claim: str, prop: str, value: str) -> Triples:
    if prop in TELLING:
        return {(claim, f"<{prop}>", value)}
    if prop == expand("t:figure"):
        own = {(value, p, o) for p, o in graph.by_subject[value]}
        return {(event, iri("t:figure"), value), *own, *expect_trace(graph, value, claim)}
    if prop in OTHERWISE:
        return set()
    name = "t:" + prop.removeprefix(mint_ontology_iri(""))
    node = name_view(claim, prop, value)
    link = "sem:hasActor" if name in ROLES else "sem:hasPlace" if name in PLACES else "sem:eventProperty"
    link = "sem:hasTime" if name in TIMES else link
    typing = "sem:roleType" if name in ROLES else "sem:type"
    found = {
        (event, iri(link), node),
        (node, iri("rdf:type"), iri("sem:View")),
        (node, iri(typing), f"<{prop}>"),
        (node, iri("rdf:value"), value),
        *expect_trace(graph, node, claim),
    }
    if name in ROLES:
        found.add((node, iri("rdf:type"), iri("sem:Role")))
    for bound, day in zip(BOUNDS.get(name, ()), ("t:earliest", "t:latest"), strict=False):
        found |= {(node, iri(bound), d) for d in graph.get(value, day)}
    return found


def expect_trace(graph: Graph, node: str, claim: str) -> Triples:
    found = {(node, iri("prov:wasDerivedFrom"), claim)}
    for name, other in (("t:accordingTo", "sem:accordingTo"), ("t:modality", "t:modality"), ("t:hedge", "t:hedge")):
        found |= {(node, iri(other), value) for value in graph.get(claim, name)}
    return found


@pytest.fixture(params=["the project", "the example"])
def store(request: pytest.FixtureRequest, project_layout: Layout, example: Layout) -> ox.Store:
    if request.param == "the project":
        return read_store(project_layout.graph)
    return load_store(build_project(read_project(example), read_lock(example)).files)


def read_triples(store: ox.Store, layout: Layout) -> Triples:
    view = get_view(read_views(layout), "events")
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in make_view(view, use_store(store)).triples}


def test_events_hold_all_and_nothing_else(store: ox.Store, project_layout: Layout) -> None:
    found, wanted = read_triples(store, project_layout), expect(Graph(store))
    assert len(wanted) > 500
    assert not wanted - found, "lost"
    assert not found - wanted, "said by no claim"


def test_each_detail_is_one_node_of_one_claim(store: ox.Store, project_layout: Layout) -> None:
    found = read_triples(store, project_layout)
    views = {s for s, p, o in found if (p, o) == (iri("rdf:type"), iri("sem:View"))}
    figures = {o for _, p, o in found if p == iri("t:figure")}
    assert views
    assert figures
    for name in ("rdf:value", "prov:wasDerivedFrom", "t:modality"):
        counts = Counter(s for s, p, _ in found if p == iri(name))
        nodes = views if name == "rdf:value" else views | figures
        assert {counts[node] for node in nodes} == {1}, name
    assert not any(term.startswith("_:") for triple in found for term in triple)


def test_scenarios_are_no_events(store: ox.Store, project_layout: Layout) -> None:
    graph = Graph(store)
    scenarios = {s for s in graph.by_subject if iri("t:Scenario") in graph.get(s, "rdf:type")}
    found = read_triples(store, project_layout)
    assert scenarios
    assert not {term for s, _, o in found for term in (s, o)} & scenarios


def test_hedges_are_on_the_detail_itself(example: Layout) -> None:
    store = load_store(build_project(read_project(example), read_lock(example)).files)
    hedged = {s for s, p, o in read_triples(store, example) if p == iri("t:hedge") and o.endswith("/reported>")}
    assert any("/claim/28/view/target/zelimir-and" in s for s in hedged)


def test_unusable_views_are_named(tmp_path: Path) -> None:
    text = "#+ summary: All\n#+ tag: x\nCONSTRUCT { ?a ?b ?_c } { ?a ?b ?_c }"
    view, problems = parse_view(text, "All", "All.rq")
    assert view is None
    shown = "\n".join(map(str, sorted(problems)))
    for part in ('"All" is no slug', 'unknown key "tag"', 'no "description"', "a view takes none"):
        assert part in shown
    with pytest.raises(InputError, match="no view here"):
        read_views(Layout(tmp_path, tmp_path))
    with pytest.raises(QueryError, match='Did you mean "events"'):
        get_view(read_views(Layout(find_model_root(), find_model_root())), "event")
