"""The command query: a SPARQL query of one's own."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.engines import EndpointOption, TimeoutOption, WithoutOption, WorkspaceOption, choose_engine
from testimonia.cli.options import FileOption, FormatOption, ProjectOption, get_layout, parse_format
from testimonia.cli.output import find_width, print_note, put
from testimonia.core.errors import InputError, QueryError
from testimonia.core.files import report_unreadable


@app.command(rich_help_panel=HelpGroup.ASK)
def query(  # noqa: PLR0913, PLR0917  (each is an option)
    source: Annotated[str, typer.Argument(metavar="FILE", help="A file with a SPARQL query; - reads standard input.")],
    form: FormatOption = "table",
    endpoint: EndpointOption = None,
    timeout: TimeoutOption = 60.0,
    workspace: WorkspaceOption = None,
    without: WithoutOption = None,
    file: FileOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Run a SPARQL query on graph/ or on an endpoint; nothing that changes data or reaches other servers runs."""
    from testimonia.core.answer import Solutions
    from testimonia.questions.formats import write_answer
    from testimonia.rdf.short_names import read_naming
    from testimonia.sparql.forms import check_read_only, parse_form
    from testimonia.sparql.parameters import find_parameters

    layout = get_layout(project)
    chosen = parse_format(form)
    text = _read_query(source)
    check_read_only(text, remote=endpoint is not None)
    if endpoint is None:
        parse_form(text)
    parameters = find_parameters(text)
    if parameters:
        names = ", ".join(parameters)
        raise QueryError(f"the query has parameters ({names}); save it as a question, or write the values into it")
    answer = choose_engine(layout, endpoint, timeout, workspace, without)(text)
    empty = isinstance(answer, Solutions) and not answer.rows
    if not empty or chosen != "table":
        put(write_answer(answer, chosen, read_naming(layout), width=find_width(file)), file)
    if empty:
        print_note("No rows.")


def _read_query(source: str) -> str:
    """Return the text of a query file, or of standard input for `-`; InputError when it cannot be read."""
    name = "standard input" if source == "-" else source
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([report_unreadable(name, error)]) from error
