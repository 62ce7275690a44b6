"""The command init: a new data set."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.output import print_line


@app.command("init", rich_help_panel=HelpGroup.CURATE)
def init_data_set(  # noqa: PLR0913, PLR0917 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
    base: Annotated[str, typer.Option("--base", metavar="IRI", help="What all its IRIs begin with; ends in a slash.")],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the data set is called.")],
    country: Annotated[str, typer.Option("--country", metavar="NAME", help="The first country it is about.")],
    iso: Annotated[str, typer.Option("--iso", metavar="CODE", help="Its ISO 3166 code, such as BD.")],
    install: Annotated[
        str,
        typer.Option("--install", metavar="REQUIREMENT", help="What its CI installs; by default this very version."),
    ] = "",
) -> None:
    """Make a new data set: settings, one invented example, files for CI and pre-commit; it builds and validates."""
    from testimonia.core.layout import find_model_root
    from testimonia.core.version import __version__
    from testimonia.scaffold.options import ScaffoldOptions
    from testimonia.scaffold.repository import found_data_set

    options = ScaffoldOptions(base, title, country, iso, install or f"testimonia=={__version__}")
    for name in found_data_set(folder, options, find_model_root()):
        print_line(f"written: {name}")
    print_line(f"{folder}: built. Now: cd there, git init, testimonia validate")
