"""The command texts: the interviews in the texts, and who is quoted in a narrative."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import TextsOption, get_texts_folder
from testimonia.cli.output import out
from testimonia.core.text import Interview, Reading


@app.command("texts", rich_help_panel=HelpGroup.CURATE)
def show_texts(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder with the texts; by default that of --texts.")
    ] = None,
    texts: TextsOption = None,
) -> None:
    """Read the interview texts and list the interviews in them."""
    from testimonia.texts.reading import read_texts
    from testimonia.texts.speakers import is_narrative

    found = read_texts(get_texts_folder(folder or texts))
    for reading in found.readings.values():
        out.print(tabulate(reading))
        for interview in filter(is_narrative, reading.interviews):
            out.print(tabulate_quoted(interview))
    for finding in found.unread:
        out.print(f"{finding.file}: {finding.found}. {finding.fix}.")
    interviews = sum(len(r.interviews) for r in found.readings.values())
    unread = f"; {len(found.unread)} of another layout" if found.unread else ""
    out.print(f"{count(len(found.readings), 'text')} with {count(interviews, 'interview')}{unread}")


def tabulate(reading: Reading) -> Table:
    """Return the table of the interviews of one source, to be read at 80 columns."""
    from testimonia.texts.facts import find_facts

    title = Text(f"{reading.source.name} ({reading.layout}, {len(reading.source.text):,} characters)")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True, justify="right")
    table.add_column("country", max_width=12)
    table.add_column("headline and people", ratio=1)
    table.add_column("questions", no_wrap=True, justify="right")
    table.add_column("words", no_wrap=True, justify="right")
    table.add_column("rated", no_wrap=True)
    for interview in reading.interviews:
        facts = find_facts(interview)
        said = Text(facts.headline).append("\n" + (", ".join(facts.people) or "–"), style="dim")
        numbers = (str(facts.questions), f"{facts.words:,}", facts.rating or "–")
        table.add_row(f"#{interview.number}", Text(facts.country), said, *map(Text, numbers))
    return table


def tabulate_quoted(interview: Interview) -> Table:
    """Return the table of who is quoted in a narrative; the quotations that the text leaves open come last."""
    from testimonia.texts.paragraphs import count_line
    from testimonia.texts.speakers import list_quoted

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("quoted", ratio=1)
    table.add_column("quotations", no_wrap=True, justify="right")
    table.add_column("words", no_wrap=True, justify="right")
    for quoted in list_quoted(interview):
        lines = (f"turn {t.number} (line {count_line(interview.source.text, t.start)})" for t in quoted.turns)
        name = quoted.name or "undecided: " + ", ".join(lines)
        table.add_row(Text(name), str(len(quoted.turns)), f"{quoted.words:,}")
    return table


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "text"), count(2, "text")
    ('1 text', '2 texts')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
