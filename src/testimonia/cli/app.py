"""The application that the command modules register with, its `--version`, and what they all print with."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from testimonia.core.errors import InputError, Problem, QueryError, TestimoniaError
from testimonia.core.layout import Layout, find_layout, find_model_root

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Human-rights interviews as linked data: every statement says who said it and points at its words.",
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

TextsOption = Annotated[
    Path | None,
    typer.Option("--texts", envvar="TESTIMONIA_TEXTS", help="Folder with the interview texts (*.txt)."),
]
PrivateOption = Annotated[
    Path | None,
    typer.Option(
        "--private", envvar="TESTIMONIA_PRIVATE", help="Folder of records kept apart, outside the repository."
    ),
]
AsOfOption = Annotated[
    str,
    typer.Option("--as-of", metavar="DAY", help="Embargoes until this day are over; by default as dataset.yaml says."),
]
ProjectOption = Annotated[
    Path,
    typer.Option("--project", help="Folder of the data set; by default the one you are in."),
]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Ask the sources in this workspace too (testimonia merge)."),
]
PlaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar="DIR", help="The folder of merged sources; by default workspace/.")
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="NAME", help="Leave this source of the workspace out; repeat for several."),
]


def print_versions(wanted: bool) -> None:
    """Print the versions and stop."""
    if not wanted:
        return
    from testimonia.dataset.versions import read_versions

    for name, value in read_versions(Path()).items():
        out.print(f"{name} {value}", markup=False, soft_wrap=True)
    raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option(
        "--version", callback=print_versions, is_eager=True, help="Print the versions of program, ontology and data."
    ),
]


@app.callback()
def begin(version: VersionOption = False) -> None:
    """Human-rights interviews as linked data: every statement says who said it and points at its words."""


def get_layout(project: Path = Path()) -> Layout:
    """Return the layout of a data set: of the folder named, or of the one that the current folder lies in.

    InputError lists all that is missing there.
    """
    layout = find_layout(project) if project == Path() else Layout(project.resolve(), find_model_root())
    if layout.missing:
        got, mend = f"not found under {layout.root}", "Run this in the folder of a data set, or name it: --project DIR"
        raise InputError(
            Problem(layout.name(path), 0, 0, "", got, "", mend, code="project-incomplete") for path in layout.missing
        )
    return layout


def check_places(endpoint: str | None, workspace: Path | None, without: Collection[str]) -> None:
    """Raise QueryError when options name two places to ask, or leave sources out of none."""
    if endpoint is not None and workspace is not None:
        raise QueryError("--endpoint and --workspace are two places to ask; leave out one")
    if without and workspace is None:
        raise QueryError("--without leaves a source of a workspace out; name the workspace: --workspace DIR")


def print_error(error: TestimoniaError) -> None:
    """Print an error to standard error, one problem a line, with a count when there are several."""
    for line in str(error).splitlines():
        err.print(escape(line), soft_wrap=True)
    if isinstance(error, InputError) and len(error.problems) > 1:
        err.print(f"{len(error.problems)} problems.", soft_wrap=True)
