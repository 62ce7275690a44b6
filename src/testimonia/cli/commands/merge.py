"""The commands merge add, list, show, remove: data of others beside ours, and how it is undone."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import make_group
from testimonia.cli.options import PlaceOption, ProjectOption, get_layout
from testimonia.cli.output import print_line

merge = make_group("merge", "Data of others beside ours; each can be undone.")

NameArgument = Annotated[str, typer.Argument(help="What the source is called: small letters, digits, hyphens.")]


@merge.command()
def add(  # noqa: PLR0913, PLR0917  (each is an option)
    name: NameArgument,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, or tables; each also .gz."
        ),
    ],
    workspace: PlaceOption = None,
    source: Annotated[str, typer.Option("--source", metavar="URL", help="Where the files were had from.")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="IRI", help="The licence that they are under.")] = "",
    retrieved: Annotated[
        str, typer.Option("--retrieved", metavar="TIME", help="When; by default when the newest file was last changed.")
    ] = "",
    base: Annotated[str, typer.Option("--base", metavar="IRI", help="What relative IRIs are resolved against.")] = "",
    context: Annotated[
        Path | None, typer.Option("--context", metavar="FILE", help="What the columns of tables are (docs/tables.md).")
    ] = None,
    project: ProjectOption = Path(),
) -> None:
    """Add the data of others to the workspace, never to graph/; files are kept as they are, nothing is fetched."""
    from testimonia.sources.adding import add_source
    from testimonia.sources.source_options import SourceOptions

    layout = get_layout(project)
    folder = workspace or layout.workspace
    added = add_source(layout, folder, SourceOptions(name, files, source, licence, retrieved, base, context))
    print_line(f"{added.triples:,} triples of {name} are in {folder / name}.")
    print_line(f"Ask:    testimonia query FILE.rq --workspace {folder}")
    where = f" --workspace {folder}" if workspace else ""
    print_line(f"Remove: testimonia merge remove {name}{where}")


@merge.command("list")
def list_sources(workspace: PlaceOption = None, project: ProjectOption = Path()) -> None:
    """List the sources of the workspace: triples, when they were retrieved, whence."""
    from testimonia.sources.source import read_source
    from testimonia.sources.workspace import DESCRIPTION, find_names

    folder = workspace or get_layout(project).workspace
    found = [read_source(folder / name / DESCRIPTION) for name in find_names(folder)]
    for one in found:
        whence = one.address or "source not stated"
        print_line(f"{one.name}  {one.triples:,} triples  {one.retrieved}  {whence}")
    print_line(f"{len(found)} {'source' if len(found) == 1 else 'sources'} in {folder}.")


@merge.command()
def show(name: NameArgument, workspace: PlaceOption = None, project: ProjectOption = Path()) -> None:
    """Tell what is known of a source: whence, licence, time, files with digests, graphs with triples."""
    from testimonia.core.errors import InputError
    from testimonia.sources.source import read_source
    from testimonia.sources.workspace import DESCRIPTION, check_known

    folder = workspace or get_layout(project).workspace
    if findings := check_known(folder, [name]):
        raise InputError(findings)
    one = read_source(folder / name / DESCRIPTION)
    lines = [
        f"{one.name}  {one.triples:,} triples",
        f"source     {one.address or 'not stated'}",
        f"licence    {one.licence or 'not stated'}",
        f"retrieved  {one.retrieved}",
        *([f"base       {one.base}"] if one.base else []),
        *(f"file       {file.name}  {file.size:,} bytes  sha256 {file.sha256}" for file in one.files),
        f"graph      <{one.iri}>  {one.triples - sum(graph.triples for graph in one.graphs):,} triples",
        *(f"graph      <{graph.iri}>  {graph.triples:,} triples  there: <{graph.foreign}>" for graph in one.graphs),
    ]
    for line in lines:
        print_line(line)


@merge.command()
def remove(name: NameArgument, workspace: PlaceOption = None, project: ProjectOption = Path()) -> None:
    """Remove a source from the workspace; nothing of it stays."""
    from testimonia.sources.adding import remove_source

    folder = workspace or get_layout(project).workspace
    remove_source(folder, name)
    print_line(f"{name} is no longer in {folder}.")
