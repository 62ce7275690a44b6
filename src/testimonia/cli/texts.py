"""Commands of the texts: texts, passages, new."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from testimonia.cli.app import ProjectOption, TextsOption, app, get_layout, out
from testimonia.core.errors import InputError, Problem
from testimonia.core.text import Interview, Reading, Voice


@app.command("texts")
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
    for problem in found.unread:
        out.print(f"{problem.path}: {problem.got}. {problem.mend}.", markup=False)
    interviews = sum(len(r.interviews) for r in found.readings.values())
    unread = f"; {len(found.unread)} of another layout" if found.unread else ""
    out.print(f"{count(len(found.readings), 'text')} with {count(interviews, 'interview')}{unread}", markup=False)


@app.command("passages")
def show_passages(  # noqa: PLR0913, PLR0917 - one parameter for each option
    interview: Annotated[str, typer.Argument(metavar="INTERVIEW", help="The id of a record, or FILE#NUMBER.")],
    find: Annotated[str, typer.Option("--find", metavar="WORDS", help="Only sentences with these words.")] = "",
    voice: Annotated[Voice | None, typer.Option("--voice", help="Only the words of this voice.")] = None,
    sentences: Annotated[bool, typer.Option("--sentences", help="Show each sentence above its cue.")] = False,
    texts: TextsOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Print the shortest cue of each sentence, ready to copy into a record."""
    from testimonia.drafting.lookup import get_interview
    from testimonia.drafting.passages import format_stub, list_sentences
    from testimonia.texts.reading import read_texts

    layout = get_layout(project)
    chosen = get_interview(layout, read_texts(get_texts_folder(texts)), interview)
    found = list_sentences(chosen, voice=voice, find=find)
    for sentence in found:
        whose = f"{sentence.part} (turn {sentence.turn})" if sentence.part.voice is Voice.QUOTED else sentence.part
        out.print(f"# {chosen.source.name}:{sentence.line} {whose}", style="dim", markup=False, soft_wrap=True)
        if sentences:
            words = chosen.source.text[sentence.start : sentence.end]
            out.print(" ".join(words.split()), style="italic", markup=False)
        for line in format_stub(sentence):
            out.print(line, markup=False, soft_wrap=True)
    if not found:
        mend = "Try fewer words, or another voice"
        raise InputError(
            [Problem(chosen.reference, 0, 0, "", "no sentence with these words", "", mend, code="not-found")]
        )


@app.command("new")
def write_record(
    reference: Annotated[
        str, typer.Argument(metavar="FILE#NUMBER", help="The interview, as `testimonia texts` lists it.")
    ],
    slug: Annotated[str, typer.Option("--id", help="What to call it; by default country and last name.")] = "",
    texts: TextsOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Write the skeleton of a record: head, and a stub with its cue for each sentence."""
    from testimonia.drafting.lookup import get_referenced
    from testimonia.drafting.skeletons import write_skeleton
    from testimonia.texts.reading import read_texts

    layout = get_layout(project)
    interview = get_referenced(read_texts(get_texts_folder(texts)), reference)
    path = write_skeleton(layout, interview, slug=slug)
    out.print(f"{layout.name(path)}: written. Fill in its head, then the stubs below it.", markup=False, soft_wrap=True)


def get_texts_folder(folder: Path | None) -> Path:
    """Return the folder with the texts; InputError when none was named."""
    if folder is None:
        mend = "Name it: --texts DIR, or TESTIMONIA_TEXTS=DIR"
        raise InputError(
            [
                Problem(
                    "command line",
                    0,
                    0,
                    "",
                    "this needs the interview texts",
                    "their folder",
                    mend,
                    code="option-needed",
                )
            ]
        )
    return folder


def tabulate(reading: Reading) -> Table:
    """Return the table of the interviews of one source, to be read at 80 columns."""
    from rich import box

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
    from rich import box

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
