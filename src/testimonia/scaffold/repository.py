"""The folder of a new data set, built, whole or not at all."""

import tempfile
from pathlib import Path

from testimonia.core.atomic import write_folder
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.dataset.generated import write_generated
from testimonia.scaffold.filling import fill_templates
from testimonia.scaffold.options import ScaffoldOptions, check_options

_MAY_BE_THERE = ".git"
"""What a folder may hold and still count as empty: a repository in which nothing was ever written."""


def found_data_set(folder: Path, options: ScaffoldOptions, model: Path) -> list[str]:
    """Write a new data set with lock, schema and graph/; return its files, relative and sorted.

    All is written aside and moved once it is built. InputError for options that cannot be used, and for a folder that
    holds anything: nothing is overwritten, and nothing is left behind.
    """
    findings = [*check_options(options), *_check_folder(folder)]
    if findings:
        raise InputError(findings)
    files = fill_templates(options)
    there = folder.is_dir()
    if not there:
        folder.parent.mkdir(parents=True, exist_ok=True)
    where = folder if there else folder.parent
    with tempfile.TemporaryDirectory(dir=where, prefix=".testimonia-init.", ignore_cleanup_errors=True) as aside:
        new = Path(aside, "new")
        write_folder(new, files)
        write_generated(Layout(new.resolve(), model), new / "texts", {})
        made = sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())
        if there:
            _move_entries(new, folder)
        else:
            new.rename(folder)
    return made


def _check_folder(folder: Path) -> list[Finding]:
    """List what of a folder would be in the way; only names are looked at."""
    if folder.is_dir():
        if set(folder.iterdir()) <= {folder / _MAY_BE_THERE}:
            return []
        found = "a folder that holds something already"
    elif folder.exists() or folder.is_symlink():
        found = "no folder"
    else:
        return []
    fix = "Name a new or an empty folder"
    return [Finding.at(folder.as_posix(), "folder-not-empty", found=found, fix=fix)]


def _move_entries(new: Path, folder: Path) -> None:
    """Move all entries of a folder into another; where one cannot be moved, those that were are taken out again."""
    moved: list[Path] = []
    try:
        for path in sorted(new.iterdir()):
            target = folder / path.name
            path.rename(target)
            moved.append(target)
    except BaseException:  # an interruption too must not leave half a data set
        for target in moved:
            target.rename(new / target.name)
        raise
