"""The command docs: guides and reference as pages to be read in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import print_line


@app.command("docs", rich_help_panel=HelpGroup.REFERENCE)
def write_docs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pages are written.")],
    project: ProjectOption = Path(),
) -> None:
    """Write the guides and the reference of docs/ as HTML pages, to be read in a browser."""
    from testimonia.docs.site import write_site

    layout = get_layout(project)
    count = write_site(layout.docs, folder)
    print_line(f"{count} pages: {folder}/")
