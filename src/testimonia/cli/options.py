"""Options that several commands have, and the values behind them: the data set, the texts, a day, a format."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from testimonia.core.errors import InputError, QueryError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout, find_layout, find_model_root

if TYPE_CHECKING:
    from testimonia.questions.formats import AnswerFormat

Writer = TypeVar("Writer")

TextsOption = Annotated[
    Path | None, typer.Option("--texts", envvar="TESTIMONIA_TEXTS", help="Folder with the interview texts (*.txt).")
]
PrivateOption = Annotated[
    Path | None,
    typer.Option(
        "--private", envvar="TESTIMONIA_PRIVATE", help="Folder of records kept apart, outside the repository."
    ),
]
AsOfOption = Annotated[
    str,
    typer.Option("--as-of", metavar="DAY", help="Embargoes until this day are over; by default as dataset.yaml says."),
]
ProjectOption = Annotated[
    Path, typer.Option("--project", help="Folder of the data set; by default the one you are in.")
]
PlaceOption = Annotated[
    Path | None, typer.Option("--workspace", metavar="DIR", help="The folder of merged sources; by default workspace/.")
]
FileOption = Annotated[Path | None, typer.Option("--out", help="Write the answer to this file.")]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="FORMAT", help="table, csv, tsv, json or markdown; turtle or ntriples for triples."
    ),
]


def get_layout(project: Path = Path()) -> Layout:
    """Return the layout of a data set: of the folder named, or of the one that the current folder lies in.

    InputError lists all that is missing there.
    """
    layout = find_layout(project) if project == Path() else Layout(project.resolve(), find_model_root())
    if layout.missing:
        found, fix = f"not found under {layout.root}", "Run this in the folder of a data set, or name it: --project DIR"
        raise InputError(
            Finding.at(layout.name(path), "project-incomplete", found=found, fix=fix) for path in layout.missing
        )
    return layout


def get_texts_folder(folder: Path | None) -> Path:
    """Return the folder with the texts; InputError when none was named."""
    if folder is None:
        found, fix = "this needs the interview texts", "Name it: --texts DIR, or TESTIMONIA_TEXTS=DIR"
        raise InputError.at("command line", "option-needed", found=found, fix=fix, expected="their folder")
    return folder


def parse_option_day(text: str, option: str) -> date | None:
    """Return the day behind an option, None where it is left out; InputError when it is no day."""
    from testimonia.core.visibility import parse_day

    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        found = f'"{text}" is no day'
        raise InputError.at("command line", "day-form", record=option, found=found) from error


def choose_writer(writers: Mapping[str, Writer], form: str) -> Writer:
    """Return the writer of a format; QueryError names those there are when it is none of them."""
    if form not in writers:
        raise QueryError(f'--format "{form}" is not known; expected {", ".join(writers)}')
    return writers[form]


def parse_format(text: str) -> "AnswerFormat":
    """Return the format of answers that a word names; QueryError when it names none."""
    from testimonia.questions.formats import AnswerFormat

    known = [f.value for f in AnswerFormat]
    if text not in known:
        raise QueryError(f'--format "{text}" is not known; expected {", ".join(known)}. {find_nearest(text, known)}')
    return AnswerFormat(text)
