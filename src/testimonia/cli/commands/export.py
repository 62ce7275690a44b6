"""The command export: the graph written for other people's programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import WithoutOption, check_places
from testimonia.cli.options import AsOfOption, ProjectOption, get_layout, parse_option_day
from testimonia.cli.output import print_note
from testimonia.core.errors import InputError, QueryError
from testimonia.core.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from testimonia.core.layout import Layout


@app.command("export", rich_help_panel=HelpGroup.SHARE)
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
    from testimonia.export.forms import MERGING, write_export
    from testimonia.export.selection import select_interviews
    from testimonia.export.source import add_files, read_source

    check_places(None, workspace, without)
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
        print_note(f"{output} written")


def check_current(layout: "Layout", day: "date | None") -> None:
    """Raise InputError unless graph/ is what the records give now: what was withdrawn since would go out with it."""
    from testimonia.core.atomic import compare_folder
    from testimonia.dataset.project import build_project, read_locked_project

    if not layout.graph.is_dir():
        return
    built = build_project(*read_locked_project(layout, None, as_of=day))
    names = compare_folder(layout.graph, built.files)
    if names:
        found, fix = "not what the records give now", "Build it anew: testimonia build"
        paths = [layout.name(layout.graph / name) for name in names]
        raise InputError(Finding.at(path, "graph-out-of-date", found=found, fix=fix) for path in paths)
