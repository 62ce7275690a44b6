"""A server with merged sources: their statements are shown as theirs, their nodes have pages, ours stay as they are."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.iris import mint_copied_node_iri
from testimonia.core.layout import Layout
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import read_naming
from testimonia.rdf.store import read_store, read_with_sources
from testimonia.server.app import make_app
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.processes import ForkServer
from testimonia.server.workers.scheduler import WorkerPool
from testimonia.sources.adding import add_source
from testimonia.sources.source_options import SourceOptions
from testimonia.sources.workspace import find_files

from .conftest import run_server

BASE = "https://example.org/lantern/"
FOREIGN = f"""
@prefix t: <https://w3id.org/testimonia/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix x: <https://example.com/port/> .
<{BASE}id/ostmark> rdfs:label "<script>alert('Ostmark')</script>"@en ; x:seat [ x:street "Quay 1" ] .
x:raid a t:Act ; t:type <https://w3id.org/testimonia/term/happening/raid> ; rdfs:label "A raid of ours?" .
<{BASE}interview/val-solen/claim/99> a t:Claim ; t:inInterview <{BASE}interview/val-solen> ; t:about x:raid ;
  rdfs:label "Never said" ; t:statedBy <{BASE}id/mira-solen> .
<{BASE}id/mira-solen> a t:Withdrawn ; x:page <javascript:alert(1)> .
<{BASE}> rdfs:label "Taken over" .
x:k owl:sameAs <{BASE}id/ostmark> .
"""
LIMITS = Limits(seconds=5.0, short=0.5, memory=256 * MIB, answer=4 * MIB, workers=1, long=1)


@pytest.fixture(scope="module")
def data(lantern: Path, project_layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A data set with the graph of the lantern and one merged source that speaks as if it were ours."""
    root = tmp_path_factory.mktemp("merged") / "lantern"
    shutil.copytree(project_layout.examples / "lantern" / "mappings", root / "mappings")
    shutil.copytree(project_layout.questions.parent, root / "queries")
    shutil.copytree(lantern, root / "graph")
    (root / "port.ttl").write_text(FOREIGN)
    layout = Layout(root, project_layout.model)
    options = SourceOptions("port", [root / "port.ttl"], "https://example.com/port.ttl", retrieved="2031-05-04")
    add_source(layout, layout.workspace, options)
    return layout


@pytest.fixture(scope="module")
def merged(data: Layout) -> Iterator[TestClient]:
    """The application over it, asked in process."""
    forkserver = ForkServer(data.graph, LIMITS, find_files(data.workspace))
    forkserver.wait()
    app = make_app(WorkerPool(forkserver), questions=read_questions(data))
    with TestClient(app, base_url="http://localhost") as found:
        yield found


def read(client: TestClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return answer.text


def test_statements_of_others_stand_apart_and_are_escaped(merged: TestClient) -> None:
    page = read(merged, "/id/ostmark")
    assert "<h1>Ostmark</h1>" in page
    assert "<script>alert" not in page
    theirs = page[page.index("According to") :]
    assert "&lt;script&gt;alert(&#39;Ostmark&#39;)" in theirs
    assert '<a href="/merged/port">port</a>' in theirs
    assert "javascript:" not in page
    mira = read(merged, "/id/mira-solen")
    assert 'href="javascript' not in mira
    assert "Never said" not in mira


def test_pages_of_ours_are_as_without_them_but_for_what_stands_apart(merged: TestClient, site: TestClient) -> None:
    for path in ("/interview", "/id", "/interview/val-solen/claim/4", "/sitemap.xml"):
        assert read(merged, path) == read(site, path)
    for path in ("/interview/val-solen", "/id/ostmark", "/id/mira-solen"):
        apart = re.compile(r'<section aria-labelledby="source-1">.*?</section>\n', re.DOTALL)
        assert apart.sub("", read(merged, path)) == read(site, path)


def test_minted_iris_resolve(merged: TestClient, data: Layout) -> None:
    source = f"{BASE}merged/port"
    copied = (data.workspace / "port" / "data.nq").read_text("utf-8")
    minted = {iri for quad in ox.parse(copied, format=ox.RdfFormat.N_QUADS) for iri in (quad.subject, quad.object)}
    nodes = [term.value for term in minted if isinstance(term, ox.NamedNode) and term.value.startswith(source)]
    assert len(nodes) == 1
    assert nodes[0].startswith(mint_copied_node_iri(source, ""))
    described = (data.workspace / "port" / "source.nq").read_text("utf-8")
    subjects = {str(quad.subject)[1:-1] for quad in ox.parse(described, format=ox.RdfFormat.N_QUADS)}
    for iri in [*nodes, *subjects, source]:
        path = "/" + iri.removeprefix(BASE)
        assert "According to" in read(merged, path)
        answer = merged.get(f"{path}.nt")
        assert answer.status_code == 200
        assert iri in answer.text
    assert merged.get("/merged/port/node/0").status_code == 404
    assert merged.get("/merged/harbour").status_code == 404


def test_what_the_site_says_of_itself_stays_true(merged: TestClient, site: TestClient) -> None:
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    texts = [
        client.get("/sparql", params={"query": counted}, headers={"Accept": "text/csv"}).text
        for client in (merged, site)
    ]
    assert texts[0] == texts[1]
    total = int(texts[0].split()[1])
    description = merged.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "UnionDefaultGraph" not in description
    assert f"void:triples {total}" in description.replace('"', "")
    assert f"<{BASE}merged/port>" in description
    void = merged.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    assert f'<{BASE}> <http://rdfs.org/ns/void#triples> "{total}"' in void
    assert f"<{BASE}merged/port> <http://purl.org/dc/terms/source> <https://example.com/port.ttl>" in void
    assert "/merged/" not in site.get("/.well-known/void").text
    home = read(merged, "/")
    assert "Merged sources" in home
    assert f"{total:,} triples" in home
    assert "Taken over" not in home
    assert "merged" not in read(site, "/")
    assert "raid of ours" not in merged.get("/data/all.trig").text


def test_what_a_link_of_ours_says_is_the_same_is_shown_too(data: Layout, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(data.graph, folder)
    link = f"<{BASE}id/valdoria> <http://www.w3.org/2004/02/skos/core#exactMatch> <https://example.com/port/k>"
    (folder / "links.nq").write_text(f"{link} <{BASE}graph/links> .\n")
    forkserver = ForkServer(folder, LIMITS, find_files(data.workspace))
    forkserver.wait()
    with TestClient(make_app(WorkerPool(forkserver)), base_url="http://localhost") as found:
        page = read(found, "/id/valdoria")
        assert "It is called <code>https://example.com/port/k</code> there." in page[page.index("According to") :]
        assert '<a href="/id/ostmark">' in page[page.index("According to") :]


@pytest.mark.slow
def test_the_program_serves_a_workspace(data: Layout) -> None:
    query = urlencode({"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"})
    options = [str(data.graph), "--workspace", str(data.workspace)]
    for more, there in (((), True), (("--without", "port"), False)):
        with run_server(Path(options[0]), *options[1:], *more) as (address, _):
            request = Request(f"{address}sparql?{query}", headers={"Accept": "text/csv"})
            with urlopen(request) as answer:
                assert (f"{BASE}merged/port" in answer.read().decode()) is there


def test_which_source_says_what_can_be_asked(merged: TestClient) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s a <https://w3id.org/testimonia/ontology#Act> } } ORDER BY ?g"
    graphs = merged.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text.split()
    assert f"{BASE}merged/port" in graphs
    assert any(graph.startswith(f"{BASE}graph/interview/") for graph in graphs)
    only = (
        "SELECT ?s FROM <https://example.org/lantern/merged/port> { ?s a <https://w3id.org/testimonia/ontology#Act> }"
    )
    assert merged.get("/sparql", params={"query": only}, headers={"Accept": "text/csv"}).text.split() == [
        "s",
        "https://example.com/port/raid",
    ]


def test_saved_questions_answer_as_without_them(data: Layout, project_layout: Layout) -> None:
    questions, naming = read_questions(project_layout), read_naming(data)
    alone = use_store(read_store(data.graph))
    together = use_store(read_with_sources(data.graph, find_files(data.workspace)), union=False)
    asked = 0
    for question in questions.values():
        if all(parameter.default is not None for parameter in question.parameters.values()):
            assert ask_question(question, {}, naming, together) == ask_question(question, {}, naming, alone)
            asked += 1
    assert asked > 20
