"""Commands that hold what sources say against each other: conflicts, check-figure."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import ProjectOption, WithoutOption, app, get_layout
from testimonia.cli.questions import FileOption, put
from testimonia.core.errors import QueryError

if TYPE_CHECKING:
    from testimonia.core.layout import Layout
    from testimonia.linking.comparison.merged import Merged

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", help="Folder of merged sources; by default workspace/ of the data set, if it is there."
    ),
]


def open_merged(layout: "Layout", workspace: Path | None, without: list[str] | None) -> "Merged":
    """Return our graph with the sources of a workspace and the equivalents, but without some."""
    from testimonia.linking.comparison.merged import read_merged

    folder = workspace or (layout.workspace if layout.workspace.is_dir() else None)
    return read_merged(layout, folder, without or ())


@app.command("conflicts")
def list_conflicts(  # noqa: PLR0913, PLR0917  (each is an option)
    workspace: WorkspaceOption = None,
    without: WithoutOption = None,
    topics: Annotated[
        Path | None, typer.Option("--topics", help="Further topics to compare, in the form of mappings/topics.yaml.")
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, csv or json.")] = "text",
    file: FileOption = None,
    project: ProjectOption = Path(),
) -> None:
    """List where sources, or voices of ours, disagree about one thing; exit 1 when there is any conflict."""
    from testimonia.linking.comparison.conflicts import find_conflicts
    from testimonia.linking.comparison.topics import read_topics
    from testimonia.linking.comparison.writing import write_conflicts, write_conflicts_csv, write_conflicts_json
    from testimonia.rdf.short_names import read_naming

    writers = {"text": write_conflicts, "csv": write_conflicts_csv, "json": write_conflicts_json}
    if form not in writers:
        raise QueryError(f'--format "{form}" is not known; expected {", ".join(writers)}')
    layout = get_layout(project)
    chosen = read_topics(layout, topics)
    found = find_conflicts(open_merged(layout, workspace, without), read_naming(layout), chosen)
    put(writers[form](found), file)
    if found:
        raise typer.Exit(1)


@app.command("check-figure")
def check(  # noqa: PLR0913, PLR0917  (each is an option)
    claim: Annotated[str, typer.Argument(help="The claim, such as val-solen#8, or its IRI.")],
    against: Annotated[
        Path, typer.Option("--against", metavar="QUERY", help="File with a SPARQL query for one number.")
    ],
    key: Annotated[str, typer.Option("--figure", metavar="KEY", help="Which figure, of a claim with several.")] = "",
    workspace: WorkspaceOption = None,
    without: WithoutOption = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    file: FileOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Hold a figure of ours against a number over merged data; exit 0 agrees, 1 differs, 3 cannot tell."""
    from testimonia.core.curated_files import read_text
    from testimonia.linking.comparison.checking import check_figure
    from testimonia.linking.comparison.figured import get_figure
    from testimonia.linking.comparison.figures import FigureVerdict
    from testimonia.linking.comparison.writing import write_check, write_check_json
    from testimonia.rdf.short_names import read_naming

    writers = {"text": write_check, "json": write_check_json}
    if form not in writers:
        raise QueryError(f'--format "{form}" is not known; expected {", ".join(writers)}')
    layout = get_layout(project)
    query, problems = read_text(against, against.as_posix())
    if query is None:
        raise QueryError("\n".join(map(str, problems)))
    merged = open_merged(layout, workspace, without)
    checked = check_figure(merged, get_figure(merged, read_naming(layout), claim, key), query)
    put(writers[form](checked, against.as_posix()), file)
    raise typer.Exit({FigureVerdict.AGREES: 0, FigureVerdict.DIFFERS: 1, FigureVerdict.UNKNOWN: 3}[checked.verdict])
