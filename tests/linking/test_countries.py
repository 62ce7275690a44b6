"""The EU's country table, merged: what is proposed for our countries is what the committed links say."""

from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.linking.ours import read_classes, read_ours
from testimonia.linking.suggesting import Suggestion, find_open, suggest
from testimonia.records.links import read_links
from testimonia.sources.adding import add_source
from testimonia.sources.source_options import SourceOptions

BASE = "https://w3id.org/testimonia/"
TABLE = "http://publications.europa.eu/resource/authority/country/"


def read_country_links(layout: Layout) -> dict[str, str]:
    links = [link for link in read_links(layout.links) if link.object.startswith(TABLE) and link.is_same]
    return {link.subject.removeprefix(f"{BASE}id/"): link.object.removeprefix(TABLE) for link in links}


def test_every_country_is_linked(project_layout: Layout) -> None:
    linked = read_country_links(project_layout)
    countries = {p.iri.removeprefix(f"{BASE}id/") for p in read_ours(project_layout.graph) if p.codes}
    assert linked.keys() == countries
    assert len(linked) == len(set(linked.values())) == 36
    assert (linked["iran"], linked["france"], linked["hong-kong"]) == ("IRN", "FRA", "HKG")


@pytest.fixture(scope="module")
def found(datasets: Path, project_layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> list[Suggestion]:
    folder = tmp_path_factory.mktemp("workspace")
    add_source(project_layout, folder, SourceOptions("eu", [datasets / "eu_countries_skos.rdf"], "", "", "", ""))
    ours, classes = read_ours(project_layout.graph), read_classes(project_layout)
    return suggest(ours, folder / "eu" / "data.nq", stem=f"{BASE}merged/eu/node/", classes=classes)


@pytest.mark.datasets
def test_the_table_proposes_what_the_links_say(found: list[Suggestion], project_layout: Layout) -> None:
    best: dict[str, Suggestion] = {}
    for suggestion in found:
        best.setdefault(suggestion.subject.removeprefix(f"{BASE}id/"), suggestion)
    linked = read_country_links(project_layout)
    assert {slug: best[slug].object.removeprefix(TABLE) for slug in linked} == linked
    shared = {slug for slug in linked if best[slug].code is None}
    assert shared == {"france", "iran", "russia", "spain"}, "the table gives these codes to two entries each"


@pytest.mark.datasets
def test_what_is_linked_is_not_proposed_again(found: list[Suggestion], project_layout: Layout) -> None:
    left = find_open(found, read_links(project_layout.links))
    assert not {s.subject.removeprefix(f"{BASE}id/") for s in left} & read_country_links(project_layout).keys()


@pytest.mark.datasets
def test_names_in_the_registry_are_those_of_the_table(found: list[Suggestion], project_layout: Layout) -> None:
    linked = read_country_links(project_layout)
    same = [s for s in found if linked.get(s.subject.removeprefix(f"{BASE}id/")) == s.object.removeprefix(TABLE)]
    assert len(same) == 36
    assert all(s.reasons[0].startswith("the same name:") for s in same)
