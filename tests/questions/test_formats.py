"""What answers look like: no cell steers a terminal, a spreadsheet or a page; standard formats read back."""

import csv
import io
import json

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions, Statements, Term
from testimonia.core.errors import QueryError
from testimonia.questions.evidence import Backing, Evidenced, EvidencePassage
from testimonia.questions.formats import AnswerFormat, write_answer, write_csv, write_evidenced, write_json, write_tsv
from testimonia.questions.tables import write_table
from testimonia.rdf.short_names import Naming

NAMING = Naming("https://example.org/")
XSD = "http://www.w3.org/2001/XMLSchema#"
ROW = (
    ox.NamedNode("https://example.org/interview/val-solen/claim/5"),
    ox.Literal("=HYPERLINK(1)"),
    ox.Literal("raid", language="en"),
    ox.Literal("27.5", datatype=ox.NamedNode(XSD + "decimal")),
    None,
)
ANSWER = Solutions(("claim", "text", "what", "n", "empty"), (ROW,))


def test_json_reads_back() -> None:
    text = write_json(ANSWER)
    read = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [tuple(row[name] for name in ANSWER.variables) for row in read] == [ROW]
    assert json.loads(write_json(Solutions(("x",), ())))["results"]["bindings"] == []


@pytest.mark.parametrize("text", ["=1+1", "+1 a", "-a", "@SUM(1)", "\tx", "\rx", "=", "-"])
def test_spreadsheet_formulas_are_guarded(text: str) -> None:
    answer = Solutions(("x",), ((ox.Literal(text),),))
    (_, (cell,)) = list(csv.reader(io.StringIO(write_csv(answer, guarded=True), newline="")))
    assert cell == "'" + text
    (_, (cell,)) = list(csv.reader(io.StringIO(write_csv(answer, guarded=False), newline="")))
    assert cell == text


def test_table_leaves_out_empty_columns_and_shortens() -> None:
    text = write_table(ANSWER, NAMING)
    assert "val-solen#5" in text
    assert "https://" not in text
    assert "empty" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_table_keeps_its_width(width: int) -> None:
    row: tuple[Term, ...] = (
        ox.NamedNode("https://example.org/id/" + "long-slug-" * 6),
        *(ox.Literal("word " * 30) for _ in range(6)),
    )
    for columns in (2, 7):
        answer = Solutions(tuple(f"column_{i}" for i in range(columns)), (row[:columns],) * 2)
        assert all(len(line) <= width for line in write_table(answer, NAMING, width=width).splitlines())


def test_cells_cannot_steer_a_terminal() -> None:
    nasty = "a\x1b[31mb\x07\nc\u202ed\x9b[bold]x[/bold]"
    for form in (AnswerFormat.TABLE, AnswerFormat.MARKDOWN):
        text = write_answer(Solutions(("x",), ((ox.Literal(nasty),),)), form, NAMING)
        assert all(c.isprintable() for c in text.replace("\n", ""))
        assert "bold" in text


def test_lists_of_iris_are_shortened() -> None:
    claims = "; ".join(f"https://example.org/interview/a/claim/{n}" for n in (1, 2))
    assert "a#1; a#2" in write_table(Solutions(("claims",), ((ox.Literal(claims),),)), NAMING)


def test_truth() -> None:
    expected = {
        AnswerFormat.TABLE: "yes\n",
        AnswerFormat.CSV: "true\n",
        AnswerFormat.JSON: '{"head":{},"boolean":true}\n',
    }
    for form, text in expected.items():
        assert write_answer(True, form, NAMING) == text


def test_triples() -> None:
    triple = ox.Triple(ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p"), ox.Literal("o"))
    answer = Statements((triple,))
    assert write_answer(answer, AnswerFormat.NTRIPLES, NAMING) == f"{triple} .\n"
    (read,) = ox.parse(write_answer(answer, AnswerFormat.TURTLE, NAMING), format=ox.RdfFormat.TURTLE)
    assert read.triple == triple
    with pytest.raises(QueryError, match="--format csv is for SELECT and ASK"):
        write_answer(answer, AnswerFormat.CSV, NAMING)
    with pytest.raises(QueryError, match="--format turtle is for CONSTRUCT and DESCRIBE"):
        write_answer(ANSWER, AnswerFormat.TURTLE, NAMING)


def test_tsv_reads_back() -> None:
    text = write_tsv(ANSWER)
    read = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    assert [tuple(row[name] for name in ANSWER.variables) for row in read] == [ROW]
    nasty = Solutions(("x",), ((ox.Literal('a\tb\nc\r"d\\'),),))
    read = ox.parse_query_results(write_tsv(nasty), format=ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    assert [row["x"] for row in read] == [nasty.rows[0][0]]


def test_evidence_stands_under_its_row() -> None:
    claim = "https://example.org/interview/val-solen/claim/5"
    backing = Backing(claim, "", {"Mira Solen"}, {"harbour police"}, {EvidencePassage("lantern.txt", 4, 1, 9)})
    found = Evidenced(Solutions(("n",), ((ox.Literal(1),), (ox.Literal(2),))), ((backing,), (backing, backing)))
    lines = ["    val-solen#5: Mira Solen, citing harbour police", "      lantern.txt, turn 4, 1-9"]
    text = write_evidenced(found, AnswerFormat.TABLE, NAMING)
    assert text.splitlines() == ["n  1", *lines, "", "n  2", *lines, *lines]
    _, _, second = csv.reader(io.StringIO(write_evidenced(found, AnswerFormat.CSV, NAMING)))
    assert second == [
        "2",
        f"{claim}; {claim}",
        "Mira Solen; Mira Solen",
        "harbour police; harbour police",
        "lantern.txt, turn 4, 1-9; lantern.txt, turn 4, 1-9",
    ]
    assert "| evidence_where |" in write_evidenced(found, AnswerFormat.MARKDOWN, NAMING)
