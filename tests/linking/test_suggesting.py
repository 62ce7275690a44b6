"""Suggestions: each case is foreign data (`NAME.ttl`) with the pairs that must come first, and what must never come.

Ours is the invented data set. Blank nodes are named as in a workspace.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from testimonia.core.layout import Layout, find_model_root
from testimonia.core.link import Link
from testimonia.core.namespaces import expand
from testimonia.dataset.project import build_project, read_locked_project, write_graph
from testimonia.linking.ours import read_classes, read_ours
from testimonia.linking.profile import Profile
from testimonia.linking.suggesting import Suggestion, find_open, suggest

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases" / "linking" / "suggesting").glob("*.ttl"))
BASE, THEIRS = "https://example.org/lantern/", "https://lib.example.net/"
STEM = f"{BASE}merged/lib/node/"
Write = Callable[[bytes, Path], Path]
LAYOUT = Layout(ROOT / "examples" / "lantern", find_model_root())


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> list[Profile]:
    folder = tmp_path_factory.mktemp("graph")
    write_graph(folder, build_project(*read_locked_project(LAYOUT, None)))
    return read_ours(folder)


def propose(write_source: Write, ours: list[Profile], content: bytes, tmp_path: Path) -> list[Suggestion]:
    path = write_source(content, tmp_path / "data.nq")
    return suggest(ours, path, stem=STEM, classes=read_classes(LAYOUT))


def test_there_are_cases() -> None:
    assert len(CASES) == 7


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_suggestions(write_source: Write, case: Path, ours: list[Profile], tmp_path: Path) -> None:
    expected = yaml.safe_load(case.with_suffix(".yaml").read_text("utf-8"))
    found = find_open(propose(write_source, ours, case.read_bytes(), tmp_path), [])
    shown = "\n".join(f"{s.score} {s.subject} {s.object} {s.reasons}" for s in found)
    for slug, (other, least, reason) in expected["pairs"].items():
        best = next((s for s in found if s.subject == f"{BASE}id/{slug}"), None)
        assert best, f"nothing for {slug}:\n{shown}"
        assert best.object == THEIRS + other, shown
        assert best.score >= least, shown
        assert any(reason in told for told in best.reasons), shown
    assert {s.object.removeprefix(THEIRS) for s in found} & set(expected["never"]) == set(), shown


def test_profiles_of_ours_have_names_codes_classes_and_dates(ours: list[Profile]) -> None:
    by_slug = {profile.iri.rpartition("/")[2]: profile for profile in ours}
    assert by_slug["valdoria"].codes == [(expand("t:iso"), "XZ")]
    assert by_slug["ivo-brandt"].names == {"Ivo Brandt": "en", "Ivo": "en", "Mr. Brandt": "en"}
    assert by_slug["ivo-brandt"].label == "Ivo Brandt"
    assert by_slug["song-archive"].dates[0][0] == date(2009, 1, 1)


def test_a_date_and_a_relation_support(write_source: Write, tmp_path: Path) -> None:
    ours = [
        Profile("x:land", {"Valdoria": "en"}),
        Profile("x:house", {"River House": "en"}, dates=[(date(2009, 1, 1), date(2009, 12, 31))], relations=["x:land"]),
    ]
    text = f"""@prefix : <{THEIRS}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :l rdfs:label "Valdoria" . :h rdfs:label "River House" ; :since "2009"^^xsd:gYear ; :in :l .
    :i rdfs:label "River House" ; :since "1809"^^xsd:gYear ; :in :other ."""
    path = write_source(text.encode(), tmp_path / "data.nq")
    first, second = [s for s in suggest(ours, path, stem=STEM, classes={}) if s.subject == "x:house"]
    assert (first.object, second.object) == (f"{THEIRS}h", f"{THEIRS}i")
    assert first.reasons[1:] == (
        "a date that fits: 2009-01-01 to 2009-12-31",
        "related to what is the same too: Valdoria",
    )
    assert second.reasons[1:] == ()


def link(subject: str, other: str, *, negated: bool = False) -> Link:
    return Link(subject, expand("skos:exactMatch"), other, negated, "", None, "", "", "x", 1)


def test_what_is_judged_is_not_proposed_again() -> None:
    good = Suggestion("x:a", "y:a", "", "", 0.95, (), "")
    worse = Suggestion("x:a", "y:b", "", "", 0.7, (), "")
    other = Suggestion("x:b", "y:a", "", "", 0.9, (), "")
    everything = [good, other, worse]
    assert find_open(everything, []) == [good, other]
    assert find_open(everything, [link("x:a", "y:a")]) == []
    assert find_open(everything, [link("x:a", "y:a", negated=True)]) == [other, worse]
    assert find_open(everything, [link("x:b", "y:a")]) == [worse]
