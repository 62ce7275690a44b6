"""Command of the server: serve."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import ProjectOption, app, get_layout, out
from testimonia.errors import TestimoniaError


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
    project: ProjectOption = Path(),
) -> None:
    """Serve graph/ over HTTP: pages, linked data, SPARQL at /sparql; nothing can be changed (extra: serve)."""
    from testimonia.layout import find_layout
    from testimonia.pool.limits import MIB, Limits
    from testimonia.pool.processes import Nursery
    from testimonia.questions.reading import read_questions
    from testimonia.texts.sources import read_sources

    if texts and (allowed_host or host not in {"127.0.0.1", "::1", "localhost"}):
        message = "--texts shows words of the interviews, which do not leave this machine"
        raise TestimoniaError(f"{message}; leave out --host and --allowed-host")
    sources = read_sources(texts) if texts else ()
    layout = find_layout(project) if graph else get_layout(project)
    questions = read_questions(layout) if layout.questions.is_dir() else {}
    folder = graph or layout.graph
    nursery = Nursery(folder.resolve(), Limits(seconds=seconds, memory=memory * MIB, answer=largest * MIB))
    try:
        from testimonia.pool.lanes import Pool
        from testimonia.web.app import LOCAL_HOSTS, make_app
        from testimonia.web.serving import open_socket
        from testimonia.web.serving import serve as run
        from testimonia.web.shapes import read_shapes
    except ModuleNotFoundError as error:
        nursery.close()
        package = (error.name or "").partition(".")[0]
        raise TestimoniaError(f"{package} is not installed; run: pip install 'testimonia[serve]'") from error
    try:
        listening = open_socket(host, port)
        triples = sum(nursery.wait().values())
    except TestimoniaError:
        nursery.close()
        raise
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"

    def say() -> None:
        out.print(
            f"Serving {triples:,} triples at {address} (SPARQL: {address}sparql). Ctrl-C stops it.", soft_wrap=True
        )

    hosts = (*LOCAL_HOSTS, shown, *(allowed_host or []))
    shapes = read_shapes(layout.shapes)
    run(make_app(Pool(nursery), hosts, questions=questions, shape_triples=shapes, sources=sources), listening, say)
