"""The summary: what the graph holds, three answers, and what to try next."""

from pathlib import Path

from rich import box
from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import ProjectOption, app, get_layout, out

_SHOWN = {
    "what-happened": ("class", "type", "country", "interviews"),
    "requests": ("asked", "to", "for", "claim"),
    "corroborated": ("name", "class", "interviews", "speakers"),
}
"""Questions, and those of their columns that make a table at 80 columns."""
_MOST_ROWS = 6


@app.command()
def summary(project: ProjectOption = Path()) -> None:
    """Print what the graph holds: interviews, claims, things, three answers, and what to try next."""
    from testimonia.questions.asking import ask_question, get_question, use_store
    from testimonia.questions.overview import read_overview
    from testimonia.questions.reading import read_questions
    from testimonia.questions.tables import write_table
    from testimonia.rdf.short_names import read_naming
    from testimonia.rdf.store import read_store

    layout = get_layout(project)
    store = read_store(layout.graph)
    overview = read_overview(store)
    out.rule("What the graph holds", style="dim")
    out.print(tabulate(("interview", "country", "claims"), overview.interviews))
    modalities = tabulate(("claims by modality", ""), overview.modalities)
    half = (len(overview.classes) + 1) // 2
    classes = [tabulate(("things by class", ""), rows) for rows in (overview.classes[:half], overview.classes[half:])]
    out.print(Columns([modalities, *classes], padding=(0, 4)))
    there = {path.stem for path in layout.questions.glob("*.rq")}  # a data set may have none of ours
    questions, naming = read_questions(layout) if there else {}, read_naming(layout)
    for slug, columns in _SHOWN.items():
        if slug not in there:
            continue
        question = get_question(questions, slug)
        answer = ask_question(question, question.usual_values, naming, use_store(store))
        out.rule(f"{question.summary}", style="dim")
        shown = answer.select(columns, _MOST_ROWS)
        out.print(write_table(shown, naming, width=out.width), markup=False, highlight=False, soft_wrap=True, end="")
        more = len(answer.rows) - len(shown.rows)
        rest = f"… and {more} more" if more > 0 else "all columns"
        out.print(f"{rest}: .venv/bin/testimonia ask {slug}", style="dim", markup=False, soft_wrap=True)
    out.rule("Next", style="dim")
    for command, purpose in _NEXT:
        out.print(f"  {command:<46} {purpose}", markup=False, soft_wrap=True)


_NEXT = (
    (".venv/bin/testimonia questions", "the saved questions"),
    (".venv/bin/testimonia ask SLUG --format csv", "one answer, as a file"),
    (".venv/bin/testimonia query FILE", "a SPARQL query of your own"),
    ("make TEXTS=DIR", "read every passage again in the texts"),
    ("examples/README.md", "from a text to triples, step by step"),
)


def tabulate(names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    """Return a plain table; the last column is a number."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names[:-1]:
        table.add_column(name)
    table.add_column(names[-1], justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
