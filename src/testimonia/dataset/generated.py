"""Generated: every machine-made file of a data set, written anew or compared with what is there."""

import json
from pathlib import Path

from testimonia.anchors.lockfile import format_lock
from testimonia.core.atomic import compare_folder, write_file, write_folder
from testimonia.core.evidence import Lock
from testimonia.core.layout import Layout
from testimonia.dataset.private import check_private, lock_private
from testimonia.dataset.project import Project, build_project, read_locked_project
from testimonia.questions.answers import make_answers
from testimonia.questions.reading import read_questions
from testimonia.questions.untouched import find_untouched, write_untouched
from testimonia.rdf.store import load_store
from testimonia.records.schema import write_schema


def write_generated(
    layout: Layout,
    texts: Path | None,
    pages: dict[str, str],
    *,
    check: bool = False,
    private: Path | None = None,
) -> list[str]:
    """Write the lock (without texts: what of it is still cited), the record schema, graph/, the answers and `pages`.

    With the answers goes what no question touches. `pages` is path → text; `private` a folder of records kept apart,
    whose keyed lock is written with texts. Of each data set in examples/, which has its texts beside it, lock and
    schema are written. Gives the names of the files that changed, or with `check` of those that would: then nothing is
    written.
    """
    project, lock = read_locked_project(layout, texts, relock=texts is not None, private=private)
    if private and texts and not check:
        lock_private(project, private, texts)
    elif private:
        check_private(project, private, texts)
    built = build_project(project, lock)
    answers = make_answers(layout, built.files) if any(layout.questions.glob("*.rq")) else {}
    files = {layout.root / name: text.encode() for name, text in pages.items()}
    if answers:
        untouched = find_untouched(read_questions(layout).values(), answers.values(), load_store(built.files))
        files[layout.untouched] = write_untouched(untouched).encode()
    files |= _make_files(project, lock if texts or layout.lock.is_file() else None)
    for folder in sorted(layout.examples.glob("*/mappings")):
        example = Layout(folder.parent, layout.model)
        files |= _make_files(*read_locked_project(example, folder.parent / "texts", relock=True))
    changed = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    names = [layout.name(path) for path in changed]
    for folder, wanted in ((layout.graph, built.files), (layout.answers, answers)):
        differing = compare_folder(folder, wanted)
        names += [f"{layout.name(folder)}/{name}" for name in differing]
        if differing and not check:
            write_folder(folder, wanted)
    if not check:
        for path in changed:
            write_file(path, files[path])
    return sorted(names)


def _make_files(project: Project, lock: Lock | None) -> dict[Path, bytes]:
    """Return the schema and, where it was made anew, the lock of a data set."""
    schema = json.dumps(write_schema(project.vocabulary, project.records), indent=1, ensure_ascii=False) + "\n"
    files = {project.layout.schema: schema.encode()}
    return files | ({project.layout.lock: format_lock(lock).encode()} if lock else {})
