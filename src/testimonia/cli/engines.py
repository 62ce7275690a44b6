"""The options that say what runs a query: graph/ in memory, with merged sources or alone, or an endpoint."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.core.errors import QueryError

if TYPE_CHECKING:
    from testimonia.core.answer import QueryEngine
    from testimonia.core.layout import Layout
    from testimonia.linking.comparison.merged import Merged

EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of graph/.")
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="How long to wait for the endpoint.")
]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Ask the sources in this workspace too (testimonia merge)."),
]
MergedOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", help="Folder of merged sources; by default workspace/ of the data set, if it is there."
    ),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="NAME", help="Leave this source of the workspace out; repeat for several."),
]


def check_places(endpoint: str | None, workspace: Path | None, without: Collection[str] | None) -> None:
    """Raise QueryError when options name two places to ask, or leave sources out of none."""
    if endpoint is not None and workspace is not None:
        raise QueryError("--endpoint and --workspace are two places to ask; leave out one")
    if without and workspace is None:
        raise QueryError("--without leaves a source of a workspace out; name the workspace: --workspace DIR")


def choose_engine(
    layout: "Layout",
    endpoint: str | None,
    timeout: float,
    workspace: Path | None = None,
    without: Collection[str] | None = None,
) -> "QueryEngine":
    """Return what runs a query: the endpoint if one is named, else graph/, with the sources of a workspace."""
    check_places(endpoint, workspace, without)
    if endpoint is not None:
        from testimonia.sparql.remote import run_remote_query

        return lambda text: run_remote_query(endpoint, text, timeout=timeout)
    if workspace is not None:
        from testimonia.sources.workspace import use_workspace

        return use_workspace(layout, workspace, without or ())
    from testimonia.questions.asking import use_store
    from testimonia.rdf.store import read_store

    return use_store(read_store(layout.graph))


def open_merged(layout: "Layout", workspace: Path | None, without: Collection[str] | None) -> "Merged":
    """Return our graph with the sources of a workspace and the equivalents, but without some."""
    from testimonia.linking.comparison.merged import read_merged

    folder = workspace or (layout.workspace if layout.workspace.is_dir() else None)
    return read_merged(layout, folder, without or ())
