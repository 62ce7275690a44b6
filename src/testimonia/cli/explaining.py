"""Commands of the reference: one name explained, and all pages to be read in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import ProjectOption, app, get_layout, out


@app.command("explain")
def show_explanation(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A shape, a term, a key of records, or a code.")],
) -> None:
    """Say what a shape, a term, a key or a code wants and why, with a good and a bad example."""
    from testimonia.core.layout import Layout, find_model_root
    from testimonia.docs.explaining import explain
    from testimonia.docs.model import Model

    model = Model(Layout(Path(), find_model_root()))
    out.print(explain(model, name), markup=False, soft_wrap=True)


@app.command("docs")
def write_docs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pages are written.")],
    project: ProjectOption = Path(),
) -> None:
    """Write the guides and the reference of docs/ as HTML pages, to be read in a browser."""
    from testimonia.docs.site import write_site

    layout = get_layout(project)
    count = write_site(layout.docs, folder)
    out.print(f"{count} pages: {folder}/", markup=False, soft_wrap=True)
