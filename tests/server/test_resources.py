"""Linked data in process: every IRI at its path, in every format, with the right status and headers."""

from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.iris import mint_claim_iri
from testimonia.core.namespaces import VOCABULARY_BASE, expand
from testimonia.rdf.store import read_store
from testimonia.server.addresses import SUFFIXES, NodeAddresses
from testimonia.server.workers.formats import GRAPH

BASE = "https://example.org/lantern/"
ADDRESSES = NodeAddresses(BASE)
TRIPLES = {suffix: name for suffix, name in SUFFIXES.items() if suffix != "html"}
SOLEN = "/interview/val-solen"


@pytest.fixture(scope="module")
def store(lantern: Path) -> ox.Store:
    return read_store(lantern)


def parse(body: bytes, media_type: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(body, format=GRAPH[media_type])}


def test_every_subject_is_found(site: TestClient, store: ox.Store) -> None:
    iris = {quad.subject.value.partition("#")[0] for quad in store if isinstance(quad.subject, ox.NamedNode)}
    ours = sorted(iri for iri in iris if iri.startswith((BASE, VOCABULARY_BASE)) and iri != BASE)
    terms = [iri for iri in ours if not iri.startswith(BASE)]
    chosen = [*(iri for iri in ours if iri.startswith(BASE)), *terms[::20]]
    assert len(chosen) > 150
    for iri in chosen:
        answer = site.get(ADDRESSES.find_path(iri), headers={"Accept": "application/n-triples"})
        assert answer.status_code == 200, iri
        assert f"<{iri}" in answer.text, iri


@pytest.mark.parametrize("suffix", TRIPLES)
def test_header_and_suffix_give_the_same(site: TestClient, suffix: str) -> None:
    by_suffix = site.get(f"/id/mira-solen.{suffix}")
    by_header = site.get("/id/mira-solen", headers={"Accept": TRIPLES[suffix]})
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.headers["content-type"].split(";")[0] == TRIPLES[suffix]
    assert "Accept" in by_header.headers["vary"]
    assert by_header.headers["content-location"] == f"/id/mira-solen.{suffix}"
    assert '</id/mira-solen.ttl>; rel="alternate"' in by_header.headers["link"] or suffix == "ttl"
    found = parse(by_suffix.content, TRIPLES[suffix])
    assert found == parse(by_header.content, TRIPLES[suffix])
    assert f'<{BASE}id/mira-solen> <{expand("rdfs:label")}> "Mira Solen"@en' in found


def test_an_interview_is_its_whole_graph(site: TestClient, store: ox.Store) -> None:
    graph = ox.NamedNode(f"{BASE}graph/interview/val-solen")
    there = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)}
    assert len(there) > 100
    assert there <= parse(site.get(f"{SOLEN}.nt").content, "application/n-triples")
    assert there <= parse(site.get("/graph/interview/val-solen.ttl").content, "text/turtle")


def test_a_claim_has_its_parts_and_no_others(site: TestClient) -> None:
    text = site.get(f"{SOLEN}/claim/4.nt").text
    iri = mint_claim_iri(BASE, "val-solen", "4")
    assert f"<{iri}/evidence/1>" in text
    subjects = {line.split(" ")[0] for line in text.splitlines()}
    assert {s for s in subjects if "/claim/" in s and not s.startswith((f"<{iri}>", f"<{iri}/"))} <= {
        line.split(" ")[0] for line in text.splitlines() if f"<{iri}> ." in line
    }


def test_people_get_pages_and_programs_triples(site: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert site.get("/id/mira-solen", headers={"Accept": browser}).headers["content-type"].startswith("text/html")
    assert site.get("/id/mira-solen", headers={"Accept": "*/*"}).headers["content-type"].startswith("text/html")
    mixed = site.get("/id/mira-solen", headers={"Accept": "text/html;q=0.4, text/turtle"})
    assert mixed.headers["content-type"].startswith("text/turtle")
    refused = site.get("/id/mira-solen", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.text


def test_dates_keep_their_signs(site: TestClient, store: ox.Store) -> None:
    dates = sorted({q.subject.value for q in store if str(q.subject.value).startswith(f"{BASE}date/")})
    coded = [iri for iri in dates if "%" in iri or "~" in iri]
    assert coded, "the example has a date with a sign"
    for iri in coded:
        assert site.get(urlsplit(iri).path.removeprefix("/lantern") + ".nt").status_code == 200, iri


def test_ontology_and_shapes_have_hash_iris(site: TestClient) -> None:
    triples = site.get("/ontology", headers={"Accept": "text/turtle"})
    assert f"<{expand('t:Claim')}>" in "".join(parse(triples.content, "text/turtle"))
    assert 'id="Claim"' in site.get("/ontology").text
    assert "shapes#ClaimShape>" in "".join(parse(site.get("/shapes.ttl").content, "text/turtle"))
    assert 'id="ClaimShape"' in site.get("/shapes").text


def test_unknown_names_get_the_nearest(site: TestClient) -> None:
    page = site.get("/id/mira-solem")
    assert page.status_code == 404
    assert 'href="/id/mira-solen"' in page.text
    plain = site.get("/id/mira-solem.ttl")
    assert (plain.status_code, plain.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert "Nearest: /id/mira-solen" in plain.text
    assert site.get("/nothing").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/id/../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/id/x%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "/id/%22%7D%20UNION%20%7B",
        "/id/a%0d%0aX-Evil:%201",
        "/id/%00",
        "/id/%ff%fe",
        "/id/<script>alert(1)</script>",
        "/data/../MANIFEST.json",
        "/data/%2e%2e/MANIFEST.json",
        "/data//etc/passwd",
        "/assets/../app.py",
        "//example.com/",
        "/.ttl",
    ],
)
def test_hostile_paths_find_nothing(site: TestClient, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = site.get(f"http://localhost{path}", headers={"Accept": accept})
        assert answer.status_code in {400, 404}, answer.text[:200]
        assert "x-evil" not in answer.headers
        assert "<script>" not in answer.text
        assert "root:" not in answer.text


def test_an_address_without_end_is_refused(site: TestClient) -> None:
    assert site.get("/id/" + "a" * 2000).status_code == 414


def test_a_slash_at_the_end_is_taken_away(site: TestClient) -> None:
    for path in ("/id/mira-solen/", "/questions/", "/query/", "/id/%22x/"):
        answer = site.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (308, path[:-1])
    for path in ("//example.com/", "/id//"):
        assert site.get(f"http://localhost{path}", follow_redirects=False).status_code == 404


@pytest.mark.parametrize("path", ["/", "/id", "/id/mira-solen", "/api/questions/about", "/data/all.nq.gz", "/shapes"])
def test_browsers_may_ask_first(site: TestClient, path: str) -> None:
    """An Accept header of more than 128 bytes makes them do so (Fetch Standard, 2.2.2)."""
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}
    answer = site.options(path, headers={**asked, "Access-Control-Request-Headers": "accept"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "accept"
    plain = site.options(path)
    assert (plain.status_code, plain.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
