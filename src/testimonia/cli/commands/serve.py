"""The command serve: the graph over HTTP."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import WithoutOption, check_places
from testimonia.cli.extras import need_extra
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import print_line
from testimonia.core.errors import RemoteError, TestimoniaError

if TYPE_CHECKING:
    from collections.abc import Collection
    from socket import socket

    from testimonia.core.layout import Layout
    from testimonia.server.remote import Remote
    from testimonia.server.workers.limits import Limits
    from testimonia.server.workers.processes import ForkServer
    from testimonia.server.workers.scheduler import WorkerPool

_LOCAL = {"127.0.0.1", "::1", "localhost"}


@app.command(rich_help_panel=HelpGroup.SHARE)
def serve(  # noqa: PLR0913, PLR0917  (each is an option)
    graph: Annotated[Path | None, typer.Argument(help="Folder of N-Quads files; by default graph/.")] = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; by default this machine only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any that is free.")] = 8000,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option("--allowed-host", metavar="NAME", help="A name under which it may be asked; repeat for several."),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="How long a query may run before it is stopped.")
    ] = 30.0,
    memory: Annotated[int, typer.Option("--memory", min=16, metavar="MIB", help="Memory that a query may use.")] = 1024,
    largest: Annotated[int, typer.Option("--largest", min=1, metavar="MIB", help="Size of the largest answer.")] = 64,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", help="Show the passages of claims from these texts; this machine only."),
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option("--endpoint", metavar="URL", help="Serve what is published on this SPARQL server instead."),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", metavar="DIR", help="Serve the sources in this workspace too (testimonia merge)."),
    ] = None,
    without: WithoutOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Serve graph/ over HTTP: pages, linked data, SPARQL at /sparql; nothing can be changed (extra: serve)."""
    from testimonia.core.layout import find_layout
    from testimonia.server.workers.limits import MIB, Limits
    from testimonia.server.workers.processes import ForkServer

    if texts and (allowed_host or host not in _LOCAL):
        message = "--texts shows words of the interviews, which do not leave this machine"
        raise TestimoniaError(f"{message}; leave out --host and --allowed-host")
    if graph and endpoint:
        raise TestimoniaError("a folder and --endpoint cannot be served at once; leave out one")
    check_places(endpoint or None, workspace, without)
    layout = find_layout(project) if graph or endpoint else get_layout(project)
    limits = Limits(seconds=seconds, memory=memory * MIB, answer=largest * MIB)
    with ExitStack() as undo, need_extra("serve"):
        forks = None
        if not endpoint:  # begun first: the graph is loaded while this process imports the server
            forks = ForkServer((graph or layout.graph).resolve(), limits, find_beside(workspace, without))
            undo.callback(forks.close)
        listening, settings = read_settings(layout, texts, host, port)
        engine = start_engine(forks, str(endpoint), layout, limits)
        undo.pop_all()
    shown = f"[{host}]" if ":" in host else host
    settings["hosts"] += (shown, *(allowed_host or []))
    run_server(engine, listening, settings, shown)


def read_settings(layout: "Layout", texts: Path | None, host: str, port: int) -> "tuple[socket, dict[str, Any]]":
    """Return the socket that is listened on, and what the application takes beside the graph."""
    from testimonia.questions.reading import read_questions
    from testimonia.server.app import LOCAL_HOSTS
    from testimonia.server.serving import open_socket
    from testimonia.server.shapes import read_shapes
    from testimonia.texts.sources import read_sources

    listening = open_socket(host, port)
    sources = read_sources(texts) if texts else ()
    questions = read_questions(layout) if layout.questions.is_dir() else {}
    shapes = read_shapes(layout.shapes)
    return listening, {"hosts": LOCAL_HOSTS, "questions": questions, "shape_triples": shapes, "sources": sources}


def start_engine(
    forks: "ForkServer | None", endpoint: str, layout: "Layout", limits: "Limits"
) -> "WorkerPool | Remote":
    """Return what answers queries, once its graph is loaded: workers of our own, or else the endpoint."""
    from testimonia.server.workers.scheduler import WorkerPool

    if forks is None:
        return connect(endpoint, layout, limits)
    forks.wait()
    return WorkerPool(forks)


def run_server(engine: "WorkerPool | Remote", listening: "socket", settings: "dict[str, Any]", shown: str) -> None:
    """Serve until the program is stopped; where is printed as soon as it answers."""
    from testimonia.server.app import make_app
    from testimonia.server.serving import serve as run

    address = f"http://{shown}:{listening.getsockname()[1]}/"
    triples = f"{sum(engine.graphs.values()):,} triples"
    said = f"Serving {triples} at {address} (SPARQL: {address}sparql). Ctrl-C stops it."
    run(make_app(engine, **settings), listening, lambda: print_line(said))


def find_beside(workspace: Path | None, without: "Collection[str] | None") -> "list[Path]":
    """Return the files of a workspace, but for the sources to be left out; InputError where memory cannot hold them."""
    if workspace is None:
        return []
    from testimonia.sources.workspace import choose_files

    return choose_files(workspace, without or ())


def connect(endpoint: str, layout: "Layout", limits: "Limits") -> "Remote":
    """Return the engine over a SPARQL server that holds the data set; RemoteError when it cannot be used."""
    from testimonia.rdf.short_names import read_naming
    from testimonia.server.publishing.server import Server, find_addresses
    from testimonia.server.remote import Remote, choose_graphs
    from testimonia.sparql.credentials import find_credentials
    from testimonia.sparql.sending import Connection

    server = Server(find_addresses(endpoint), Connection(timeout=limits.seconds, retries=0))
    base = read_naming(layout).base if layout.dataset.is_file() else ""
    graphs = choose_graphs(server.list_graphs(), base)
    if not graphs:
        raise RemoteError(f"{server.name}: no graphs are there; run: testimonia publish --endpoint {server.name}")
    return Remote(endpoint, graphs, limits, find_credentials(endpoint))
