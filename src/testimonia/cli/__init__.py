"""Command line: each command parses, calls one function of a lower room, prints, and chooses the exit code.

The commands are the modules of `testimonia.cli.commands`, each named after its command. Only the module of the command
that is asked for is imported, and heavy imports happen inside the commands, so that an answer, `--help` and `--version`
are there at once. The exit codes are listed in `testimonia.cli.app`.
"""

import os
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules

from testimonia.cli import commands
from testimonia.cli.app import app
from testimonia.cli.output import print_error, print_note
from testimonia.core.errors import TestimoniaError


def list_modules() -> list[str]:
    """Return the names of the modules of commands, such as `check_figure`, sorted."""
    return sorted(module.name for module in iter_modules(commands.__path__))


def load_commands(command: str = "") -> None:
    """Register a command; all commands where none has this name."""
    there = list_modules()
    name = command.replace("-", "_")
    for module in [name] if name in there else there:
        import_module(f"{commands.__name__}.{module}")


def main() -> None:
    """Run the program; whatever goes wrong is told on standard error without a traceback.

    A known error exits with 2, one that nobody expected with 70: 1 means findings, and a panic of a library in Rust,
    which is no `Exception`, would exit with it too.
    """
    try:
        load_commands(*sys.argv[1:2])
        app()
    except TestimoniaError as error:
        print_error(error)
        sys.exit(2)
    except OSError as error:  # a file that cannot be read or written, a full disk
        print_error(TestimoniaError(f"{error.filename or 'a file'}: {error.strerror or error}"))
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  (exit code 70 stands for whatever else there is)
        print_unexpected(error)
        sys.exit(70)


def print_unexpected(error: BaseException) -> None:
    """Print an error that nobody expected by its type alone: its message may hold words of the data."""
    if os.environ.get("TESTIMONIA_TRACEBACK"):
        traceback.print_exception(error)
    kind = type(error.__cause__ if isinstance(error.__cause__, EOFError) else error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    hint = "Show where, perhaps with words of the data: TESTIMONIA_TRACEBACK=1 testimonia …"
    print_note(f"unexpected error ({name}), a mistake of the program. {hint}")
