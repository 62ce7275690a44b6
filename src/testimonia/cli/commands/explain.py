"""The command explain: one name of the model explained."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.output import print_line


@app.command("explain", rich_help_panel=HelpGroup.REFERENCE)
def show_explanation(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A shape, a term, a key of records, or a code.")],
) -> None:
    """Say what a shape, a term, a key or a code wants and why, with a good and a bad example."""
    from testimonia.core.layout import Layout, find_model_root
    from testimonia.docs.explaining import explain
    from testimonia.docs.model import Model

    model = Model(Layout(Path(), find_model_root()))
    print_line(explain(model, name))
