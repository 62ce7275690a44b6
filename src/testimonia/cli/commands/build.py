"""The command build: graph/ from the records and the lock."""

import time
from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import AsOfOption, PrivateOption, ProjectOption, TextsOption, get_layout, parse_option_day
from testimonia.cli.output import print_line


@app.command(rich_help_panel=HelpGroup.BUILD)
def build(
    texts: TextsOption = None,
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Write the graph to this folder instead of graph/.")
    ] = None,
    private: PrivateOption = None,
    as_of: AsOfOption = "",
    project: ProjectOption = Path(),
) -> None:
    """Build graph/ from the records and the lock; with texts, every passage is read again first."""
    from testimonia.dataset.private import check_private, keep_private
    from testimonia.dataset.project import build_project, read_locked_project, write_graph, write_lock

    began = time.perf_counter()
    layout = get_layout(project)
    day = parse_option_day(as_of, "--as-of")
    with keep_private(layout, private):
        found, locked = read_locked_project(layout, texts, private=private, as_of=day)
        if private:
            check_private(found, private, texts)
    built = build_project(found, locked)
    folder = out_folder or layout.graph
    changed = write_graph(folder, built)
    if layout.lock.is_file() and write_lock(layout, locked):
        print_line(f"{layout.name(layout.lock)}: without what no public claim cites")
    passages = sum(len(i.passages) for i in locked.interviews.values())
    reading = f"{passages} passages read again in the texts" if texts else f"{passages} passages taken from the lock"
    took = f"{time.perf_counter() - began:.1f} s"
    counts = f"{len(built.files) - 1} files, {sum(built.triples.values()):,} triples"
    state = f"{len(changed)} changed" if changed else "nothing changed"
    print_line(f"{layout.name(folder.resolve())}/: {counts} ({state}); {reading}; {took}")
