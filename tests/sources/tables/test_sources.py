"""A table as a source of a workspace: whole or not at all, its context kept beside it."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError
from testimonia.core.layout import Layout
from testimonia.sources.adding import add_source, remove_source
from testimonia.sources.source_options import SourceOptions
from testimonia.sources.tables.form import read_form

from .files import read_table

ROOT = Path(__file__).resolve().parents[3]
TABLE, CONTEXT = (ROOT / "examples" / "tables" / f"detentions.{ending}" for ending in ("csv", "jsonld"))
CASES = ROOT / "tests" / "cases" / "tables"
SOURCE = "https://example.org/lantern/merged/register"


@pytest.fixture
def workspace(example: Layout) -> Iterator[Path]:
    yield example.workspace
    assert not list(example.root.rglob(".aside*"))


def test_a_table_becomes_a_source(example: Layout, workspace: Path) -> None:
    source = add_source(example, workspace, SourceOptions("register", [TABLE], context=CONTEXT))
    data = (workspace / "register" / "data.nq").read_bytes()
    quads = set(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    mapped = read_table(TABLE, TABLE.name, read_form(CONTEXT, CONTEXT.name))
    assert quads == {ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(SOURCE)) for t in mapped}
    assert source.triples == len(quads) == 43
    media = "https://www.iana.org/assignments/media-types/"
    assert [(file.name, file.media_type) for file in source.files] == [
        ("detentions.csv", f"{media}text/csv"),
        ("detentions.jsonld", f"{media}application/ld+json"),
    ]
    for path in (TABLE, CONTEXT):
        assert (workspace / "register" / "original" / path.name).read_bytes() == path.read_bytes()
    remove_source(workspace, "register")
    assert not workspace.exists()


def test_a_table_without_rows_is_refused(example: Layout, workspace: Path, tmp_path: Path) -> None:
    table = tmp_path / "register.csv"
    table.write_text(TABLE.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(InputError, match=r"register\.csv: no triple in this table.*\[no-triple\]"):
        add_source(example, workspace, SourceOptions("register", [table], context=CONTEXT))
    assert not workspace.exists()


def test_tables_and_rdf_can_come_together(example: Layout, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "more.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    source = add_source(example, workspace, SourceOptions("register", [TABLE, tmp_path / "more.nt"], context=CONTEXT))
    assert source.triples == 44


@pytest.mark.parametrize("case", ["bad-rows", "bad-encoding", "bad-ids", "bad-columns", "bad-gzip"])
def test_a_table_with_a_problem_leaves_no_trace(case: str, example: Layout, workspace: Path) -> None:
    (table,) = (CASES / case).glob("table.*")
    with pytest.raises(InputError) as caught:
        add_source(example, workspace, SourceOptions("register", [table], context=CASES / case / "context.jsonld"))
    told = str(caught.value).replace(f"{table.parent.as_posix()}/", "")
    if case == "bad-gzip":
        assert told == "table.csv.gz: damaged, or not compressed with gzip. Fetch it again. [damaged-archive]"
    else:
        assert told + "\n" == (CASES / case / "expected.txt").read_text("utf-8")
    assert not workspace.exists()


@pytest.mark.parametrize(
    ("files", "context", "said"),
    [
        ([TABLE], None, "a table, and no context that says what its columns are; expected --context FILE"),
        ([CONTEXT], TABLE.parent / "detentions.jsonld", "a context, and no table that it is for"),
        ([TABLE], CASES / "context-two-ids" / "context.jsonld", "several columns are the id: no, number"),
        ([TABLE], CASES / "none.jsonld", "not found"),
    ],
)
def test_what_cannot_be_read_by_a_context_is_told_before_anything_is_written(
    files: list[Path], context: Path | None, said: str, example: Layout, workspace: Path
) -> None:
    with pytest.raises(InputError) as caught:
        add_source(example, workspace, SourceOptions("register", files, context=context))
    assert said in str(caught.value)
    assert not workspace.exists()
