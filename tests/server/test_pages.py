"""Pages in process: what stands on each kind, that labels are escaped, that what was withdrawn is gone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXES, T
from testimonia.questions.verbalisation.reading import read_statements
from testimonia.rdf.store import read_store
from testimonia.server.app import make_app
from testimonia.server.workers.limits import Limits
from testimonia.server.workers.processes import ForkServer
from testimonia.server.workers.scheduler import WorkerPool
from testimonia.texts.sources import read_sources

BASE = "https://example.org/lantern/"
MARKUP = '<script>alert("x")</script><b onload=y>&amp;{{ 7*7 }}'
HOSTILE = f"""
PREFIX rdfs: <{PREFIXES["rdfs"]}> PREFIX t: <{T}> PREFIX skos: <{PREFIXES["skos"]}>
INSERT DATA {{
  GRAPH <https://example.org/x/graph/entities> {{
    <https://example.org/x/id/a> a t:Person ; rdfs:label '{MARKUP}'@en ; skos:altLabel '{MARKUP}'@en ;
      rdfs:seeAlso <javascript:alert(1)> , <data:text/html,x> .
    <https://example.org/x/id/gone> a t:Withdrawn .
    <https://example.org/x/interview/gone> a t:Withdrawn .
    <https://example.org/x/id/raid> a t:Act ; rdfs:label 'raid'@en .
    t:Act rdfs:subClassOf t:Happening . }}
  GRAPH <https://example.org/x/graph/interview/i> {{
    <https://example.org/x/interview/i> a t:Interview ; rdfs:label '{MARKUP}'@en .
    <https://example.org/x/interview/i/claim/1> a t:Claim ; t:inInterview <https://example.org/x/interview/i> ;
      rdfs:label '{MARKUP}'@en ; t:statedBy <https://example.org/x/id/a> ; t:about <https://example.org/x/id/raid> ;
      t:status '{MARKUP}'@en ; t:figure <https://example.org/x/interview/i/claim/1/figure/taken> .
    <https://example.org/x/interview/i/claim/1/figure/taken> a t:Figure ; t:wording '{MARKUP}'@en .
    <https://example.org/x/interview/i/claim/2> a t:Claim ; t:inInterview <https://example.org/x/interview/i> ;
      rdfs:label 'Another.'@en ; t:statedBy <https://example.org/x/id/a> ; t:about <https://example.org/x/id/raid> ;
      t:status 'other'@en .
    <https://example.org/x/interview/i/claim/3> a t:Withdrawn . }} }}"""


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, write_graphs: Callable[[Path, list[ox.Quad]], Path]
) -> Iterator[TestClient]:
    """The application over a graph whose labels are markup."""
    store = ox.Store()
    store.update(HOSTILE)
    forkserver = ForkServer(write_graphs(tmp_path_factory.mktemp("hostile"), list(store)), Limits(workers=2))
    forkserver.wait()
    with TestClient(
        make_app(WorkerPool(forkserver)), base_url="http://localhost", raise_server_exceptions=False
    ) as found:
        yield found


def test_home_leads_on(site: TestClient) -> None:
    page = site.get("/").text
    for path in (
        "/interview/val-solen",
        "/id/valdoria",
        "/questions#tag-overview",
        "/sparql",
        "/data/all.nq.gz",
        "/graph",
    ):
        assert f'href="{path}"' in page, path


def test_an_interview_has_all_claims_in_the_order_of_its_text(site: TestClient, lantern: Path) -> None:
    page = unescape(site.get("/interview/val-solen").text)
    statements = read_statements(read_store(lantern), BASE, "val-solen")
    assert len(statements) > 10
    at = 0
    for statement in statements:
        at = page.index(f'id="claim-{statement.id}"', at)
        assert page.index(statement.gist, at) > at
        span = statement.spans[0]
        where = (
            f'<a href="/interview/val-solen/turn/{span.turn}">turn {span.turn}</a>, characters {span.start}–{span.end}'
        )
        assert where in page[at:]
    for cited in {named.name for statement in statements for named in statement.cited}:
        assert f">{cited}</a>" in page


def test_a_happening_shows_what_differs(site: TestClient) -> None:
    page = site.get("/id/archive-raid").text
    assert "Side by side" in page
    marked = page.split('<tr class="differs">')[1:]
    assert any('href="/date/2031-05-04"' in line.split("</tr>")[0] for line in marked)
    plain = page.split("<tr>")[2:]
    assert plain
    assert all("differs" not in line.split("</tr>")[0] for line in plain)


def test_a_term_says_what_it_means_and_who_uses_it(site: TestClient) -> None:
    page = site.get("/term/happening/raid").text
    assert "Officials enter rooms by force of office." in page
    assert 'href="/interview/val-solen/claim/' in page


def test_a_claim_names_its_interview(site: TestClient) -> None:
    page = site.get("/interview/val-solen/claim/4").text
    assert 'href="/interview/val-solen"' in page
    assert page.count("<h1>") == 1


def test_what_tells_in_a_claim_does_not_link_to_a_term_again(site: TestClient) -> None:
    """The things of claims without a name of their own stand in the claims."""
    page = site.get("/term/happening/raid").text
    assert 'href="/id/archive-raid"' in page.split('id="naming"')[1]
    for part in ("/thing/", "/figure/", "/evidence/"):
        assert part not in page


def test_lists_stand_on_several_pages(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = re.findall(r'<li><a href="(/id/[^"]+)"', site.get("/id").text)
    assert len(whole) > 20
    monkeypatch.setattr("testimonia.server.listings.AT_ONCE", 7)
    found: list[str] = []
    address, pages = "/id", 0
    while address:
        page = site.get(address).text
        found += re.findall(r'<li><a href="(/id/[^"]+)"', page)
        following = re.search(r'href="(/id\?start=\d+)">More', page)
        address, pages = following[1] if following else "", pages + 1
    assert found == whole
    assert pages == -(-len(whole) // 7)
    groups = re.findall(r'<li><a href="(/id\?start=\d+)#(group-\d+)"', site.get("/id").text)
    assert groups
    for address, group in groups:
        assert f'<h2 id="{group}">' in site.get(address).text
    assert "There is nothing here" in site.get("/id?start=99999").text


def test_pages_of_claims(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testimonia.server.claims_page.AT_ONCE", 5)
    first = site.get("/interview/val-solen").text
    assert first.count('<article class="claim"') == 5
    assert 'href="/interview/val-solen?start=5">More' in first
    second = site.get("/interview/val-solen?start=5").text
    assert 'href="/interview/val-solen?start=0">Earlier' in second
    assert not set(first.split('id="claim-')[1:]) & set(second.split('id="claim-')[1:])
    for start in ("x", "-1", "٣", "9" * 30, "1e3"):
        assert site.get("/interview/val-solen", params={"start": start}).text == first


@pytest.mark.parametrize(
    "path", ["/", "/id", "/interview", "/id/a", "/id/raid", "/interview/i", "/interview/i/claim/1"]
)
def test_labels_are_text(hostile: TestClient, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<b onload" not in answer.text
    assert 'href="javascript:' not in answer.text
    assert 'href="data:' not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    if path != "/":
        assert "{{ 7*7 }}" in answer.text


@pytest.mark.parametrize("path", ["/id/gone", "/interview/gone", "/interview/gone/claim/8", "/interview/i/claim/3"])
def test_what_was_withdrawn_is_gone(hostile: TestClient, path: str) -> None:
    for suffix in ("", ".html", ".ttl", ".jsonld", ".nt"):
        answer = hostile.get(path + suffix)
        assert answer.status_code == 410, suffix
        assert "withdrawn" in answer.text


def test_a_graph_without_description_has_pages_too(client: TestClient) -> None:
    for path in ("/", "/interview/val-solen", "/id/archive-raid", "/id/valdoria", "/questions", "/sitemap.xml"):
        assert client.get(path).status_code == 200, path


def test_the_style_sheet_is_there(site: TestClient) -> None:
    answer = site.get("/assets/site.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme" in answer.text


def test_passages_where_texts_are_mounted(lantern: Path, project_layout: Layout) -> None:
    (source,) = read_sources(project_layout.examples / "lantern" / "texts")
    changed = replace(source, text="x" * len(source.text))
    statements = read_statements(read_store(lantern), BASE, "val-solen")
    spans = {(span.start, span.end) for statement in statements for span in statement.spans}
    assert len(spans) > 10
    for sources, expected in (((source,), len(statements)), ((changed,), 0), ((), 0)):
        forkserver = ForkServer(lantern, Limits(workers=1))
        forkserver.wait()
        with TestClient(make_app(WorkerPool(forkserver), sources=sources), base_url="http://localhost") as found:
            answer = found.get("/interview/val-solen", headers={"Origin": "https://example.com"})
        shown = unescape(answer.text)
        assert shown.count("<blockquote>") >= expected
        assert ("<blockquote>" in shown) == bool(expected)
        assert ("access-control-allow-origin" in answer.headers) == (not sources)
        if expected:
            for start, end in spans:
                assert f"<blockquote>{source.text[start:end]}</blockquote>" in shown
