"""The editor in process: what it begins with, what it may do, and that YASGUI is the one that was looked at."""

import hashlib
import json
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from testimonia.server.assets import MEDIA_TYPES, find_asset, read_asset
from testimonia.server.editor import POLICY

YASGUI = {
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
}
"""File → SHA-256 of that of the package of the version that LICENCES.txt names."""


class Page(HTMLParser):
    """Collects the attributes of a page's tags, and the query in its form."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.query = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (the library's signature)
        self.inside = ""

    def handle_data(self, data: str) -> None:
        assert self.inside != "script", "a script in the page itself"
        if self.inside == "textarea":
            self.query += data


def read_page(site: TestClient, **values: str) -> Page:
    answer = site.get("/editor", params=values)
    assert answer.status_code == 200
    page = Page()
    page.feed(answer.text)
    return page


@pytest.mark.parametrize("name", YASGUI)
def test_yasgui_is_as_it_was_published(name: str) -> None:
    assert hashlib.sha256(read_asset(f"yasgui/{name}")).hexdigest() == YASGUI[name]
    assert b"@zazuko/yasgui, version 4.6.2" in read_asset("yasgui/LICENCES.txt")


def test_assets_have_their_types(site: TestClient) -> None:
    for name, media_type in MEDIA_TYPES.items():
        answer = site.get(find_asset(name))
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.content == read_asset(name)
    assert site.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_it_begins_with_an_example_a_query_or_a_question(site: TestClient) -> None:
    assert "PREFIX t: <https://w3id.org/testimonia/ontology#>" in read_page(site).query
    asked = 'ASK { ?s ?p "</textarea><script>" }'
    assert read_page(site, query=asked).query == asked
    question = read_page(site, question="about").query
    assert question.startswith("PREFIX ")
    assert "SELECT ?role" in question
    assert "$entity" not in question
    assert read_page(site, question="no-such-question").query == read_page(site).query


def test_it_brings_prefixes_and_says_where_iris_are_found(site: TestClient) -> None:
    (place,) = [attributes for tag, attributes in read_page(site).tags if attributes.get("id") == "editor"]
    prefixes, stems = json.loads(place["data-prefixes"] or ""), json.loads(place["data-stems"] or "")
    assert prefixes["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert prefixes["id"] == "https://example.org/lantern/id/"
    assert stems["https://example.org/lantern/"] == "/"
    assert stems["https://w3id.org/testimonia/ontology"] == "/ontology"


def test_every_saved_question_is_offered(site: TestClient) -> None:
    offered = {attributes.get("href") for tag, attributes in read_page(site).tags if tag == "a"}
    slugs = [question["slug"] for question in site.get("/api/questions").json()]
    assert len(slugs) > 10
    assert {f"/editor?question={slug}" for slug in slugs} <= offered


def test_it_alone_may_run_scripts_and_only_our_own(site: TestClient) -> None:
    assert site.get("/editor").headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    scripts = [attributes["src"] for tag, attributes in read_page(site).tags if tag == "script"]
    assert scripts == [find_asset("yasgui/yasgui.min.js"), find_asset("editor.js")]
    for path in ("/", "/query", "/questions/about", "/interview/val-solen", "/assets/editor.js", "/sparql"):
        assert "script-src" not in site.get(path).headers["content-security-policy"], path
