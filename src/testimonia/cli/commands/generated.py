"""The command generated: every machine-made file rewritten."""

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import PrivateOption, ProjectOption, TextsOption, get_layout
from testimonia.cli.output import print_line, print_note


@app.command(rich_help_panel=HelpGroup.BUILD)
def generated(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if anything differs.")] = False,
    texts: TextsOption = None,
    private: PrivateOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Rewrite every machine-made file: the lock (with texts), graph/, the record schema, answers, the reference."""
    from testimonia.cli.reference import write_reference
    from testimonia.dataset.generated import write_generated
    from testimonia.dataset.private import keep_private
    from testimonia.docs.model import Model
    from testimonia.docs.pages import write_pages
    from testimonia.validation.catalogue import write_catalogue
    from testimonia.validation.queries import read_checks

    layout = get_layout(project)
    pages = {}
    if layout.root == layout.model:
        pages = {"docs/cli.md": write_reference(), "docs/checks.md": write_catalogue(read_checks(layout.checks))}
        pages |= write_pages(Model(layout))
    with keep_private(layout, private):
        changed = write_generated(layout, texts, pages, check=check, private=private)
    for name in changed:
        print_line(f"{'differs' if check else 'written'}: {name}")
    if check and changed:
        print_note("Machine-made files are not up to date. Run: testimonia generated (or: make generated)")
        raise typer.Exit(1)
    if not changed:
        print_line("all machine-made files are up to date")
