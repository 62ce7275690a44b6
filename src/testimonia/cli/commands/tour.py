"""The command tour: an invented interview, from its text to triples, step by step on the screen."""

from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import out

_WIDTH = 100


@app.command(rich_help_panel=HelpGroup.REFERENCE)
def tour(
    claim: Annotated[str, typer.Option("--claim", help="The claim to follow, as interview/claim.")] = "val-solen/8",
    out_folder: Annotated[Path, typer.Option("--out", help="Where the example's graph is written.")] = Path(
        "build/lantern"
    ),
    project: ProjectOption = Path(),
) -> None:
    """Convert an invented interview from text to triples and show each step."""
    from testimonia.core.layout import Layout
    from testimonia.dataset.project import build_project, lock_project, read_project, write_graph
    from testimonia.dataset.steps import show_steps

    main = get_layout(project)
    layout = Layout(main.examples / "lantern", main.model)
    found = read_project(layout)
    lock = lock_project(found, layout.root / "texts")
    built = build_project(found, lock)
    interview, _, written = claim.partition("/")
    out.rule("From text to triples: an invented interview", style="dim")
    for number, step in enumerate(show_steps(found, lock, built, interview, written), 1):
        out.print(Text(f"\n{number}. {step.title}", style="bold"), Text(f"   {step.note}"), sep="\n", width=_WIDTH)
        body = Syntax(step.body, step.language, theme="ansi_dark", word_wrap=True, background_color="default")
        out.print(Panel(body, width=_WIDTH, border_style="dim"))
    write_graph(out_folder, built)
    out.print(f"\nWritten to {out_folder}/: {sum(built.triples.values()):,} triples.\n")
