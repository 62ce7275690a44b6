"""The commands that merge: added, listed, shown, asked, left out, removed, as somebody types them."""

import shutil
from pathlib import Path

import pytest
from tests.programs import Run

import testimonia
from testimonia.core.layout import Layout

CASES = Path(__file__).resolve().parents[1] / "cases" / "sources"
DUMP = """
@prefix t: <https://w3id.org/testimonia/ontology#> .
<https://example.com/raid> a t:Act ; t:type <https://w3id.org/testimonia/term/happening/raid> .
"""
WHO = """
SELECT DISTINCT ?g { GRAPH ?g { ?s a <https://w3id.org/testimonia/ontology#Act> } FILTER(CONTAINS(STR(?g), "merged")) }
"""


@pytest.fixture
def data(project_layout: Layout, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data set of the lantern, built, as the current folder."""
    root = tmp_path / "lantern"
    shutil.copytree(project_layout.examples / "lantern", root)
    shutil.copytree(project_layout.questions.parent, root / "queries")
    monkeypatch.chdir(root)
    assert run("build")[0] == 0
    (root / "dump.ttl").write_text(DUMP)
    (root / "who.rq").write_text(WHO)
    return root


def test_how_to_remove_it_names_the_workspace(data: Path, run: Run) -> None:
    _, said, _ = run("merge", "add", "port", "dump.ttl", "--workspace", "elsewhere")
    command = said.splitlines()[-1].removeprefix("Remove: testimonia ").split()
    assert command == ["merge", "remove", "port", "--workspace", "elsewhere"]
    assert run(*command)[0] == 0
    assert not (data / "elsewhere").exists()


def test_a_source_comes_is_asked_and_goes(data: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    alone = run("ask", "what-happened", "--format", "csv")
    assert alone[0] == 0
    options = ["--source", "https://example.com/dump.ttl", "--licence", "https://example.com/licence"]
    code, said, _ = run("merge", "add", "port", "dump.ttl", *options, "--retrieved", "2031-05-04")
    assert (code, said.splitlines()[0]) == (0, f"2 triples of port are in {data}/workspace/port.")
    assert run("merge", "add", "harbour", CASES / "good" / "harbour.ttl")[0] == 0
    _, said, _ = run("merge", "list")
    assert "port  2 triples  2031-05-04T00:00:00Z  https://example.com/dump.ttl\n2 sources" in said
    _, said, _ = run("merge", "show", "port")
    assert "licence    https://example.com/licence" in said
    assert "graph      <https://example.org/lantern/merged/port>  2 triples" in said
    assert run("ask", "what-happened", "--format", "csv", "--workspace", "workspace") == alone
    asked = "query", "who.rq", "--format", "csv", "--workspace", "workspace"
    assert run(*asked)[1].split() == ["g", "https://example.org/lantern/merged/port"]
    assert run(*asked, "--without", "port")[1].split() == ["g"]
    assert [run("merge", "remove", name)[0] for name in ("port", "harbour")] == [0, 0]
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert run("merge", "list")[1] == f"0 sources in {data}/workspace.\n"


def test_wrong_names_and_options_are_told(data: Path, run: Run) -> None:
    run("merge", "add", "port", "dump.ttl")
    for arguments, said in (
        (("merge", "show", "prt"), 'no source "prt" here; expected one of: port. Did you mean "port"? [no-source]'),
        (("merge", "remove", "prt"), "[no-source]"),
        (("merge", "add", "port", "dump.ttl"), "is there already. Choose another name"),
        (("query", "who.rq", "--without", "port"), "name the workspace: --workspace DIR"),
        (("query", "who.rq", "--workspace", "w"), "w: no workspace here."),
        (("query", "who.rq", "--workspace", "workspace", "--without", "x"), "[no-source]"),
        (("query", "who.rq", "--workspace", "w", "--endpoint", "http://localhost/"), "leave out one"),
        (("serve", "--without", "port"), "name the workspace"),
        (("serve", "--workspace", "w", "--endpoint", "http://localhost/"), "leave out one"),
        (("serve", "--workspace", "w"), "no workspace here"),
    ):
        code, _, error = run(*arguments)
        assert code == 2, arguments
        assert said in error
    assert data.joinpath("workspace", "port").is_dir()


def test_the_same_from_python(data: Path, run: Run) -> None:
    run("merge", "add", "port", "dump.ttl")
    count = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/testimonia/ontology#Act> }"
    alone = testimonia.open_graph(data)
    together = testimonia.open_graph(data, workspace=data / "workspace")
    assert together.query(count)[0] == alone.query(count)[0]
    assert [row.g for row in together.query(WHO)] == ["https://example.org/lantern/merged/port"]
    assert len(testimonia.open_graph(data, workspace="workspace", without=["port"]).query(WHO)) == 0
    with pytest.raises(testimonia.QueryError, match="two places"):
        testimonia.open_graph(data, workspace="workspace", endpoint="http://localhost/")
    with pytest.raises(testimonia.QueryError, match="name the workspace"):
        testimonia.open_graph(data, without=["port"])
