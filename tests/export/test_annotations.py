"""Web Annotations: as the model says they must be; rdflib finds each claim at its passage; no words of a source."""

import base64
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from jsonschema import Draft202012Validator
from rdflib import URIRef

from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.export.annotations import CONTEXT
from testimonia.export.forms import write_export
from testimonia.export.source import read_source
from testimonia.rdf.store import load_store, run_select

from .conftest import ROOT

CASES = ROOT / "tests" / "cases" / "export"
SCHEMA = Draft202012Validator(json.loads((CASES / "annotation.schema.json").read_text("utf-8")))
KNOWN = json.loads((CASES / "anno.jsonld").read_text("utf-8"))["@context"]
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")
BASE = "https://example.org/lantern/"
EVIDENCE = f"""PREFIX t: <{T}> PREFIX oa: <{OA}>
SELECT ?claim ?passage ?start ?end ?sha {{
  ?claim t:evidence ?passage . ?passage oa:start ?start ; oa:end ?end ; t:sha256 ?sha
}}"""


def export(folder: Path, path: Path) -> Any:
    write_export(read_source(folder), "annotations", str(path))
    return json.loads(path.read_text("utf-8"))


def read(document: Any) -> rdflib.Graph:
    """What rdflib makes of a document, with the W3C's context at hand."""
    assert document["@context"] == CONTEXT
    graph = rdflib.Graph()
    graph.parse(data=json.dumps({**document, "@context": [KNOWN, *CONTEXT[1:]]}), format="json-ld")
    return graph


def ask(folder: Path, query: str) -> set[tuple[str, ...]]:
    store = load_store({path.name: path.read_bytes() for path in folder.rglob("*.nq")})
    rows = run_select(store, query).rows
    return {tuple(str(getattr(term, "value", "")) for term in row) for row in rows}


def list_targets(graph: rdflib.Graph) -> list[tuple[str, ...]]:
    """Claim, selector, start, end and digest of each annotation."""
    found = []
    for annotation in graph.subjects(rdflib.RDF.type, OA.Annotation):
        (target,) = graph.objects(annotation, OA.hasTarget)
        (selector,) = graph.objects(target, OA.hasSelector)
        (claim,) = [b for b in graph.objects(annotation, OA.hasBody) if (b, rdflib.RDF.value, None) not in graph]
        where = [graph.value(selector, predicate) for predicate in (OA.start, OA.end, URIRef(f"{T}sha256"))]
        found.append((str(claim), str(selector), *map(str, where)))
    return found


def test_each_claim_at_its_evidence(folder: Path, tmp_path: Path) -> None:
    document = export(folder, tmp_path / "all.jsonld")
    SCHEMA.validate(document)
    found = list_targets(read(document))
    assert len(found) == len(set(found)) == document["total"] == len(document["first"]["items"])
    assert set(found) == ask(folder, EVIDENCE)
    again = tmp_path / "again.jsonld"
    write_export(read_source(folder), "annotations", str(again))
    assert again.read_bytes() == (tmp_path / "all.jsonld").read_bytes()


def test_the_real_graph(project_layout: Layout, tmp_path: Path) -> None:
    document = export(project_layout.graph, tmp_path / "all.jsonld")
    SCHEMA.validate(document)
    items = document["first"]["items"]
    found = {
        (i["body"][1], *(str(i["target"]["selector"][k]) for k in ("id", "start", "end", "sha256"))) for i in items
    }
    assert found == ask(project_layout.graph, EVIDENCE)
    assert len(found) == len(items) == document["total"] > 1300


def test_pages_of_interviews(lantern: Path, tmp_path: Path) -> None:
    write_export(read_source(lantern), "annotations", f"{tmp_path / 'pages'}/")
    files = {p.relative_to(tmp_path / "pages").as_posix(): p for p in (tmp_path / "pages").rglob("*.jsonld")}
    assert sorted(files) == ["collection.jsonld", "interview/val-dale.jsonld", "interview/val-solen.jsonld"]
    documents = {name: json.loads(path.read_text("utf-8")) for name, path in files.items()}
    for document in documents.values():
        SCHEMA.validate(document)
    graph = rdflib.Graph()
    for document in documents.values():
        graph += read(document)
    (collection,) = graph.subjects(rdflib.RDF.type, AS.OrderedCollection)
    page, seen = graph.value(collection, AS.first), 0
    while page is not None:
        assert graph.value(page, AS.partOf) == collection
        assert int(str(graph.value(page, AS.startIndex))) == seen
        (items,) = graph.objects(page, AS["items"])
        seen += len(list(graph.items(items)))
        last, page = page, graph.value(page, AS.next)
    assert last == graph.value(collection, AS.last)
    assert seen == int(str(graph.value(collection, AS.totalItems)))
    assert seen > 100
    assert set(list_targets(graph)) == ask(lantern, EVIDENCE)


def test_one_of_them(lantern: Path, tmp_path: Path) -> None:
    items = {item["id"]: item for item in export(lantern, tmp_path / "all.jsonld")["first"]["items"]}
    claim = f"{BASE}interview/val-solen/claim/8"
    found = items[f"{claim}/evidence/1#annotation"]
    gist = "Harbour police raided the studio and took at least nine volunteers with them, two of them minors."
    said = f'{gist} Mira Solen (interviewee): it happened: act "raid" (the raid on'
    assert found["body"][0]["value"].startswith(said)
    assert found["body"][1] == claim
    source = found["target"]["source"]["id"].removeprefix("ni:///sha-256;")
    text = (ROOT / "examples" / "lantern" / "texts" / "lantern.txt").read_bytes()
    assert base64.urlsafe_b64decode(source + "=").hex() in (lantern / "interview" / "val-solen.nq").read_text("utf-8")
    selector = found["target"]["selector"]
    passage = text.decode("utf-8")[selector["start"] : selector["end"]]
    assert passage.startswith("On 4 May 2031")
    assert found["target"]["scope"] == f"{BASE}interview/val-solen"


def test_no_words_of_a_source(lantern: Path, tmp_path: Path) -> None:
    """No passage stands in the export, though offsets lead to each where the source is at hand."""
    text = (ROOT / "examples" / "lantern" / "texts" / "lantern.txt").read_text("utf-8")
    document = export(lantern, tmp_path / "all.jsonld")
    said = " ".join(item["body"][0]["value"] for item in document["first"]["items"])
    spans = {(i["target"]["selector"]["start"], i["target"]["selector"]["end"]) for i in document["first"]["items"]}
    passages = [text[start:end] for start, end in spans]
    assert len([passage for passage in passages if len(passage.split()) > 6]) > 40
    assert [passage for passage in passages if len(passage.split()) > 6 and passage in said] == []
    assert "exact" not in json.dumps(document)


def test_a_source_without_a_digest_is_its_interview(lantern: Path, tmp_path: Path) -> None:
    for path in lantern.rglob("*.nq"):
        (tmp_path / path.relative_to(lantern).parent).mkdir(parents=True, exist_ok=True)
        lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if f"<{T}sourceSha256>" not in line]
        (tmp_path / path.relative_to(lantern)).write_text("".join(lines), "utf-8")
    document = export(tmp_path, tmp_path / "all.jsonld")
    SCHEMA.validate(document)
    sources = {item["target"]["source"]["id"] for item in document["first"]["items"]}
    assert sources == {f"{BASE}interview/val-dale", f"{BASE}interview/val-solen"}


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("target",), None),
        (("target", "source"), None),
        (("target", "selector", "end"), -1),
        (("target", "selector", "exact"), "words"),
        (("body", 0, "value"), ""),
        (("id",), "no iri"),
        (("motivation",), "telling"),
    ],
)
def test_the_schema_finds_what_must_not_be(lantern: Path, tmp_path: Path, keys: tuple[Any, ...], value: Any) -> None:
    document = export(lantern, tmp_path / "all.jsonld")
    place = document["first"]["items"][0]
    for key in keys[:-1]:
        place = place[key]
    if value is None:
        del place[keys[-1]]
    else:
        place[keys[-1]] = value
    assert not SCHEMA.is_valid(document)


def test_without_a_context_it_is_none(lantern: Path, tmp_path: Path) -> None:
    document = export(lantern, tmp_path / "all.jsonld")
    document["@context"] = CONTEXT[1:]
    assert not SCHEMA.is_valid(document)


def test_the_terms_are_those_of_the_vocabulary(project_layout: Layout) -> None:
    """What the context at hand calls a selector is what the alignments say that a passage is."""
    text = (project_layout.model / "ontology" / "alignments.ttl").read_text("utf-8")
    triples = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert f"<{T}Passage> <{expand('rdfs:subClassOf')}> <{OA.TextPositionSelector}>" in triples
    assert KNOWN["TextPositionSelector"] == "oa:TextPositionSelector"
