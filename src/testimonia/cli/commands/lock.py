"""The command lock: where every cue stands in the texts."""

from pathlib import Path

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import (
    AsOfOption,
    PrivateOption,
    ProjectOption,
    TextsOption,
    get_layout,
    get_texts_folder,
    parse_option_day,
)
from testimonia.cli.output import print_line


@app.command(rich_help_panel=HelpGroup.BUILD)
def lock(
    texts: TextsOption = None, private: PrivateOption = None, as_of: AsOfOption = "", project: ProjectOption = Path()
) -> None:
    """Find every cue in the texts and write where it stands into the lock file."""
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
    print_line(f"{layout.name(layout.lock)}: {count}, {'written' if changed else 'unchanged'}")
