"""The application that the commands register with: its groups in the help, its `--version`, its exit codes."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from testimonia.cli.output import print_line

EXIT_CODES = (
    "Exit codes: 0 done and clean; 1 done, with findings; 2 could not be done (bad input, missing file, dead endpoint);"
    " 3 cannot tell (check-figure alone); 70 an error nobody expected."
)


class HelpGroup(StrEnum):
    """The headings of the commands in `testimonia --help`, in their order."""

    ASK = "Ask the graph"
    CURATE = "Curate records"
    BUILD = "Build and check"
    SHARE = "Share and merge"
    REFERENCE = "Reference"


class CommandGroup(TyperGroup):
    """A group of commands whose help lists each under its heading, with its whole summary."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  (the library's signature)
        """Write the commands by heading; the library's own list cuts every summary to one line."""
        rows: dict[str, list[tuple[str, str]]] = {heading: [] for heading in HelpGroup}
        for name, command in sorted(self.commands.items()):
            heading = getattr(command, "rich_help_panel", None) or "Commands"
            summary = (command.help or "").partition("\n\n")[0]
            rows.setdefault(heading, []).append((name, " ".join(summary.split())))
        for heading, listed in rows.items():
            if listed:
                with formatter.section(heading):
                    formatter.write_dl(listed)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an input that ends too early is an error like others, not the library's exit code 1."""
        try:
            return super().invoke(ctx)
        except EOFError as error:
            raise RuntimeError("an input ended too early") from error


app = typer.Typer(
    cls=CommandGroup, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, epilog=EXIT_CODES
)


def make_group(name: str, summary: str) -> typer.Typer:
    """Return a command that has commands of its own; it is registered under the heading of what is shared."""
    group = typer.Typer(cls=CommandGroup, no_args_is_help=True, rich_markup_mode=None, help=summary)
    app.add_typer(group, name=name, rich_help_panel=HelpGroup.SHARE)
    return group


def print_versions(wanted: bool) -> None:
    """Print the versions and stop."""
    if not wanted:
        return
    from pathlib import Path

    from testimonia.dataset.versions import read_versions

    for name, value in read_versions(Path()).items():
        print_line(f"{name} {value}")
    raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option(
        "--version", callback=print_versions, is_eager=True, help="Print the versions of program, ontology and data."
    ),
]


@app.callback()
def begin(version: VersionOption = False) -> None:
    """Human-rights interviews as linked data: every statement says who said it and points at its words."""
