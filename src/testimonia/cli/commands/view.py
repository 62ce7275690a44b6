"""The command view: the graph in the terms of other vocabularies, and beside what others say of the same things."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import (
    EndpointOption,
    MergedOption,
    TimeoutOption,
    WithoutOption,
    choose_engine,
    open_merged,
)
from testimonia.cli.options import FileOption, ProjectOption, get_layout
from testimonia.cli.output import print_line, put
from testimonia.core.errors import QueryError

if TYPE_CHECKING:
    from testimonia.core.layout import Layout
    from testimonia.linking.comparison.merged import Merged


@app.command("view", rich_help_panel=HelpGroup.ASK)
def show_view(  # noqa: PLR0913, PLR0917  (each is an option)
    slug: Annotated[str, typer.Argument(metavar="[VIEW]", help="Which view; left out: they are listed.")] = "",
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="turtle or ntriples; of equivalents text or nquads.")
    ] = "",
    endpoint: EndpointOption = None,
    timeout: TimeoutOption = 60.0,
    file: FileOption = None,
    workspace: MergedOption = None,
    without: WithoutOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Print graph/ in another form: events with their details, each traced to its claim, or what others say of things.

    `equivalents` gives, of each thing that links say is the same elsewhere, what each source says of it.
    """
    from testimonia.questions.formats import AnswerFormat, write_answer
    from testimonia.questions.views import get_view, make_view, read_views
    from testimonia.rdf.short_names import read_naming

    layout = get_layout(project)
    views = read_views(layout)
    if not slug:
        for view in views.values():
            print_line(f"{view.slug}  [{', '.join(view.tags)}]")
            print_line(f"    {view.summary}")
        print_line("equivalents  [links, merged sources]")
        print_line("    What each source says of things that are the same elsewhere")
        return
    if slug == "equivalents":
        _show_equivalents(layout, form or "text", open_merged(layout, workspace, without), file)
        return
    form = form or AnswerFormat.TURTLE
    if form not in {AnswerFormat.TURTLE, AnswerFormat.NTRIPLES}:
        raise QueryError(f'--format "{form}" is not for views; expected turtle or ntriples')
    chosen = get_view(views, slug)
    answer = make_view(chosen, choose_engine(layout, endpoint, timeout))
    put(write_answer(answer, AnswerFormat(form), read_naming(layout)), file)


def _show_equivalents(layout: "Layout", form: str, merged: "Merged", file: Path | None) -> None:
    """Print what each source says of the things that have equivalents."""
    from testimonia.linking.comparison.sayings import find_accounts
    from testimonia.linking.comparison.writing import write_account_quads, write_accounts
    from testimonia.rdf.short_names import read_naming

    if form not in {"text", "nquads"}:
        raise QueryError(f'--format "{form}" is not for equivalents; expected text or nquads')
    naming = read_naming(layout)
    accounts = find_accounts(merged, naming)
    put(write_accounts(accounts, merged, naming) if form == "text" else write_account_quads(accounts, merged), file)
