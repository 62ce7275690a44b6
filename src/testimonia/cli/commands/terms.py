"""The command terms: how often each term is used, and which of them are to be looked at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import out, print_line
from testimonia.core.errors import QueryError, find_nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testimonia.questions.usage import TermUse


@app.command(rich_help_panel=HelpGroup.CURATE)
def terms(
    scheme: Annotated[str, typer.Option("--scheme", metavar="SCHEME", help="Only the terms of this scheme.")] = "",
    once: Annotated[bool, typer.Option("--once", help="Only terms that one claim alone uses.")] = False,
    unused: Annotated[bool, typer.Option("--unused", help="Only terms that no claim uses.")] = False,
    project: ProjectOption = Path(),
) -> None:
    """Count the claims and interviews that use each term: exit 1 when some are used once or never, without a reason."""
    from testimonia.questions.usage import count_uses
    from testimonia.rdf.store import read_store

    among = choose_scheme(count_uses(read_store(get_layout(project).graph)), scheme)
    wanted = {count for count, asked in ((1, once), (0, unused)) if asked}
    shown = [use for use in among if not wanted or use.claims in wanted]
    if shown:
        out.print(tabulate_uses(shown))
    findings = [use.finding for use in shown if use.finding]
    parts = [f"{findings.count(name)} {name}" for name in ("used once", "unused")]
    print_line(f"{len(shown)} of {len(among)} terms; without a reason: {', '.join(parts)}")
    if findings:
        raise typer.Exit(1)


def choose_scheme(uses: "Sequence[TermUse]", scheme: str) -> "list[TermUse]":
    """Return the uses of the terms of one scheme, of all where none is named; QueryError when there is no such one."""
    schemes = sorted({use.scheme for use in uses})
    if scheme and scheme not in schemes:
        fix = find_nearest(scheme, schemes)
        raise QueryError(f'there is no scheme "{scheme}". {fix} There are: {", ".join(schemes)}')
    return [use for use in uses if scheme in {"", use.scheme}]


def tabulate_uses(uses: "list[TermUse]") -> Table:
    """Return the table, to be read at 80 columns; a scheme, and a reason of many terms, stand once, at the first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("scheme", "term"):
        table.add_column(name, no_wrap=True)
    for name in ("claims", "interviews"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    scheme = reason = ""
    for use in uses:
        name = use.scheme if use.scheme != scheme else ""
        told = use.finding
        if not told and use.claims < 2:
            told = f"{use.narrower} under it" if not use.reason else use.reason if use.reason != reason else "likewise"
            reason = use.reason
        table.add_row(Text(name), Text(use.slug), str(use.claims), str(use.interviews), Text(told))
        scheme = use.scheme
    return table
