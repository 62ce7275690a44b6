"""What the commands print with. Nothing that they print is read as markup: text of data shows as it is."""

import shutil
import sys
from pathlib import Path

from rich.console import Console

from testimonia.core.atomic import write_aside
from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.files import report_unwritable

out = Console(markup=False, emoji=False, highlight=False)
err = Console(markup=False, emoji=False, highlight=False, stderr=True)


def print_line(text: str, style: str | None = None) -> None:
    """Print text to standard output; a line stays one line, however long."""
    out.print(text, style=style, soft_wrap=True)


def print_note(text: str) -> None:
    """Print what is no part of the answer, to standard error."""
    err.print(text, soft_wrap=True)


def print_error(error: TestimoniaError) -> None:
    """Print an error to standard error, one problem a line, with a count when there are several."""
    for line in str(error).splitlines():
        print_note(line)
    if isinstance(error, InputError) and len(error.findings) > 1:
        print_note(f"{len(error.findings)} problems.")


def put(text: str, file: Path | None) -> None:
    """Print an answer as it is, or write it to a file; InputError when the file cannot be written."""
    if file is None:
        sys.stdout.write(text)
    else:
        write_answer_file(file, text.encode())


def write_answer_file(file: Path, content: bytes) -> None:
    """Write an answer to the file that an option names; InputError when it cannot be written."""
    try:
        with write_aside(file) as aside:
            aside.write_bytes(content)
            if file.is_file():
                shutil.copymode(file, aside)
    except OSError as error:
        raise InputError([report_unwritable(str(file), error)]) from error


def find_width(file: Path | None) -> int:
    """Return how wide a table may be: the terminal's width, 80 in a pipe or a file."""
    return out.width if file is None and out.is_terminal else 80
