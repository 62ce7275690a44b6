"""A workspace: its names and files; one store in which ours is the default graph, and each source has its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from testimonia.core.answer import Solutions
from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.rdf.store import run_query
from testimonia.sources.workspace import (
    check_known,
    check_memory,
    check_name,
    find_files,
    find_names,
    read_workspace,
    use_workspace,
)

BASE = "https://example.org/lantern/"


@pytest.fixture
def workspace(example: Layout) -> Path:
    """A workspace with two small sources, and with what is no source."""
    folder = example.workspace
    for name in ("alpha", "beta"):
        (folder / name).mkdir(parents=True)
        graph = f"<https://example.org/merged/{name}>"
        act = "<https://w3id.org/testimonia/ontology#Act>"
        (folder / name / "data.nq").write_text(f"<x:{name}> a:b {graph} .".replace("a:b", f"<x:a> {act}") + "\n")
        (folder / name / "source.nq").write_text(f'{graph} <x:title> "{name}" <{graph[1:-1]}/source> .\n')
    (folder / ".gamma").mkdir()
    (folder / "half").mkdir()
    (folder / "half" / "data.nq").write_text("")
    (folder / "link").symlink_to(folder / "alpha")
    return folder


def test_sources_are_folders_that_are_whole(workspace: Path) -> None:
    assert find_names(workspace) == ["alpha", "beta"]
    files = [file.relative_to(workspace).as_posix() for file in find_files(workspace, {"alpha"})]
    assert files == ["beta/data.nq", "beta/source.nq"]


def test_no_workspace_and_unknown_names_are_told(workspace: Path) -> None:
    with pytest.raises(
        InputError, match=r'no source "alpa" here; expected one of: alpha, beta\. Did you mean "alpha"\?.*\[no-source\]'
    ):
        find_files(workspace, ["alpa"])
    with pytest.raises(InputError, match=r"no workspace here\. .*\[no-workspace\]"):
        find_files(workspace / "nowhere")
    assert check_known(workspace / "half", ["x"])[0].expected == "a source; there is none"


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "A", "a b", "-a", "a" * 65, ".a", "ä", "a\n"])
def test_a_name_cannot_leave_the_workspace(name: str) -> None:
    assert [problem.rule for problem in check_name(name)] == ["source-name"]


def test_ours_alone_is_the_default_graph(built: Layout, workspace: Path) -> None:
    store = read_workspace(built, workspace, ["beta"])
    query = "SELECT ?s { ?s a <https://w3id.org/testimonia/ontology#Act> }"
    ours = run_query(store, query, union=False)
    assert isinstance(ours, Solutions)
    assert len(ours.rows) > 0
    assert "x:alpha" not in str(ours.rows)
    named = "SELECT ?g { GRAPH ?g { ?s <x:a> ?o } }"
    assert ask(use_workspace(built, workspace), named) == {f"https://example.org/merged/{n}" for n in ("alpha", "beta")}
    assert ask(use_workspace(built, workspace, ["beta"]), named) == {"https://example.org/merged/alpha"}


def ask(run: Callable[[str], object], query: str) -> set[str]:
    answer = run(query)
    assert isinstance(answer, Solutions)
    return {str(getattr(row[0], "value", "")) for row in answer.rows}


def test_more_than_memory_is_refused_with_figures(workspace: Path) -> None:
    files = find_files(workspace)
    check_memory(workspace, files, 0)
    check_memory(workspace, files, 10_000)
    with pytest.raises(
        InputError,
        match=r"need about 0\.0 GiB of memory, and 0\.0 GiB are free\. .*--without alpha\. \[larger-than-memory\]",
    ):
        check_memory(workspace, files, 100)
