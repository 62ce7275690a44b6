"""What the tests of the library share: the data set of Valdoria, opened."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.api.graph import Graph, open_graph
from testimonia.core.layout import find_model_root

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions"

QUESTION = """#+ summary: What is given back?
#+ description: What it is asked with.
#+ audience: Tests.
#+ tags: [sources]
#+ parameters:
#+   from:
#+     description: anything
#+     default: a
#+   since:
#+     description: a day
#+     default: 2031-05-04
#+   n:
#+     description: a number
#+     default: 1
#+ columns:
#+   class: text
#+   day: day
#+   n: number
#+   half: half of it
#+   yes: always
#+   none: never
#+   list: members
#+ lists: [list]
#+ evidence: [claim]
PREFIX t: <https://w3id.org/testimonia/ontology#>
SELECT ?class ?day ?n ?half ?yes ?none ?list {
  BIND(?_from AS ?class) BIND(?_since_date AS ?day) BIND(?_n_integer AS ?n) BIND(?_n_integer / 2 AS ?half)
  BIND(<https://example.org/valdoria/interview/val-solen/claim/1> AS ?claim)
  BIND(true AS ?yes) BIND("b; https://example.org/valdoria/id/ostmark; a" AS ?list)
} ORDER BY ?class
"""


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set that holds nothing but settings, questions (one of them for every type) and the graph of Valdoria."""
    folder = tmp_path_factory.mktemp("library") / "valdoria"
    shutil.copytree(find_model_root() / "queries", folder / "queries")
    for name in ("mappings", "graph"):
        (folder / name).mkdir()
    (folder / "mappings" / "dataset.yaml").write_text("base: https://example.org/valdoria/\n")
    (folder / "queries" / "questions" / "given-back.rq").write_text(QUESTION)
    quads = ox.parse(path=str(CASES / "valdoria.trig"), format=ox.RdfFormat.TRIG)
    (folder / "graph" / "all.nq").write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(data: Path) -> Graph:
    return open_graph(data)
