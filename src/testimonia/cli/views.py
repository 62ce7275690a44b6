"""Command of views: the graph in the terms of other vocabularies."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import ProjectOption, app, get_layout, out
from testimonia.cli.questions import EndpointOption, FileOption, TimeoutOption, choose_engine, put
from testimonia.errors import QueryError


@app.command("view")
def show_view(  # noqa: PLR0913, PLR0917  (each is an option)
    slug: Annotated[str, typer.Argument(metavar="[VIEW]", help="Which view; left out: they are listed.")] = "",
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="turtle or ntriples.")] = "turtle",
    endpoint: EndpointOption = None,
    timeout: TimeoutOption = 60.0,
    file: FileOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Give graph/ in another form: events with their details, each traced to its claim."""
    from testimonia.questions.formats import Format, write_answer
    from testimonia.questions.naming import read_naming
    from testimonia.questions.views import get_view, make_view, read_views

    layout = get_layout(project)
    views = read_views(layout)
    if not slug:
        for view in views.values():
            out.print(f"{view.slug}  [{', '.join(view.tags)}]", markup=False, soft_wrap=True)
            out.print(f"    {view.summary}", markup=False, soft_wrap=True)
        return
    if form not in {Format.TURTLE, Format.NTRIPLES}:
        raise QueryError(f'--format "{form}" is not for views; expected turtle or ntriples')
    chosen = get_view(views, slug)
    answer = make_view(chosen, choose_engine(layout, endpoint, timeout))
    put(write_answer(answer, Format(form), read_naming(layout)), file)
