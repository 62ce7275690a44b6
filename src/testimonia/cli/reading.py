"""Command that reads the graph aloud: read."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import ProjectOption, app, get_layout, out


@app.command("read")
def read_interview(
    interview: Annotated[str, typer.Argument(help="Id of the interview.")],
    gists: Annotated[bool, typer.Option("--gists", help="Print each claim's gist below it.")] = False,
    project: ProjectOption = Path(),
) -> None:
    """Print every claim of an interview as a sentence, from the graph alone, in the order of the text."""
    from testimonia.core.errors import InputError, Problem, find_nearest
    from testimonia.questions.verbalisation.reading import read_statements
    from testimonia.questions.verbalisation.wording import write_statement
    from testimonia.rdf.short_names import read_naming
    from testimonia.rdf.store import read_store
    from testimonia.vocabulary.reading import read_vocabulary

    layout = get_layout(project)
    statements = read_statements(read_store(layout.graph), read_naming(layout).base, interview)
    if not statements:
        there = sorted(path.stem for path in (layout.graph / "interview").glob("*.nq"))
        got = f'no interview "{interview}" in the graph'
        raise InputError(
            [
                Problem(
                    "command line",
                    0,
                    0,
                    "",
                    got,
                    ", ".join(there),
                    find_nearest(interview, there),
                    code="interview-not-in-graph",
                )
            ]
        )
    keys = {key.property: key.name for key in read_vocabulary(layout).keys.values()}
    for statement in statements:
        where = ", ".join(f"turn {span.turn} {span.start}–{span.end}" for span in statement.spans)
        out.print(f"{statement.id}  [{where}]", markup=False, soft_wrap=True, style="dim")
        out.print(f"    {write_statement(statement, keys)}", markup=False, soft_wrap=True)
        if gists:
            out.print(f"    = {statement.gist}", markup=False, soft_wrap=True)
