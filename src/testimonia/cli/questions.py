"""Commands that ask the graph: questions, ask, query."""

import sys
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import ProjectOption, WithoutOption, WorkspaceOption, app, check_places, err, get_layout, out
from testimonia.cli.charts import check_chart, draw_answer
from testimonia.core.errors import InputError, Problem, QueryError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from testimonia.core.answer import QueryEngine
    from testimonia.core.layout import Layout
    from testimonia.questions.formats import AnswerFormat
    from testimonia.questions.question import Question

EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of graph/.")
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="How long to wait for the endpoint.")
]
FileOption = Annotated[Path | None, typer.Option("--out", help="Write the answer to this file.")]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="FORMAT", help="table, csv, tsv, json or markdown; turtle or ntriples for triples."
    ),
]


@app.command()
def questions(
    slug: Annotated[str, typer.Argument(metavar="[SLUG]", help="Tell all of this question.")] = "",
    tag: Annotated[str | None, typer.Option("--tag", help="Only the questions with this tag.")] = None,
    untouched: Annotated[
        bool, typer.Option("--untouched", help="List what the data use and no question asks about or answers with.")
    ] = False,
    project: ProjectOption = Path(),
) -> None:
    """List the saved questions, or tell what one of them asks, who asks it, its parameters and its columns."""
    from testimonia.core.errors import find_nearest
    from testimonia.questions.asking import get_question
    from testimonia.questions.reading import read_questions, read_tags

    layout = get_layout(project)
    found = read_questions(layout)
    if untouched:
        _list_untouched(layout, found)
        return
    if slug:
        _tell_question(layout, get_question(found, slug))
        return
    tags = read_tags(layout)
    if tag is not None and tag not in tags:
        raise QueryError(f'there is no tag "{tag}". {find_nearest(tag, tags)} There are: {", ".join(tags)}')
    shown = [q for q in found.values() if tag is None or tag in q.tags]
    if tag is not None:
        _print_wrapped(f"{tag}: {tags[tag]}", "")
    for question in shown:
        _print_wrapped(f"{question.slug}  [{', '.join(question.tags)}]", "")
        _print_wrapped(question.summary, "    ")
        for name, parameter in question.parameters.items():
            usual = f"example: {parameter.example}" if parameter.default is None else f"default: {parameter.default}"
            _print_wrapped(f"--param {name}=…  {parameter.description} ({usual})", "    ")
    out.print(f"{len(shown)} questions.", markup=False)
    if shown:
        out.print(f"All of one: testimonia questions {shown[0].slug}", markup=False, soft_wrap=True)
        out.print(f"To ask it:  testimonia ask {shown[0].slug}", markup=False, soft_wrap=True)


def _list_untouched(layout: "Layout", found: "Mapping[str, Question]") -> None:
    """Print which classes, properties and terms that graph/ uses no question touches."""
    from testimonia.questions.untouched import find_untouched
    from testimonia.rdf.store import read_store

    answers = [path.read_bytes() for path in sorted(layout.answers.glob("*.csv"))]
    rest = find_untouched(found.values(), answers, read_store(layout.graph))
    for one in rest:
        out.print(f"{one.kind:8}  {one.name}", markup=False, soft_wrap=True)
    out.print(f"{len(rest)} that {len(found)} questions do not touch.", markup=False, soft_wrap=True)


def _tell_question(layout: "Layout", question: "Question") -> None:
    """Print all that the header of a question says, with the values that graph/ knows for its parameters."""
    from testimonia.questions.values import describe_type, find_values
    from testimonia.rdf.short_names import read_naming

    _print_wrapped(f"{question.slug}  [{', '.join(question.tags)}]", "")
    for text in (question.summary, question.description, question.audience):
        _print_wrapped(text, "    ")
    if question.parameters:
        naming, run = read_naming(layout), choose_engine(layout, None, 0)
        out.print("Parameters", markup=False)
    for name, parameter in question.parameters.items():
        usual = f"needed; for example {parameter.example}" if parameter.default is None else parameter.default
        _print_wrapped(f"--param {name}=…  {parameter.description}", "    ")
        _print_wrapped(f"{describe_type(parameter)}; left out: {usual}", "        ")
        known = find_values(parameter, naming, run)
        if known:
            _print_wrapped(f"{len(known)} in graph/: {', '.join(known)}", "        ")
    out.print("Columns", markup=False)
    for name, meaning in question.columns.items():
        _print_wrapped(f"{name}: {meaning}" + (" (a list)" if name in question.lists else ""), "    ")
    asked = "".join(f" --param {n}={p.example}" for n, p in question.parameters.items() if p.default is None)
    out.print(f"Ask it: testimonia ask {question.slug}{asked}", markup=False, soft_wrap=True)
    out.print(f"  who says so: testimonia ask {question.slug}{asked} --evidence", markup=False, soft_wrap=True)
    if question.chart is not None:
        drawn = f"  as a picture ({question.chart.kind}): testimonia ask {question.slug}{asked} --chart FILE.svg"
        out.print(drawn, markup=False, soft_wrap=True)


def _print_wrapped(text: str, indent: str) -> None:
    """Print text of a data set at the width of the screen, its further lines under the first."""
    for line in wrap(text, out.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False):
        out.print(line, markup=False, soft_wrap=True)


@app.command()
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
    chosen = _parse_format(form)
    question = read_question(layout, slug)
    if chart is not None:
        check_chart(read_questions(layout), question, chart)
    naming, values = read_naming(layout), parse_pairs(param or [])
    run = choose_engine(layout, endpoint, timeout, workspace, without or ())
    if chart is not None:
        answer, text = draw_answer(question, values, naming, run, chart), ""
    elif evidence:
        found = ask_with_evidence(question, values, naming, run)
        answer, text = found.answer, write_evidenced(found, chosen, naming, width=_find_width(file))
    else:
        answer = ask_question(question, values, naming, run)
        text = write_answer(answer, chosen, naming, width=_find_width(file))
    if text and (answer.rows or chosen != "table"):
        put(text, file)
    if not answer.rows:
        for line in explain_nothing(question, values, naming, run):
            err.print(line, markup=False, soft_wrap=True)


@app.command()
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
    chosen = _parse_format(form)
    text = _read_query(source)
    check_read_only(text, remote=endpoint is not None)
    if endpoint is None:
        parse_form(text)
    parameters = find_parameters(text)
    if parameters:
        names = ", ".join(parameters)
        raise QueryError(f"the query has parameters ({names}); save it as a question, or write the values into it")
    answer = choose_engine(layout, endpoint, timeout, workspace, without or ())(text)
    empty = isinstance(answer, Solutions) and not answer.rows
    if not empty or chosen != "table":
        put(write_answer(answer, chosen, read_naming(layout), width=_find_width(file)), file)
    if empty:
        err.print("No rows.", markup=False)


def choose_engine(
    layout: "Layout",
    endpoint: str | None,
    timeout: float,
    workspace: Path | None = None,
    without: "Collection[str]" = (),
) -> "QueryEngine":
    """Find what runs a query: the endpoint if one is named, else graph/ in memory, with the sources of a workspace."""
    check_places(endpoint, workspace, without)
    if endpoint is not None:
        from testimonia.sparql.remote import run_remote_query

        return lambda text: run_remote_query(endpoint, text, timeout=timeout)
    if workspace is not None:
        from testimonia.sources.workspace import use_workspace

        return use_workspace(layout, workspace, without)
    from testimonia.questions.asking import use_store
    from testimonia.rdf.store import read_store

    return use_store(read_store(layout.graph))


def _parse_format(text: str) -> "AnswerFormat":
    """Return the format that a word names; QueryError when it names none."""
    from testimonia.core.errors import find_nearest
    from testimonia.questions.formats import AnswerFormat

    known = [f.value for f in AnswerFormat]
    if text not in known:
        raise QueryError(f'--format "{text}" is not known; expected {", ".join(known)}. {find_nearest(text, known)}')
    return AnswerFormat(text)


def _read_query(source: str) -> str:
    """Return the text of a query file, or of standard input for `-`; InputError when it cannot be read."""
    name = "standard input" if source == "-" else source
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            [Problem(name, 0, 0, "", f"not UTF-8 (byte {error.start})", "", "Save it as UTF-8", code="not-utf-8")]
        ) from error
    except OSError as error:
        raise InputError(
            [Problem(name, 0, 0, "", f"cannot be read: {error.strerror}", code="unreadable-file")]
        ) from error


def _find_width(file: Path | None) -> int:
    """Return how wide a table may be: the terminal's width, 80 in a pipe or a file."""
    return out.width if file is None and out.is_terminal else 80


def put(text: str, file: Path | None) -> None:
    """Print an answer as it is, or write it to a file."""
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(
            [Problem(str(file), 0, 0, "", f"cannot be written: {error.strerror}", code="cannot-be-written")]
        ) from error
