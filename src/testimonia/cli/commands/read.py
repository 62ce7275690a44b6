"""The command read: the claims of an interview as sentences."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import print_line


@app.command("read", rich_help_panel=HelpGroup.ASK)
def read_interview(
    interview: Annotated[str, typer.Argument(help="Id of the interview.")],
    gists: Annotated[bool, typer.Option("--gists", help="Print each claim's gist below it.")] = False,
    project: ProjectOption = Path(),
) -> None:
    """Print every claim of an interview as a sentence, from the graph alone, in the order of the text."""
    from testimonia.core.errors import InputError, find_nearest
    from testimonia.questions.verbalisation.reading import read_statements
    from testimonia.questions.verbalisation.wording import write_statement
    from testimonia.rdf.short_names import read_naming
    from testimonia.rdf.store import read_store
    from testimonia.vocabulary.reading import read_vocabulary

    layout = get_layout(project)
    statements = read_statements(read_store(layout.graph), read_naming(layout).base, interview)
    if not statements:
        there = sorted(path.stem for path in (layout.graph / "interview").glob("*.nq"))
        found = f'no interview "{interview}" in the graph'
        raise InputError.at(
            "command line",
            "interview-not-in-graph",
            found=found,
            expected=", ".join(there),
            fix=find_nearest(interview, there),
        )
    keys = {key.property: key.name for key in read_vocabulary(layout).keys.values()}
    for statement in statements:
        where = ", ".join(f"turn {span.turn} {span.start}–{span.end}" for span in statement.spans)
        print_line(f"{statement.id}  [{where}]", style="dim")
        print_line(f"    {write_statement(statement, keys)}")
        if gists:
            print_line(f"    = {statement.gist}")
