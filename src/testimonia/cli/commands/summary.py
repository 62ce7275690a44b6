"""The command summary: what the graph holds, three answers, and what to try next."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import out, print_line

if TYPE_CHECKING:
    import pyoxigraph as ox

    from testimonia.core.layout import Layout
    from testimonia.questions.overview import Overview

_SHOWN = {
    "what-happened": ("class", "type", "country", "interviews"),
    "requests": ("asked", "to", "for", "claim"),
    "corroborated": ("name", "class", "interviews", "speakers"),
}
"""Questions, and those of their columns that make a table at 80 columns."""
_MOST_ROWS = 6


@app.command(rich_help_panel=HelpGroup.ASK)
def summary(project: ProjectOption = Path()) -> None:
    """Print what the graph holds: interviews, claims, things, three answers, and what to try next."""
    from testimonia.questions.overview import read_overview
    from testimonia.rdf.store import read_store

    layout = get_layout(project)
    store = read_store(layout.graph)
    print_overview(read_overview(store))
    print_answers(layout, store)
    out.rule("Next", style="dim")
    for command, purpose in list_next(layout):
        print_line(f"  {command:<46} {purpose}")


def print_overview(overview: "Overview") -> None:
    """Print how many claims there are by interview and modality, and how many things by class."""
    out.rule("What the graph holds", style="dim")
    out.print(tabulate(("interview", "country", "claims"), overview.interviews))
    modalities = tabulate(("claims by modality", ""), overview.modalities)
    half = (len(overview.classes) + 1) // 2
    classes = [tabulate(("things by class", ""), rows) for rows in (overview.classes[:half], overview.classes[half:])]
    out.print(Columns([modalities, *classes], padding=(0, 4)))


def print_answers(layout: "Layout", store: "ox.Store") -> None:
    """Print the first rows of the answers to three questions, of those that the data set has."""
    from testimonia.questions.asking import ask_question, get_question, use_store
    from testimonia.questions.reading import read_questions
    from testimonia.questions.tables import write_table
    from testimonia.rdf.short_names import read_naming

    there = [slug for slug in _SHOWN if (layout.questions / f"{slug}.rq").is_file()]
    questions, naming = read_questions(layout) if there else {}, read_naming(layout)
    for slug in there:
        question = get_question(questions, slug)
        answer = ask_question(question, question.usual_values, naming, use_store(store))
        out.rule(question.summary, style="dim")
        shown = answer.select(_SHOWN[slug], _MOST_ROWS)
        out.print(write_table(shown, naming, width=out.width), soft_wrap=True, end="")
        more = len(answer.rows) - len(shown.rows)
        rest = f"… and {more} more" if more > 0 else "all columns"
        print_line(f"{rest}: {name_program(layout)} ask {slug}", style="dim")


def name_program(layout: "Layout") -> str:
    """Return how the program is called from where the user is: in its own repository make has installed it."""
    return ".venv/bin/testimonia" if layout.root == layout.model else "testimonia"


def list_next(layout: "Layout") -> list[tuple[str, str]]:
    """Return commands to try next, each with its purpose; a data set elsewhere has no Makefile."""
    program, own = name_program(layout), layout.root == layout.model
    saved = [
        (f"{program} questions", "the saved questions"),
        (f"{program} ask SLUG --format csv", "one answer, as a file"),
    ]
    return [
        ("make serve" if own else f"{program} serve", "the same as pages in a browser"),
        *(saved if any(layout.questions.glob("*.rq")) else []),
        (f"{program} query FILE", "a SPARQL query of your own"),
        ("make TEXTS=DIR" if own else f"{program} build --texts DIR", "read every passage again in the texts"),
        ("examples/README.md", "from a text to triples, step by step")
        if own
        else (f"{program} new", "the next record"),
    ]


def tabulate(names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    """Return a plain table; the last column is a number."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names[:-1]:
        table.add_column(name)
    table.add_column(names[-1], justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
