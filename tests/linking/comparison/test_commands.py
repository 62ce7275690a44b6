"""The commands `conflicts`, `check-figure` and `view equivalents` as a user runs them."""

import json
from pathlib import Path

import pytest
from tests.programs import Run

from testimonia.core.layout import Layout

CASES = Path(__file__).resolve().parents[2] / "cases" / "comparison"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p <https://register.example/ns#%s> ?x } }"


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch, merged_layout: Layout) -> Run:
    """Run the program in the data set with its workspace."""
    monkeypatch.chdir(merged_layout.root)
    return run


def test_conflicts(run: Run, tmp_path: Path) -> None:
    topics = ("--topics", CASES / "topics.yaml")
    assert run("conflicts", *topics) == (1, (CASES / "conflicts.txt").read_text("utf-8"), "")
    code, out, _ = run("conflicts", *topics, "--format", "json", "--out", tmp_path / "c.json")
    assert (code, out, len(json.loads((tmp_path / "c.json").read_text("utf-8")))) == (1, "", 6)
    assert run("conflicts", *topics, "--format", "csv")[1].count("\n") == 20
    assert run("conflicts", "--without", "register")[1].splitlines()[-1] == "3 conflicts."
    assert run("conflicts", "--format", "xml")[0] == 2
    assert run("conflicts", "--without", "nobody")[0] == 2
    assert run("conflicts", "--workspace", tmp_path / "none")[0] == 2


def test_no_conflict_is_exit_0(run: Run, tmp_path: Path, merged_layout: Layout) -> None:
    (tmp_path / "lantern").mkdir()
    own = merged_layout.root / "mappings" / "topics.yaml"
    assert not own.exists()
    try:
        own.write_text("code: {ours: t:iso, of: t:Territory, compare: code}\n", "utf-8")
        assert run("conflicts") == (0, "0 conflicts.\n", "")
    finally:
        own.unlink()


@pytest.mark.parametrize(
    ("claim", "figure", "counted", "code", "verdict"),
    [
        ("val-solen#8", "detained", "detainedIn", 0, "agrees"),
        ("val-solen#8", "detained/minors", "minor", 1, "differs"),
        ("val-dale#33", "", "minor", 3, "cannot tell"),
    ],
)
def test_check_figure(  # noqa: PLR0917
    run: Run, tmp_path: Path, claim: str, figure: str, counted: str, code: int, verdict: str
) -> None:
    (tmp_path / "count.rq").write_text(COUNT % counted, "utf-8")
    command = ("check-figure", claim, "--against", tmp_path / "count.rq", "--figure", figure)
    done, out, err = run(*command)
    assert (done, out.splitlines()[0], err) == (code, verdict, "")
    done, out, _ = run(*command, "--format", "json")
    assert (done, json.loads(out)["verdict"]) == (code, verdict)


def test_check_figure_that_cannot_be_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text(COUNT % "minor", "utf-8")
    (tmp_path / "latin.rq").write_bytes(b"# \xe9")
    done, _, err = run("check-figure", "val-solen#8", "--against", tmp_path / "count.rq")
    assert (done, err) == (
        2,
        '"val-solen#8" has several figures. Say which: --figure detained or detained/minors\n',
    )
    assert run("check-figure", "val-dale#33", "--against", tmp_path / "none.rq")[0] == 2
    assert run("check-figure", "val-dale#33", "--against", tmp_path / "latin.rq")[0] == 2
    assert run("check-figure", "val-dale#33", "--against", tmp_path / "count.rq", "--format", "xml")[0] == 2


def test_view_equivalents(run: Run) -> None:
    assert run("view", "equivalents") == (0, (CASES / "equivalents.txt").read_text("utf-8"), "")
    assert "merged/register" in run("view", "equivalents", "--format", "nquads")[1]
    assert "merged/register" not in run("view", "equivalents", "--format", "nquads", "--without", "register")[1]
    assert run("view", "equivalents", "--format", "turtle")[0] == 2
    assert "\nequivalents  " in run("view")[1]


def test_a_query_over_a_workspace_sees_equivalents(run: Run, tmp_path: Path, merged_layout: Layout) -> None:
    query = """
        PREFIX id: <https://example.org/lantern/id/>
        PREFIX schema: <https://schema.org/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?source ?date {
          GRAPH <https://example.org/lantern/equivalents> { id:archive-raid skos:exactMatch ?theirs }
          GRAPH ?source { ?theirs schema:startDate ?date }
        } ORDER BY ?source
    """
    (tmp_path / "dates.rq").write_text(query, "utf-8")
    command = ("query", tmp_path / "dates.rq", "--format", "csv", "--workspace", merged_layout.workspace)
    stem = "https://example.org/lantern/merged/"
    assert run(*command)[1] == f"source,date\n{stem}register,2031-05-06\n{stem}watch,2031-05\n"
    assert run(*command, "--without", "watch")[1] == f"source,date\n{stem}register,2031-05-06\n"
