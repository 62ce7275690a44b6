"""Downloads and descriptions in process: digests, ranges, all in one file, VoID and DCAT, sitemap."""

import gzip
import hashlib
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.namespaces import expand

BASE = "https://example.org/lantern/"
DATES = "/data/dates.nq"


def canonicalise(quads: object) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, quads))).encode()).hexdigest()  # type: ignore[call-overload]


def test_a_file_has_its_digest_as_etag(site: TestClient, lantern: Path) -> None:
    content = (lantern / "dates.nq").read_bytes()
    answer = site.get(DATES)
    assert answer.content == content
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    assert answer.headers["etag"] == etag
    for wanted in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = site.get(DATES, headers={"If-None-Match": wanted})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert site.get(DATES, headers={"If-None-Match": '"other"'}).status_code == 200
    assert site.head(DATES).headers["content-length"] == str(len(content))


def test_ranges(site: TestClient, lantern: Path) -> None:
    content = (lantern / "dates.nq").read_bytes()
    part = site.get(DATES, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(content)}"
    assert site.get(DATES, headers={"Range": "bytes=-5"}).content == content[-5:]
    assert site.get(DATES, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    stale = site.get(DATES, headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert (stale.status_code, stale.content) == (200, content)


@pytest.mark.parametrize(
    ("name", "form"),
    [("all.nq.gz", ox.RdfFormat.N_QUADS), ("all.trig", ox.RdfFormat.TRIG), ("all.jsonld", ox.RdfFormat.JSON_LD)],
)
def test_all_in_one_file(site: TestClient, lantern: Path, name: str, form: ox.RdfFormat) -> None:
    answer = site.get(f"/data/{name}")
    content = gzip.decompress(answer.content) if name.endswith(".gz") else answer.content
    there = [quad for path in lantern.rglob("*.nq") for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS)]
    assert canonicalise(ox.parse(content, format=form)) == canonicalise(there)
    assert site.get(f"/data/{name}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_nothing_but_the_files_of_the_graph(site: TestClient) -> None:
    for name in ("MANIFEST.json", "", ".", "all.ttl", "interview"):
        assert site.get(f"/data/{name}").status_code == 404, name


def test_the_description_leads_to_every_download(site: TestClient, lantern: Path) -> None:
    described = site.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    triples = {str(quad.triple) for quad in ox.parse(described.content, format=ox.RdfFormat.N_TRIPLES)}
    assert f"<{BASE}> <{expand('void:sparqlEndpoint')}> <http://localhost/sparql>" in triples
    files = {
        q.object.value
        for q in ox.parse(described.content, format=ox.RdfFormat.N_TRIPLES)
        if q.predicate.value == expand("dcat:downloadURL")
    }
    assert len(files) == len(list(lantern.rglob("*.nq"))) + 3
    for file in sorted(files):
        assert site.head(file).status_code == 200, file
    home = site.get("/", headers={"Accept": "application/n-triples"})
    assert {str(q.triple) for q in ox.parse(home.content, format=ox.RdfFormat.N_TRIPLES)} == triples
    assert site.get("/.well-known/void").headers["content-type"].startswith("text/turtle")
    assert site.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_sitemap_and_robots(site: TestClient) -> None:
    robots = site.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    listed = [node.text or "" for node in ET.fromstring(site.get("/sitemap.xml").content).iter() if node.text]
    addresses = [text for text in listed if text.startswith("http://localhost/")]
    assert {"http://localhost/id/mira-solen", "http://localhost/interview/val-solen"} <= set(addresses)
    assert len(addresses) == len(set(addresses)) > 100
    for address in addresses[::25]:
        assert site.get(address).status_code == 200, address


def test_other_pages_may_read_what_is_public(site: TestClient) -> None:
    for path in ("/id/mira-solen", DATES, "/.well-known/void", "/api/questions", "/shapes"):
        answer = site.get(path, headers={"Origin": "https://example.com"})
        assert answer.headers["access-control-allow-origin"] == "*", path
