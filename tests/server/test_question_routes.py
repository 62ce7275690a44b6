"""Saved questions over HTTP, in process: answers in JSON and CSV, what is refused, the OpenAPI document, the pages."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.answer import QueryEngine
from testimonia.core.layout import Layout
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.formats import write_csv, write_json
from testimonia.questions.question import ANY, Question
from testimonia.questions.reading import read_questions
from testimonia.questions.values import find_values
from testimonia.rdf.short_names import Naming
from testimonia.rdf.store import read_store
from testimonia.server.app import make_app
from testimonia.server.question_routes import choose_usual, group_by_tag
from testimonia.server.workers.limits import Limits
from testimonia.server.workers.processes import ForkServer
from testimonia.server.workers.scheduler import WorkerPool

NAMING = Naming("https://example.org/lantern/")


def choose_values(question: Question, run: QueryEngine) -> dict[str, str] | None:
    """Values of a question that the example knows; None when it knows none for a parameter."""
    known = {name: find_values(parameter, NAMING, run) for name, parameter in question.parameters.items()}
    usual = question.usual_values
    if any(p.space and not known[name] and usual[name] != ANY for name, p in question.parameters.items()):
        return None
    return choose_usual(question, known)


def test_answers_are_those_of_the_command_line(site: TestClient, lantern: Path, project_layout: Layout) -> None:
    questions = read_questions(project_layout)
    run = use_store(read_store(lantern))
    some = 0
    for slug, question in questions.items():
        values = choose_values(question, run)
        if values is None:
            assert site.get(f"/api/questions/{slug}").status_code in {400, 404}, slug
            continue
        expected = ask_question(question, values, NAMING, run)
        some += bool(expected.rows)
        found = site.get(f"/api/questions/{slug}", params=values)
        assert found.status_code == 200, found.text
        assert found.headers["content-type"] == "application/json"
        assert found.text == write_json(expected), slug
        table = site.get(f"/api/questions/{slug}", params={**values, "format": "csv"})
        assert table.text == write_csv(expected, guarded=True), slug
        assert table.headers["content-disposition"] == f'attachment; filename="{slug}.csv"'
    assert len(questions) > 10
    assert some > 5


def test_json_ld_has_every_cell_of_every_row(site: TestClient, lantern: Path, project_layout: Layout) -> None:
    lists = 0
    run = use_store(read_store(lantern))
    for slug, question in read_questions(project_layout).items():
        values = choose_values(question, run)
        if values is None:
            continue
        answer = site.get(f"/api/questions/{slug}", params={**values, "format": "jsonld"})
        assert answer.headers["content-type"] == "application/ld+json"
        table = site.get(f"/api/questions/{slug}", params=values).json()["results"]["bindings"]
        rows = answer.json()["@graph"]
        assert [list(row) for row in rows] == [list(row) for row in table], slug
        listed = [value for row in rows for value in row.values() if isinstance(value, list)]
        lists += len(listed)
        triples = list(ox.parse(answer.content, format=ox.RdfFormat.JSON_LD))
        assert len(triples) == sum(map(len, rows)) + sum(len(set(map(str, value))) - 1 for value in listed), slug
        page = site.get(f"/questions/{slug}").text
        stem = f"http://localhost/questions/{slug}#"
        columns = {triple.predicate.value.removeprefix(stem) for triple in triples}
        assert {name for name in columns if f'id="{name}"' in page} == columns
    assert lists > 5


def test_accept_chooses_the_format(site: TestClient) -> None:
    asked = {"entity": "mira-solen"}
    table = site.get("/api/questions/about", params=asked, headers={"Accept": "text/csv"})
    assert next(csv.reader(io.StringIO(table.text)))[0] == "role"
    linked = site.get("/api/questions/about", params=asked, headers={"Accept": "application/ld+json"})
    rows = linked.json()["@graph"]
    assert rows
    assert all(row["claim"]["@id"].startswith(f"{NAMING.base}interview/") for row in rows)
    assert site.get("/api/questions/about", params=asked, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/questions/abuot", 404, 'Did you mean "about"?'),
        ("/api/questions/nothing-near-it", 404, "/questions lists all"),
        ("/api/questions/about", 400, "parameter entity is missing"),
        ("/api/questions/about?entity=", 400, "parameter entity is missing"),
        ("/api/questions/about?entity=x&actor=y", 400, "no parameter 'actor' (there are: entity, country, modality)"),
        ("/api/questions/about?entity=mira-solem", 404, "does not know 'mira-solem'. Did you mean \"mira-solen\"?"),
        ("/api/questions/about?entity=x&entity=y", 400, "parameter entity is given twice"),
        ("/api/questions/about?entity=a%20b", 400, "neither a name"),
        ("/api/questions/about?entity=https://x.example/%3E%20%7D%20%23", 400, "is no IRI"),
        ("/api/questions/about?entity=" + "a" * 1001, 400, "more than 1000 characters"),
        ("/api/questions/about?entity=x&format=xml", 400, "format: expected json, csv, jsonld, once"),
        ("/api/questions/about?entity=x&format=csv&format=csv", 400, "format: expected json, csv, jsonld, once"),
        ("/questions/abuot", 404, 'Did you mean "about"?'),
    ],
)
def test_what_is_refused(site: TestClient, address: str, status: int, words: str) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert words in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/questions/abuot", 404, "Did you mean &#34;about&#34;?"),
        ("/assets/none.css", 404, "There is nothing at this address"),
        ("/id/" + "a" * 1001, 414, "The address is too long"),
    ],
)
def test_a_browser_gets_refusals_on_a_page(site: TestClient, address: str, status: int, words: str) -> None:
    answer = site.get(address, headers=BROWSER)
    assert answer.status_code == status
    assert words in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'aria-label="Site"' in answer.text


@pytest.mark.parametrize("address", ["/api/questions/abuot", "/sparql?query=x", "/data/none.nq"])
def test_programs_get_refusals_in_plain_text(site: TestClient, address: str) -> None:
    answer = site.get(address, headers=BROWSER)
    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_nothing_is_changed_by_asking(site: TestClient) -> None:
    assert site.post("/api/questions/about", data={"entity": "x"}).status_code == 405


def test_the_openapi_document_is_as_the_questions_are(site: TestClient, project_layout: Layout) -> None:
    questions = read_questions(project_layout)
    document: dict[str, Any] = site.get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "http://localhost"}]
    assert set(document["paths"]) == {"/api/questions", *(f"/api/questions/{slug}" for slug in questions)}
    names = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(names) == len(set(names))
    for slug, question in questions.items():
        described = {p["name"]: p for p in document["paths"][f"/api/questions/{slug}"]["get"]["parameters"]}
        assert set(described) == {*question.parameters, "format"}
        for name, parameter in question.parameters.items():
            assert described[name]["required"] == (parameter.default is None)
    listed = site.get("/api/questions").json()
    assert [entry["slug"] for entry in listed] == list(questions)
    assert listed[0]["url"].startswith("http://localhost/api/questions/")


def test_a_page_asks_and_shows(site: TestClient) -> None:
    page = site.get("/questions/about", params={"entity": "mira-solen"})
    assert page.status_code == 200
    assert 'value="mira-solen"' in page.text
    assert 'href="/interview/val-solen/claim/' in page.text
    assert "/api/questions/about?entity=mira-solen&amp;country=any&amp;modality=any&amp;format=csv" in page.text
    assert '<option value="archive-raid">' in page.text
    assert page.text.count("Whoever checks or writes up one person") == 1
    assert "SELECT ?role" in page.text
    assert "#+" not in page.text


def test_a_page_shows_what_is_wrong(site: TestClient) -> None:
    page = site.get("/questions/about", params={"entity": '"><script>alert(1)</script>'})
    assert page.status_code == 400
    assert "<script>" not in page.text
    assert 'role="alert"' in page.text
    assert "&lt;script&gt;" in page.text
    unknown = site.get("/questions/about", params={"entity": "mira-solem"})
    assert unknown.status_code == 404
    assert "Did you mean &#34;mira-solen&#34;?" in unknown.text


def test_a_page_begins_with_what_the_graph_knows(site: TestClient) -> None:
    page = site.get("/questions/about")
    assert page.status_code == 200
    assert "hong-kong-watch" not in page.text
    assert page.text.count("<option") > 20


def test_a_query_is_asked_on_a_page(site: TestClient) -> None:
    form = site.get("/query")
    assert form.status_code == 200
    query = "SELECT ?who { ?claim a ?class ; <https://w3id.org/testimonia/ontology#statedBy> ?who } ORDER BY ?claim"
    table = site.get("/query", params={"query": query}).text
    assert 'href="/id/mira-solen">mira-solen</a>' in table
    assert ">yes</code>" in site.get("/query", params={"query": "ASK {}"}).text
    turtle = site.get("/query", params={"query": "CONSTRUCT { <x:a> <x:b> '</code><b>' } {}"}).text
    assert "&lt;/code&gt;&lt;b&gt;" in turtle
    many = site.get("/query", params={"query": "SELECT ?s ?t { ?s a ?c . ?t a ?d } LIMIT 600"}).text
    assert "600 rows, the first 500 of them here" in many
    assert many.count("<tr>") == 501


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x {", "line 1"),
        ("</textarea><script>alert(1)</script>", "&lt;/textarea&gt;&lt;script&gt;"),
        ("SELECT * { SERVICE <http://localhost/> { } }", "SERVICE is refused"),
    ],
)
def test_a_query_that_may_not_run_is_told_on_the_page(site: TestClient, query: str, words: str) -> None:
    page = site.get("/query", params={"query": query})
    assert page.status_code == 400
    assert words in page.text
    assert "<script" not in page.text


@pytest.fixture(scope="module")
def project(project_layout: Layout) -> Iterator[TestClient]:
    """The application over the project's own graph, with its questions."""
    with open_site(project_layout.graph, read_questions(project_layout)) as found:
        yield found


@pytest.fixture(scope="module")
def project_graph(project_layout: Layout) -> Iterator[TestClient]:
    """The application over the project's own graph alone."""
    with open_site(project_layout.graph, {}) as found:
        yield found


def open_site(folder: Path, questions: Mapping[str, Question]) -> TestClient:
    """The application over a folder, to be entered."""
    forkserver = ForkServer(folder, Limits(workers=1))
    forkserver.wait()
    return TestClient(make_app(WorkerPool(forkserver), questions=questions), base_url="http://localhost")


def test_what_the_graph_says_of_a_question(project: TestClient) -> None:
    """Its description stands in the graph: the page is one of its documents."""
    iri = "https://w3id.org/testimonia/questions/about"
    for answer in (
        project.get("/questions/about", headers={"Accept": "application/n-triples"}),
        project.get("/questions/about.nt"),
    ):
        assert answer.headers["content-type"] == "application/n-triples"
        assert answer.headers["content-location"] == "/questions/about.nt"
        assert f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in answer.text
    page = project.get("/questions/about", headers=BROWSER)
    assert "<form" in page.text
    assert f'<{iri}>; rel="describes"' in page.headers["link"]
    assert "<form" in project.get("/questions/about.html").text
    assert project.get("/questions/abuot.ttl").status_code == 404
    assert project.get("/questions/about", headers={"Accept": "image/png"}).status_code == 406


def test_a_description_without_its_question_is_a_page_of_the_graph(project_graph: TestClient) -> None:
    page = project_graph.get("/questions/about", headers=BROWSER)
    assert page.status_code == 200
    assert "<form" not in page.text
    assert "https://w3id.org/testimonia/questions/about" in page.text


def test_questions_are_listed_by_their_first_tag(site: TestClient, project_layout: Layout) -> None:
    questions = read_questions(project_layout)
    page = site.get("/questions").text
    groups = group_by_tag(questions.values())
    assert len(groups) > 5
    for tag, some in groups.items():
        part = page.split(f'<h2 id="tag-{tag}">')[1].split("</section>")[0]
        assert [q.slug for q in some] == re.findall(r'href="/questions/([^"]+)"', part)
    assert f"All {len(questions)} saved questions" in site.get("/").text
