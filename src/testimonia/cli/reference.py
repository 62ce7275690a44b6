"""Reference: the page docs/cli.md, written from the program itself so that no command stays undocumented."""

from collections.abc import Iterator
from textwrap import fill
from typing import Any

import typer

from testimonia.cli import load_commands
from testimonia.cli.app import EXIT_CODES, app

_HEAD = f"""# Commands

Written by `make generated` from the program itself; do not edit.

{fill(EXIT_CODES, 100)}
"""


def write_reference() -> str:
    """Return the page that lists every command with its arguments and options."""
    load_commands()
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    return "\n".join([_HEAD, *(_write_command(name, one) for name, one in sorted(_flatten(commands)))])


def _flatten(commands: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the commands by their names, those of a group by both names."""
    for name, command in commands.items():
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {inner}", one) for inner, one in _flatten(below))


def _write_command(name: str, command: Any) -> str:
    """Return the section of one command: its help, its usage and a table of its options."""
    rows = [row for parameter in command.params if (row := _write_parameter(parameter))]
    usage = " ".join(["testimonia", name, *(_write_usage(p) for p in command.params if p.name != "help")])
    table = ["| option | meaning |", "| --- | --- |", *rows, ""] if rows else []
    return "\n".join([f"## {name}", "", (command.help or "").strip(), "", "```", usage, "```", "", *table])


def _write_usage(parameter: Any) -> str:
    """Return how a parameter stands in the usage line, in brackets when it may be left out."""
    name = _name(parameter)
    return name if parameter.required else f"[{name}]"


def _write_parameter(parameter: Any) -> str:
    """Return the row of one option or argument."""
    variable = f" (or {parameter.envvar})" if getattr(parameter, "envvar", None) else ""
    name = _name(parameter) if parameter.param_type_name == "argument" else ", ".join(parameter.opts)
    return f"| `{name}` | {parameter.help or ''}{variable} |"


def _name(parameter: Any) -> str:
    """Return the option's long name, or what an argument is called in the usage line."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[-1])
    return str(parameter.metavar or parameter.name.upper()).strip("[]")
