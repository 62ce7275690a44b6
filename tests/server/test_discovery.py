"""Discovery over HTTP: the three queries of the SPARQL editor of the SIB, sent to the endpoint over the real graph."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from testimonia.core.layout import Layout
from testimonia.questions.reading import read_questions
from testimonia.server.app import make_app
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.processes import ForkServer
from testimonia.server.workers.scheduler import WorkerPool

pytestmark = pytest.mark.slow
CASES = Path(__file__).resolve().parents[1] / "cases" / "discovery"


def test_the_endpoint_answers_the_three_queries(project_layout: Layout) -> None:
    forkserver = ForkServer(project_layout.graph, Limits(seconds=20.0, memory=1024 * MIB, answer=16 * MIB))
    forkserver.wait()
    counts = {}
    with TestClient(make_app(WorkerPool(forkserver)), base_url="http://localhost") as client:
        for path in CASES.glob("*.rq"):
            headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
            response = client.post("/sparql", content=path.read_text("utf-8"), headers=headers)
            assert response.status_code == 200, response.text
            counts[path.stem] = len(response.json()["results"]["bindings"])
    assert counts["examples"] == len(read_questions(project_layout))
    assert counts["prefixes"] >= 20
    assert counts["classes"] >= 200
