"""The command conflicts: where sources, or voices of ours, disagree about one thing."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import MergedOption, WithoutOption, open_merged
from testimonia.cli.options import FileOption, ProjectOption, choose_writer, get_layout
from testimonia.cli.output import put


@app.command("conflicts", rich_help_panel=HelpGroup.ASK)
def list_conflicts(  # noqa: PLR0913, PLR0917  (each is an option)
    workspace: MergedOption = None,
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

    write = choose_writer({"text": write_conflicts, "csv": write_conflicts_csv, "json": write_conflicts_json}, form)
    layout = get_layout(project)
    chosen = read_topics(layout, topics)
    found = find_conflicts(open_merged(layout, workspace, without), read_naming(layout), chosen)
    put(write(found), file)
    if found:
        raise typer.Exit(1)
