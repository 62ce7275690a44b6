"""The W3C's SPARQL 1.1 suites over real HTTP: protocol, service description, CSV and TSV results, JSON results.

The id of a test is its IRI. Tests of updates do not apply: this endpoint answers queries only, and refuses those.
"""

import csv
import http.client
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.term import Node

pytestmark = pytest.mark.suites

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

QUERIES = [
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
]
NOT_APPLICABLE = dict.fromkeys(
    [
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_named_graphs",
        "update_dataset_full",
        "update_post_form",
        "update_post_direct",
        "update_base_uri",
        "bad_update_get",
        "bad_multiple_updates",
        "bad_update_wrong_media_type",
        "bad_update_missing_form_type",
        "bad_update_non_utf8",
        "bad_update_syntax",
        "bad_update_dataset_conflict",
    ],
    "an update: the endpoint answers queries only",
)
DESCRIPTIONS = ["has-endpoint-triple", "returns-rdf", "conforms-to-schema"]
RESULTS = [
    *(f"csv-tsv-res/manifest#{form}0{n}" for n in (1, 2, 3) for form in ("csv", "tsv")),
    *(f"json-res/manifest#jsonres0{n}" for n in (1, 2, 3, 4)),
]
BY_VALUE = dict.fromkeys(
    ("csv-tsv-res/manifest#csv03", "csv-tsv-res/manifest#tsv03"),
    "the engine keeps numbers by their value: 1.0E6 comes back as 1000000, a negativeInteger as an integer",
)
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples"},
}


@dataclass(frozen=True)
class Sent:
    """A request of the suite and what is expected of its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: set[str]
    boolean: bool | None
    form: str | None


@pytest.fixture(scope="module")
def manifests(suites: Path) -> dict[str, Graph]:
    folder = suites / "rdf-tests" / "sparql" / "sparql11"
    names = ("protocol", "service-description", "csv-tsv-res", "json-res")
    return {name: Graph().parse(folder / name / "manifest.ttl") for name in names}


@pytest.fixture(scope="module")
def protocol(
    suites: Path,
    tmp_path_factory: pytest.TempPathFactory,
    serve: Callable[..., str],
    write_graphs: Callable[[Path, list[ox.Quad]], Path],
) -> str:
    """The address of a server over the graphs that the suite's tests name."""
    folder = suites / "rdf-tests" / "sparql" / "sparql11" / "protocol"
    quads = [
        ox.Quad(
            quad.subject,
            quad.predicate,
            quad.object,
            ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/{path.stem}.rdf"),
        )
        for path in sorted(folder.glob("data*.nt"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    ]
    assert len(quads) == 3
    return serve(write_graphs(tmp_path_factory.mktemp("protocol"), quads))


def test_every_test_is_listed(manifests: dict[str, Graph]) -> None:
    entries = {name: find_entries(graph) for name, graph in manifests.items()}
    assert entries["protocol"] == {URIRef(f"{BASE}protocol/manifest#{n}") for n in (*QUERIES, *NOT_APPLICABLE)}
    described = {URIRef(f"{BASE}service-description/manifest#{n}") for n in DESCRIPTIONS}
    assert entries["service-description"] == described
    assert entries["csv-tsv-res"] | entries["json-res"] == {URIRef(BASE + n) for n in RESULTS}
    assert (len(QUERIES), len(NOT_APPLICABLE), len(DESCRIPTIONS), len(RESULTS)) == (20, 14, 3, 10)


@pytest.mark.parametrize("name", QUERIES, ids=lambda n: f"{BASE}protocol/manifest#{n}")
def test_protocol(manifests: dict[str, Graph], protocol: str, name: str) -> None:
    requests = list(find_requests(manifests["protocol"], name))
    assert requests
    for sent in requests:
        status, media_type, body = send(protocol, sent)
        assert f"StatusCode{status // 100}xx" in sent.statuses, (status, body)
        if sent.form is not None:
            assert media_type in FORMATS[sent.form]
        if sent.boolean is not None:
            assert json.loads(body)["boolean"] is sent.boolean


@pytest.mark.parametrize("name", NOT_APPLICABLE, ids=lambda n: f"{BASE}protocol/manifest#{n}")
def test_updates_are_refused(manifests: dict[str, Graph], protocol: str, name: str) -> None:
    updates = [s for s in find_requests(manifests["protocol"], name) if not is_query(s)]
    assert updates
    for sent in updates:
        assert send(protocol, sent)[0] // 100 == 4


@pytest.mark.parametrize("name", DESCRIPTIONS, ids=lambda n: f"{BASE}service-description/manifest#{n}")
@pytest.mark.parametrize("accept", ["", "text/turtle", "application/rdf+xml", "application/ld+json"])
def test_description(protocol: str, name: str, accept: str) -> None:
    address = f"{protocol}sparql"
    headers = {"Accept": accept} if accept else {}
    status, media_type, body = send(protocol, Sent("GET", "/sparql", headers, b"", set(), None, None))
    assert (status, media_type) == (200, accept or "text/turtle")
    graph = Graph().parse(data=body, format=media_type, publicID=address)
    match name:
        case "returns-rdf":
            assert len(graph) > 0
        case "has-endpoint-triple":
            assert (None, SD.endpoint, URIRef(address)) in graph
        case "conforms-to-schema":
            check_schema(graph)


@pytest.mark.parametrize("name", RESULTS, ids=lambda n: BASE + n)
def test_results(  # noqa: PLR0917
    manifests: dict[str, Graph],
    suites: Path,
    tmp_path: Path,
    serve: Callable[..., str],
    write_graphs: Callable[[Path, list[ox.Quad]], Path],
    name: str,
) -> None:
    suite = name.partition("/")[0]
    graph, test = manifests[suite], URIRef(BASE + name)
    action = graph.value(test, MF.action)
    query, data, expected = (
        suites / "rdf-tests" / "sparql" / "sparql11" / suite / Path(str(node)).name
        for node in (graph.value(action, QT.query), graph.value(action, QT.data), graph.value(test, MF.result))
    )
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("https://example.org/graph"))
        for quad in ox.parse(path=str(data), format=ox.RdfFormat.TURTLE)
    ]
    address = serve(write_graphs(tmp_path, quads))
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}
    path = f"/sparql?query={quote(query.read_text('utf-8'))}"
    headers = {"Accept": accept[expected.suffix]}
    status, media_type, body = send(address, Sent("GET", path, headers, b"", set(), None, None))
    assert (status, media_type) == (200, accept[expected.suffix])
    found, wanted = read_rows(body, expected.suffix), read_rows(expected.read_bytes(), expected.suffix)
    assert (found == wanted) is (name not in BY_VALUE)
    assert weigh_numbers(found) == weigh_numbers(wanted)


def find_entries(graph: Graph) -> set[Node]:
    """The tests of a manifest."""
    (entries,) = graph.objects(None, MF.entries)
    return set(Collection(graph, entries))


def find_requests(graph: Graph, name: str) -> Iterator[Sent]:
    """The requests of a test in order."""
    action = graph.value(URIRef(f"{BASE}protocol/manifest#{name}"), MF.action)
    requests = graph.value(action, HT.requests)
    assert requests is not None
    for node in Collection(graph, requests):
        body, answer = graph.value(node, HT.body), graph.value(node, HT.resp)
        listed = graph.value(node, HT.headers)
        fields: Iterable[Node] = Collection(graph, listed) if listed is not None else []
        chars = str(graph.value(body, CNT.chars)) if body is not None else ""
        boolean, form = graph.value(answer, MF.expectedBoolean), graph.value(answer, MF.expectedFormat)
        yield Sent(
            str(graph.value(node, HT.methodName)),
            str(graph.value(node, HT.absolutePath)),
            {str(graph.value(f, HT.fieldName)): str(graph.value(f, HT.fieldValue)) for f in fields},
            chars.encode(str(graph.value(body, CNT.characterEncoding)) if body is not None else "UTF-8"),
            {str(status).rpartition("#")[2] for status in graph.objects(answer, MF.expectedStatus)},
            None if boolean is None else str(boolean) == "true",
            None if form is None else str(form),
        )


def is_query(sent: Sent) -> bool:
    """Whether a request asks a query."""
    return "query=" in sent.path or sent.body.startswith(b"query=") or "sparql-query" in str(sent.headers)


def send(address: str, sent: Sent) -> tuple[int, str, bytes]:
    """Status, media type and body of the answer to a request, sent with its headers and no others."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.putrequest(sent.method, sent.path.replace("/sparql/", "/sparql"), skip_accept_encoding=True)
    for name, value in sent.headers.items():
        connection.putheader(name, value)
    if sent.body:
        connection.putheader("Content-Length", str(len(sent.body)))
    connection.endheaders(sent.body or None)
    answer = connection.getresponse()
    found = answer.status, answer.headers.get_content_type(), answer.read()
    connection.close()
    return found


def read_rows(content: bytes, suffix: str) -> object:
    """The rows of a result in order, each by the names of its columns; true or false of ASK.

    In which order SELECT * gives its columns is nowhere said, so that it is left aside.
    """
    if suffix == ".csv":
        return [{n: level(v) for n, v in row.items()} for row in csv.DictReader(content.decode().splitlines())]
    form = {".tsv": ox.QueryResultsFormat.TSV, ".srj": ox.QueryResultsFormat.JSON}[suffix]
    results = ox.parse_query_results(content, format=form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return [{name: level(str(row[name])) for name in names} for row in results]


def level(cell: str) -> str:
    """A cell, with one name for all blank nodes: each file has but one."""
    return "_:" if cell.startswith("_:") else cell


def weigh_numbers(rows: object) -> object:
    """Rows whose numbers are numbers, however they are written and typed."""
    if not isinstance(rows, list):
        return rows
    return [{name: weigh(cell) for name, cell in row.items()} for row in rows]


def weigh(cell: str) -> str | float:
    """The number that a cell is; any other cell as it is."""
    match = re.fullmatch(r'"?(-?[0-9.]+(?:[eE][0-9]+)?)(?:"\^\^<.*#(?:integer|negativeInteger|decimal|double)>)?', cell)
    return float(match[1]) if match else cell


def check_schema(graph: Graph) -> None:
    """Terms, types and numbers that the description's vocabulary asks for (SPARQL 1.1 Service Description, 3)."""
    (service,) = graph.subjects(RDF.type, SD.Service)
    ranges = {
        SD.defaultDataset: SD.Dataset,
        SD.defaultGraph: SD.Graph,
        SD.namedGraph: SD.NamedGraph,
        SD.graph: SD.Graph,
    }
    plain = {SD.endpoint, SD.supportedLanguage, SD.feature, SD.resultFormat, SD.name}
    used = {p for p in graph.predicates() if str(p).startswith(str(SD))}
    assert used == {*ranges, *plain}
    for name, kind in ranges.items():
        for _, value in graph.subject_objects(name):
            assert (value, RDF.type, kind) in graph
    for named in graph.subjects(RDF.type, SD.NamedGraph):
        assert len(list(graph.objects(named, SD.name))) == 1
    assert len(list(graph.objects(service, SD.endpoint))) == 1
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
