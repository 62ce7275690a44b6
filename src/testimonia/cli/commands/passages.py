"""The command passages: the shortest cue of each sentence of an interview."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, TextsOption, get_layout, get_texts_folder
from testimonia.cli.output import out, print_line
from testimonia.core.errors import InputError
from testimonia.core.text import Voice


@app.command("passages", rich_help_panel=HelpGroup.CURATE)
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
        whose = (
            f"{sentence.speaker} (turn {sentence.turn})" if sentence.speaker.voice is Voice.QUOTED else sentence.speaker
        )
        print_line(f"# {chosen.source.name}:{sentence.line} {whose}", style="dim")
        if sentences:
            words = chosen.source.text[sentence.start : sentence.end]
            out.print(" ".join(words.split()), style="italic")
        for line in format_stub(sentence):
            print_line(line)
    if not found:
        fix = "Try fewer words, or another voice"
        raise InputError.at(chosen.reference, "not-found", found="no sentence with these words", fix=fix)
