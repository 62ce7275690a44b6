"""What countries are called in other languages stands in the registry, so that pages and questions need no table."""

from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, read_locked_project
from testimonia.rdf.store import read_store, run_select

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
TABLE = {*OFFICIAL.split(), "ar", "zh"}
NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX t: <https://w3id.org/testimonia/ontology#>
SELECT (STRAFTER(STR(?country), "/id/") AS ?slug) (LANG(?name) AS ?language) (STR(?name) AS ?called) ?property {
  ?country t:iso ?code ; ?property ?name .
  FILTER(?property IN (rdfs:label, skos:altLabel))
}"""
SEARCH = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?named { ?named rdfs:label|skos:altLabel ?name FILTER(STR(?name) = "NAME") }"""


@pytest.fixture(scope="module")
def names(project_layout: Layout) -> list[tuple[str, ...]]:
    """Country, language, name, property."""
    rows = run_select(read_store(project_layout.graph), NAMES).rows
    return [tuple(getattr(term, "value", "") for term in row) for row in rows]


def test_every_country_has_its_names(names: list[tuple[str, ...]]) -> None:
    countries = {country for country, *_ in names}
    assert len(countries) == 36
    for country in countries:
        assert {language for other, language, *_ in names if other == country} >= TABLE, country
    called = {(country, language, name) for country, language, name, _ in names}
    assert ("china", "zh", "中国") in called
    assert ("iran", "fr", "Iran") in called, "not Ireland, which the table gives the code IR as well"
    assert {("netherlands", "en", "Netherlands"), ("netherlands", "en", "Holland")} < called


def test_a_country_has_one_label(names: list[tuple[str, ...]]) -> None:
    labels = [country for country, *_, used in names if used.endswith("#label")]
    assert len(labels) == len(set(labels)) == 36, "saved questions read labels, one row each"


@pytest.mark.parametrize("name", ["Китай", "中国", "الصين", "Kitajska"])
def test_a_name_in_another_script_is_found_where_search_looks(name: str, project_layout: Layout) -> None:
    text = (ROOT / "queries" / "questions" / "search.rq").read_text("utf-8")
    assert "?named rdfs:label|skos:altLabel ?name" in text
    rows = run_select(read_store(project_layout.graph), SEARCH.replace("NAME", name)).rows
    assert [str(row[0]) for row in rows] == ["<https://w3id.org/testimonia/id/china>"]


def test_aliases_may_be_given_by_language(example: Layout) -> None:
    path = example.entities / "places.yaml"
    text = path.read_text("utf-8")
    languages = "aliases: {de: Valdorien, en: [Val, Valdoria State], ar: فالدوريا}"
    path.write_text(text.replace("name: Valdoria,", f"name: Valdoria, {languages},"), "utf-8")
    lines = build_project(*read_locked_project(example, None)).files["entities.nq"].decode().splitlines()
    found = {line.split("> ", 2)[2].split(" <")[0] for line in lines if "/id/valdoria> " in line and "altLabel" in line}
    assert found == {'"Valdorien"@de', '"Val"@en', '"Valdoria State"@en', '"فالدوريا"@ar'}
