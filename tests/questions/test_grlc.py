"""grlc (https://github.com/CLARIAH/grlc) serves the folder of questions as it is, and gives the same answers."""

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from testimonia.core.layout import Layout
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.formats import write_csv
from testimonia.questions.question import Question
from testimonia.questions.values import make_term
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

pytestmark = pytest.mark.slow
NAMING = Naming("https://example.org/valdoria/")
ASKING = """
import json, sys
from grlc.server import app
client, found = app.test_client(), {}
for name, path in json.loads(sys.stdin.read()).items():
    reply = client.get(path, headers={"Host": "localhost:8088", "Accept": "text/csv"})
    found[name] = [reply.status_code, reply.get_data(as_text=True)]
print(json.dumps(found))
"""
"""grlc reads its settings from the folder that it is started in, so it is asked in a process of its own."""


@pytest.fixture(scope="module")
def endpoint(valdoria: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Oxigraph server over the graph of Valdoria."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program is not None, "the oxigraph program is not installed beside this Python"
    folder = tmp_path_factory.mktemp("grlc-endpoint")
    (folder / "all.nq").write_text("".join(f"{quad} .\n" for quad in valdoria), "utf-8")
    location = ["--location", str(folder / "store")]
    subprocess.run([program, "load", *location, "--file", str(folder / "all.nq")], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "serve-read-only", *location, "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert any("Listening" in line for line in server.stderr)
        yield f"http://127.0.0.1:{port}/query"
        server.terminate()


def ask_grlc(folder: Path, endpoint: str, started_in: Path, paths: dict[str, str]) -> dict[str, tuple[int, str]]:
    settings = f"[defaults]\nsparql_endpoint = {endpoint}\nserver_name = localhost:8088\n"
    (started_in / "config.ini").write_text(f"{settings}[local]\nlocal_sparql_dir = {folder}\n", "utf-8")
    command = [sys.executable, "-c", ASKING]
    done = subprocess.run(command, input=json.dumps(paths), cwd=started_in, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: (status, text) for name, (status, text) in json.loads(done.stdout.splitlines()[-1]).items()}


def test_the_folder_is_served_as_it_is(  # noqa: PLR0917  (each is a fixture)
    endpoint: str,
    tmp_path: Path,
    project_layout: Layout,
    questions: dict[str, Question],
    valdoria: ox.Store,
    values: dict[str, dict[str, str]],
) -> None:
    paths = {"swagger": "/api-local/swagger"}
    for slug, question in questions.items():
        terms = {n: get_value(make_term(p, values[slug][n], NAMING)) for n, p in question.parameters.items()}
        paths[slug] = f"/api-local/{slug}?{urlencode(terms)}"
    found = ask_grlc(project_layout.questions, endpoint, tmp_path, paths)
    described = json.loads(found.pop("swagger")[1])["paths"]
    assert described.keys() == {f"/{slug}" for slug in questions}
    for slug, question in questions.items():
        assert described[f"/{slug}"]["get"]["summary"] == question.summary
        assert described[f"/{slug}"]["get"]["tags"] == list(question.tags)
        status, text = found[slug]
        assert status == 200, slug
        expected = write_csv(ask_question(question, values[slug], NAMING, use_store(valdoria)), guarded=False)
        assert sort_members(question, text) == sort_members(question, expected), slug


def sort_members(question: Question, text: str) -> list[list[str]]:
    """The rows of an answer, the members of lists sorted: servers leave their order open."""
    head, *rows = csv.reader(io.StringIO(text))
    lists = [name in question.lists for name in head]
    return [head, *([sort(cell) if s else cell for cell, s in zip(row, lists, strict=True)] for row in rows)]


def sort(cell: str) -> str:
    return "; ".join(sorted({part for part in cell.split("; ") if part}))
