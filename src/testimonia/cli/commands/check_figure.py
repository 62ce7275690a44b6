"""The command check-figure: a figure of ours held against a number over merged data."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import MergedOption, WithoutOption, open_merged
from testimonia.cli.options import FileOption, ProjectOption, choose_writer, get_layout
from testimonia.cli.output import put
from testimonia.core.errors import QueryError


@app.command("check-figure", rich_help_panel=HelpGroup.ASK)
def hold_against(  # noqa: PLR0913, PLR0917  (each is an option)
    claim: Annotated[str, typer.Argument(help="The claim, such as val-solen#8, or its IRI.")],
    against: Annotated[
        Path, typer.Option("--against", metavar="QUERY", help="File with a SPARQL query for one number.")
    ],
    key: Annotated[str, typer.Option("--figure", metavar="KEY", help="Which figure, of a claim with several.")] = "",
    workspace: MergedOption = None,
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

    write = choose_writer({"text": write_check, "json": write_check_json}, form)
    layout = get_layout(project)
    query, findings = read_text(against, against.as_posix())
    if query is None:
        raise QueryError("\n".join(map(str, findings)))
    merged = open_merged(layout, workspace, without)
    checked = check_figure(merged, get_figure(merged, read_naming(layout), claim, key), query)
    put(write(checked, against.as_posix()), file)
    codes = {FigureVerdict.AGREES: 0, FigureVerdict.DIFFERS: 1, FigureVerdict.UNKNOWN: 3}
    raise typer.Exit(codes[checked.verdict])
