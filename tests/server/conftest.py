"""What the tests of the web share: the invented graph of Valdoria in a folder, in process and behind a real server."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.layout import Layout
from testimonia.dataset.project import build_project, lock_project, read_project, write_graph
from testimonia.questions.reading import read_questions
from testimonia.server.app import make_app
from testimonia.server.shapes import read_shapes
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.processes import ForkServer
from testimonia.server.workers.scheduler import WorkerPool

VALDORIA = Path(__file__).resolve().parents[1] / "cases" / "questions" / "valdoria.trig"
LIMITS = Limits(seconds=2.0, short=0.2, memory=256 * MIB, answer=MIB, workers=2, long=2, waiting=8, patience=5.0)
PROGRAM = [sys.executable, "-c", "from testimonia.cli import main; main()", "serve"]


def write_folder(folder: Path, quads: list[ox.Quad]) -> Path:
    """Write quads as the folder of a graph, and give it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "all.nq").write_text("".join(sorted(f"{quad} .\n" for quad in quads)), "utf-8")
    return folder


@pytest.fixture(scope="session")
def valdoria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of Valdoria."""
    quads = list(ox.parse(path=str(VALDORIA), format=ox.RdfFormat.TRIG))
    return write_folder(tmp_path_factory.mktemp("graph"), quads)


@pytest.fixture(scope="session")
def client(valdoria: Path) -> Iterator[TestClient]:
    """The application over Valdoria, asked in process; queries run in the processes of its pool."""
    forkserver = ForkServer(valdoria, LIMITS)
    forkserver.wait()
    app = make_app(WorkerPool(forkserver))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="session")
def lantern(tmp_path_factory: pytest.TempPathFactory, project_layout: Layout) -> Path:
    """The folder of the graph of the example that the project brings along, built from its records and texts."""
    folder = tmp_path_factory.mktemp("lantern") / "graph"
    layout = Layout(project_layout.examples / "lantern", project_layout.model)
    project = read_project(layout)
    write_graph(folder, build_project(project, lock_project(project, layout.root / "texts")))
    return folder


@pytest.fixture(scope="session")
def site(lantern: Path, project_layout: Layout) -> Iterator[TestClient]:
    """The application over the example, with the project's questions and shapes, asked in process."""
    forkserver = ForkServer(lantern, LIMITS)
    forkserver.wait()
    questions = read_questions(project_layout)
    app = make_app(WorkerPool(forkserver), questions=questions, shape_triples=read_shapes(project_layout.shapes))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found


@contextmanager
def run_server(folder: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run the program over a folder; give its address and its process, and stop it in the end."""
    command = [*PROGRAM, str(folder), "--port", "0", *options]
    environment = {**os.environ, "COLUMNS": "500"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("Serving "), line
        yield line.split(" at ")[1].split()[0], server
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder with options until all tests are done; gives the address, with a slash at its end."""
    with ExitStack() as servers:
        yield lambda folder, *options: servers.enter_context(run_server(folder, *options))[0]


@pytest.fixture(scope="session")
def write_graphs() -> Callable[[Path, list[ox.Quad]], Path]:
    """Write quads as the folder of a graph, and give it."""
    return write_folder


@pytest.fixture
def start_server() -> Callable[..., "AbstractContextManager[tuple[str, subprocess.Popen[str]]]"]:
    """Serve a folder with options as long as a block lasts; gives address and process."""
    return run_server


@pytest.fixture
def server_saying() -> Iterator[Callable[[int, str, bytes], str]]:
    """Start a server that answers all alike with a status, a media type and a body; gives its address."""
    with ExitStack() as servers:

        def start(status: int, kind: str, body: bytes) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_POST(self) -> None:
                    self.rfile.read(int(self.headers["Content-Length"]))
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, format: str, *args: object) -> None:
                    pass

            server = servers.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/query"

        yield start
