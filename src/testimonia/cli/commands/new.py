"""The command new: the skeleton of a record."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, TextsOption, get_layout, get_texts_folder
from testimonia.cli.output import print_line


@app.command("new", rich_help_panel=HelpGroup.CURATE)
def write_record(
    reference: Annotated[
        str, typer.Argument(metavar="FILE#NUMBER", help="The interview, as `testimonia texts` lists it.")
    ],
    slug: Annotated[str, typer.Option("--id", help="What to call it; by default country and last name.")] = "",
    texts: TextsOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Write the skeleton of a record: head, and a stub with its cue for each sentence."""
    from testimonia.drafting.lookup import get_referenced
    from testimonia.drafting.skeletons import write_skeleton
    from testimonia.texts.reading import read_texts

    layout = get_layout(project)
    interview = get_referenced(read_texts(get_texts_folder(texts)), reference)
    path = write_skeleton(layout, interview, slug=slug)
    print_line(f"{layout.name(path)}: written. Fill in its head, then the stubs below it.")
