"""The command publish: the graph loaded into a SPARQL server."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import print_line


@app.command(rich_help_panel=HelpGroup.SHARE)
def publish(  # noqa: PLR0913, PLR0917  (each is an option)
    endpoint: Annotated[
        str,
        typer.Option("--endpoint", metavar="URL", help="Where the SPARQL server takes queries (…/query, …/sparql)."),
    ],
    graph: Annotated[Path | None, typer.Argument(help="Folder of N-Quads files; by default graph/.")] = None,
    update: Annotated[
        str | None, typer.Option("--update", metavar="URL", help="Where it takes updates; by default update beside it.")
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="URL", help="Where it keeps graphs; by default store beside it.")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="How long to wait for each answer.")
    ] = 60.0,
    project: ProjectOption = Path(),
) -> None:
    """Make the graphs of graph/ those of a SPARQL server, all or none; TESTIMONIA_ENDPOINT_USER, _PASSWORD or netrc."""
    from testimonia.server.publishing.portions import read_portions
    from testimonia.server.publishing.publication import publish as run
    from testimonia.server.publishing.server import Server, find_addresses
    from testimonia.sparql.sending import Connection

    addresses = find_addresses(endpoint, update, store)
    base, portions = read_portions(graph or get_layout(project).graph)
    server = Server(addresses, Connection(timeout=timeout))
    done = run(base, portions, server)
    total = sum(portion.measure.triples for portion in portions.values())
    parts = {"new": done.new, "replaced": done.replaced, "as before": done.same, "removed": done.removed}
    said = ", ".join(f"{len(names)} {what}" for what, names in parts.items() if names)
    others = f" Left alone: {len(done.others)} graphs of others." if done.others else ""
    print_line(
        f"{server.name} has {len(portions)} graphs, {total:,} triples: {said}. Verified by count and digest.{others}"
    )
