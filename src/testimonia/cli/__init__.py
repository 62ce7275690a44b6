"""Command line: parses, calls one function of a lower floor, prints, and chooses the exit code.

Exit codes: 0 done and clean; 1 done, with findings; 2 could not be done (bad input, missing file, dead endpoint).
Only the module of the command that is asked for is imported, and heavy imports happen inside the commands, so that an
answer, `--help` and `--version` are there at once.
"""

import sys
from importlib import import_module

from testimonia.cli.app import app, print_error
from testimonia.core.errors import TestimoniaError

MODULES = {
    "agreement": ("conflicts", "check-figure"),
    "coverage": ("coverage",),
    "explaining": ("explain", "docs"),
    "exporting": ("export",),
    "founding": ("init",),
    "graph": ("lock", "build", "generated"),
    "links": ("links",),
    "merging": ("merge",),
    "publishing": ("publish",),
    "questions": ("questions", "ask", "query"),
    "reading": ("read",),
    "reasoning": ("reason",),
    "serving": ("serve",),
    "summary": ("summary",),
    "terms": ("terms",),
    "texts": ("texts", "passages", "new"),
    "tour": ("tour",),
    "validation": ("validate",),
    "views": ("view",),
    "withdrawal": ("withdraw",),
}
"""Module → the commands that it registers when it is imported."""


def load_commands(command: str = "") -> None:
    """Register a command, with those of its module; all commands where none has this name."""
    asked = [module for module, commands in MODULES.items() if command in commands]
    for module in asked or MODULES:
        import_module(f"testimonia.cli.{module}")


def main() -> None:
    """Run the program; a known error is printed without a traceback and exits with 2."""
    load_commands(*sys.argv[1:2])
    try:
        app()
    except TestimoniaError as error:
        print_error(error)
        sys.exit(2)
    except OSError as error:  # a file that cannot be read or written, a full disk
        print_error(TestimoniaError(f"{error.filename or 'a file'}: {error.strerror or error}"))
        sys.exit(2)
