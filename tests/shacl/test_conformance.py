"""The public SHACL suite through both engines: what fails is a table, what passes is a page."""

from pathlib import Path

import pytest
import yaml

from .conformance import ENGINES, read_suite, run_suite, run_test, write_page

PROJECT = Path(__file__).resolve().parents[2]
TABLE = yaml.safe_load((PROJECT / "tests" / "cases" / "validation" / "conformance.yaml").read_text("utf-8"))
PAGE = PROJECT / "docs" / "shacl-conformance.md"
HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sht: <http://www.w3.org/ns/shacl-test#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> . @prefix e: <https://example.org/> .
e:x a e:C . e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:name ; sh:minCount 1 ] .
"""
RESULT = """[ sh:focusNode e:x ; sh:resultPath e:name ; sh:resultSeverity sh:Violation ;
  sh:sourceConstraintComponent sh:MinCountConstraintComponent ; sh:sourceShape [ ] ]"""


def test_each_reason_stands_once() -> None:
    keys = [(entry["test"], entry["engine"]) for entry in TABLE]
    assert len(set(keys)) == len(keys)
    assert all(entry["reason"] for entry in TABLE)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("expected", "outcome"),
    [
        (f"[ sh:result {RESULT} ]", "pass"),
        ("[ sh:conforms true ]", "0 results missing, 1 too many"),
        (f"[ sh:result {RESULT.replace('e:x', 'e:y')} ]", "1 results missing, 1 too many"),
        ("sht:Failure", "does not refuse the shapes"),
    ],
)
def test_an_outcome_is_seen(engine: str, expected: str, outcome: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.ttl").write_text(
        f"{HEAD} <> mf:entries ( <one> ) . "
        f"<one> mf:action [ sht:dataGraph <> ; sht:shapesGraph <> ] ; mf:result {expected} ."
    )
    (test,) = read_suite(tmp_path)
    assert test.name == "one"
    assert run_test(test, engine) == outcome


@pytest.mark.suites
def test_the_suite_does_as_the_table_and_the_page_say(suites: Path) -> None:
    outcomes = run_suite(suites / "data-shapes" / "data-shapes-test-suite" / "tests")
    assert len(outcomes) == 120
    failing = {(name, engine) for name, outcome in outcomes.items() for engine in ENGINES if outcome[engine] != "pass"}
    assert failing == {(entry["test"], entry["engine"]) for entry in TABLE}
    assert PAGE.read_text("utf-8") == write_page(outcomes, TABLE), "run: make conformance"
