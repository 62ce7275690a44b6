"""Command of the server: serve."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import ProjectOption, WithoutOption, app, check_places, get_layout, out
from testimonia.core.errors import RemoteError, TestimoniaError

if TYPE_CHECKING:
    from collections.abc import Collection

    from testimonia.core.layout import Layout
    from testimonia.server.remote import Remote
    from testimonia.server.workers.limits import Limits


@app.command()
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

    if texts and (allowed_host or host not in {"127.0.0.1", "::1", "localhost"}):
        message = "--texts shows words of the interviews, which do not leave this machine"
        raise TestimoniaError(f"{message}; leave out --host and --allowed-host")
    if graph and endpoint:
        raise TestimoniaError("a folder and --endpoint cannot be served at once; leave out one")
    check_places(endpoint or None, workspace, without or ())
    layout = find_layout(project) if graph or endpoint else get_layout(project)
    limits = Limits(seconds=seconds, memory=memory * MIB, answer=largest * MIB)
    nursery = (
        None
        if endpoint
        else ForkServer((graph or layout.graph).resolve(), limits, find_beside(workspace, without or ()))
    )
    try:
        from testimonia.questions.reading import read_questions
        from testimonia.server.app import LOCAL_HOSTS, make_app
        from testimonia.server.serving import open_socket
        from testimonia.server.serving import serve as run
        from testimonia.server.shapes import read_shapes
        from testimonia.server.workers.scheduler import Pool
        from testimonia.texts.sources import read_sources

        listening = open_socket(host, port)
        sources = read_sources(texts) if texts else ()
        questions = read_questions(layout) if layout.questions.is_dir() else {}
        if nursery:
            nursery.wait()
        engine = Pool(nursery) if nursery else connect(str(endpoint), layout, limits)
    except (ModuleNotFoundError, TestimoniaError) as error:
        if nursery:
            nursery.close()
        if isinstance(error, TestimoniaError):
            raise
        package = (error.name or "").partition(".")[0]
        raise TestimoniaError(f"{package} is not installed; run: pip install 'testimonia[serve]'") from error
    triples = sum(engine.graphs.values())
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"

    def say() -> None:
        out.print(
            f"Serving {triples:,} triples at {address} (SPARQL: {address}sparql). Ctrl-C stops it.", soft_wrap=True
        )

    hosts = (*LOCAL_HOSTS, shown, *(allowed_host or []))
    shapes = read_shapes(layout.shapes)
    run(make_app(engine, hosts, questions=questions, shape_triples=shapes, sources=sources), listening, say)


def find_beside(workspace: Path | None, without: "Collection[str]") -> "list[Path]":
    """Return the files of a workspace, but for the sources to be left out; InputError where memory cannot hold them."""
    if workspace is None:
        return []
    from testimonia.sources.workspace import choose_files

    return choose_files(workspace, without)


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
