"""Hygiene: the model with the files of a case beside its own; what that adds to the findings is what is expected."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.findings import Finding, shorten
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import VOCABULARY_BASE
from testimonia.rdf.store import read_store
from testimonia.validation.hygiene import check_hygiene

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "hygiene").iterdir())
MODEL = find_model_root()


def copy_model(folder: Path) -> Layout:
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(MODEL / name, folder / name)
    (folder / "mappings").mkdir()
    for name in ("context.jsonld", "kinds.yaml"):
        shutil.copy(MODEL / "mappings" / name, folder / "mappings")
    return Layout(folder, folder)


@pytest.fixture(scope="module")
def known() -> set[Finding]:
    """What is found in the model beside an empty graph."""
    return set(check_hygiene(Layout(MODEL, MODEL), ox.Store()))


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 10
    rules = {line.split()[0] for case in CASES for line in (case / "expect.txt").read_text("utf-8").splitlines()}
    assert rules == {
        *("concept-used-once", "deprecated-term", "deprecated-without-successor", "undeclared-term"),
        *("undefined-term", "unexplained-term", "unused-concept", "unused-term"),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_case_adds(case: Path, known: set[Finding], tmp_path: Path) -> None:
    layout = copy_model(tmp_path)
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    store = ox.Store()
    if (case / "graph.nq").is_file():
        store.load(path=str(case / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    findings = check_hygiene(layout, store)
    added = [f for f in findings if f not in known]
    lines = [
        " ".join(filter(None, (f.rule, f.severity, f.focus.removeprefix(VOCABULARY_BASE), f.path and shorten(f.path))))
        for f in added
    ]
    assert sorted(lines) == sorted((case / "expect.txt").read_text("utf-8").splitlines())
    assert findings == sorted(findings)
    assert all(f.layer is Layer.HYGIENE and f.fix for f in added)


def test_an_undefined_term_says_where_it_is_used(tmp_path: Path) -> None:
    layout = copy_model(tmp_path)
    case = next(case for case in CASES if case.name == "undefined-in-a-query")
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    found = next(f for f in check_hygiene(layout, ox.Store()) if f.focus.endswith("#Clam"))
    assert found.message == "The term is used (queries/questions/case.rq) and not defined."


def test_a_data_set_is_not_told_of_the_terms_that_it_does_not_use(tmp_path: Path, example: Layout) -> None:
    own = copy_model(tmp_path)
    assert {f.rule for f in check_hygiene(own, ox.Store())} >= {"unused-concept"}
    quad = ox.Quad(*(ox.NamedNode(VOCABULARY_BASE + name) for name in ("id/x", "ontology#clam", "id/y")))
    store = ox.Store()
    store.add(quad)
    found = check_hygiene(Layout(example.root, own.model), store)
    assert [(f.rule, shorten(f.focus)) for f in found] == [("undefined-term", "t:clam")]


def test_the_model_is_clean_but_for_concepts_that_few_use(project_layout: Layout) -> None:
    findings = check_hygiene(project_layout, read_store(project_layout.graph))
    assert [f for f in findings if f.severity != "Info"] == []
    assert {f.rule for f in findings} <= {"concept-used-once", "unused-concept"}
