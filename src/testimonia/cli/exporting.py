"""Command that writes the graph for other people's programs: export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import AsOfOption, ProjectOption, WithoutOption, app, check_places, err, get_layout
from testimonia.core.errors import InputError, Problem, QueryError

if TYPE_CHECKING:
    from datetime import date

    from testimonia.core.layout import Layout


@app.command("export")
def export_graph(  # noqa: PLR0913, PLR0917  (each is an option)
    form: Annotated[
        str,
        typer.Option(
            "--to", metavar="FORM", help="turtle, trig, nquads, jsonld, csv, annotations or nanopub (docs/exports.md)."
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            metavar="PATH",
            help="A file, compressed if named .gz; a folder if it ends in a slash; .zip. By default standard output.",
        ),
    ] = "",
    interview: Annotated[
        list[str] | None,
        typer.Option("--interview", metavar="ID", help="Only this interview and what it mentions; repeat for several."),
    ] = None,
    graph: Annotated[
        Path | None, typer.Option("--graph", metavar="DIR", help="Export this folder of N-Quads instead of graph/.")
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", metavar="DIR", help="With the sources in this workspace (turtle, trig, nquads)."),
    ] = None,
    without: WithoutOption = None,
    as_of: AsOfOption = "",
    project: ProjectOption = Path(),
) -> None:
    """Write graph/, or some interviews of it, in a form for other people's programs."""
    from testimonia.cli.withdrawal import parse_option_day
    from testimonia.export.forms import MERGING, write_export
    from testimonia.export.selection import select_interviews
    from testimonia.export.source import add_files, read_source

    check_places(None, workspace, without or [])
    if workspace is not None and form not in MERGING:
        raise QueryError(f"--workspace is for --to {', '.join(MERGING)}")
    if graph is None:
        layout = get_layout(project)
        check_current(layout, parse_option_day(as_of, "--as-of"))
        graph = layout.graph
    source = read_source(graph)
    if workspace is not None:
        from testimonia.sources.workspace import find_files

        source = add_files(source, find_files(workspace, without or []))
    source = select_interviews(source, interview or [])
    write_export(source, form, output)
    if output:
        err.print(f"{output} written", markup=False, soft_wrap=True)


def check_current(layout: "Layout", day: "date | None") -> None:
    """Raise InputError unless graph/ is what the records give now: what was withdrawn since would go out with it."""
    from testimonia.core.atomic import compare_folder
    from testimonia.dataset.project import build_project, read_locked_project

    if not layout.graph.is_dir():
        return
    built = build_project(*read_locked_project(layout, None, as_of=day))
    names = compare_folder(layout.graph, built.files)
    if names:
        got, mend = "not what the records give now", "Build it anew: testimonia build"
        paths = [layout.name(layout.graph / name) for name in names]
        raise InputError(Problem(path, 0, 0, "", got, "", mend, code="graph-out-of-date") for path in paths)
