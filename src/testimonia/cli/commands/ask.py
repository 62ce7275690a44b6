"""The command ask: a saved question answered, with who says so, or as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.charts import check_chart, draw_answer
from testimonia.cli.engines import EndpointOption, TimeoutOption, WithoutOption, WorkspaceOption, choose_engine
from testimonia.cli.options import FileOption, FormatOption, ProjectOption, get_layout, parse_format
from testimonia.cli.output import find_width, print_note, put


@app.command(rich_help_panel=HelpGroup.ASK)
def ask(  # noqa: PLR0913, PLR0917  (each is an option)
    slug: Annotated[str, typer.Argument(help="The question, as `testimonia questions` lists it.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter; repeat for several.")
    ] = None,
    form: FormatOption = "table",
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Under every row: who says it, whom they cite, and where.")
    ] = False,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE.svg", help="Draw the answer into this file instead (extra [chart])."),
    ] = None,
    endpoint: EndpointOption = None,
    timeout: TimeoutOption = 60.0,
    workspace: WorkspaceOption = None,
    without: WithoutOption = None,
    file: FileOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Ask a saved question of graph/ or of an endpoint."""
    from testimonia.questions.asking import ask_question, parse_pairs
    from testimonia.questions.evidence import ask_with_evidence
    from testimonia.questions.formats import write_answer, write_evidenced
    from testimonia.questions.reading import read_question, read_questions
    from testimonia.questions.values import explain_nothing
    from testimonia.rdf.short_names import read_naming

    layout = get_layout(project)
    chosen = parse_format(form)
    question = read_question(layout, slug)
    if chart is not None:
        check_chart(read_questions(layout), question, chart)
    naming, values = read_naming(layout), parse_pairs(param or [])
    run = choose_engine(layout, endpoint, timeout, workspace, without)
    if chart is not None:
        answer, text = draw_answer(question, values, naming, run, chart), ""
    elif evidence:
        found = ask_with_evidence(question, values, naming, run)
        answer, text = found.answer, write_evidenced(found, chosen, naming, width=find_width(file))
    else:
        answer = ask_question(question, values, naming, run)
        text = write_answer(answer, chosen, naming, width=find_width(file))
    if text and (answer.rows or chosen != "table"):
        put(text, file)
    if not answer.rows:
        for line in explain_nothing(question, values, naming, run):
            print_note(line)
