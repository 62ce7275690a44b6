"""Violation queries: each fires on its bad case, is silent on its good one and on the graph, and explains itself."""

import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError, QueryError
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout, find_model_root
from testimonia.dataset.project import build_project, read_locked_project
from testimonia.rdf.store import load_store, read_store
from testimonia.validation.queries import ViolationQuery, check_queries, parse_check, read_checks

CASES = Path(__file__).resolve().parents[1] / "cases" / "checks"
CHECKS = {check.slug: check for check in read_checks(find_model_root() / "queries" / "checks")}
BASE = "https://example.org/"
EXPECT = re.compile(r"^# expect: <(.+)>$", re.MULTILINE)


def load(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(BASE + "graph/case"))
    return store


def test_each_check_has_its_cases_and_each_case_its_check() -> None:
    assert len(CHECKS) == 35
    assert {path.name for path in CASES.iterdir()} == CHECKS.keys()
    for folder in CASES.iterdir():
        assert {path.name for path in folder.iterdir()} == {"bad.ttl", "good.ttl"}


@pytest.mark.parametrize("slug", CHECKS)
def test_a_check_fires_on_its_bad_case(slug: str) -> None:
    path, check = CASES / slug / "bad.ttl", CHECKS[slug]
    expected = [BASE + name for name in EXPECT.findall(path.read_text("utf-8"))]
    findings = check_queries(load(path), [check])
    assert expected
    assert [f.focus for f in findings] == expected
    for finding in findings:
        assert (finding.rule, finding.severity, finding.layer) == (slug, check.severity, Layer.QUERIES)
        assert finding.fix
        assert "{?" not in finding.message
        assert "nothing" not in finding.message


@pytest.mark.parametrize("slug", CHECKS)
def test_a_check_is_silent_on_its_good_case(slug: str) -> None:
    store = load(CASES / slug / "good.ttl")
    assert len(store) >= 2
    assert check_queries(store, [CHECKS[slug]]) == []


@pytest.mark.parametrize("slug", CHECKS)
def test_the_good_case_is_near_the_bad_one(slug: str) -> None:
    """A good case that shares no property with the bad one would be silent whatever the query says."""
    good, bad = ({quad.predicate for quad in load(CASES / slug / f"{name}.ttl")} for name in ("good", "bad"))
    assert good & bad


def test_the_graph_has_no_row(project_layout: Layout) -> None:
    assert check_queries(read_store(project_layout.graph), list(CHECKS.values())) == []


@pytest.mark.parametrize("name", ["lantern", "heron"])
def test_the_examples_have_no_row(name: str, project_layout: Layout) -> None:
    example = Layout(project_layout.examples / name, project_layout.model)
    built = build_project(*read_locked_project(example, example.root / "texts"))
    assert check_queries(load_store(built.files), list(CHECKS.values())) == []


@pytest.mark.slow
def test_all_checks_together_take_less_than_a_second(project_layout: Layout) -> None:
    store = read_store(project_layout.graph)
    began = time.perf_counter()
    check_queries(store, list(CHECKS.values()))
    assert time.perf_counter() - began < 1


def test_a_message_shows_what_the_row_holds() -> None:
    findings = check_queries(load(CASES / "ends-before-it-begins" / "bad.ttl"), [CHECKS["ends-before-it-begins"]])
    assert findings[0].message == "It ends (2031-05-31) before it begins (2033-01-01)."
    assert findings[0].value == "<https://example.org/date/2031-05>"
    assert findings[0].path == "https://w3id.org/testimonia/ontology#until"


def test_a_check_that_asks_for_a_graph_finds_its_rows() -> None:
    check = ViolationQuery("any", "?", ".", "Info", "In {?g}.", "x", "SELECT ?focus ?g { GRAPH ?g { ?focus ?p ?o } }")
    findings = check_queries(load(CASES / "hedged-refusal" / "bad.ttl"), [check])
    assert [f.message for f in findings] == ["In <https://example.org/graph/case>."]


HEADER = "#+ summary: Any?\n#+ description: Why.\n#+ severity: Warning\n#+ message: It is {?value}.\n#+ fix: Mend it\n"
QUERY = "SELECT ?focus ?value { ?focus ?p ?value }"


@pytest.mark.parametrize(
    ("text", "stem", "said"),
    [
        (HEADER + QUERY, "any", 'a name without "-violation"'),
        (HEADER + QUERY, "Any-violation", '"Any" is no slug'),
        (QUERY, "any-violation", "no header"),
        (
            HEADER.replace("Warning", "Error") + QUERY,
            "any-violation",
            "expected Violation, Warning, Info. [severity-form]",
        ),
        (HEADER.replace("#+ fix: Mend it\n", "") + QUERY, "any-violation", 'no "fix"'),
        (HEADER.replace("fix:", "fixs:") + QUERY, "any-violation", 'Did you mean "fix"?'),
        (HEADER + "SELECT ?value { ?x ?p ?value }", "any-violation", 'no column "focus"'),
        (HEADER.replace("?value", "?who") + QUERY, "any-violation", "no column ?who to put into the message"),
        (HEADER + "SELECT ?focus ?value ?p { ?focus ?p ?value }", "any-violation", "the column ?p is not used"),
        (HEADER + "ASK { ?x ?y ?z }", "any-violation", "a check that is ASK"),
        (HEADER + "SELECT ?focus { ?focus", "any-violation", "does not parse"),
        (HEADER + "SELECT ?focus ?value { ?focus ?_p_iri ?value }", "any-violation", "a check takes none"),
        (HEADER + "SELECT ?focus ?value { SERVICE <x:y> { ?focus ?p ?value } }", "any-violation", "SERVICE is refused"),
        (HEADER + "DELETE WHERE { ?x ?y ?z }", "any-violation", "DELETE is refused"),
    ],
)
def test_a_check_that_cannot_be_used(text: str, stem: str, said: str) -> None:
    check, problems = parse_check(text, stem, f"queries/checks/{stem}.rq")
    assert check is None
    assert any(said in str(problem) for problem in problems), problems


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "queries" / "checks"
    folder.mkdir(parents=True)
    (folder / "a-violation.rq").write_text(QUERY)
    (folder / "b-violation.rq").write_text(HEADER + "SELECT ?value { ?x ?p ?value }")
    with pytest.raises(InputError) as raised:
        read_checks(folder)
    assert {problem.file for problem in raised.value.findings} == {
        "queries/checks/a-violation.rq",
        "queries/checks/b-violation.rq",
    }


def test_a_folder_without_checks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no violation query here"):
        read_checks(tmp_path)


def test_a_query_that_the_engine_cannot_run_is_named() -> None:
    check = ViolationQuery("any", "?", ".", "Info", ".", "x", "SELECT ?focus { ?focus <x:p> }")
    with pytest.raises(QueryError, match=r"any-violation\.rq: the query does not parse"):
        check_queries(ox.Store(), [check])
