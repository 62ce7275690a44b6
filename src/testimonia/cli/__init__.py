"""Command line: parses, calls one function of a lower floor, prints, and chooses the exit code.

Exit codes: 0 done and clean; 1 done, with findings; 2 could not be done (bad input, missing file, dead endpoint).
Heavy imports happen inside the commands, so that `--help` and `--version` answer at once.
"""

import sys

from testimonia.cli import (  # noqa: F401  (each registers its commands)
    coverage,
    explaining,
    founding,
    graph,
    questions,
    reading,
    reasoning,
    serving,
    summary,
    terms,
    texts,
    tour,
    validation,
    views,
    withdrawal,
)
from testimonia.cli.app import app, print_error
from testimonia.errors import TestimoniaError


def main() -> None:
    """Run the program; a known error is printed without a traceback and exits with 2."""
    try:
        app()
    except TestimoniaError as error:
        print_error(error)
        sys.exit(2)
    except OSError as error:  # a file that cannot be read or written, a full disk
        print_error(TestimoniaError(f"{error.filename or 'a file'}: {error.strerror or error}"))
        sys.exit(2)
