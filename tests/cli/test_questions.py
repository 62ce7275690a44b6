"""questions, ask and query, as somebody types them: output, exit codes, and what is said when it goes wrong."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.layout import find_model_root

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data set that holds nothing but settings, questions and the graph of Valdoria."""
    shutil.copytree(find_model_root() / "queries" / "questions", tmp_path / "queries" / "questions")
    for folder in ("mappings/interviews", "graph"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mappings" / "dataset.yaml").write_text("base: https://example.org/valdoria/\n")
    quads = ox.parse(path=str(CASES / "valdoria.trig"), format=ox.RdfFormat.TRIG)
    (tmp_path / "graph" / "all.nq").write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    return tmp_path


def run(data: Path, *arguments: str, given: str = "") -> tuple[int, str, str]:
    program = [sys.executable, "-c", "from testimonia.cli import main; main()", *arguments]
    done = subprocess.run(program, cwd=data, input=given, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_questions_lists_all_or_a_tag(data: Path) -> None:
    code, out, _ = run(data, "questions")
    assert code == 0
    assert "differences  [" in out
    assert max(map(len, out.splitlines())) <= 80
    code, out, _ = run(data, "questions", "--tag", "dates")
    assert out.startswith("dates: ")
    assert "\ntimeline  [overview, dates]\n" in out
    assert out.count("  [") == 3
    code, _, err = run(data, "questions", "--tag", "law")
    assert code == 2
    assert 'there is no tag "law". Did you mean "laws"?' in err


def test_questions_tells_all_of_one(data: Path) -> None:
    code, out, _ = run(data, "questions", "requests")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "name or IRI, or any; left out: any\n        2 in graph/: ostmark, valdoria\n" in out
    assert "    gist: the claim in one sentence\nAsk it: testimonia ask requests\n" in out
    assert out.endswith("  as a picture (bar): testimonia ask requests --chart FILE.svg\n")
    code, _, err = run(data, "questions", "request")
    assert (code, err) == (2, 'there is no question "request". Did you mean "requests"?\n')


def test_ask_as_table_csv_json_markdown(data: Path) -> None:
    code, out, err = run(data, "ask", "differences")
    assert (code, err) == (0, "")
    assert "val-solen#2" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    _, out, _ = run(data, "ask", "opinions", "--format", "csv")
    assert list(csv.reader(io.StringIO(out)))[1][4].startswith("'=SUM(1)")
    _, out, _ = run(data, "ask", "opinions", "--format", "json")
    assert json.loads(out)["results"]["bindings"][0]["gist"]["value"].startswith("=SUM(1)")
    _, out, _ = run(data, "ask", "opinions", "--format", "markdown")
    assert out.startswith("| topic | concerns |")


def test_ask_into_a_file(data: Path) -> None:
    code, out, _ = run(data, "ask", "organisations", "--format", "csv", "--out", "answer.csv")
    assert (code, out) == (0, "")
    assert (data / "answer.csv").read_text("utf-8") == (CASES / "answers" / "organisations.csv").read_text("utf-8")
    code, _, err = run(data, "ask", "laws", "--out", "nowhere/answer.csv")
    assert code == 2
    assert "nowhere/answer.csv: cannot be written" in err


def test_ask_without_rows_says_which_values_exist(data: Path) -> None:
    code, out, err = run(data, "ask", "requests", "--param", "country=ostmark")
    assert (code, out) == (0, "")
    assert err == "No rows.\ncountry=ostmark: nothing fits. It knows: ostmark, valdoria.\n"
    _, out, err = run(data, "ask", "requests", "--param", "country=ostmark", "--format", "csv")
    assert out.count("\n") == 1
    assert "No rows." in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "timelin"], 'there is no question "timelin". Did you mean "timeline"?'),
        (["ask", "corroborated", "--param", "x=1"], '"corroborated" has no parameter "x" (it has: none)'),
        (["ask", "conditions", "--param", "country=valdora"], "does not know 'valdora'. Did you mean \"valdoria\"?"),
        (["ask", "about"], '"about" needs parameter "entity"'),
        (["ask", "about", "--param", "entity=a b"], "is neither a name such as hong-kong-watch nor an IRI"),
        (["ask", "laws", "--format", "xml"], '--format "xml" is not known; expected table, csv'),
        (["ask", "laws", "--format", "turtle"], "--format turtle is for CONSTRUCT and DESCRIBE"),
        (["ask", "laws", "--endpoint", "http://mira:secret@127.0.0.1:9/"], "http://127.0.0.1:9/: out of reach"),
        (["ask", "laws", "--endpoint", "graph"], "the endpoint is no address"),
        (["query", "missing.rq"], "missing.rq: cannot be read"),
        (["query", "graph"], "graph: cannot be read"),
    ],
)
def test_what_cannot_be_done_exits_2(data: Path, arguments: list[str], message: str) -> None:
    code, out, err = run(data, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "secret" not in err


def test_query_forms(data: Path) -> None:
    code, out, _ = run(data, "query", "-", given="SELECT ?l { ?l a <https://w3id.org/testimonia/ontology#Law> }")
    assert code == 0
    assert "sound-act" in out
    assert run(data, "query", "-", given="ASK { }")[1] == "yes\n"
    (data / "q.rq").write_text("CONSTRUCT { ?l a ?c } { ?l a ?c ; ?p 'Sound Act'@en }")
    code, out, _ = run(data, "query", "q.rq")
    assert [str(q.subject) for q in ox.parse(out, format=ox.RdfFormat.TURTLE)] == [
        "<https://example.org/valdoria/id/sound-act>"
    ]
    assert run(data, "query", "q.rq", "--format", "ntriples")[1].endswith("#Law> .\n")
    code, out, err = run(data, "query", "-", given="SELECT ?x { ?x a <x:y> }")
    assert (code, out, err) == (0, "", "No rows.\n")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x {\n ?x ?y }", "line 2, column"),
        ("SELECT ?x { 'a }", "line 1, column 13: a string that does not end"),
        ("DROP ALL", "line 1, column 1: DROP is refused"),
        ("ASK { SERVICE <http://127.0.0.1/> { } }", "line 1, column 7: SERVICE is refused"),
        ("SELECT ?x { ?x ?p ?_y_iri }", "the query has parameters (y)"),
        ("", "the query is empty"),
    ],
)
def test_queries_that_may_not_run(data: Path, query: str, message: str) -> None:
    code, out, err = run(data, "query", "-", given=query)
    assert (code, out) == (2, "")
    assert message in err


def test_no_graph_yet(data: Path) -> None:
    shutil.rmtree(data / "graph")
    code, _, err = run(data, "ask", "laws")
    assert code == 2
    assert "graph/: no graph here (*.nq). Build it: make." in err
