"""Graph files: each case is a graph folder and what is to be found in it; the committed graph has no finding."""

from pathlib import Path

import pytest

from testimonia.core.errors import InputError
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.validation.graph_files import check_graph_files

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "graph-files").iterdir())
BASE = "https://example.org/"


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 20
    rules = {line.split()[0] for case in CASES for line in (case / "expect.txt").read_text("utf-8").splitlines()}
    assert rules == {
        *("blank-node", "missing-file", "not-n-quads", "triple-in-two-graphs", "unlisted-file", "unsorted-file"),
        *("wrong-count", "wrong-digest", "wrong-graph", "wrong-manifest"),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_found_in_a_folder(case: Path) -> None:
    findings = check_graph_files(case / "graph")
    found = []
    for finding in findings:
        assert finding.place is not None
        assert finding.layer is Layer.GRAPH
        assert finding.fix
        focus = finding.focus.removeprefix(BASE) or "-"
        found.append(f"{finding.rule} {finding.place.path}:{finding.place.line} {focus}")
    assert sorted(found) == sorted((case / "expect.txt").read_text("utf-8").splitlines())
    assert findings == sorted(findings)


def test_a_message_about_a_file_names_it() -> None:
    case = next(case for case in CASES if case.name == "wrong-count")
    assert [f.message for f in check_graph_files(case / "graph")] == [
        "graph/dates.nq: The file holds 1 triples, the manifest says 7."
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no graph folder here.*testimonia build\. \[graph-missing\]"):
        check_graph_files(tmp_path / "graph")


def test_the_graph_has_no_finding(project_layout: Layout) -> None:
    assert check_graph_files(project_layout.graph) == []
