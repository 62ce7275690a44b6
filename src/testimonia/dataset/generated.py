"""Write every machine-made file of a data set, or compare it with what is there."""

import json
from pathlib import Path

from testimonia.anchors.lockfile import format_lock
from testimonia.core.atomic import compare_folder, write_file, write_folder
from testimonia.core.evidence import Lock
from testimonia.core.layout import Layout
from testimonia.dataset.graph import BuiltGraph
from testimonia.dataset.private import check_private, lock_private
from testimonia.dataset.project import Project, build_project, read_locked_project
from testimonia.questions.answers import make_answers
from testimonia.questions.reading import read_questions
from testimonia.questions.untouched import find_untouched, write_untouched
from testimonia.rdf.store import load_store
from testimonia.records.schema import write_schema


def write_generated(
    layout: Layout, texts: Path | None, pages: dict[str, str], *, check: bool = False, private: Path | None = None
) -> list[str]:
    """Write the lock, the record schema, graph/, the answers and `pages` (path → text).

    Without texts, the lock keeps what is still cited; with them it is made anew, and so is the keyed lock of `private`,
    a folder of records kept apart. With the answers goes what no question touches. Lock and schema of each data set in
    examples/ are written as well. Return the names of the files that changed; with `check` nothing is written, and they
    are those that would change.
    """
    project, lock = read_locked_project(layout, texts, relock=texts is not None, private=private)
    if private and texts and not check:
        lock_private(project, private, texts)
    elif private:
        check_private(project, private, texts)
    built = build_project(project, lock)
    answers = _make_answers(layout, built)
    files = {layout.root / name: text.encode() for name, text in pages.items()}
    if answers:
        untouched = find_untouched(read_questions(layout).values(), answers.values(), load_store(built.files))
        files[layout.untouched] = write_untouched(untouched).encode()
    files |= _make_files(project, lock if texts or layout.lock.is_file() else None)
    for folder in sorted(layout.examples.glob("*/mappings")):
        example = Layout(folder.parent, layout.model)
        files |= _make_files(*read_locked_project(example, folder.parent / "texts", relock=True))
    names = _write_changed(layout, files, check=check)
    for folder, wanted in ((layout.graph, built.files), (layout.answers, answers)):
        names += _write_folder(layout, folder, wanted, check=check)
    return sorted(names)


def _make_answers(layout: Layout, built: BuiltGraph) -> dict[str, bytes]:
    """Return the expected answers; {} for a data set without questions."""
    return make_answers(layout, built.files) if any(layout.questions.glob("*.rq")) else {}


def _make_files(project: Project, lock: Lock | None) -> dict[Path, bytes]:
    """Return the schema and, where it was made anew, the lock of a data set."""
    schema = json.dumps(write_schema(project.vocabulary, project.records), indent=1, ensure_ascii=False) + "\n"
    files = {project.layout.schema: schema.encode()}
    return files | ({project.layout.lock: format_lock(lock).encode()} if lock else {})


def _write_changed(layout: Layout, files: dict[Path, bytes], *, check: bool) -> list[str]:
    changed = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    if not check:
        for path in changed:
            write_file(path, files[path])
    return [layout.name(path) for path in changed]


def _write_folder(layout: Layout, folder: Path, wanted: dict[str, bytes], *, check: bool) -> list[str]:
    differing = compare_folder(folder, wanted)
    if differing and not check:
        write_folder(folder, wanted)
    return [f"{layout.name(folder)}/{name}" for name in differing]
