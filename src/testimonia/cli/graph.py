"""Commands of the graph: lock, build, generated."""

import time
from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.app import AsOfOption, PrivateOption, ProjectOption, TextsOption, app, err, get_layout, out

OutOption = Annotated[Path | None, typer.Option("--out", help="Write the graph to this folder instead of graph/.")]


@app.command()
def lock(
    texts: TextsOption = None,
    private: PrivateOption = None,
    as_of: AsOfOption = "",
    project: ProjectOption = Path(),
) -> None:
    """Find every cue in the texts and write where it stands into the lock file."""
    from testimonia.cli.texts import get_texts_folder
    from testimonia.cli.withdrawal import parse_option_day
    from testimonia.dataset.private import keep_private, lock_private
    from testimonia.dataset.project import read_locked_project, write_lock

    layout = get_layout(project)
    folder = get_texts_folder(texts)
    day = parse_option_day(as_of, "--as-of")
    with keep_private(layout, private):
        found, locked = read_locked_project(layout, folder, relock=True, private=private, as_of=day)
        if private:
            lock_private(found, private, folder)
    changed = write_lock(layout, locked)
    passages = sum(len(i.passages) for i in locked.interviews.values())
    count = f"{len(locked.interviews)} interviews, {passages} passages"
    out.print(
        f"{layout.name(layout.lock)}: {count}, {'written' if changed else 'unchanged'}", markup=False, soft_wrap=True
    )


@app.command()
def build(
    texts: TextsOption = None,
    out_folder: OutOption = None,
    private: PrivateOption = None,
    as_of: AsOfOption = "",
    project: ProjectOption = Path(),
) -> None:
    """Build graph/ from the records and the lock; with texts, every passage is read again first."""
    from testimonia.cli.withdrawal import parse_option_day
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
        out.print(f"{layout.name(layout.lock)}: without what no public claim cites", markup=False, soft_wrap=True)
    passages = sum(len(i.passages) for i in locked.interviews.values())
    reading = f"{passages} passages read again in the texts" if texts else f"{passages} passages taken from the lock"
    took = f"{time.perf_counter() - began:.1f} s"
    counts = f"{len(built.files) - 1} files, {sum(built.triples.values()):,} triples"
    state = f"{len(changed)} changed" if changed else "nothing changed"
    out.print(f"{layout.name(folder.resolve())}/: {counts} ({state}); {reading}; {took}", markup=False, soft_wrap=True)


@app.command()
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
        out.print(f"{'differs' if check else 'written'}: {name}", markup=False, soft_wrap=True)
    if check and changed:
        err.print("Machine-made files are not up to date. Run: make generated", markup=False, soft_wrap=True)
        raise typer.Exit(1)
    if not changed:
        out.print("all machine-made files are up to date", markup=False, soft_wrap=True)
